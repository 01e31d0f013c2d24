"""Ten faults, each turned on by passing in an engine, a guard or an answer that has it. None changes our own code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import snowballstemmer

from assistant import pipeline
from assistant.domain import Answer, Chunk, Outcome, Passage, Question
from assistant.engine import Engine
from assistant.retrieve import NO_FILTERS, Filters, Query, Retriever
from evals import judging
from evals.cases import Case
from evals.judging import Bench

_english = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Altered(Retriever):
    """Our retriever, whose passages are altered before anyone sees them."""

    def search(self, query: Query, k: int = 10, filters: Filters = NO_FILTERS) -> list[Passage]:
        return self.altered(super().search(query, k, filters))

    def altered(self, passages: list[Passage]) -> list[Passage]:
        return [replace(p, chunk=self.chunk(p.chunk)) for p in passages]

    def chunk(self, given: Chunk) -> Chunk:
        return given


@dataclass(frozen=True)
class WrongPage(Altered):
    """Every page is one too high."""

    def chunk(self, given: Chunk) -> Chunk:
        return replace(given, page=None if given.page is None else given.page + 1)


@dataclass(frozen=True)
class DroppedHeading(Altered):
    """Headings are lost on the way."""

    def chunk(self, given: Chunk) -> Chunk:
        return replace(given, heading=None)


@dataclass(frozen=True)
class Duplicated(Altered):
    """The best passage stands in the index twice."""

    def altered(self, passages: list[Passage]) -> list[Passage]:
        again = [replace(p, chunk=replace(p.chunk, id=f"{p.chunk.id}-2")) for p in passages[:1]]
        twice = [*passages[:1], *again, *passages[1:-1]]
        return [replace(p, rank=n) for n, p in enumerate(twice, 1)]


@dataclass(frozen=True)
class LostFigure(Altered):
    """The survey's figures are not found."""

    def altered(self, passages: list[Passage]) -> list[Passage]:
        left = [p for p in passages if not p.chunk.document_id.startswith("figur-")]
        return [replace(p, rank=n) for n, p in enumerate(left, 1)]


def with_retriever(bench: Bench, kind: type[Retriever]) -> Bench:
    """The bench with another kind of retriever."""
    engine = bench.engine
    return Bench(replace(engine, retriever=kind(**vars(engine.retriever))), bench.today, bench.guard)


def swapped_weights(bench: Bench) -> Bench:
    """The lightest part of the fusion counts for all, and the heavier ones for next to nothing."""
    engine = bench.engine
    given = dict(engine.retriever.weights.items())
    lightest = min(given, key=lambda name: given[name])
    weights = replace(engine.retriever.weights, **{name: 1.0 if name == lightest else 0.001 for name in given})
    return Bench(replace(engine, retriever=replace(engine.retriever, weights=weights)), bench.today, bench.guard)


def stale_date(bench: Bench) -> Bench:
    """The engine believes that it is the day of the report."""
    engine = replace(bench.engine, settings=replace(bench.engine.settings, today="2024-05-17"))
    return Bench(engine, bench.today, bench.guard)


def open_guard(bench: Bench) -> Bench:
    """Every claim is let through."""

    def lets_all_through(claim: str, quotes: Sequence[str]) -> bool:
        return True

    return Bench(bench.engine, bench.today, lets_all_through)


def shifted_span(engine: Engine, case: Case) -> Answer:
    """Citations point one character too far."""
    answer = judging.ask(engine, case)
    return replace(answer, citations=tuple(replace(c, start=c.start + 1, end=c.end + 1) for c in answer.citations))


def never_abstains(engine: Engine, case: Case) -> Answer:
    """The best passage is the answer where the judge holds back."""
    return answered_anyway(engine, case, "abstained")


def never_blocks(engine: Engine, case: Case) -> Answer:
    """Questions that ought to be stopped are answered like any other."""
    return answered_anyway(engine, case, "blocked")


def answered_anyway(engine: Engine, case: Case, family: str) -> Answer:
    """The answer; where it is of that family, the best passage instead."""
    answer = judging.ask(engine, case)
    if answer.outcome.family != family:
        return answer
    passages = pipeline.find(engine, Question(case.question, case.history), 1)
    return replace(answer, outcome=Outcome.ANSWERED, text=passages[0].chunk.text if passages else "Ja.")


def english_stem(word: str) -> str:
    """The stem of a word, as if it were English."""
    return str(_english.stemWord(word))
