"""Questions asked in several processes at once. Each opens the indexes for itself; results come in the order of the cases."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from evals import judging, records
from evals.cases import Case
from evals.judging import Bench
from evals.mutations import Guard

Row = dict[str, Any]
Task = tuple[str, Case]
"""What to do (`answer`, `again` or `search`) and with which case."""
FEW = 40
"""So few tasks are done in this process; starting others would take longer."""
GUARD = "assistant.grounding"
"""Its `carries(claim, quotes) -> bool` is the check that falsified claims are tried on."""


@dataclass(frozen=True)
class Place:
    """What a process needs in order to open the same benches."""

    settings: Settings
    today: date


def bench(engine: Engine, today: date) -> Bench:
    """The engine with the guard, where there is one."""
    return Bench(engine, today, guard())


def guard() -> Guard | None:
    """The grounding check of the core; None until there is one."""
    if find_spec(GUARD) is None:
        return None
    found: Guard | None = getattr(import_module(GUARD), "carries", None)
    return found


def perform(on: Bench, task: Task) -> Row:
    """One task: its result and the milliseconds it took."""
    what, case = task
    started = time.perf_counter()
    if what == "search":
        found = judging.search(on, case)
        result: Row | None = records.plain(asdict(found)) if found else None
    else:
        solved = judging.ask(on.engine, case)
        spent = dict(solved.answer.timings_ms)
        if what == "again":
            return {"digest": judging.digest(solved.answer)}
        return {"record": records.wire(judging.judge(on, case, solved)), "ms": spent}
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
