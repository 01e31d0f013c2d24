"""The chat: a question from a form, an answer as a page or, with JavaScript, piece by piece."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from assistant import phrases
from assistant.domain import Answer, Claim, Outcome, Question
from assistant.errors import QuestionError
from web import asking, follow_ups, privacy, reader, reading, terms
from web.languages import copy_of
from web.problems import Problem
from web.site import Site, site_of
from web.texts import Texts, swedish

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
ADDRESS_CHARS = 2000
"""Longest address that e-mail and chat programs keep whole."""
View = dict[str, Any]
"""What a template shows of an answer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the question field holds, and what is wrong with it."""

    text: str = ""
    error: str = ""


def asked(fraga: Annotated[str, Form()] = "", historik: Annotated[list[str] | None, Form()] = None) -> Question:
    """The question that a form sends, with what was asked before it."""
    return Question(fraga, tuple(historik or ()))


Asked = Annotated[Question, Depends(asked)]


@router.get("/", response_model=None)
async def start(
    request: Request,
    site: Shared,
    fraga: Annotated[str, Query()] = "",
    utkast: Annotated[str, Query()] = "",
    historik: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """The start page; with a question in the address, its answer, so that an answer can be shared as a link."""
    question = asked(fraga, historik)
    if fraga:
        return await answered(request, site, question)
    return page(request, site, Draft(utkast[: site.settings.question_chars]), earlier=question.history)


@router.post("/", response_model=None)
async def ask(request: Request, site: Shared, question: Asked) -> Response:
    """The whole page with the answer: how the chat works without JavaScript."""
    page = await answered(request, site, question)
    return page if page.status_code != 200 else reader.remember(request, site, question, page)


@router.post("/fraga/strom", response_model=None)
async def ask_stepwise(request: Request, site: Shared, question: Asked) -> Response:
    """The same answer as pieces of HTML, for the page's own JavaScript."""
    copy = copy_of(request)
    try:
        steps = await asking.stepwise(site, question, lambda answer: view(site, copy, question, answer))
    except QuestionError as error:
        raise Problem(422, "invalid", fault(site, copy, question)) from error
    streamed = StreamingResponse(events(site, copy, steps), media_type="text/event-stream")
    return reader.remember(request, site, question, streamed)


async def answered(request: Request, site: Site, question: Question) -> Response:
    """The page with the answer, or with what is wrong with the question."""
    copy = copy_of(request)
    try:
        answer = await shown(request, site, question)
    except QuestionError:
        draft = Draft(question.text[: site.settings.question_chars], fault(site, copy, question))
        return page(request, site, draft, earlier=question.history, status=422)
    draft = Draft(question.text, copy.privacy.error) if answer["personal"] else Draft()
    return page(request, site, draft, earlier=question.history, answers=[answer])


def fault(site: Site, copy: Texts, question: Question) -> str:
    """What is wrong with a question that the core refuses."""
    text, longest = question.text.strip(), site.settings.question_chars
    return str(copy.chat.too_long.format(len(text), longest) if len(text) > longest else copy.chat.empty)


async def shown(request: Request, site: Site, question: Question) -> View:
    """The answer as its template shows it. Raises: Busy, QuestionError, IndexUnusable."""
    copy = copy_of(request)
    return await asking.answer(site, question, lambda answer: view(site, copy, question, answer))


def page(request: Request, site: Site, draft: Draft, status: int = 200, **values: Any) -> HTMLResponse:
    """The chat page."""
    given = {"earlier": (), "answers": [], "longest": site.settings.question_chars, "kept": site.conversations}
    return site.page(request, "chat.html", status, draft=draft, **given | values)


async def events(site: Site, copy: Texts, steps: AsyncIterator[Claim | View]) -> AsyncIterator[str]:
    """`claim` for each claim and `answer` last, each with its HTML."""
    async for step in steps:
        if isinstance(step, Claim):
            yield asking.event("claim", {"html": site.render(copy, "_claim.html", claim=step)})
        else:
            html = site.render(copy, "_answer.html", answer=step)
            yield asking.event("answer", {"html": html, "announce": step["announce"], "keep": not step["personal"]})


def announcement(copy: Texts, answer: Answer) -> str:
    """One sentence that says that the answer is complete and how it ended."""
    documents = len({c.document.id for c in answer.citations})
    outcome = copy.outcomes.named(answer.outcome.family)
    return str(copy.chat.announce.format(outcome=outcome, claims=len(answer.claims), documents=documents))


def view(site: Site, copy: Texts, question: Question, answer: Answer) -> View:
    """What the answer's template shows."""
    answer = in_page_language(copy, question, answer)
    personal = asking.is_blocked(answer, question.text)
    made = {
        "turn": len(question.history) + 1,
        "question": privacy.mask(question.text),
        "personal": personal,
        "family": answer.outcome.family,
        "language": answer.language,
        "parts": terms.explained(reading.parts(answer), terms.NONE),
        "claims": len(answer.claims),
        "verified": sum(c.verified for c in answer.claims),
        "notices": [notice(copy, text) for text in answer.notices],
        "sources": [],
        "follow_ups": [],
        "history": question.history,
        "link": address("fraga", question),
        "edit": address("utkast", question) or address("utkast", Question(question.text)),
        "announce": announcement(copy, answer),
    }
    return made | from_sources(site, question, answer) if answer.citations else made


def notice(copy: Texts, text: str) -> tuple[str, str]:
    """A notice and its language: a standing one in the page's, any other as the core said it."""
    name = next((name for name, standing in swedish().notices.pairs() if standing == text), None)
    return (copy.notices[name], copy.language) if name else (text, "sv")


def in_page_language(copy: Texts, question: Question, answer: Answer) -> Answer:
    """The answer; where it is only the page's own words, in the page's language."""
    if answer.outcome == Outcome.FAILED and not answer.claims:
        return replace(answer, text=phrases.canned(Outcome.FAILED, copy.language), language=copy.language)
    if asking.is_blocked(answer, question.text, *question.history):
        return replace(answer, text=copy.privacy.blocked, language=copy.language)
    return answer


def address(name: str, question: Question) -> str:
    """The page's address with the question and what was asked before it; nothing where it would be too long."""
    made = "/?" + urlencode([*(("historik", h) for h in question.history), (name, question.text)])
    return made if len(made) <= ADDRESS_CHARS else ""


def from_sources(site: Site, question: Question, answer: Answer) -> View:
    """What the template shows of the index; nothing cited, and none is needed."""
    engine = site.engines.current()
    asked = (question.text, *question.history)
    return {
        "parts": terms.explained(reading.parts(answer), terms.of_index(engine.index)),
        "sources": reading.sources(answer, engine.find),
        "follow_ups": follow_ups.follow_ups(engine, site.proofs, answer, asked, site.workers.is_quiet),
    }
