"""Ten faults, turned on one at a time: the gate must fail for each, and name the figure that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import planted
import pytest
from conftest import Small, figures

from assistant import swedish
from evals import forms, gate
from evals.judging import Bench
from evals.records import Record, wire
from evals.run import wired

FAULTS: dict[str, tuple[str, Callable[[Bench], Bench] | None, object]] = {
    "wrong page": ("answers.place_fidelity", lambda b: planted.with_retriever(b, planted.WrongPage), None),
    "shifted span": ("answers.quote_fidelity", None, planted.shifted_span),
    "dropped heading": ("answers.place_fidelity", lambda b: planted.with_retriever(b, planted.DroppedHeading), None),
    "swapped fusion weights": ("answers.right", planted.swapped_weights, None),
    "abstention off": ("answers.abstention", None, planted.never_abstains),
    "stale date": ("answers.authority", planted.stale_date, None),
    "guard off: claims": ("answers.guard_kill", planted.open_guard, None),
    "guard off: questions": ("answers.abstention_adversarial", None, planted.never_blocks),
    "duplicated chunk": ("corpus.distinct", lambda b: planted.with_retriever(b, planted.Duplicated), None),
    "lost figure": ("corpus.recall_at_1", lambda b: planted.with_retriever(b, planted.LostFigure), None),
}


def run_of(records: list[Record], again: list[Record], stem: forms.Stem = swedish.stem) -> dict[str, object]:
    """As much of a run as the gate reads."""
    found = figures(records, again) | {"language": forms.measure(stem)}
    return {"figures": {g: wired(f) for g, f in found.items()}, "records": [wire(r) for r in records]}


@pytest.fixture(scope="module")
def floors(healthy: list[Record]) -> dict[str, float]:
    """The healthy engine's own figures."""
    run = run_of(healthy, healthy)
    return {name: f["value"] for name, f in gate.flat(run).items() if "value" in f and not name.endswith("aurc")}


def test_the_healthy_engine_passes(small: Small, healthy: list[Record], floors: dict[str, float]) -> None:
    assert len(small.cases) >= 20
    assert gate.check(run_of(healthy, small.records()), floors) == []
    assert floors["answers.right"] == floors["corpus.recall_at_1"] == floors["answers.authority"] == 1


@pytest.mark.parametrize("name", FAULTS)
def test_the_gate_fails_on(name: str, small: Small, healthy: list[Record], floors: dict[str, float]) -> None:
    figure, alter, solve = FAULTS[name]
    faulty = small.records(alter(small.bench) if alter else None, solve)
    problems = gate.check(run_of(faulty, faulty), floors)
    assert any(p.startswith(f"{figure} ") for p in problems), problems


def test_the_gate_fails_on_an_english_stemmer(healthy: list[Record], floors: dict[str, float]) -> None:
    problems = gate.check(run_of(healthy, healthy, planted.english_stem), floors)
    assert len(problems) == 1 and problems[0].startswith("language.forms_meet ")


def test_an_answer_that_differs_the_second_time_fails(healthy: list[Record], floors: dict[str, float]) -> None:
    again = [replace(healthy[0], digest="annan"), *healthy[1:]]
    problems = gate.check(run_of(healthy, again), floors)
    assert any(p.startswith("answers.determinism ") for p in problems)
