"""A paper as a Word file with styles and real footnotes. The only module that knows python-docx."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from web.papers import Paper, Paragraph, note_text, source_text
from web.texts import swedish

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0">'
    "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


def write(paper: Paper) -> bytes:
    """The file. Source: ECMA-376 part 1, 17.11 (footnotes)."""
    document = Document()
    prepare(document)
    document.core_properties.title = paper.title
    document.core_properties.author = swedish().name
    document.core_properties.comments = ""
    document.add_heading(paper.title, 0)
    for line in paper.lead:
        document.add_paragraph(line)
    notes: list[str] = []
    for chapter in paper.chapters:
        document.add_heading(chapter.heading, 1)
        for paragraph in chapter.paragraphs:
            add(document, paragraph, notes)
    list_sources(document, paper)
    attach(document, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def prepare(document: Any) -> None:
    """Gives the document its language and the styles that it uses."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    normal.element.get_or_add_rPr().append(language)
    own = document.styles.add_style(swedish().papers.own_style, WD_STYLE_TYPE.CHARACTER)
    own.font.italic = True
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.font.size = Pt(9)


def add(document: Any, paragraph: Paragraph, notes: list[str]) -> None:
    """Adds a paragraph; its notes are added to the list and numbered by it."""
    made = document.add_paragraph(style="List Bullet" if paragraph.item else None)
    for n, statement in enumerate(paragraph.statements):
        run = made.add_run((" " if n else "") + statement.text)
        if statement.own:
            run.style = swedish().papers.own_style
        for note in statement.notes:
            notes.append(note_text(note))
            refer(made, len(notes))


def refer(paragraph: Any, number: int) -> None:
    """Adds the raised number that leads to a footnote."""
    run = paragraph.add_run()
    run.style = "footnote reference"
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(number))
    run._r.append(mark)


def list_sources(document: Any, paper: Paper) -> None:
    """Adds the documents that the notes point at."""
    if paper.documents():
        document.add_heading(swedish().papers.sources, 1)
    for meta in paper.documents():
        document.add_paragraph(source_text(meta), style="List Bullet")


def attach(document: Any, notes: list[str]) -> None:
    """Puts the footnotes in the file, as the part that the references point into."""
    if not notes:
        return
    reference = document.styles["footnote reference"].style_id
    style = document.styles["footnote text"].style_id
    body = "".join(footnote(n, text, style, reference) for n, text in enumerate(notes, 1))
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_NAMESPACE}">'
    blob = f"{xml}{_SEPARATORS}{body}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def footnote(number: int, text: str, style: str, reference: str) -> str:
    """One footnote."""
    mark = f'<w:r><w:rPr><w:rStyle w:val="{reference}"/></w:rPr><w:footnoteRef/></w:r>'
    words = f'<w:r><w:t xml:space="preserve"> {escape(printable(text))}</w:t></w:r>'
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{mark}{words}</w:p>'
    return f'<w:footnote w:id="{number}">{paragraph}</w:footnote>'


def printable(text: str) -> str:
    """The text without characters that XML does not allow."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
