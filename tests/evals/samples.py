"""Cases, answers and records made by hand, for what is tested without an index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.domain import Answer, Block, Chunk, Citation, Claim, Document, Metadata, Outcome, Passage
from evals.cases import Case, Place
from evals.records import Cited, Guarded, Ranked, Record

REPORT = Metadata(id="rapport-3.2.2", title="Styrning", kind="report", rank=3, section="3.2.2", pages=(25, 33))
LAW = Metadata(id="nis2", title="NIS 2", kind="regulation", rank=1, valid_from="2026-01-15", status="in_force")
PLACE = Place("analysrapport-2024", "3.2.2", None)
CASE = Case(
    "a-1",
    "Hur stor andel?",
    (),
    "official",
    "number",
    "plain",
    "yes",
    None,
    (("17 %", "17 procent"),),
    (PLACE,),
    "tune",
)
TEXT = "Styrning\n\nAv kommunerna saknar 17 % portföljstyrning."
DOCUMENT = Document(
    REPORT,
    TEXT,
    (
        Block("heading", 0, 8, level=1, section="3.2.2", page=25),
        Block("paragraph", 10, len(TEXT), section="3.2.2", page=27),
    ),
)
QUOTE = TEXT[10:]


def passage(rank: int = 1, text: str = QUOTE, meta: Metadata = REPORT, section: str | None = "3.2.2") -> Passage:
    chunk = Chunk(f"{meta.id}#{rank}", meta.id, 10, 10 + len(text), text, (meta.title,), section, None, 27)
    return Passage(rank, chunk, meta, 1.0 / rank, {})


def citation(number: int = 1, quote: str = QUOTE, meta: Metadata = REPORT, section: str | None = "3.2.2") -> Citation:
    return Citation(number, meta, section, None, 27, quote, 10, 10 + len(quote))


def answer(*citations: Citation, outcome: Outcome = Outcome.ANSWERED, notices: tuple[str, ...] = ()) -> Answer:
    claims = tuple(Claim(c.quote, (c.number,), verified=True) for c in citations)
    text = " ".join(f"{c.quote} [{c.number}]" for c in citations)
    return Answer(outcome, text, claims, citations, (passage(),), notices)


def cited(**given: Any) -> Cited:
    base = Cited(1, "nis2", "NIS 2", None, None, None, "text", 0, 4, right=True, exact=True, placed=True, needed=True)
    return replace(base, **given)


def record(**given: Any) -> Record:
    """A right answer to an answerable question, but for what is given."""
    base = Record(
        id="a-1", question="Hur?", history=(), half="tune", voice="official", kind="number", style="plain",
        answerable="yes", stratum=None, outcome="answered", answer="Så.", notices=(), facts=1.0, missing=(), right=True,
        cited=True, precision=1.0, places=1.0, supported=1.0, score=1, chance=0.9, authority=True, citations=(cited(),),
        ranked=Ranked((1,), 1, 1.0, distinct=True), guarded=Guarded(1, 0, 2, 2), digest="d",
        reason="Alla fakta finns i svaret.",
    )  # fmt: skip
    return replace(base, **given)


def unanswerable(**given: Any) -> Record:
    """A question without an answer, rightly held back, but for what is given."""
    base = record(
        answerable="no", stratum="uncovered", outcome="abstained_no_evidence", facts=None, cited=None, precision=None,
        places=None, supported=None, score=0, authority=None, citations=(), ranked=None, guarded=None, chance=0.1,
    )  # fmt: skip
    return replace(base, **given)
