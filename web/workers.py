"""The bounded pool that answers questions. The only place that knows threads."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
_END = object()
QUIET_S = 5.0
"""Without another question for as long, there is time for work that nobody waits for."""


class Busy(Exception):
    """More questions than the pool and its queue hold."""


class Workers:
    """At most `concurrency` pieces of work at a time, `waiting` more in line, and a refusal for the rest."""

    def __init__(self, concurrency: int, waiting: int) -> None:
        self._pool = ThreadPoolExecutor(max_workers=concurrency, thread_name_prefix="fyrlots")
        self._most = concurrency + waiting
        self._inside = 0
        self._arrivals = deque([-math.inf, -math.inf], maxlen=2)
        self._lock = threading.Lock()

    async def run(self, work: Callable[[], T]) -> T:
        """The work's result, worked out in a thread. Raises: Busy, and what the work raises."""
        return await asyncio.wrap_future(self._submit(work))

    def stream(self, work: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """What the work yields, as it comes. Raises: Busy at once; what the work raises, when it does.

        When the reader goes away the work stops at its next yield.
        """
        loop = asyncio.get_running_loop()
        items: asyncio.Queue[Any] = asyncio.Queue()
        stopped = threading.Event()

        def put(item: object) -> None:
            if not stopped.is_set():
                loop.call_soon_threadsafe(items.put_nowait, item)

        def produce() -> None:
            try:
                for item in work():
                    put(item)
                    if stopped.is_set():
                        return
                put(_END)
            except Exception as error:
                put(error)

        self._submit(produce)
        return _drain(items, stopped)

    def is_quiet(self) -> bool:
        """Whether the question being answered is the only one, and the one before it came a while ago."""
        return self._inside <= 1 and time.monotonic() - self._arrivals[0] >= QUIET_S

    def close(self) -> None:
        """Lets running work finish and drops what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self._inside >= self._most:
                raise Busy
            self._inside += 1
            self._arrivals.append(time.monotonic())
        future = self._pool.submit(work)
        future.add_done_callback(self._leave)
        return future

    def _leave(self, _: Future[Any]) -> None:
        with self._lock:
            self._inside -= 1


async def _drain(items: asyncio.Queue[Any], stopped: threading.Event) -> AsyncIterator[Any]:
    try:
        while (item := await items.get()) is not _END:
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        stopped.set()
