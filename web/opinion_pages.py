"""Where a reader says what an answer was worth. A form that works without JavaScript."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response

from assistant.domain import Outcome, Question
from web import opinions, privacy
from web.chat import Asked
from web.languages import copy_of
from web.ledger import LedgerUnusable
from web.problems import Problem
from web.site import Site, site_of
from web.texts import Texts, swedish

log = logging.getLogger(__name__)
router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
Text = Annotated[str, Form()]
VERDICTS: dict[str, opinions.Verdict] = {"upp": "up", "ner": "down"}
FAMILIES = frozenset(outcome.family for outcome in Outcome)


@dataclass(frozen=True, slots=True)
class Given:
    """What the form sends besides the question."""

    verdict: str
    reason: str
    words: str
    outcome: str
    turn: int


def given(
    omdome: Text = "", skal_upp: Text = "", skal_ner: Text = "", ord: Text = "", utfall: Text = "", tur: Text = ""
) -> Given:
    """The form's fields; a reason counts only where it belongs to the verdict, and is one of ours."""
    reasons = {"upp": skal_upp, "ner": skal_ner}
    reason = reasons.get(omdome, "")
    known = omdome in VERDICTS and reason in swedish().feedback[VERDICTS[omdome]].reasons
    family = utfall if utfall in FAMILIES else ""
    return Given(omdome, reason if known else "", ord.strip(), family, int(tur) if tur.isdecimal() else 1)


@router.post("/synpunkt", response_model=None)
def receive(request: Request, site: Shared, question: Asked, sent: Annotated[Given, Depends(given)]) -> Response:
    """Keeps the opinion and says thank you, or shows the form again with what is wrong."""
    error = fault(site, copy_of(request), question, sent)
    if error:
        return page(request, site, question, sent, status=422, error=error)
    try:
        opinions.keep(site.settings.feedback, opinion(site, question, sent))
    except LedgerUnusable as unusable:
        log.error("%s", unusable)
        raise Problem(503, "not_kept") from unusable
    return page(request, site, question, sent)


def fault(site: Site, copy: Texts, question: Question, sent: Given) -> str:
    """What is wrong with the form, or nothing."""
    words = copy.feedback
    if sent.verdict not in VERDICTS or not question.text.strip():
        return str(words.no_verdict)
    if len(sent.words) > opinions.WORDS_CHARS:
        return str(words.too_long.format(len(sent.words), opinions.WORDS_CHARS))
    if max(map(len, (question.text, *question.history))) > site.settings.question_chars:
        return str(copy.problems.too_large.detail)
    return str(words.personal) if privacy.search(sent.words) else ""


def opinion(site: Site, question: Question, sent: Given) -> opinions.Opinion:
    """The form as it is kept."""
    return opinions.Opinion(
        at=datetime.now().astimezone().isoformat(timespec="seconds"),
        verdict=VERDICTS[sent.verdict],
        reason=sent.reason,
        words=sent.words,
        question=question.text,
        history=question.history,
        outcome=sent.outcome,
        version=site.engines.current().index.manifest.version,
    )


def page(
    request: Request, site: Site, question: Question, sent: Given, status: int = 200, error: str = ""
) -> HTMLResponse:
    """The thanks, or the form with its fault."""
    answer: dict[str, Any] = {
        "turn": sent.turn,
        "question": privacy.mask(question.text),
        "history": tuple(map(privacy.mask, question.history)),
        "family": sent.outcome,
    }
    return site.page(request, "feedback.html", status, answer=answer, sent=sent, error=error)
