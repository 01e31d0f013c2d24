"""The chat: a question from a form, an answer as a page or, with JavaScript, piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from assistant.domain import Answer, Claim, Question
from assistant.errors import QuestionError
from web import asking, privacy, reading, terms
from web.site import Site, site_of

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the question field holds, and what is wrong with it."""

    text: str = ""
    error: str = ""


def asked(fraga: Annotated[str, Form()] = "", historik: Annotated[list[str] | None, Form()] = None) -> Question:
    """The question that a form sends, with the latest of what was asked before it."""
    return Question(fraga, tuple((historik or [])[-asking.HISTORY :]))


Asked = Annotated[Question, Depends(asked)]


@router.get("/", response_model=None)
async def start(
    request: Request,
    site: Shared,
    fraga: Annotated[str, Query()] = "",
    utkast: Annotated[str, Query()] = "",
) -> Response:
    """The start page; with a question in the address, its answer, so that an answer can be shared as a link."""
    if fraga:
        return await answered(request, site, Question(fraga))
    return page(request, site, Draft(utkast[: site.settings.question_chars]))


@router.post("/", response_model=None)
async def ask(request: Request, site: Shared, question: Asked) -> Response:
    """The whole page with the answer: how the chat works without JavaScript."""
    return await answered(request, site, question)


@router.post("/fraga/strom", response_model=None)
async def ask_stepwise(site: Shared, question: Asked) -> Response:
    """The same answer as pieces of HTML, for the page's own JavaScript."""
    steps = await asking.stepwise(site, question)
    return StreamingResponse(events(site, question, steps), media_type="text/event-stream")


async def answered(request: Request, site: Site, question: Question) -> Response:
    """The page with the answer, or with what is wrong with the question."""
    try:
        answer = await asking.answer(site, question)
    except QuestionError as error:
        draft = Draft(question.text[: site.settings.question_chars], str(error))
        return page(request, site, draft, earlier=question.history, status=422)
    draft = Draft(question.text, site.texts.privacy.error) if asking.is_personal(answer, question) else Draft()
    return page(request, site, draft, earlier=question.history, answer=view(site, question, answer))


def page(request: Request, site: Site, draft: Draft, status: int = 200, **values: Any) -> HTMLResponse:
    """The chat page."""
    given = {"earlier": (), "answer": None, "longest": site.settings.question_chars} | values
    return site.page(request, "chat.html", status, draft=draft, **given)


async def events(site: Site, question: Question, steps: AsyncIterator[asking.Step]) -> AsyncIterator[str]:
    """`claim` for each claim and `answer` last, each with its HTML."""
    async for step in steps:
        if isinstance(step, Claim):
            yield asking.event("claim", {"html": site.render("_claim.html", claim=step)})
        else:
            yield asking.event("answer", whole(site, question, step))


def whole(site: Site, question: Question, answer: Answer) -> dict[str, Any]:
    """The finished answer as HTML, and what a screen reader is told."""
    shown = view(site, question, answer)
    return {
        "html": site.render("_answer.html", answer=shown),
        "announce": announcement(site, answer),
        "keep": not shown["personal"],
    }


def announcement(site: Site, answer: Answer) -> str:
    """One sentence that says that the answer is complete and how it ended."""
    copy = site.texts.chat
    documents = len({c.document.id for c in answer.citations})
    outcome = site.texts.outcomes.named(answer.outcome.family)
    return str(copy.announce.format(outcome=outcome, claims=len(answer.claims), documents=documents))


def view(site: Site, question: Question, answer: Answer) -> dict[str, Any]:
    """What the answer's template shows."""
    find = site.engines.current().find if answer.citations else no_document
    known = terms.of_index(site.engines.current().index) if answer.citations else terms.terms(())
    personal = asking.is_personal(answer, question)
    return {
        "turn": len(question.history) + 1,
        "question": privacy.mask(question.text),
        "personal": personal,
        "family": answer.outcome.family,
        "language": answer.language,
        "parts": terms.explained(reading.parts(answer), known),
        "claims": len(answer.claims),
        "verified": sum(c.verified for c in answer.claims),
        "notices": answer.notices,
        "sources": reading.sources(answer, find),
        "follow_ups": reading.follow_ups(answer, find, (question.text, *question.history)),
        "history": question.history,
    }


def no_document(_: str) -> None:
    """Stands in for the index where nothing is cited."""
    return
