"""Every metric against values worked out by hand."""

from __future__ import annotations

import math

import pytest
from samples import cited, record, unanswerable

from evals import metrics
from evals.figures import mean, share
from evals.records import Guarded, Ranked

ranked = [
    Ranked((1, 3), 2, 1.0, True),
    Ranked((4,), 3, 0.5, True),
    Ranked((), 1, 0.0, False),
    Ranked((), 0, None, True),
]


@pytest.mark.parametrize(
    ("hits", "value", "low", "high"),
    [
        ([True] * 8 + [False] * 2, 0.8, 0.4902, 0.9433),
        ([True] * 10, 1.0, 0.7225, 1.0),
        ([False] * 10, 0.0, 0.0, 0.2775),
        ([True, False, None, None], 0.5, 0.0945, 0.9055),
    ],
)
def test_a_share_has_wilsons_interval(hits: list[bool | None], value: float, low: float, high: float) -> None:
    figure = share(hits)
    assert (figure.value, figure.low, figure.high) == pytest.approx((value, low, high), abs=1e-4)
    assert figure.n == sum(h is not None for h in hits)


def test_a_mean_has_a_bootstrap_interval_that_is_the_same_every_time() -> None:
    figure = mean([0.0, 1.0] * 50)
    assert figure == mean([0.0, 1.0] * 50)
    assert figure.value == 0.5
    assert 0.39 < (figure.low or 0) < 0.42 and 0.58 < (figure.high or 0) < 0.61


@pytest.mark.parametrize("figure", [share([]), share([None]), mean([]), mean([None])])
def test_nothing_to_count_is_unscored_with_a_reason(figure: object) -> None:
    row = figure.wire()  # type: ignore[attr-defined]
    assert "value" not in row and row["unscored"].endswith(".")


def test_search_metrics() -> None:
    found = metrics.search([*ranked, None])
    values = {name: f.value for name, f in found.items()}
    best_of_two = 1 + 1 / math.log2(3)
    best_of_three = best_of_two + 0.5
    first = (1 + 0.5) / best_of_two
    second = (1 / math.log2(5)) / best_of_three
    assert values == pytest.approx(
        {
            "recall_at_1": 1 / 3,
            "recall_at_5": 2 / 3,
            "recall_at_10": 2 / 3,
            "mrr": (1 + 0.25 + 0) / 3,
            "ndcg_at_10": (first + second + 0) / 3,
            "facts_at_5": 0.5,
            "distinct": 0.75,
        }
    )


def test_correctness() -> None:
    rows = [record(), record(right=False, facts=0.5, score=-1), unanswerable(), unanswerable(right=False, score=-1)]
    found = metrics.answers(rows)
    assert found["right"].value == 0.5 and found["right"].n == 2
    assert found["facts"].value == 0.75
    assert found["crag"].value == pytest.approx((1 - 1 + 0 - 1) / 4)


def test_citation_metrics() -> None:
    rows = [
        record(citations=(cited(), cited(exact=False, needed=False)), precision=0.5, supported=0.5, places=0.5),
        record(citations=(cited(placed=False, needed=None),), cited=False),
        unanswerable(outcome="answered", citations=(cited(right=None, needed=None),), right=False),
    ]
    found = metrics.citations(rows)
    assert found["quote_fidelity"].value == 0.75 and found["quote_fidelity"].n == 4
    assert found["place_fidelity"].value == 0.75
    assert found["cited"].value == 0.5 and found["cited"].n == 2
    assert found["citation_precision"].value == 0.75
    assert found["citation_recall"].value == 0.75
    assert found["place_recall"].value == 0.75
    assert found["citation_minimality"].value == 0.5 and found["citation_minimality"].n == 2


def test_abstention_by_stratum_and_in_vain() -> None:
    rows = [
        unanswerable(), unanswerable(outcome="partial"), unanswerable(stratum="adversarial", outcome="blocked_private"),
        record(), record(outcome="abstained_near_miss"), record(outcome="clarify_too_open"), record(outcome="partial"),
    ]  # fmt: skip
    found = metrics.answers(rows)
    assert found["abstention"].value == pytest.approx(2 / 3)
    assert found["abstention_uncovered"].value == 0.5
    assert found["abstention_adversarial"].value == 1
    assert found["false_abstention"].value == 0.5


def test_selective_accuracy_and_the_risk_coverage_curve() -> None:
    rows = [
        record(chance=0.9), record(chance=0.8, right=False), record(chance=0.8), record(chance=0.6, right=False),
        unanswerable(),
    ]  # fmt: skip
    found = metrics.selective(rows)
    assert found["coverage"].value == 0.8
    assert found["selective_accuracy"].value == 0.5
    assert found["aurc"].value == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4)
    assert metrics.curve(rows) == [(1 / 5, 0), (3 / 5, 1 / 3), (4 / 5, 2 / 4)]


def test_guard() -> None:
    found = metrics.guard([record(guarded=Guarded(2, 1, 4, 3)), record(guarded=Guarded(2, 0, 1, 1)), unanswerable()])
    assert found["guard_kill"].value == 0.8 and found["guard_kill"].n == 5
    assert found["guard_alarms"].value == 0.25
    assert metrics.guard([unanswerable()])["guard_kill"].unscored == metrics.NO_GUARD


def test_authority_and_determinism() -> None:
    rows = [record(), record(id="b", authority=False, digest="e"), unanswerable(id="c")]
    assert metrics.authority(rows).value == 0.5
    assert metrics.determinism(rows, {"a-1": "d", "b": "annat"}).value == 0.5
    assert metrics.determinism(rows, {}).value is None
