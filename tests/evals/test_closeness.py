"""The fit of the closer reading, on samples made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.closeness import NAMES, Sample, best, first, fit, model, one

RANDOM = np.random.default_rng(7)


def sample(good: float) -> Sample:
    """Six passages, the third of them right and better by so much in its second feature; the others are noise."""
    table = RANDOM.normal(size=(6, len(NAMES)))
    table[2, 1] += good
    return Sample(table, np.arange(6) == 2)


GIVEN = [sample(4.0) for _ in range(40)]


def test_the_feature_that_tells_weighs_most_and_none_counts_against() -> None:
    slopes = fit(GIVEN, 1.0)
    assert slopes.argmax() == 1
    assert (slopes >= 0).all()
    assert np.abs(fit(GIVEN, 1000.0)).sum() < slopes.sum()


def test_the_slope_of_the_loss_is_its_derivative() -> None:
    at = np.array([0.3, 0.1, 0.0, 0.5])
    _, slope = one(GIVEN[0], at)
    for n, step in enumerate(np.eye(len(NAMES)) * 1e-6):
        numeric = (one(GIVEN[0], at + step)[0] - one(GIVEN[0], at - step)[0]) / 2e-6
        assert slope[n] == pytest.approx(numeric, abs=1e-5)


def test_the_first_right_passage_is_counted_and_equals_keep_their_order() -> None:
    table = np.array([[0.0], [1.0], [1.0]])
    assert first(Sample(table, np.array([False, False, True])), np.ones(1)) == 2
    assert first(Sample(table, np.array([True, False, False])), np.ones(1)) == 3
    assert first(Sample(table, np.zeros(3, dtype=bool)), np.ones(1)) == float("inf")


def test_the_model_names_its_run_and_its_penalty(capsys: pytest.CaptureFixture[str]) -> None:
    made = model(GIVEN)
    assert set(made["coefficients"]) == set(NAMES)
    assert f"straff {best(GIVEN):g}" in made["run"]
    assert "före" in capsys.readouterr().out
