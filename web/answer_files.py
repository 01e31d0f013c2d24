"""An answer as a file to keep: Word or Markdown. The question is answered again, so nothing needs to be kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from assistant.domain import Answer, Citation
from web import asking, papers, privacy, reading, word, wording
from web.chat import Asked
from web.site import Site, site_of
from web.texts import swedish

router = APIRouter()
Shared = Annotated[Site, Depends(site_of)]


@router.post("/svar/word", response_model=None)
async def as_word(site: Shared, question: Asked) -> Response:
    """The answer as a Word file with footnotes."""
    made = paper(question.text, await asking.answer(site, question, asking.itself))
    blob = await site.workers.run(lambda: word.write(made))
    return attachment(blob, word.MEDIA_TYPE, "svar.docx")


@router.post("/svar/markdown", response_model=None)
async def as_markdown(site: Shared, question: Asked) -> Response:
    """The answer in Markdown with footnotes."""
    made = paper(question.text, await asking.answer(site, question, asking.itself))
    return attachment(papers.markdown(made).encode(), "text/markdown; charset=utf-8", "svar.md")


def attachment(blob: bytes, media_type: str, name: str) -> Response:
    """A file to keep."""
    return Response(blob, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def paper(question: str, answer: Answer) -> papers.Paper:
    """The answer as a paper: what it says, and what to think of."""
    copy = swedish()
    return papers.Paper(privacy.mask(question), (copy.footer.line,), (chapter(copy.chat.answer, answer),))


def chapter(heading: str, answer: Answer) -> papers.Chapter:
    """The answer as a chapter: what it says, and what to think of."""
    citations = {c.number: c for c in answer.citations}
    notices = [papers.Paragraph((papers.Written(n),), item=True) for n in answer.notices]
    if notices:
        notices.insert(0, papers.Paragraph((papers.Written(f"{swedish().answer.notices}:"),)))
    return papers.Chapter(privacy.mask(heading), (*paragraphs(answer, citations), *notices))


def paragraphs(answer: Answer, citations: dict[int, Citation]) -> list[papers.Paragraph]:
    """The answer's paragraphs and items; only verified statements carry notes."""
    return [
        papers.Paragraph(tuple(w for s in row for w in written(s, citations)), part.is_list)
        for part in reading.parts(answer)
        for row in part.rows
    ]


def written(statement: reading.Statement, citations: dict[int, Citation]) -> list[papers.Written]:
    """The statement, with our own words before it apart."""
    notes = tuple(note(citations[n]) for n in statement.numbers) if statement.verified else ()
    frame = [papers.Written(statement.frame)] if statement.frame else []
    return [*frame, papers.Written(statement.text, notes)]


def note(citation: Citation) -> papers.Note:
    """The citation as a footnote."""
    place = wording.place(swedish().place, citation.section, citation.heading, citation.page)
    return papers.Note(citation.document, place, citation.quote)
