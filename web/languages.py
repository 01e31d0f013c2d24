"""Which language a page is shown in: what its reader has chosen, else Swedish."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.texts import LANGUAGES, Texts, texts

R = TypeVar("R", bound=Response)
CHOICE = "lang"
"""The name of the choice in an address."""
COOKIE = "fyrlots_lang"
YEAR_S = 31_536_000
PROGRAMS = ("/api/", "/healthz", "/readyz")
"""Addresses that speak Swedish whatever is chosen: the contract with programs knows no other."""


def copy_of(request: Request) -> Texts:
    """The copy in the request's language."""
    return texts(language_of(request))


def language_of(request: Request) -> str:
    """The language chosen in the address, else in the cookie, else Swedish."""
    if request.scope["path"].startswith(PROGRAMS):
        return LANGUAGES[0]
    known = request.cookies.get(COOKIE, "")
    return chosen_in(request) or (known if known in LANGUAGES else LANGUAGES[0])


def chosen_in(request: Request) -> str:
    """The language that the address asks for; nothing where it asks for none that there is."""
    asked = request.query_params.get(CHOICE, "")
    return asked if asked in LANGUAGES else ""


def marked(request: Request, page: HTMLResponse) -> HTMLResponse:
    """The page with its language said."""
    page.headers["Content-Language"] = language_of(request)
    page.headers["Vary"] = "Cookie"
    return remembered(request, page)


def remembered(request: Request, response: R) -> R:
    """The response, with a cookie where the address makes a choice."""
    if chosen := chosen_in(request):
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, chosen, max_age=YEAR_S, httponly=True, samesite="lax", secure=secure)
    return response


def address(request: Request, language: str) -> str:
    """Where the page is shown in another language; the start where it was made of a form's fields, which are gone."""
    if request.method != "GET":
        return f"/?{CHOICE}={language}"
    return local(request, [*rest(request), (CHOICE, language)])


def local(request: Request, query: list[tuple[str, str]]) -> str:
    """The request's own path with another query. It cannot name another site, for one slash begins it."""
    path = "/" + quote(request.scope["path"]).lstrip("/")
    return f"{path}?{urlencode(query)}" if query else path


def rest(request: Request) -> list[tuple[str, str]]:
    """The query without the choice of language."""
    return [(name, value) for name, value in request.query_params.multi_items() if name != CHOICE]


class Switch:
    """A page asked for with a choice of language leads to the same address without it. A form is served at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirects, or lets the request through."""
        app = self.app
        if scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith(PROGRAMS):
            request = Request(scope)
            if chosen_in(request):
                app = remembered(request, RedirectResponse(local(request, rest(request)), 303))
        await app(scope, receive, send)
