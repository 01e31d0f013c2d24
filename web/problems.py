"""Everything that can go wrong with a call, as problem+json (RFC 9457) for programs and as a page for people."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import DataMissing, FyrlotsError, IndexUnusable, InputError, QuestionError
from web.languages import PROGRAMS, copy_of
from web.site import site_of
from web.texts import Texts
from web.workers import Busy

log = logging.getLogger(__name__)
PROGRAM_PATHS = (*PROGRAMS, "/fraga/strom")
RETRY_S = 5
"""What a refused caller is asked to wait."""


@dataclass(frozen=True)
class FieldError:
    """One field of the call and what is wrong with it."""

    field: str
    detail: str


class Problem(Exception):
    """A call that cannot be served. Its title, and its detail where none is given, stand in the copy by its name."""

    def __init__(self, status: int, name: str, detail: str = "", errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(name)
        self.status = status
        self.name = name
        self.detail = detail
        self.errors = errors

    def said(self, copy: Texts) -> dict[str, str]:
        """Title and detail in the language of the copy."""
        own = copy.problems[self.name]
        return {"title": own.title, "detail": self.detail or own.detail}

    def body(self, copy: Texts, path: str) -> dict[str, Any]:
        """The problem as RFC 9457 prints it; `field` is the first field at fault."""
        about = {"type": f"urn:fyrlots:problem:{self.name}", "status": self.status, "instance": path}
        body = about | self.said(copy)
        if not self.errors:
            return body
        listed = [{"field": e.field, "detail": e.detail} for e in self.errors]
        return body | {"field": self.errors[0].field, "errors": listed}

    def headers(self) -> dict[str, str]:
        """Retry-After where waiting helps."""
        return {"Retry-After": str(RETRY_S)} if self.status in (429, 503) else {}


def install(app: FastAPI) -> None:
    """Makes the application answer every fault that is foreseen with a problem."""
    for kind in (Problem, Busy, FyrlotsError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


class LastResort:
    """Answers faults that nobody foresaw, without a word of their insides; they go to the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers only where nothing has been sent yet."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await (await handle(Request(scope), error))(scope, receive, send)


async def handle(request: Request, error: Exception) -> Response:
    """The problem for a fault, as a page or as JSON."""
    return response(request, problem_of(error, copy_of(request)))


def response(request: Request, problem: Problem) -> Response:
    """JSON for programs, a page for people."""
    copy, path = copy_of(request), request.url.path
    if path.startswith(PROGRAM_PATHS):
        body = problem.body(copy, path)
        return JSONResponse(body, problem.status, problem.headers(), media_type="application/problem+json")
    page = site_of(request).page(request, "error.html", problem.status, problem=problem.said(copy))
    page.headers.update(problem.headers())
    return page


def problem_of(error: Exception, copy: Texts) -> Problem:
    """The problem that a fault is. What the core says of it is in Swedish, and told only there."""
    own = str(error) if copy.language == "sv" else ""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Busy):
        return Problem(429, "busy")
    if isinstance(error, RequestValidationError):
        return invalid([field_error(e, copy) for e in error.errors()])
    if isinstance(error, QuestionError):
        return invalid([FieldError("question", own or copy.problems.fields.other)])
    if isinstance(error, IndexUnusable | DataMissing):
        return Problem(503, "not_ready", own)
    if isinstance(error, InputError):
        return Problem(422, "invalid", own)
    if isinstance(error, HTTPException):
        return Problem(error.status_code, {404: "not_found", 405: "method"}.get(error.status_code, "other"))
    log.error("Ett fel som ingen väntat sig.", exc_info=error)
    return Problem(500, "internal")


def invalid(errors: list[FieldError]) -> Problem:
    """422, naming each field at fault."""
    return Problem(422, "invalid", " ".join(f"{e.field}: {e.detail}" for e in errors), tuple(errors))


def field_error(error: dict[str, Any], copy: Texts) -> FieldError:
    """Pydantic's complaint in our words."""
    places = [part for part in error.get("loc", ())[1:] if isinstance(part, str)]
    details = copy.problems.fields
    kind = str(error.get("type", ""))
    known = kind if kind in details.known else "other"
    text = str(details[known]).format(**error.get("ctx") or {})
    return FieldError(places[0] if places else "body", text.replace("' or '", f"' {details.either} '"))
