"""A figure is never alone: its value, how many it was counted on, and a 95 % interval, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Z = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""
SEED = 20261121
RESAMPLES = 1000


@dataclass(frozen=True)
class Figure:
    """A measured number, or `unscored` with the reason."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    unscored: str | None = None
    """Why there is no value, in Swedish; None where there is one."""

    def wire(self) -> dict[str, Any]:
        """As it stands in a result file."""
        if self.value is None:
            return {"unscored": self.unscored, "n": self.n}
        rounded = {"value": self.value, "low": self.low, "high": self.high}
        return {name: round(float(v or 0.0), 6) for name, v in rounded.items()} | {"n": self.n}


def read(row: dict[str, Any]) -> Figure:
    """A figure of its form in a result file."""
    return Figure(row.get("value"), row.get("low"), row.get("high"), int(row.get("n", 0)), row.get("unscored"))


def unscored(reason: str) -> Figure:
    """No number, and why."""
    return Figure(None, unscored=reason)


def share(hits: Sequence[bool | None], empty: str = "Inget av fallen prövar detta.") -> Figure:
    """The share of True, with Wilson's interval; None is left out.

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson 1927, doi 10.2307/2276774.
    """
    counted = [hit for hit in hits if hit is not None]
    n = len(counted)
    if n == 0:
        return unscored(empty)
    p = sum(counted) / n
    middle = p + Z * Z / (2 * n)
    half = Z * (p * (1 - p) / n + Z * Z / (4 * n * n)) ** 0.5
    below, above = ((middle + side * half) / (1 + Z * Z / n) for side in (-1, 1))
    return Figure(p, 0.0 if p == 0 else max(0.0, below), 1.0 if p == 1 else min(1.0, above), n)


def mean(values: Sequence[float | None], empty: str = "Inget av fallen prövar detta.") -> Figure:
    """The mean, with the percentile bootstrap's interval; None is left out.

    1,000 resamples with a fixed seed. Source: Efron 1979, doi 10.1214/aos/1176344552.
    """
    counted = np.array([v for v in values if v is not None], dtype=float)
    n = len(counted)
    if n == 0:
        return unscored(empty)
    drawn = np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))
    low, high = np.quantile(counted[drawn].mean(axis=1), [0.025, 0.975])
    return Figure(float(counted.mean()), float(low), float(high), n)


def difference(values: Sequence[float | None], empty: str = "Inget av fallen prövar detta.") -> Figure:
    """The mean of paired differences between −1 and 1, with an interval that has a width also where all agree.

    Half a pair of each of the four kinds is added before the interval is counted. Source: Agresti & Min 2005,
    doi 10.1002/sim.1781.
    """
    counted = [v for v in values if v is not None]
    n = len(counted)
    if n == 0:
        return unscored(empty)
    middle = sum(counted) / (n + 2)
    spread = (sum(v * v for v in counted) + 1) / (n + 2) - middle * middle
    half = Z * (spread / (n + 2)) ** 0.5
    return Figure(sum(counted) / n, max(-1.0, middle - half), min(1.0, middle + half), n)
