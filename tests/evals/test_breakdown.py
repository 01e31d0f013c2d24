"""Figures of parts: each half on its own, groups of the questions with an answer, strata of those without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from samples import CASE, record, unanswerable

from evals import breakdown, gate, printed, run
from evals.breakdown import Seen
from evals.records import Ranked

FIRST, SIXTH = Ranked((1,), 1, 1.0, distinct=True), Ranked((6,), 1, 0.0, distinct=True)
NONE_HELD = Ranked((), 0, 0.0, distinct=True)
WITHOUT = replace(CASE, id="u-1", answerable="no", stratum="uncovered", half="report")
SEEN = [
    Seen(CASE, record(), {"corpus": FIRST, "originals": FIRST}),
    Seen(
        replace(CASE, id="a-2", kind="when"), record(id="a-2", right=False), {"corpus": SIXTH, "originals": NONE_HELD}
    ),
    Seen(replace(CASE, id="a-3", half="report"), record(id="a-3", right=False, cited=False), {"corpus": SIXTH}),
    Seen(WITHOUT, unanswerable(id="u-1")),
    Seen(replace(WITHOUT, id="u-2"), unanswerable(id="u-2", outcome="answered", right=False)),
]


def made(seen: list[Seen]) -> dict[str, Any]:
    found: dict[str, Any] = {"figures": {}, "times": {"started": "2026-11-21T10:00:00+00:00", "seconds": 3.0}}
    run.add_figures(found, seen, {"a-1": "d"})
    return found


def test_groups_count_what_belongs_to_them() -> None:
    groups = breakdown.groups(SEEN)
    assert {k: f["right"].value for k, f in groups["kind"].items()} == {"number": 0.5, "when": 0}
    assert groups["voice"]["official"]["right"].n == 3
    assert groups["kind"]["number"]["corpus_recall_at_5"].value == 0.5
    assert groups["kind"]["number"]["originals_recall_at_5"].n == 1
    assert "originals_recall_at_5" not in groups["kind"]["when"], "the index has no evidence for it"
    assert groups["stratum"] == {"uncovered": {"abstention": groups["stratum"]["uncovered"]["abstention"]}}
    assert groups["stratum"]["uncovered"]["abstention"].value == 0.5


def test_nothing_is_said_of_what_was_not_asked() -> None:
    groups = breakdown.groups([replace(s, record=None) for s in SEEN])
    assert list(groups["kind"]["number"]) == ["corpus_recall_at_5", "originals_recall_at_5"]
    assert groups["stratum"] == {}
    assert set(breakdown.figures([replace(s, record=None) for s in SEEN], {})) == {"corpus", "originals"}


def test_each_half_has_figures_of_its_own() -> None:
    found = made(SEEN)
    right = {name: f["value"] for name, f in gate.flat(found).items() if name.endswith("answers.right")}
    assert right == {"answers.right": 1 / 3, "tune.answers.right": 0.5, "report.answers.right": 0.0} | {
        "answers.right": 0.333333
    }
    assert gate.flat(found)["report.stratum.uncovered.abstention"]["n"] == 2
    assert gate.flat(found)["kind.number.right"]["n"] == 2
    assert found["halves"]["tune"]["figures"]["answers"]["determinism"]["n"] == 1


def test_one_half_alone_is_not_told_twice() -> None:
    assert made(SEEN[:2])["halves"] == {}
    assert "Redovisning" not in printed.as_text(made(SEEN[:2]), Path("m.json"))


def test_the_terminal_shows_halves_kinds_and_strata() -> None:
    lines = printed.as_text(made(SEEN), Path("m.json")).splitlines()
    heads = next(line for line in lines if line.startswith("Svaren"))
    assert heads.split() == ["Svaren", "Alla", "Redovisning", "Inställning"]
    right = next(line for line in lines if line.startswith("  Rätt svar"))
    assert right.split("  ")[-1].strip() == "50\u00a0% (9–91, 2)"
    assert any(line.startswith("  inte i källorna") and "(9–91, 2)" in line for line in lines)
    assert any(line.startswith("Slag av fråga") and "– redovisning" in line for line in lines)
    assert lines[-1] == "3 s, 2026-11-21 10:00 UTC. Sparad: m.json"


def test_what_was_not_measured_says_why_on_its_line() -> None:
    found = made(SEEN) | {"baselines": {"corpus": {"tutorial": {"recall_at_5": {"unscored": "saknas", "n": 0}}}}}
    found["figures"]["originals"] = {"recall_at_5": {"unscored": run.NO_ORIGINALS, "n": 0}}
    text = printed.as_text(found, Path("m.json"))
    assert f"ej mätt: {run.NO_ORIGINALS}" in text and "läroboksstacken" in text


def test_a_part_that_beats_the_whole_in_a_kind_is_named() -> None:
    figure = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 9}
    same = {"recall_at_5_lost": figure | {"value": 0.0}, "recall_at_5_in_list": figure, "recall_at_5_in_why": figure}
    better = {"recall_at_5_in_list": figure | {"value": 0.6}, "recall_at_5_in_why": figure}
    systems = {"ours": same, "bm25_words": better, "only_grams": better}
    (line,) = printed.beaten(systems)
    assert line.startswith("lista: bara fyrteckensdelar är bättre ensam, 60")
