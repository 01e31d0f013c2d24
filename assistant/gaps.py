"""What the sources are known not to say: kept as data, so that a question about it is held back and told why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from assistant.encoder import Encoder, Vectors
from assistant.swedish import grams

NEAREST = 12
"""Known questions, by vector, that are compared word by word."""


@dataclass(frozen=True)
class Gap:
    """Something that readers ask and the sources do not say."""

    says: str
    """What is missing, and what there is instead."""
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """The known gap that a question lies nearest."""

    gap: Gap | None = None
    alike: float = 0.0
    """Cosine to the nearest of its questions, 0 to 1."""
    words: float = 0.0
    """The most four-grams shared with one of the nearest questions (Dice's coefficient)."""


NONE = Near()


@dataclass(frozen=True)
class Gaps:
    """All known gaps of an index."""

    encoder: Encoder
    known: Sequence[Gap]

    @cached_property
    def _asked(self) -> list[tuple[str, Gap]]:
        return [(question, gap) for gap in self.known for question in gap.questions]

    @cached_property
    def _vectors(self) -> Vectors:
        return self.encoder.queries([question for question, _ in self._asked])

    def near(self, texts: Sequence[str], vector: Vectors) -> Near:
        """The nearest gap. `texts`: the question as asked and in Swedish; `vector`: its place, shape (dimensions,)."""
        if not self.known or not vector.any():
            return NONE
        similar = self._vectors @ vector
        best = np.argsort(-similar, kind="stable")[:NEAREST]
        own = [set(grams(text)) for text in dict.fromkeys(texts)]
        shared = [max(dice(mine, set(grams(self._asked[n][0]))) for mine in own) for n in best]
        top = max(range(len(best)), key=lambda i: float(similar[best[i]]) + shared[i])
        return Near(self._asked[best[top]][1], max(0.0, float(similar[best[0]])), max(shared))


def dice(one: Set[str], other: Set[str]) -> float:
    """How much two sets have in common, 0 to 1 (Dice's coefficient)."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


def build(rows: Iterable[Mapping[str, Any]], encoder: Encoder) -> Gaps:
    """The gaps of the index's data."""
    return Gaps(encoder, [Gap(str(row["says"]), tuple(map(str, row["questions"]))) for row in rows])
