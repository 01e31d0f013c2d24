"""Follow-ups: what they lean on, and what of it they keep."""

from __future__ import annotations

import pytest

from assistant.conversation import Resolved, kept, leans, resolve
from assistant.domain import Question

EARLIER = "När måste vi rapportera en incident enligt NIS2?"


@pytest.mark.parametrize(
    "text",
    [
        "Och vem tar emot den?",
        "Varför?",
        "Varför det?",
        "Vad betyder det?",
        "Vad innebär den?",
        "Hur länge då?",
        "Vilka sanktioner finns?",
        "Gäller det Lysekil?",
        "Berätta mer",
        "And when?",
        "Hvorfor det?",
        "Vad gäller i Fyrbodal?",
        "men vad säger rapporten om arkitektur och förvaltning",
    ],
)
def test_a_follow_up_leans_and_says_on_what(text: str) -> None:
    assert resolve(Question(text, (EARLIER,))).about == EARLIER


@pytest.mark.parametrize(
    "text",
    [
        "Vad är SDK?",
        "Vad betyder portföljstyrning?",
        "Sammanfatta rapporten",
        "Hur stor andel av kommunerna saknar portföljstyrning helt?",
        "Vilka kommuner samverkar i SML?",
        "Och hur många kommuner i Skåne deltar i projektet med gemensam arkitektur för digital post?",
    ],
)
def test_a_question_that_stands_alone_gets_no_context(text: str) -> None:
    assert resolve(Question(text, (EARLIER,))) == Resolved(text, "", None)


def test_without_history_nothing_leans() -> None:
    assert leans("Varför?")
    assert resolve(Question("Varför?")) == Resolved("Varför?", "", None)


def test_a_chain_of_follow_ups_leads_back_to_the_question_that_stands_alone() -> None:
    history = ("Vad är SDK?", "Vilka kommuner är med i SML?", "Vem leder arbetet?", "Vad kostar det?")
    resolved = resolve(Question("Och hur länge?", history))
    assert resolved.about == "Vilka kommuner är med i SML?"
    assert resolved.context.split() == ["kommuner", "SML", "kostar"]


def test_a_conversation_of_nothing_but_follow_ups_leans_on_its_first() -> None:
    assert resolve(Question("Och där?", ("Vem leder den?", "Och hur länge?"))).about == "Vem leder den?"


@pytest.mark.parametrize(
    ("earlier", "now", "expected"),
    [
        (EARLIER, "Hur länge då?", "rapportera incident enligt NIS2"),
        (EARLIER, "Och SDK?", "rapportera incident enligt"),
        ("Hur stor andel i Lysekil har SDK?", "Och i Sotenäs?", "SDK"),
        ("Hur stor andel i Lysekils kommun har SDK?", "Och i Sotenäs?", "kommun SDK"),
    ],
)
def test_named_things_give_way_to_others_and_small_words_are_dropped(earlier: str, now: str, expected: str) -> None:
    assert kept(earlier, now) == expected


@pytest.mark.parametrize(
    ("earlier", "now", "still"),
    [
        (EARLIER, "Gäller det Lysekil?", "NIS2"),
        (EARLIER, "Gäller det Fyrbodal?", "NIS2"),
        ("Vilka krav ställer NIS2 på Lysekil?", "Och SDK?", "Lysekil"),
    ],
)
def test_a_place_does_not_push_out_the_law_that_is_asked_about(earlier: str, now: str, still: str) -> None:
    assert still in kept(earlier, now).split()
