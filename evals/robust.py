"""What the search loses when the same question is misspelt, its compounds split or joined, or asked in English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.engine import Engine
from assistant.swedish import words
from evals import asking, metrics, variants
from evals.asking import Desk
from evals.cases import Case
from evals.figures import Figure, difference, share, unscored
from evals.records import Ranked, read_ranked

K = 5
DRAWS = 2
"""Versions of each kind that are drawn for a question; its loss is their mean."""
NO_PAIRS = "Ingen engelsk fråga har en svensk tvilling i pairs.jsonl."

Found = Mapping[str, Ranked | None]
"""Id → what the search found."""


def measure(desk: Desk, engine: Engine, chosen: Sequence[Case], label: str) -> dict[str, Figure]:
    """recall_at_5 of the questions as they are and in each way of writing, and what is lost, on one index."""
    held = [c for c in chosen if c.evidence]
    plain = [c for c in held if c.style in variants.SWEDISH]
    versions = written(plain, vocabulary(engine))
    twins = list(variants.swedish(c for c in held if c.style == "english"))
    english = [c for c in held if c.id in {variants.original(t.id) for t in twins}]
    every = [*plain, *english, *twins, *(c for made in versions.values() for c in made)]
    rows = asking.begin(desk, engine, "search", every).finish(label)
    found = {c.id: read_ranked(row["ranked"]) for c, row in zip(every, rows, strict=True)}
    figures = {"plain": recall(plain, found)}
    for name, made in versions.items():
        figures |= compared(name, made, found)
    return figures | in_english(english, twins, found)


def written(plain: Sequence[Case], known: variants.Words) -> dict[str, list[Case]]:
    """Way of writing → the questions written so."""
    changes = {
        "misspelt": variants.misspelt,
        "split": lambda text, random: variants.split(text, known, random),
        "joined": lambda text, random: variants.joined(text, known, random),
    }
    return {name: list(variants.drawn(plain, name, change, DRAWS)) for name, change in changes.items()}


def vocabulary(engine: Engine) -> frozenset[str]:
    """Every word of the index's texts, in lower case."""
    index = engine.index
    return frozenset(w for id in index.metadata for chunk in index.store.chunks_of(id) for w in words(chunk.text))


def compared(name: str, made: Sequence[Case], found: Found) -> dict[str, Figure]:
    """recall_at_5 of the versions, and the loss against the questions that they were made of."""
    by: dict[str, list[str]] = defaultdict(list)
    for case in made:
        by[variants.original(case.id)].append(case.id)
    return {name: recall(made, found), f"{name}_lost": lost(list(by.items()), found)}


def in_english(english: Sequence[Case], twins: Sequence[Case], found: Found) -> dict[str, Figure]:
    """recall_at_5 of English questions and of the same in Swedish, and what the English ones lose."""
    if not twins:
        return {"english_lost": unscored(NO_PAIRS)}
    pairs = [(twin.id, [variants.original(twin.id)]) for twin in twins]
    return {"swedish": recall(twins, found), "english": recall(english, found), "english_lost": lost(pairs, found)}


def recall(asked: Sequence[Case], found: Found) -> Figure:
    """The share with evidence among the five best, of those whose evidence the index holds."""
    return share([hit(found[c.id]) for c in asked])


def lost(pairs: Sequence[tuple[str, Sequence[str]]], found: Found) -> Figure:
    """Mean of what the versions of each question lose, as a share of one; a gain is below zero.

    Questions are what is counted, so that versions of one question count together.
    """
    losses: list[float | None] = []
    for id, versions in pairs:
        before, after = hit(found[id]), [hit(found[v]) for v in versions]
        known = [h for h in after if h is not None]
        losses.append(before - sum(known) / len(known) if before is not None and known else None)
    return difference(losses)


def hit(ranked: Ranked | None) -> bool | None:
    """Whether evidence is among the five best; None where the index holds none."""
    return metrics.recall_at_k(ranked, K) if ranked is not None and ranked.total else None
