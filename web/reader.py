"""Who asks, as far as a server that keeps conversations must know: a random key in a cookie."""

from __future__ import annotations

import logging
import re

from fastapi import Request
from fastapi.responses import Response
from starlette.background import BackgroundTask

from assistant.domain import Question
from web import conversations, privacy
from web.conversations import Conversations
from web.ledger import LedgerUnusable
from web.site import Site

log = logging.getLogger(__name__)
COOKIE = "fyrlots_samtal"
DAY_S = 86_400
_KEY = re.compile(r"[\w-]{43}", re.ASCII)


def key_of(request: Request) -> str:
    """The reader's key; empty where there is none, or one that we have not made."""
    key = request.cookies.get(COOKIE, "")
    return key if _KEY.fullmatch(key) else ""


def remember(request: Request, site: Site, question: Question, response: Response) -> Response:
    """The response; once it is sent, the question is kept, where conversations are and it names nobody."""
    kept = site.conversations
    questions = (*question.history, question.text)
    if kept is None or any(map(privacy.search, questions)):
        return response
    key = key_of(request) or conversations.new_key()
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, key, max_age=kept.days * DAY_S, httponly=True, samesite="lax", secure=secure)
    response.background = BackgroundTask(keep, kept, key, questions)
    return response


def keep(kept: Conversations, key: str, questions: tuple[str, ...]) -> None:
    """Keeps the conversation; where that fails the log says so, for the reader has the answer already."""
    try:
        kept.keep(key, questions)
    except LedgerUnusable as error:
        log.error("%s", error)
