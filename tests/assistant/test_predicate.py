"""Whether the evidence says of the things named what is asked of them."""

from __future__ import annotations

import pytest
from made import candidate, passage, query

from assistant.evidence import Asked, Candidate
from assistant.predicate import LEAST, event, features, general, predicate, unit

TEXT = "Uddevalla gick med i förbundet 2023."
ASKED = "När gick Uddevalla med i förbundet?"


def given(question: str) -> Asked:
    """A question whose words are all as rare."""
    intent, words = query(question)
    return Asked(intent, words, dict.fromkeys(words.own, 1.0))


def standing(text: str = TEXT, *questions: str, **features: float) -> Candidate:
    """A sentence under the heading 'Förbundet', with the questions that it answers."""
    of = passage(text, path=("Förbundet",), questions=dict.fromkeys(questions, 0))
    made: Candidate = candidate(text, of=of, **({"unit": 0.5, "asked_kin": 0.0} | features))
    return made


def test_the_predicate_is_what_is_not_named_and_rare_words_weigh_most() -> None:
    found = predicate(given("Varför lämnade Uddevalla lotsförbundet nu i år?"))
    assert "uddevalla" not in found
    assert found["lotsförbundet"] > found["år"] > 0


@pytest.mark.parametrize(("word", "expected"), [("det", LEAST), ("lotskvastförbund", 1.0)])
def test_a_word_weighs_by_how_rare_it_is_in_general(word: str, expected: float) -> None:
    assert general(word) == expected


def test_a_unit_is_the_sentence_with_its_heading_and_its_own_questions() -> None:
    assert unit(standing(TEXT, ASKED)) == (TEXT, "Förbundet", ASKED)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Varför lämnade Uddevalla förbundet?", 0.0),
        ("När lades förbundet ner?", 0.0),
        ("Vad är förbundet?", 1.0),
    ],
)
def test_an_event_that_is_presumed_must_be_told(question: str, expected: float) -> None:
    assert event(given(question), standing()) == expected


def test_an_event_that_is_told_is_carried() -> None:
    assert event(given("Varför lämnade Uddevalla förbundet?"), standing("Uddevalla lämnade förbundet 2023.")) == 1.0


def test_the_best_and_the_best_of_all_are_told_apart() -> None:
    asked = given("Varför lämnade Uddevalla lotsförbundet?")
    poor, rich = standing("Uddevalla ligger vid havet."), standing("Uddevalla lämnade lotsförbundet.", unit=0.9)
    found = features(asked, [poor, rich])
    assert found["predicate_best"] < found["predicate"] == pytest.approx(1.0)
    assert found["whole"] == 0.9
    assert (found["event"], features(asked, [poor])["event"]) == (1.0, 0.0)
    assert all(0 <= value <= 1 for value in found.values())


@pytest.mark.parametrize(
    ("known", "expected"),
    [((), 0.0), ((ASKED,), 1.0), (("Varför gick Uddevalla med i förbundet?",), 0.0)],
)
def test_kin_is_a_known_question_of_the_same_kind(known: tuple[str, ...], expected: float) -> None:
    assert features(given(ASKED), [standing(TEXT, *known)])["kin_best"] == expected
