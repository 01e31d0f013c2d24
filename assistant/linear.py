"""Small linear models with readable coefficients, kept as JSON beside the code."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).with_name("models")


@dataclass(frozen=True)
class Linear:
    """A logistic model: the chance that something holds, from named features."""

    bias: float
    coefficients: Mapping[str, float]
    thresholds: Mapping[str, float]
    run: str
    """The evaluation run that the numbers come from."""

    def total(self, features: Mapping[str, float]) -> float:
        """The weighted sum, without bounds."""
        return self.bias + sum(weight * features[name] for name, weight in self.coefficients.items())

    def chance(self, features: Mapping[str, float]) -> float:
        """0 to 1."""
        return logistic(self.total(features))


def logistic(total: float) -> float:
    """The chance that a sum without bounds stands for, 0 to 1."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


@lru_cache(maxsize=8)
def load(name: str) -> Linear:
    """The model of that name."""
    return Linear(**json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
