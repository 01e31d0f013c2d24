"""Each of our components left out in turn: what does it earn? The same questions, one thing missing.

Questions are read once, and each search is done once and fused in many ways; only what leaves out a part of the reading
reads again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant import pipeline
from assistant.domain import Passage, Question
from assistant.engine import Engine
from assistant.errors import QuestionError
from assistant.lexicon import Lexicon
from assistant.retrieve import NO_FILTERS, Filters, Query, Retriever, Weights
from assistant.spelling import Speller
from evals import baselines, metrics
from evals.cases import Case
from evals.figures import Figure, difference, share
from evals.judging import FOUND, Bench, rank
from evals.printed import BY_KIND
from evals.records import Ranked

EVERY = Weights(**dict.fromkeys(vars(Weights()), 1.0))
"""Every part of the search counts."""
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
            self.memory[key] = Retriever.parts(replace(self, weights=EVERY), query, among)
        found, asked = self.memory[key]
        return {name: found[name] for name, _ in self.weights.items()}, asked


@dataclass(frozen=True)
class Unweighted(Remembering):
    """The same without any weighting after the fusion."""

    def weighted(self, fused: Mapping[str, float]) -> dict[str, float]:
        """The scores as they are."""
        return dict(fused)


@dataclass(frozen=True)
class Catching(Retriever):
    """Finds nothing, and remembers what it was asked."""

    caught: list[Query] = field(default_factory=list)

    def search(self, query: Query, k: int = 10, filters: Filters = NO_FILTERS) -> list[Passage]:
        """Nothing."""
        self.caught.append(query)
        return []


Found = Mapping[str, tuple[Case, Ranked]]
"""Question's id → the question, and what was found for it."""
Asked = Sequence[tuple[Case, Query]]
"""Each question with what the searches see of it."""


def measure(bench: Bench, chosen: Sequence[Case]) -> dict[str, dict[str, Figure]]:
    """The figures of the whole, with each component left out, and of each part of the search alone."""
    found = dict(searched(bench, [c for c in chosen if c.evidence]))
    return {name: figures(ranked) | lost(found["ours"], ranked) for name, ranked in found.items()}


def searched(bench: Bench, held: Sequence[Case]) -> Iterator[tuple[str, Found]]:
    """System → what it found for each question; first the whole."""
    engine = bench.engine
    whole = remembering(engine.retriever)
    asked = read(engine, held)
    yield "ours", ranks(bench, asked, whole)
    for name, weights in left_out(whole.weights):
        yield name, ranks(bench, asked, replace(whole, weights=weights))
    for name, part in alone(whole):
        yield name, ranks(bench, asked, part)
    yield "without_sentences", ranks(bench, asked, replace(whole, by_sentences=False))
    yield "without_weighting", ranks(bench, asked, Unweighted(**vars(whole)))
    plain = replace(engine, retriever=replace(engine.retriever, lexicon=Lexicon()))
    yield "without_lexicon", ranks(bench, read(plain, held), whole)
    yield "without_speller", ranks(bench, read(replace(engine, speller=Speller()), held), whole)
    yield "without_conversation", ranks(bench, read(engine, [replace(c, history=()) for c in held]), whole)


def read(engine: Engine, held: Sequence[Case]) -> Asked:
    """What `fyrlots search` makes of each question; those that cannot be taken are left out."""
    catching = Catching(**vars(engine.retriever))
    listening = replace(engine, retriever=catching)
    found = []
    for case in held:
        with suppress(QuestionError):
            pipeline.find(listening, Question(case.question, case.history), FOUND)
            found.append((case, catching.caught[-1]))
    return found


def remembering(retriever: Retriever) -> Remembering:
    """The retriever with a memory."""
    return Remembering(**vars(retriever))


def left_out(weights: Weights) -> Iterator[tuple[str, Weights]]:
    """The weights with one after the other at zero."""
    for name, _ in weights.items():
        yield f"without_{name}", replace(weights, **{name: 0.0})


def alone(whole: Remembering) -> Iterator[tuple[str, Remembering]]:
    """The retriever with one part of the search after the other as its only one, and no closer reading."""
    for name, value in whole.weights.items():
        weights = Weights(**dict.fromkeys(vars(whole.weights), 0.0) | {name: value})
        yield f"only_{name}", replace(whole, weights=weights, by_sentences=False)


def ranks(bench: Bench, asked: Asked, retriever: Retriever) -> Found:
    """What one retriever finds for each question."""
    return {case.id: (case, rank(bench, case, retriever.search(query, FOUND))) for case, query in asked}


def figures(found: Found) -> dict[str, Figure]:
    """The search figures, and recall_at_5 for each kind of question."""
    kinds = sorted({case.kind for case, _ in found.values()})
    of = {kind: [ranked for case, ranked in found.values() if case.kind == kind and ranked.total] for kind in kinds}
    by_kind = {f"{BY_KIND}{kind}": share([metrics.recall_at_k(r, 5) for r in ranked]) for kind, ranked in of.items()}
    return metrics.search(ranked for _, ranked in found.values()) | by_kind


def lost(whole: Found, found: Found) -> dict[str, Figure]:
    """What is lost against the whole, question by question: evidence among the five best, and where the first is."""
    pairs = [(whole[id][1], ranked) for id, (_, ranked) in found.items() if id in whole and ranked.total]
    return {
        "recall_at_5_lost": difference([metrics.recall_at_k(a, 5) - metrics.recall_at_k(b, 5) for a, b in pairs]),
        "mrr_lost": difference([metrics.mrr(a) - metrics.mrr(b) for a, b in pairs]),
    }


def compared(bench: Bench, chosen: Sequence[Case], vectors: Path) -> dict[str, dict[str, Figure]]:
    """Baselines and our components left out, side by side on one index. `vectors`: where MiniLM's are kept."""
    return measure(bench, chosen) | baselines.measure(bench, chosen, vectors)
