"""One question, asked and judged: the answer against the case, the documents and the whole index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant import pipeline, wire
from assistant.domain import Answer, Block, Chunk, Citation, Document, Metadata, Passage, Question
from assistant.engine import Engine
from assistant.errors import QuestionError
from evals import authority, reasons
from evals.cases import Case, Place
from evals.grading import at_place, grade, is_evidence, share, stands, supports
from evals.mutations import Guard, tried
from evals.records import Cited, Guarded, Ranked, Record

Required = tuple[tuple[Place, ...], tuple[tuple[str, ...], ...]]
"""Evidence places and facts: what decides which chunks are evidence."""
FOUND = 10
"""Passages that the search metrics look at."""


@dataclass(frozen=True)
class Bench:
    """What questions are asked of and judged against."""

    engine: Engine
    today: date
    """The day that rules to come are counted from; the evaluator's own, not the engine's."""
    guard: Guard | None = None
    """The grounding check that is tried with falsified claims; None where there is none."""

    @cached_property
    def chunks(self) -> tuple[tuple[Chunk, Metadata], ...]:
        """Every chunk of the index with its document's metadata."""
        index = self.engine.index
        return tuple((c, meta) for id, meta in index.metadata.items() for c in index.store.chunks_of(id))

    @cached_property
    def _held(self) -> dict[Required, int]:
        return {}

    @cached_property
    def _near(self) -> dict[Place, tuple[Passage, ...]]:
        return {}

    def held(self, case: Case) -> int:
        """How many chunks of the whole index are evidence for the case; counted once for each answer wanted."""
        wanted = (case.evidence, case.facts)
        if wanted not in self._held:
            near = {p.chunk.id: p for place in case.evidence for p in self.near(place)}
            self._held[wanted] = sum(is_evidence(case, p) for p in near.values())
        return self._held[wanted]

    def near(self, place: Place) -> tuple[Passage, ...]:
        """The chunks that stand at the place."""
        if place not in self._near:
            here = (c for c in self.chunks if at_place(place, c[1], c[0].section, c[0].path))
            self._near[place] = tuple(Passage(1, chunk, meta, 0.0, {}) for chunk, meta in here)
        return self._near[place]


def ask(engine: Engine, case: Case) -> Answer:
    """Asks the question as any reader would."""
    return pipeline.ask(engine, Question(case.question, case.history))


def judge(bench: Bench, case: Case, answer: Answer) -> Record:
    """The verdict on an answer, with everything that metrics and report need. Pure but for reading the index."""
    verdict = grade(case, answer)
    documents = {c.document.id: bench.engine.document(c.document.id) for c in answer.citations}
    citations = tuple(cited(case, answer, c, documents[c.document.id], verdict.facts == 1.0) for c in answer.citations)
    right_ones = {c.number for c in citations if c.right}
    supported = [any(n in right_ones for n in claim.citations) for claim in answer.claims]
    ranked = rank(bench, case, answer.passages) if case.evidence and answer.passages else None
    record = Record(
        id=case.id,
        question=case.question,
        history=case.history,
        half=case.half,
        voice=case.voice,
        kind=case.kind,
        style=case.style,
        answerable=case.answerable,
        stratum=case.stratum,
        outcome=verdict.outcome,
        answer=answer.text,
        notices=answer.notices,
        facts=verdict.facts,
        missing=tuple(f[0] for f in case.facts if not stands(f, answer.text)),
        right=verdict.right,
        cited=verdict.cited,
        precision=verdict.precision,
        places=places(case.evidence, answer.citations),
        supported=sum(supported) / len(supported) if supported and case.evidence else None,
        score=verdict.score,
        chance=getattr(answer, "chance", None),
        authority=authority.said(answer, bench.engine.errata, bench.today),
        citations=citations,
        ranked=ranked,
        guarded=guarded(bench, answer),
        reason="",
        digest=digest(answer),
    )
    return replace(record, reason=reasons.why(case, record, answer.passages))


def digest(answer: Answer) -> str:
    """SHA-256 of the answer as the contract prints it, without times."""
    body = wire.answer(answer) | {"timings_ms": {}}
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def cited(case: Case, answer: Answer, citation: Citation, document: Document, complete: bool) -> Cited:
    """One citation against the case and the document's own text."""
    known = case.answerable != "no"
    return Cited(
        number=citation.number,
        document_id=citation.document.id,
        title=citation.document.title,
        section=citation.section,
        heading=citation.heading,
        page=citation.page,
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        right=supports(case, citation) if known else None,
        exact=document.text[citation.start : citation.end] == citation.quote,
        placed=place_of(document, citation.start) == (citation.section, citation.heading, citation.page),
        needed=needed(case, answer, citation.number) if known and complete and case.facts else None,
    )


def place_of(document: Document, start: int) -> tuple[str | None, str | None, int | None]:
    """Section, innermost unnumbered heading and page where a span begins, read from the document's structure."""
    before = [b for b in document.blocks if b.start <= start]
    if not before:
        return None, None, None
    inner: Block | None = next((b for b in reversed(before) if b.kind == "heading"), None)
    named = inner is not None and inner.level > 1 and not inner.numbered
    heading = document.text[inner.start : inner.end] if inner is not None and named else None
    return before[-1].section, heading, before[-1].page


def needed(case: Case, answer: Answer, number: int) -> bool:
    """Whether the answer without this citation, and without the claims that rest on it alone, lacks a required fact."""
    left = " ".join(c.text for c in answer.claims if set(c.citations) != {number})
    return share(case, left) != 1.0


def places(evidence: Sequence[Place], citations: Sequence[Citation]) -> float | None:
    """The share of the evidence places where a citation stands; None where nothing is cited or nothing required."""
    if not evidence or not citations:
        return None
    met = [
        any(at_place(p, c.document, c.section, (c.heading,) if c.heading else ()) for c in citations) for p in evidence
    ]
    return sum(met) / len(met)


def rank(bench: Bench, case: Case, passages: Sequence[Passage]) -> Ranked:
    """Where among the passages the evidence is, and how much of it the index holds."""
    shown = passages[:FOUND]
    best = " ".join(f"{' '.join(p.chunk.path)} {p.chunk.text}" for p in shown[:5])
    return Ranked(
        ranks=tuple(n for n, p in enumerate(shown, 1) if is_evidence(case, p)),
        total=bench.held(case),
        facts_at_5=share(case, best),
        distinct=len({p.chunk.id for p in shown}) == len({p.chunk.text for p in shown}) == len(shown),
    )


def guarded(bench: Bench, answer: Answer) -> Guarded | None:
    """The guard tried on the answer's claims; None where there is no guard or no claim."""
    if bench.guard is None or not answer.claims:
        return None
    quotes = {c.number: c.quote for c in answer.citations}
    return tried(bench.guard, [(c.text, [quotes[n] for n in c.citations]) for c in answer.claims])


def search(bench: Bench, case: Case) -> Ranked | None:
    """Retrieval alone, as `fyrlots search` does it; None for a question without evidence or that cannot be taken."""
    if not case.evidence:
        return None
    try:
        return rank(bench, case, pipeline.find(bench.engine, Question(case.question, case.history), FOUND))
    except QuestionError:
        return None
