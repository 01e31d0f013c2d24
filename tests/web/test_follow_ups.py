"""Suggested questions: each has been asked, is answered by its own source, and leads to something new."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.domain import Answer, Citation, Document, Metadata, Outcome, Question
from assistant.engine import Engine
from assistant.pipeline import ask
from web.follow_ups import TRIES, Place, Proofs, follow_ups

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
LAW = Metadata("lag", "Lagen")


class Told(Proofs):
    """Proofs that are told where each question leads; counts what is asked of it."""

    def __init__(self, leads: dict[str, set[Place]], known: bool = False) -> None:
        super().__init__()
        self.leads, self.asked, self.all_known = leads, [], known

    def known(self, engine: Engine, question: str) -> bool:
        return self.all_known

    def places(self, engine: Engine, question: str) -> frozenset[Place]:
        self.asked.append(question)
        return frozenset(self.leads.get(question, ()))


def suggested(
    questions: dict[str, tuple[str, ...]], proofs: Told, asked: tuple[str, ...] = ("Vad?",), busy: bool = False
) -> list[str]:
    """What is suggested after an answer that quotes the first place of two headings of the law."""
    document = Document(LAW, "", (), questions)
    engine: Any = SimpleNamespace(find={"lag": document}.get)
    citations = tuple(Citation(n, LAW, None, h, None, "", n, n + 1) for n, h in ((1, "Krav"), (2, "Datum")))
    return follow_ups(engine, proofs, Answer(Outcome.ANSWERED, "", citations=citations), asked, lambda: not busy)


def test_headings_take_turns() -> None:
    questions = {"Lagen / Krav": ("A?", "B?", "C?"), "Lagen / Datum": ("D?", "E?"), "Annat": ("F?",)}
    leads: dict[str, set[Place]] = {q: {("lag", 10 + n)} for n, q in enumerate("A? B? C? D? E? F?".split())}
    assert suggested(questions, Told(leads)) == ["A?", "D?", "B?"]


@pytest.mark.parametrize(
    ("leads", "why"),
    [
        (set(), "unanswered"),
        ({("annan", 5)}, "answered by another source"),
        ({("lag", 1), ("lag", 2)}, "says only what the answer says"),
    ],
)
def test_a_question_that_leads_nowhere_is_not_suggested(leads: set[Place], why: str) -> None:
    assert suggested({"Krav": ("A?",)}, Told({"A?": leads})) == [], why


def test_two_questions_with_the_same_answer_are_suggested_once() -> None:
    assert suggested({"Krav": ("A?", "B?")}, Told({q: {("lag", 9)} for q in ("A?", "B?")})) == ["A?"]


def test_what_has_been_asked_and_what_is_in_english_is_not_suggested() -> None:
    leads: dict[str, set[Place]] = {q: {("lag", n + 9)} for n, q in enumerate(("Vad gäller?", "What is it?", "När?"))}
    assert suggested({"Krav": tuple(leads)}, Told(leads), asked=("vad  gäller",)) == ["När?"]


def test_only_so_many_are_tried_for_one_reader() -> None:
    many = tuple(f"Fråga {n}?" for n in range(30))
    proofs = Told({})
    assert suggested({"Krav": many}, proofs) == []
    assert len(proofs.asked) == TRIES
    assert suggested({"Krav": many}, Told({many[20]: {("lag", 9)}}, known=True)) == [many[20]]


def test_nothing_is_tried_while_others_wait() -> None:
    leads: dict[str, set[Place]] = {"A?": {("lag", 9)}}
    assert suggested({"Krav": ("A?",)}, Told(leads), busy=True) == []
    assert suggested({"Krav": ("A?",)}, Told(leads, known=True), busy=True) == ["A?"]


def test_a_question_is_asked_once_for_each_index(engine: Engine) -> None:
    proofs = Proofs()
    assert not proofs.known(engine, NIS)
    first = proofs.places(engine, NIS)
    assert ("nis2" in {id for id, _ in first}) and proofs.known(engine, NIS)
    assert proofs.places(engine, NIS) is first
    assert proofs.places(engine, "a" * 5000) == frozenset()
    assert proofs.places(engine, "Hur många bibliotek har Göteborg?") == frozenset()


def test_every_suggestion_on_the_page_is_answered(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.workers.QUIET_S", 0.0)
    text = client.post("/", data={"fraga": NIS}).text
    found = [unescape(q) for q in re.findall(r'data-question="([^"]*)"', text)]
    assert found
    for question in found:
        assert ask(engine, Question(question)).outcome == Outcome.ANSWERED
