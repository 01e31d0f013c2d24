"""What stands before every route: bounded bodies, refused forged posts, strict headers."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import styles
from web.problems import Problem, response

BODY_TIMEOUT_S = 15.0
"""A client that has not sent its body by then is let go."""
POLICY = (
    f"default-src 'self'; script-src 'self'; style-src {styles.sources()}; img-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing inline but our own style sheets, and nothing from elsewhere. Source: W3C Content Security Policy Level 3."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OWN_POLICY = ("/kvalitet",)
"""Pages that carry a policy of their own: the report of the last evaluation, one file with its style in it."""
_WRITES = ("POST", "PUT", "PATCH", "DELETE")


class StrictHeaders:
    """Every response carries the headers above, errors included. Versioned files may be kept; pages may not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to the response's start."""

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name != "Content-Security-Policy" or scope["path"] not in OWN_POLICY:
                        headers[name] = value
                headers.setdefault("Cache-Control", cache_control(scope))
            await send(message)

        await self.app(scope, receive, send_strict if scope["type"] == "http" else send)


def cache_control(scope: Scope) -> str:
    """For ever where the address names the content; never where a question may stand in it."""
    if not scope["path"].startswith("/static/"):
        return "no-store"
    return "public, max-age=31536000, immutable" if b"v=" in scope.get("query_string", b"") else "no-cache"


class BodyGate:
    """Lets through only bodies that are small, whole, in time and not posted by another site's page."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads the body first, and hands it on in one piece."""
        if scope["type"] != "http" or scope["method"] not in _WRITES:
            await self.app(scope, receive, send)
            return
        try:
            body = await self._checked(Headers(scope=scope), receive)
        except Problem as problem:
            await response(Request(scope), problem)(scope, receive, send)
            return
        if body is not None:
            await self.app(scope, replayed(body, receive), send)

    async def _checked(self, headers: Headers, receive: Receive) -> bytes | None:
        if forged(headers):
            raise Problem(403, "forged")
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.most_bytes:
            raise Problem(413, "too_large")
        try:
            async with asyncio.timeout(BODY_TIMEOUT_S):
                return await self._read(receive)
        except TimeoutError as error:
            raise Problem(408, "slow") from error

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body, or None where the client went away."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self.most_bytes:
                raise Problem(413, "too_large")
            if not message.get("more_body"):
                return bytes(body)


def forged(headers: Headers) -> bool:
    """Whether a page of another site sent it. Programs send neither of the two headers."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "cross-site"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def replayed(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the body once, and then whatever the client does."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once
