"""How a question is worded: its terms, and what the kept model makes of them."""

from __future__ import annotations

import pytest

from assistant.wording import answerable, terms


def test_the_terms_are_stems_and_each_two_next_to_each_other_or_with_one_between_with_the_ends_marked() -> None:
    pairs = ["^ vilk", "vilk kommun", "kommun $", "^ _ kommun", "vilk _ $"]
    assert terms("Vilka kommuner?") == ["vilk", "kommun", *pairs]


def test_names_and_numbers_stand_for_any_name_and_any_number() -> None:
    assert terms("Vad sa Anna Berg om 14 mål?") == terms("Vad sa Kari Lund om 3 mål?")
    assert "NAME" in terms("vad kostade det för uddevalla")


def test_a_name_is_not_taken_for_a_word_that_is_spelt_alike() -> None:
    assert set(terms("Vad gör NAMN?")) != set(terms("vad gör namn?"))


def test_an_empty_question_has_only_its_ends() -> None:
    assert terms("") == ["^ $"]


@pytest.mark.parametrize(
    ("asked", "in_vain"),
    [
        ("Vad är syftet med bojarna?", "Vad kostade bojarna?"),
        ("När ska bojarna vara på plats?", "Vad tycker du om bojarna?"),
        ("Vilka krav ställs på hamnen?", "Vad heter chefen för hamnen och hur mycket tjänar hon?"),
    ],
)
def test_what_readers_ask_in_vain_is_less_answerable_whatever_it_is_about(asked: str, in_vain: str) -> None:
    assert answerable(in_vain) < answerable(asked)
