"""Questions to go on with: what readers ask of the same places, shown only where asking them has been tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from assistant.domain import Answer, Citation, Document, Outcome, Question
from assistant.engine import Engine
from assistant.errors import FyrlotsError
from assistant.index import Index
from assistant.pipeline import ask

SHOWN = 3
TRIES = 6
"""Questions tried for one answer at most, so that the first reader of a place waits a fifth of a second."""
Place = tuple[str, int]
"""A document and where in it a quote starts."""
NOWHERE: frozenset[Place] = frozenset()


class Proofs:
    """Where each question leads, found by asking it; asked once for each index, and never by a language model."""

    def __init__(self) -> None:
        self._kept: tuple[Index | None, dict[str, frozenset[Place]]] = (None, {})

    def known(self, engine: Engine, question: str) -> bool:
        """Whether the question has been asked."""
        return question in self._of(engine.index)

    def places(self, engine: Engine, question: str) -> frozenset[Place]:
        """What the answer quotes; nothing where the sources do not answer fully."""
        found = self._of(engine.index)
        if question not in found:
            found[question] = quoted(engine, question)
        return found[question]

    def _of(self, index: Index) -> dict[str, frozenset[Place]]:
        held, found = self._kept
        if held is not index:
            found = {}
            self._kept = (index, found)
        return found


def quoted(engine: Engine, question: str) -> frozenset[Place]:
    """What the answer to the question quotes; nothing where it is not answered."""
    try:
        answer = ask(replace(engine, model=None), Question(question))
    except FyrlotsError:
        return NOWHERE
    return places(answer) if answer.outcome == Outcome.ANSWERED else NOWHERE


def places(answer: Answer) -> frozenset[Place]:
    """What the answer quotes."""
    return frozenset((c.document.id, c.start) for c in answer.citations)


def follow_ups(
    engine: Engine, proofs: Proofs, answer: Answer, asked: Sequence[str], may_try: Callable[[], bool]
) -> list[str]:
    """Questions that the source they belong to answers, with something that this answer does not say.

    New ones are tried only while `may_try`, so that nobody waits for what another reader may ask next.
    """
    shown: list[str] = []
    tried = 0
    seen = places(answer)
    for question, document in candidates(engine, answer.citations, asked):
        if len(shown) == SHOWN:
            break
        if not proofs.known(engine, question):
            if tried == TRIES or not may_try():
                continue
            tried += 1
        led = proofs.places(engine, question)
        if document in {id for id, _ in led} and not led <= seen:
            shown.append(question)
            seen |= led
    return shown


def candidates(engine: Engine, citations: Sequence[Citation], asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(question, document), each question once: in turn from each place cited, none that has been asked."""
    gone = {bare(a) for a in asked}
    rows = [[(q, c.document.id) for q in questions(engine.find(c.document.id), c.heading)] for c in citations]
    for question, document in in_turn(rows):
        if bare(question) not in gone and is_swedish(question):
            gone.add(bare(question))
            yield question, document


def questions(document: Document | None, heading: str | None) -> list[str]:
    """What readers ask of the text under the heading."""
    given = document.questions if document else {}
    return [q for path, listed in given.items() if path.rpartition(" / ")[2] == heading for q in listed]


def in_turn(rows: Iterable[Sequence[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The first of each row, then the second of each, and so on."""
    return (item for item in chain.from_iterable(zip_longest(*rows)) if item is not None)


def bare(text: str) -> str:
    """The words alone, so that two ways to write a question are the same."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def is_swedish(text: str) -> bool:
    """Whether it does not begin as an English question."""
    return re.match(r"(what|when|who|how|which|why|is|are|do|does|must|can)\b", text, re.IGNORECASE) is None
