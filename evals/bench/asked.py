"""Questions put to an open index one after the other, in a process of its own: milliseconds, and each step's share."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.domain import Question
from assistant.engine import Engine, open_engine
from assistant.pipeline import ask, find
from assistant.settings import load
from evals.bench.systems import BEST, OTHERS

WARM = 5
"""Questions asked before the clock starts."""
FEWEST, ENOUGH_S = 20, 180.0
"""After so many questions that took so many seconds, no more are asked."""
STEPS = {
    "index.words": "ord",
    "index.nearest": "vektorer",
    "encoder.queries": "kodare",
    "index.store.chunks": "texter",
}
"""What a search calls → the step's name."""


class Watched:
    """Another object, whose named methods have their time counted."""

    def __init__(self, watched: object, at: str, spent: dict[str, float]) -> None:
        self._watched, self._at, self._spent = watched, at, spent

    def __getattr__(self, name: str) -> Any:
        path, found = f"{self._at}.{name}", getattr(self._watched, name)
        if path in STEPS:
            return self._timed(STEPS[path], found)
        return Watched(found, path, self._spent) if any(p.startswith(f"{path}.") for p in STEPS) else found

    def _timed(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **given: Any) -> Any:
            started = time.perf_counter()
            try:
                return work(*args, **given)
            finally:
                self._spent[step] += (time.perf_counter() - started) * 1000

        return timed


def timed(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of each call, after a few to warm up; of a slow one, those of the first questions."""
    for question in questions[:WARM]:
        work(question)
    spent: list[float] = []
    for question in questions:
        if len(spent) >= FEWEST and sum(spent) > ENOUGH_S * 1000:
            break
        started = time.perf_counter()
        work(question)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def searched(engine: Engine, questions: Sequence[str]) -> dict[str, Any]:
    """A search as `fyrlots search` does it; then once more with the steps watched, so that watching costs nothing."""
    ms = timed(lambda q: find(engine, Question(q), BEST), questions)
    spent: dict[str, float] = defaultdict(float)
    given = engine.retriever
    watched: Any = {"index": Watched(given.index, "index", spent), "encoder": Watched(given.encoder, "encoder", spent)}
    beside = replace(engine, retriever=replace(given, **watched))
    total = (
        sum(timed(lambda q: find(beside, Question(q), BEST), questions[WARM:])) * len(questions) / len(questions[WARM:])
    )
    return {"ms": ms, "steps": shares(spent, total)}


def answered(engine: Engine, questions: Sequence[str]) -> dict[str, Any]:
    """An extractive answer, with the time that the pipeline books on each step."""
    spent: dict[str, float] = defaultdict(float)

    def work(question: str) -> None:
        for step, ms in ask(engine, Question(question)).timings_ms.items():
            spent[step] += ms

    ms = timed(work, questions)
    total = spent.pop("total")
    return {"ms": ms, "steps": shares(spent, total)}


def shares(spent: dict[str, float], total: float) -> dict[str, float]:
    """Each step's share of the whole, and what is left."""
    found = {step: ms / total for step, ms in spent.items()}
    return {**found, "övrigt": max(0.0, 1 - sum(found.values()))}


def main(arguments: Sequence[str]) -> None:
    """`SYSTEM FOLDER QUESTIONS`: prints milliseconds and shares as JSON. SYSTEM: search, answer, or another stack's."""
    key, folder, asked = arguments
    questions = json.loads(Path(asked).read_text(encoding="utf-8"))
    if key in ("search", "answer"):
        engine = open_engine(load(index=Path(folder), llm=""))
        print(json.dumps((searched if key == "search" else answered)(engine, questions)))
    else:
        print(json.dumps({"ms": timed(OTHERS[key].open(Path(folder)), questions), "steps": {}}))


if __name__ == "__main__":
    main(sys.argv[1:])
