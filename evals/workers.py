"""Questions asked in several processes, each with its own open index; results come in the order of the cases."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assistant import grounding
from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from evals import judging, records
from evals.cases import Case
from evals.judging import Bench

Row = dict[str, Any]
Task = tuple[str, Case]
"""What to do (`answer`, `again` or `search`) and with which case."""
FEW = 40
"""So few tasks are done in this process; starting others would take longer."""


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
    return grounding.check(claim, quotes).stands


def perform(on: Bench, task: Task) -> Row:
    """One task: its result and the milliseconds it took."""
    what, case = task
    started = time.perf_counter()
    if what == "search":
        found = judging.search(on, case)
        result: Row | None = records.plain(asdict(found)) if found else None
    else:
        answer = judging.ask(on.engine, case)
        if what == "again":
            return {"digest": judging.digest(answer)}
        return {"record": records.wire(judging.judge(on, case, answer)), "ms": dict(answer.timings_ms)}
    return {"ranked": result, "ms": {"total": round((time.perf_counter() - started) * 1000, 3)}}


def run(
    on: Bench, tasks: Sequence[Task], jobs: int | None = None, step: Callable[[], None] = lambda: None
) -> Iterator[Row]:
    """The results in the order of the tasks; `step` is called for each."""
    jobs = min(jobs or os.cpu_count() or 1, 8)
    if jobs < 2 or len(tasks) <= FEW:
        for task in tasks:
            yield perform(on, task)
            step()
        return
    place = Place(on.engine.settings, on.today)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_open, initargs=(place,)) as pool:
        for row in pool.map(_perform, tasks, chunksize=8):
            yield row
            step()


_here: list[Bench] = []
"""The bench of this process, set once when it starts."""


def _open(place: Place) -> None:
    _here[:] = [bench(open_engine(place.settings), place.today)]


def _perform(task: Task) -> Row:
    return perform(_here[0], task)
