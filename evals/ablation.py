"""Each of our components left out in turn: what does it earn? The same questions, one thing missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant import pipeline
from assistant.domain import Question
from assistant.lexicon import Lexicon
from assistant.retrieve import Query, Retriever, Weights
from evals import baselines, metrics
from evals.cases import Case
from evals.figures import Figure
from evals.judging import FOUND, Bench, rank

Scores = dict[str, dict[str, float]]
"""Part of the search → chunk id → score."""


@dataclass(frozen=True)
class Remembering(Retriever):
    """Our retriever, which does each search once and fuses it in many ways."""

    memory: dict[tuple[str, ...], tuple[Scores, dict[str, float]]] = field(default_factory=dict)

    def parts(self, query: Query, among: Collection[str] | None) -> tuple[Scores, dict[str, float]]:
        """What each search found, of those that count now, and the nearest questions."""
        key = (query.text, *query.words)
        if key not in self.memory:
            self.memory[key] = super().parts(query, among)
        found, asked = self.memory[key]
        return {name: found[name] for name, _ in self.weights.items()}, asked


@dataclass(frozen=True)
class Unweighted(Remembering):
    """The same without any weighting after the fusion."""

    def weighted(self, fused: Mapping[str, float]) -> dict[str, float]:
        """The scores as they are."""
        return dict(fused)


def measure(bench: Bench, chosen: Sequence[Case]) -> dict[str, dict[str, Figure]]:
    """The search figures of the whole, and with each component left out."""
    held = [c for c in chosen if c.evidence]
    whole = remembering(bench.engine.retriever)
    found = {"ours": figures(bench, held, whole)}
    for name, weights in left_out(whole.weights):
        found[name] = figures(bench, held, replace(whole, weights=weights))
    found["without_weighting"] = figures(bench, held, Unweighted(**vars(whole)))
    found["without_lexicon"] = figures(bench, held, replace(whole, lexicon=Lexicon(), memory={}))
    found["without_conversation"] = figures(bench, [replace(c, history=()) for c in held], whole)
    return found


def remembering(retriever: Retriever) -> Remembering:
    """The retriever with a memory."""
    return Remembering(**vars(retriever))


def left_out(weights: Weights) -> Iterator[tuple[str, Weights]]:
    """The weights with one after the other at zero."""
    for name, _ in weights.items():
        yield f"without_{name}", replace(weights, **{name: 0.0})


def figures(bench: Bench, held: Sequence[Case], retriever: Retriever) -> dict[str, Figure]:
    """The search figures of one retriever, asked as `fyrlots search` asks ours."""
    engine = replace(bench.engine, retriever=retriever)
    found = ((c, pipeline.find(engine, Question(c.question, c.history), FOUND)) for c in held)
    return metrics.search(rank(bench, c, passages) for c, passages in found)


def compared(bench: Bench, chosen: Sequence[Case]) -> dict[str, dict[str, Figure]]:
    """Baselines and our components left out, side by side on one index."""
    return measure(bench, chosen) | baselines.measure(bench, chosen)
