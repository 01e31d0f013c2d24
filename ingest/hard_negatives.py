"""Questions and answers that the encoder takes for one another, found by the encoder itself, for it to learn apart.

Source: approximate nearest neighbour negatives, Xiong et al. (arXiv 2007.00808).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.encoder import Encoder

Triplet = tuple[str, str, str]
"""A question, what belongs to it, and what lies near and does not."""
NEAREST = 12
"""A negative is drawn among so many of the nearest questions with another answer."""
EACH = 2
"""Negatives for each question."""
SAME = 0.93
"""From this cosine on two questions may well be the same, whatever their answers are."""
SAME_ANSWER = 0.85
"""The same for two answers."""
ROWS = 2000
"""Questions compared with all others at a time."""


@dataclass(frozen=True)
class Group:
    """Questions with one answer: a sentence of the corpus, or what the sources are known not to say."""

    says: str
    questions: tuple[str, ...]
    answered: bool


def triplets(groups: Sequence[Group], encoder: Encoder, rng: random.Random) -> list[Triplet]:
    """For each question: its answer and another question of the group, against those of questions mistaken for it."""
    asked = [(question, n) for n, group in enumerate(groups) for question in group.questions]
    return [
        triplet
        for (question, own), others in zip(asked, mistaken(asked, groups, encoder), strict=True)
        for other in rng.sample(others, min(EACH, len(others)))
        for triplet in against(question, groups[own], *asked[other], groups, rng)
    ]


def against(
    question: str, own: Group, other: str, group: int, groups: Sequence[Group], rng: random.Random
) -> Iterator[Triplet]:
    """The question with its answer, where there is one, and with another of its group, against the other question."""
    if own.answered:
        yield question, own.says, groups[group].says if groups[group].answered else other
    kin = [q for q in own.questions if q != question]
    if kin:
        yield question, rng.choice(kin), other


def mistaken(asked: Sequence[tuple[str, int]], groups: Sequence[Group], encoder: Encoder) -> Iterator[list[int]]:
    """For each question the places of the nearest that have another answer, in no order."""
    vectors = encoder.queries([question for question, _ in asked])
    answers = encoder.passages([group.says for group in groups])
    group = np.array([n for _, n in asked])
    for start in range(0, len(asked), ROWS):
        block = slice(start, start + ROWS)
        similar = vectors[block] @ vectors.T
        alike = (answers[group[block]] @ answers.T)[:, group]
        similar[(group[block, None] == group) | (similar >= SAME) | (alike >= SAME_ANSWER)] = -1.0
        for row in similar:
            nearest = np.argpartition(-row, min(NEAREST, len(row) - 1))[:NEAREST]
            yield [int(n) for n in nearest if row[n] > 0]
