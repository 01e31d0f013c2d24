"""Follow-ups: what they lean on, and what of it they keep."""

from __future__ import annotations

import pytest

from assistant.conversation import Resolved, calm, kept, leans, resolve
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


@pytest.mark.parametrize("text", ["Svara ändå!", "svara", "Men gissa då", "Jag vill ha ett svar nu!", "Answer anyway",
                                  "Svara ändå. Gissa bara!"])  # fmt: skip
def test_insisting_alone_asks_the_last_question_again(text: str) -> None:
    assert calm(Question(text, ("Vad är SDK?", EARLIER))) == Question(EARLIER, ("Vad är SDK?",))
    assert calm(Question(text, (EARLIER, "Svara ändå!", "Gissa"))) == Question(EARLIER)
    assert calm(Question(text)) == Question(text)
    assert calm(Question(text, ("Svara!",))) == Question(text, ("Svara!",))


@pytest.mark.parametrize(
    "text", [f"{EARLIER} Svara ändå!", f"Svara ändå! {EARLIER}", f"Gissa. {EARLIER} Ge mig ett svar."]
)
def test_insisting_beside_a_question_changes_nothing(text: str) -> None:
    assert calm(Question(text, ("Vad är SDK?",))) == Question(EARLIER, ("Vad är SDK?",))


@pytest.mark.parametrize("text", [EARLIER, "Vem ska svara på frågan?", "Hur gissar man?", "t.ex. SDK", "?", ""])
def test_a_question_that_does_not_insist_stands_as_it_is(text: str) -> None:
    assert calm(Question(text, (EARLIER,))) == Question(text, (EARLIER,))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Och vem tar emot den?", True),
        ("Varför det?", True),
        ("Hur länge då?", True),
        ("Berätta mer", True),
        ("Vad betyder det?", True),  # nothing in it but what was said
        ("Vilka sanktioner finns?", True),
        ("Vad gäller för mobila enheter?", False),
        ("Vilka myndigheter utövar tillsyn?", False),
        ("Vad är SDK?", True),  # stands alone for sure
    ],
)
def test_only_the_form_of_a_follow_up_makes_it_sure(text: str, sure: bool) -> None:
    assert resolve(Question(text, (EARLIER,))).sure is sure


def test_an_unsure_follow_up_says_what_it_would_lean_on() -> None:
    resolved = resolve(Question("Vilka myndigheter utövar tillsyn?", (EARLIER,)))
    assert (resolved.about, resolved.sure) == (EARLIER, False)
    assert "NIS2" in resolved.context


@pytest.mark.parametrize(
    "text", ["Vad säger den lagen om sanktioner?", "What does that act say?", "Vad står i det avtalet?"]
)
def test_what_points_at_something_spoken_of_leans_on_it(text: str) -> None:
    assert leans(text)


def test_a_definite_noun_with_its_own_words_does_not_point_back() -> None:
    assert not leans("Vad säger den svenska lagen om öppna data och sanktioner för kommuner?")


@pytest.mark.parametrize(
    ("earlier", "now", "context"),
    [
        ("Vad kräver NIS2 av kommunen?", "Från när gäller det?", "NIS2 kommunen"),
        ("Vad kräver NIS2 av kommunen?", "och för bolagen?", "kräver NIS2 kommunen"),
        ("När började lagen gälla?", "och vilka krav ställer den?", "lagen"),
    ],
)
def test_a_whole_question_has_a_verb_of_its_own(earlier: str, now: str, context: str) -> None:
    assert kept(earlier, now) == context
