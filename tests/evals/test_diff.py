"""Two runs side by side."""

from __future__ import annotations

import pytest
from samples import cited, record

from evals import diff
from evals.records import Ranked, Record, wire


def run(*records: Record) -> dict[str, object]:
    return {"records": [wire(r) for r in records]}


def test_equal_runs_differ_in_nothing() -> None:
    assert diff.changes(run(record()), run(record())) == []


def test_a_question_that_got_worse_says_why() -> None:
    worse = record(
        right=False, score=-1, facts=0.0, missing=("17 %",), outcome="partial", chance=0.4, notices=("Ny.",),
        ranked=Ranked((), 1, 0.0, True), citations=(cited(start=9),), reason="Svaret saknar ”17 %”.",
    )  # fmt: skip
    (change,) = diff.changes(run(record()), run(worse))
    assert change.verdict == "worse"
    assert change.details == (
        "Utfall: answered → partial.",
        "Tappade ”17 %”.",
        "Belägget: plats 1 → inte funnet.",
        "Källor: nis2[0:4] → nis2[9:4].",
        "Upplysningarna är andra.",
        "Domarens sannolikhet: 0.90 → 0.40.",
    )
    text = diff.as_text([change])
    assert text.startswith("0 bättre, 1 sämre (för få för att säga något)")
    assert "Efter: Svaret saknar ”17 %”." in text


def test_better_new_and_gone_questions_come_after_the_worse() -> None:
    before = run(record(id="a"), record(id="b", right=False, score=-1), record(id="c"))
    after = run(record(id="a", answer="Annan lydelse."), record(id="b", outcome="partial"), record(id="d"))
    assert [(c.id, c.verdict) for c in diff.changes(before, after)] == [
        ("b", "better"), ("a", "other"), ("d", "new"), ("c", "gone"),
    ]  # fmt: skip


@pytest.mark.parametrize(("better", "worse", "p"), [(2, 3, None), (6, 0, 0.03125), (5, 5, 1.0), (9, 1, 0.021484375)])
def test_the_sign_test(better: int, worse: int, p: float | None) -> None:
    assert diff.chance(better, worse) == p
