"""Linear models, by hand."""

from __future__ import annotations

import math

import pytest

from assistant.linear import Linear, load

MODEL = Linear(-1.0, {"a": 2.0, "b": -4.0}, {"answered": 0.5}, "för hand")


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ({"a": 0.5, "b": 0.0}, 0.5),
        ({"a": 0.0, "b": 0.0}, 1 / (1 + math.e)),
        ({"a": 1.0, "b": 0.0}, math.e / (1 + math.e)),
        ({"a": 1e6, "b": 0.0}, 1.0),
        ({"a": 0.0, "b": 1e6}, 0.0),
    ],
)
def test_the_chance_is_the_logistic_of_the_sum(features: dict[str, float], expected: float) -> None:
    assert MODEL.chance(features) == pytest.approx(expected, abs=1e-12)


def test_a_missing_feature_is_a_fault_and_no_zero() -> None:
    with pytest.raises(KeyError):
        MODEL.chance({"a": 1.0})


@pytest.mark.parametrize("name", ["select", "abstain", "abstain_plain", "closer", "wording"])
def test_the_kept_models_name_the_run_they_come_from(name: str) -> None:
    model = load(name)
    assert model.run
    assert model.coefficients
    assert load(name) is model


def test_the_thresholds_of_abstention_are_in_order() -> None:
    thresholds = load("abstain").thresholds
    assert 0 < thresholds["partial"] <= thresholds["answered"] < 1
