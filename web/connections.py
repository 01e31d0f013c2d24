"""HTTP connections that wait only so long for the head of a request, and hold only so much of it."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 15.0
"""A client that has not sent a request's line and headers by then is let go. The body has a time of its own."""
HEAD_BYTES = 32_768
"""Longest line and headers together."""


class Connection(H11Protocol):
    """uvicorn's own over h11, which bounds the head's size; here its time is bounded too.

    Source: uvicorn 0.54, whose keep-alive time counts only between requests, not before the first nor within a head.
    """

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The time begins for the first request."""
        super().connection_made(transport)
        self._heed()

    def data_received(self, data: bytes) -> None:
        """The time begins with the first byte of a head and ends when the head is whole."""
        super().data_received(data)
        self._heed()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is waited for."""
        self._forget()
        super().connection_lost(exc)

    def _heed(self) -> None:
        under_way = self.cycle is not None and not self.cycle.response_complete
        if under_way:
            self._forget()
        elif self._limit is None:
            self._limit = self.loop.call_later(HEAD_S, self.transport.close)

    def _forget(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
