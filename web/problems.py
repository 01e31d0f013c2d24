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
from web.site import site_of
from web.texts import swedish
from web.workers import Busy

log = logging.getLogger(__name__)
PROGRAM_PATHS = ("/api/", "/healthz", "/readyz", "/fraga/strom")
RETRY_S = 5
"""What a refused caller is asked to wait."""


@dataclass(frozen=True)
class FieldError:
    """One field of the call and what is wrong with it."""

    field: str
    detail: str


class Problem(Exception):
    """A call that cannot be served, said in Swedish. The title comes from the copy, by `name`."""

    def __init__(self, status: int, name: str, detail: str | None = None, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(name)
        copy = swedish().problems[name]
        self.status = status
        self.name = name
        self.title: str = copy.title
        self.detail: str = detail or copy.detail
        self.errors = errors

    def body(self, path: str) -> dict[str, Any]:
        """The problem as RFC 9457 prints it; `field` is the first field at fault."""
        body = {
            "type": f"urn:fyrlots:problem:{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": path,
        }
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
            await response(Request(scope), problem_of(error))(scope, receive, send)


async def handle(request: Request, error: Exception) -> Response:
    """The problem for a fault, as a page or as JSON."""
    return response(request, problem_of(error))


def response(request: Request, problem: Problem) -> Response:
    """JSON for programs, a page for people."""
    path = request.url.path
    if path.startswith(PROGRAM_PATHS):
        body = problem.body(path)
        return JSONResponse(body, problem.status, problem.headers(), media_type="application/problem+json")
    page = site_of(request).page(request, "error.html", problem.status, problem=problem)
    page.headers.update(problem.headers())
    return page


def problem_of(error: Exception) -> Problem:
    """The problem that a fault is."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Busy):
        return Problem(429, "busy")
    if isinstance(error, RequestValidationError):
        return invalid([field_error(e) for e in error.errors()])
    if isinstance(error, QuestionError):
        return invalid([FieldError("question", str(error))])
    if isinstance(error, IndexUnusable | DataMissing):
        return Problem(503, "not_ready", str(error))
    if isinstance(error, InputError):
        return Problem(422, "invalid", str(error))
    if isinstance(error, HTTPException):
        return Problem(error.status_code, {404: "not_found", 405: "method"}.get(error.status_code, "other"))
    log.error("Ett fel som ingen väntat sig.", exc_info=error)
    return Problem(500, "internal")


def invalid(errors: list[FieldError]) -> Problem:
    """422, naming each field at fault."""
    return Problem(422, "invalid", " ".join(f"{e.field}: {e.detail}" for e in errors), tuple(errors))


def field_error(error: dict[str, Any]) -> FieldError:
    """Pydantic's complaint in Swedish."""
    places = [part for part in error.get("loc", ())[1:] if isinstance(part, str)]
    details = swedish().problems.fields
    kind = str(error.get("type", ""))
    known = kind if kind in details.known else "other"
    text = str(details[known]).format(**error.get("ctx") or {})
    return FieldError(places[0] if places else "body", text.replace("' or '", "' eller '"))
