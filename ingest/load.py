"""Files to documents: Markdown, plain text, PDF, Word and HTML."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.domain import Document, Metadata
from assistant.errors import DocumentError
from ingest import frontmatter, markdown, plaintext
from ingest.instructions import suspicious
from ingest.structure import Draft, assemble

MAX_BYTES = 50_000_000


def load(path: Path) -> Document:
    """The document in a file. Raises: DocumentError, with the reason and what to do."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentError(
            f"{path.name}: filtypen {path.suffix or '(ingen)'} stöds inte. Använd {', '.join(READERS)}."
        )
    size = path.stat().st_size
    if size == 0:
        raise DocumentError(f"{path.name}: filen är tom. Ta bort den eller fyll den med text.")
    if size > MAX_BYTES:
        raise DocumentError(f"{path.name}: filen är {size} byte, gränsen är {MAX_BYTES}. Dela den.")
    return reader(path)


def files(paths: list[Path]) -> Iterator[Path]:
    """The readable files under the paths, sorted; hidden ones and README are left out."""
    for path in paths:
        if path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in READERS)
            yield from (p for p in found if p.name != "README.md" and not hidden(p.relative_to(path)))
        else:
            yield path


def hidden(path: Path) -> bool:
    """Whether the file, or a folder on the way to it, has a name that begins with a full stop."""
    return any(part.startswith(".") for part in path.parts)


def identity(path: Path) -> str:
    """A document id from the file's name: 'Åtgärdsplan 2024.pdf' gives 'atgardsplan-2024'."""
    plain = unicodedata.normalize("NFKD", path.stem.replace("ø", "o").replace("æ", "ae")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9.]+", "-", plain.decode().lower()).strip("-.") or "dokument"


def document(path: Path, drafts: list[Draft], meta: Metadata | None = None, questions: object = None) -> Document:
    """A document of the drafts; without metadata the title is the first line. Raises: DocumentError when empty."""
    text, blocks = assemble(drafts)
    if not re.search(r"\w", text):
        raise DocumentError(f"{path.name}: filen har ingen läsbar text. Är den en inskannad bild? Tolka texten först.")
    if meta is None:
        first = next((d.text for d in drafts if d.kind in ("heading", "paragraph")), path.stem)
        meta = Metadata(id=identity(path), title=first[:160])
    return Document(meta, text, blocks, questions or {})  # type: ignore[arg-type]


def read_markdown(path: Path) -> Document:
    """Markdown, with or without front matter."""
    text = decode(path)
    head, body = frontmatter.split(text, path.name)
    drafts = list(markdown.drafts(body))
    if head is None:
        return guarded(document(path, drafts))
    meta = head.metadata()
    page = meta.pages[0] if meta.pages else None
    drafts = [Draft(d.kind, d.text, d.level, meta.section, page) for d in drafts]
    return guarded(document(path, drafts, meta, {k: tuple(v) for k, v in head.questions.items()}))


def read_text(path: Path) -> Document:
    """Plain text: a converted report, an article, notes."""
    text = decode(path)
    return from_lines(path, [plaintext.Line(line) for line in text.splitlines()], text)


def from_lines(path: Path, lines: list[plaintext.Line], text: str) -> Document:
    """A document whose structure is found in its lines; a table of contents makes it a report."""
    drafts = plaintext.drafts(lines)
    stated = plaintext.front_matter(text)
    first = next((d.text for d in drafts if d.kind in ("heading", "paragraph")), path.stem)
    meta = Metadata(
        id=identity(path),
        title=stated.get("title", first)[:160],
        kind="report" if any(d.section for d in drafts) else "local",
        rank=3 if any(d.section for d in drafts) else 5,
        author=stated.get("author"),
        date=stated.get("date"),
        version=stated.get("version"),
    )
    return guarded(document(path, drafts, meta))


def read_pdf(path: Path) -> Document:
    """A PDF's lines, page by page. Text in white or too small to read is left out."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(path) as pdf:
            pages = [visible(page).extract_text() or "" for page in pdf.pages]
    except Exception as error:  # pdfminer raises many kinds on a broken file
        raise DocumentError(f"{path.name}: PDF-filen kan inte läsas ({type(error).__name__}). Spara om den.") from error
    lines = [plaintext.Line(line, n) for n, page in enumerate(pages, 1) for line in (*page.splitlines(), "")]
    return from_lines(path, lines, "\n".join(pages))


def visible(page: Any) -> Any:
    """The page without characters that no reader can see."""

    def seen(item: dict[str, object]) -> bool:
        color = item.get("non_stroking_color")
        values = color if isinstance(color, tuple | list) else (color,)
        white = item.get("object_type") == "char" and len(values) in (1, 3) and all(v in (1, 1.0) for v in values)
        return not white and not (item.get("object_type") == "char" and float(str(item.get("size", 9))) < 2)

    return page.filter(seen)


def read_word(path: Path) -> Document:
    """A Word file's paragraphs, lists and tables, in order."""
    import docx
    from docx.table import Table

    try:
        parts = list(docx.Document(str(path)).iter_inner_content())
    except Exception as error:  # python-docx raises many kinds on a broken file
        raise DocumentError(
            f"{path.name}: Word-filen kan inte läsas ({type(error).__name__}). Spara om den."
        ) from error
    drafts: list[Draft] = []
    for part in parts:
        if isinstance(part, Table):
            drafts.append(Draft("table", "\n".join(" | ".join(c.text.strip() for c in r.cells) for r in part.rows)))
        else:
            add_word_paragraph(drafts, part.text.strip(), str(part.style.name if part.style else ""))
    return guarded(document(path, drafts))


def add_word_paragraph(drafts: list[Draft], text: str, style: str) -> None:
    """Appends the paragraph; items of one list become one block."""
    heading = re.match(r"(?:Heading|Rubrik|Title|Underrubrik)\s*(\d?)", style)
    if not text:
        return
    if heading:
        drafts.append(Draft("heading", text, int(heading.group(1) or 1)))
    elif "List" in style:
        items = drafts.pop().text + "\n" if drafts and drafts[-1].kind == "list" else ""
        drafts.append(Draft("list", f"{items}- {text}"))
    else:
        drafts.append(Draft("paragraph", text))


def read_html(path: Path) -> Document:
    """The main text of a web page, without menus, scripts and hidden parts."""
    import trafilatura

    text = trafilatura.extract(
        decode(path), output_format="markdown", include_tables=True, include_comments=False, favor_recall=True
    )
    if not text:
        raise DocumentError(f"{path.name}: webbsidan har ingen läsbar text. Spara sidan på nytt eller som text.")
    return guarded(document(path, list(markdown.drafts(text))))


def guarded(read: Document) -> Document:
    """The same document, marked where sentences in it try to instruct the reader."""
    from dataclasses import replace

    found = suspicious(read.text)
    return replace(read, meta=replace(read.meta, suspicious=found)) if found else read


def decode(path: Path) -> str:
    """The file's text, UTF-8 or else Latin-1. Raises: DocumentError on binary data."""
    data = path.read_bytes()
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(f"{path.name}: filen är inte text (den har nolltecken). Spara den som text i UTF-8.")
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise DocumentError(f"{path.name}: filens teckenkodning kan inte läsas. Spara den som UTF-8.")


READERS: dict[str, Callable[[Path], Document]] = {
    ".md": read_markdown,
    ".txt": read_text,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".html": read_html,
    ".htm": read_html,
}
