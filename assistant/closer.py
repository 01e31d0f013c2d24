"""Passages without questions of their own, read closer: the best of them are ordered anew by their sentences.

A text that readers' questions have been written for is found by them. For any other the search knows the whole passage
alone, where one sentence may hold the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant import linear
from assistant.domain import Chunk
from assistant.encoder import Encoder, Vectors
from assistant.swedish import grams_of, normalise, sentences

READ = 15
"""Passages that are read closer. Source: `docs/decisions/0004-sokning.md`."""
MET = 0.5
"""The share of a word's four-grams that must stand in a text for the word to be met in part."""

_BETWEEN = re.compile(r"\W+")

Parts = Mapping[str, Mapping[str, float]]
"""Part of the search → chunk id → score."""
Features = dict[str, float]


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the sentences."""

    vector: Vectors
    """The question's place, shape (dimensions,)."""
    words: Mapping[str, float]
    """The question's words → what each is worth: its weight times how rare it is."""

    @cached_property
    def grams(self) -> tuple[tuple[float, frozenset[str]], ...]:
        """Each word's worth, as a share of all, with its four-grams."""
        total = sum(self.words.values()) or 1.0
        return tuple((worth / total, frozenset(grams_of(word))) for word, worth in self.words.items())

    @cached_property
    def every(self) -> frozenset[str]:
        """The four-grams of all its words."""
        return frozenset().union(*(own for _, own in self.grams))

    def within(self, line: str) -> frozenset[str]:
        """Those of its four-grams that the line has."""
        marked = _BETWEEN.sub("_", f" {normalise(line)} ")
        return frozenset(gram for gram in self.every if gram in marked)

    def met(self, found: frozenset[str]) -> float:
        """The share of the words, by worth, that the four-grams meet; a word met in part counts in part. 0 to 1."""
        shares = ((worth, len(own & found) / len(own)) for worth, own in self.grams)
        return sum(worth * share for worth, share in shares if share >= MET)


def features(wanted: Wanted, chunks: Sequence[Chunk], parts: Parts, encoder: Encoder) -> dict[str, Features]:
    """Chunk id → what speaks for it.

    grams: BM25 as a share of the best. texts: cosine of the whole. sentence: cosine of the nearest sentence. window:
    the share of the question's words met in two sentences that stand together.
    """
    grams, texts = parts.get("grams", {}), parts.get("texts", {})
    best, farthest = max(grams.values(), default=1.0), min(texts.values(), default=0.0)
    lines = {chunk.id: [chunk.text[a:b] for a, b in sentences(chunk.text)] for chunk in chunks}
    near = nearest(wanted.vector, lines, encoder)
    return {
        id: {
            "grams": grams.get(id, 0.0) / best,
            "texts": texts.get(id, farthest),
            "sentence": near[id],
            "window": window(wanted, own),
        }
        for id, own in lines.items()
    }


def nearest(vector: Vectors, lines: Mapping[str, Sequence[str]], encoder: Encoder) -> dict[str, float]:
    """For each chunk, the cosine of its sentence nearest to the vector; 0 where it has none."""
    every = [(id, line) for id, own in lines.items() for line in own]
    best = dict.fromkeys(lines, 0.0)
    if every:
        similar = encoder.passages([line for _, line in every]) @ vector
        for (id, _), cosine in zip(every, similar, strict=True):
            best[id] = max(best[id], float(cosine))
    return best


def window(wanted: Wanted, lines: Sequence[str]) -> float:
    """How much of the question two neighbouring sentences meet, at best."""
    found = [*map(wanted.within, lines), frozenset[str]()]
    return max((wanted.met(one | other) for one, other in pairwise(found)), default=0.0)


def reordered(best: Sequence[str], read: Mapping[str, Features]) -> list[str]:
    """The same ids; those that were read share out their places among themselves, the rest keep theirs."""
    worth = {id: round(linear.load("closer").total(found), 6) for id, found in read.items()}
    at = {id: n for n, id in enumerate(best)}
    anew = iter(sorted(read, key=lambda id: (-worth[id], at[id])))
    return [next(anew) if id in read else id for id in best]
