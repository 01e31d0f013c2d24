"""Whole conversations: to read, print and take home, and those kept here. Answers are made anew, never kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.domain import Answer, Question
from web import answer_files, asking, chat, papers, reader, word
from web.answer_files import attachment
from web.conversations import Conversations
from web.problems import Problem
from web.site import Site, site_of
from web.texts import swedish

router = APIRouter(prefix="/samtal", default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]


def turns(historik: Annotated[list[str] | None, Form()] = None) -> tuple[Question, ...]:
    """Every question of the conversation, each with those before it. Raises: Problem."""
    asked = [text for text in historik or () if text.strip()][-asking.HISTORY :]
    if not asked:
        raise Problem(422, "no_conversation")
    return tuple(Question(text, tuple(asked[:n])) for n, text in enumerate(asked))


Turns = Annotated[tuple[Question, ...], Depends(turns)]


@router.get("", response_model=None)
def listed(request: Request, site: Shared, raderat: str = "") -> Response:
    """The reader's conversations that are kept here."""
    found = kept(site).of(reader.key_of(request))
    return site.page(request, "conversations.html", found=found, days=kept(site).days, deleted=raderat)


@router.post("/radera", response_model=None)
def delete(request: Request, site: Shared, id: Annotated[int | None, Form()] = None) -> Response:
    """Deletes one of the reader's conversations, or all of them."""
    kept(site).delete(reader.key_of(request), id)
    return RedirectResponse(f"{router.prefix}?raderat={'alla' if id is None else 'ett'}", status_code=303)


def kept(site: Site) -> Conversations:
    """Where conversations are kept. Raises: Problem where they are not."""
    if site.conversations is None:
        raise Problem(404, "not_found")
    return site.conversations


@router.post("", response_model=None)
async def whole(request: Request, site: Shared, questions: Turns) -> Response:
    """All answers on one page."""
    shown = [await chat.shown(request, site, q) for q in questions]
    return chat.page(request, site, chat.Draft(), answers=shown)


@router.post("/word", response_model=None)
async def as_word(site: Shared, questions: Turns) -> Response:
    """The conversation as a Word file with footnotes."""
    made = paper(await answers(site, questions))
    blob = await site.workers.run(lambda: word.write(made))
    return attachment(blob, word.MEDIA_TYPE, "samtal.docx")


@router.post("/markdown", response_model=None)
async def as_markdown(site: Shared, questions: Turns) -> Response:
    """The conversation in Markdown with footnotes."""
    made = paper(await answers(site, questions))
    return attachment(papers.markdown(made).encode(), "text/markdown; charset=utf-8", "samtal.md")


async def answers(site: Site, questions: Turns) -> list[tuple[str, Answer]]:
    """Each question with its answer."""
    return [(q.text, await asking.answer(site, q, asking.itself)) for q in questions]


def paper(answered: list[tuple[str, Answer]]) -> papers.Paper:
    """The conversation as a paper, a chapter for each question."""
    copy = swedish()
    chapters = tuple(answer_files.chapter(question, answer) for question, answer in answered)
    return papers.Paper(copy.chat.paper, (copy.footer.line,), chapters)
