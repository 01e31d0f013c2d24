"""The gate: floors with their noise, figures that must be whole, numbers in texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from samples import cited, record

from assistant.errors import InputError
from evals import gate
from evals.figures import share
from evals.records import wire


def run(**figures: Any) -> dict[str, Any]:
    return {"figures": {"answers": figures, "originals": {"mrr": {"unscored": "saknas", "n": 0}}}, "records": []}


def figure(hits: int, of: int) -> dict[str, Any]:
    return share([True] * hits + [False] * (of - hits)).wire()


@pytest.mark.parametrize(
    ("name", "hits", "of", "floor", "fails"),
    [
        ("right", 80, 100, 0.80, False),
        ("right", 75, 100, 0.80, False),
        ("right", 65, 100, 0.80, True),
        ("right", 760, 1000, 0.80, True),
        ("right", 99, 100, 1.00, True),
        ("false_abstention", 15, 100, 0.10, False),
        ("false_abstention", 30, 100, 0.10, True),
        ("false_abstention", 0, 100, 0.10, False),
        ("quote_fidelity", 999, 1000, 0.0, True),
    ],
)
def test_a_figure_fails_below_its_floor_by_more_than_its_noise(
    name: str, hits: int, of: int, floor: float, fails: bool
) -> None:
    assert bool(gate.check(run(**{name: figure(hits, of)}), {f"answers.{name}": floor})) is fails


def test_a_figure_that_was_not_measured_fails_unless_it_needs_what_is_elsewhere() -> None:
    floors = {"answers.right": 0.5, "originals.mrr": 0.5, "baselines.corpus.ours.mrr": 0.5}
    assert gate.check(run(), floors) == ["answers.right har inget värde (den mättes inte). Golvet är 0,500."]


def test_a_half_has_floors_of_its_own() -> None:
    halved = run() | {"halves": {"report": {"figures": {"answers": {"right": figure(65, 100)}}}}}
    assert gate.check(halved, {"report.answers.right": 0.8, "report.originals.mrr": 0.5}) == [
        "report.answers.right är 0,650 (högst 0,736). Golvet är 0,800."
    ]
    assert gate.valued("report.right", gate.flat(halved)) == 0.65
    assert gate.valued("report.right.n", gate.flat(halved)) == 100


def test_a_quote_that_does_not_match_fails_and_is_named() -> None:
    wrong = wire(record(citations=(cited(exact=False), cited(number=2, placed=False))))
    problems = gate.check(run() | {"records": [wrong]}, {})
    assert problems[0] == "a-1: citatet [1] står inte på 0–4 i nis2."
    assert problems[1].startswith("a-1: citatet [2] har fel avsnitt")


RESULTS = run(right={"value": 0.8514, "low": 0.81, "high": 0.88, "n": 1504}, crag={"value": -0.125, "n": 9})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Rätt: <!-- eval:right -->85 % av fallen.", None),
        ("Rätt: <!-- eval:right -->85,1 %.", None),
        ("Rätt: <!-- eval:answers.right -->0,851.", None),
        ("Rätt: <!-- eval:right.n -->1 504 frågor, från <!-- eval:right.low -->81 %.", None),
        ("Poäng: <!-- eval:crag -->−0,12", None),
        ("Ingen siffra är märkt: 12 %.", None),
        ("Rätt: <!-- eval:right -->86 %.", "right är 85, texten säger 86"),
        ("A\n\n<!-- eval:right -->många", "rad 3: efter märket eval:right står inget tal"),
        ("<!-- eval:mrr -->0,5", "mrr finns inte i evals/results.json"),
    ],
)
def test_numbers_in_texts_are_those_of_the_results(tmp_path: Path, text: str, problem: str | None) -> None:
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    found = gate.check_docs([tmp_path / "README.md"], RESULTS)
    assert (problem is None and found == []) or problem in found[0]  # type: ignore[operator]


def test_the_texts_that_are_checked() -> None:
    assert gate.HERE / "README.md" in gate.documents()


def test_a_broken_file_of_floors_is_told(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="kan inte läsas"):
        gate.load(tmp_path / "floors.json")
