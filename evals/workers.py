"""Questions asked in several processes, each with its own open indexes; results come in the order of the tasks."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from assistant import grounding
from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from evals import judging, listening, records
from evals.cases import Case
from evals.judging import Bench
from evals.records import Record

Row = dict[str, Any]
Task = tuple[str, Case]
"""What to do (`answer`, `again` or `search`) and with which case."""
MOST = 8
"""Processes at most; each holds its indexes in memory."""
FEW = 40
"""So few tasks are done in this process; starting others would take longer."""
PORTION = 4
"""Tasks handed to a process at a time."""


@dataclass(frozen=True)
class Place:
    """What a process needs in order to open the same benches."""

    settings: Settings
    today: date


def bench(engine: Engine, today: date) -> Bench:
    """The engine with the core's own guard."""
    return Bench(engine, today, carried)


def carried(claim: str, quotes: Sequence[str]) -> bool:
    """Whether the grounding check lets the claim through on these quotes."""
    return _stands(claim, tuple(quotes))


@lru_cache(maxsize=50_000)
def _stands(claim: str, quotes: tuple[str, ...]) -> bool:
    """Kept, since the same sentence is cited in many answers."""
    return grounding.check(claim, quotes).stands


def perform(on: Bench, task: Task) -> Row:
    """One task: its result and the milliseconds it took."""
    what, case = task
    started = time.perf_counter()
    if what == "search":
        found = judging.search(on, case)
        result: Row | None = records.plain(asdict(found)) if found else None
    elif what == "again":
        return {"digest": judging.digest(judging.ask(on.engine, case))}
    else:
        record, ms = answered(on, case)
        return {"record": records.wire(record), "ms": ms}
    return {"ranked": result, "ms": {"total": round((time.perf_counter() - started) * 1000, 3)}}


def answered(on: Bench, case: Case) -> tuple[Record, dict[str, float]]:
    """The judged answer and the milliseconds of its steps; a language model is overheard."""
    if on.engine.model is None:
        answer = judging.ask(on.engine, case)
        return judging.judge(on, case, answer), dict(answer.timings_ms)
    engine, model = listening.listened(on.engine)
    answer = judging.ask(engine, case)
    heard = listening.overheard(engine, answer, model)
    return replace(judging.judge(on, case, answer), model=heard), dict(answer.timings_ms)


@dataclass
class Crew:
    """Processes that do tasks on any number of indexes; none is started before there is enough to do."""

    jobs: int = 1
    _pool: ProcessPoolExecutor | None = field(default=None, repr=False)

    def run(self, on: Bench, tasks: Sequence[Task]) -> Iterator[Row]:
        """The results in the order of the tasks. The work goes on at once, also before the first result is taken."""
        if self.jobs < 2 or len(tasks) <= FEW:
            return (perform(on, task) for task in tasks)
        place = Place(on.engine.settings, on.today)
        return self._started().map(_perform, [(place, task) for task in tasks], chunksize=PORTION)

    def prepare(self, tasks: int) -> None:
        """Starts the processes where so many tasks will need them, so that they read their libraries meanwhile."""
        if self.jobs > 1 and tasks > FEW:
            pool = self._started()
            for _ in range(self.jobs):
                pool.submit(_ready)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.jobs, mp_context=multiprocessing.get_context("spawn"))
        return self._pool

    def stop(self) -> None:
        """Lets the processes go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


@contextmanager
def crew(jobs: int | None = None) -> Iterator[Crew]:
    """So many processes, one a core where None, until the block ends."""
    made = Crew(min(jobs or cores(), MOST))
    try:
        yield made
    finally:
        made.stop()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    on: Bench, tasks: Sequence[Task], jobs: int | None = None, step: Callable[[], None] = lambda: None
) -> Iterator[Row]:
    """The results of one lot of tasks, in their order; `step` is called for each."""
    with crew(jobs) as made:
        for row in made.run(on, tasks):
            yield row
            step()


_here: dict[Place, Bench] = {}
"""The benches of this process, each opened when it is first asked for."""


def _ready() -> None:
    import tokenizers  # noqa: F401 - the slowest of what the first question needs


def _perform(given: tuple[Place, Task]) -> Row:
    place, task = given
    if place not in _here:
        _here[place] = bench(open_engine(place.settings), place.today)
    return perform(_here[place], task)
