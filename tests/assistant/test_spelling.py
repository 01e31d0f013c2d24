"""Questions read as they were meant, against the words of a small index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.spelling import (
    DOUBLED,
    NEAR,
    SOUND,
    SWAPPED,
    Mended,
    Speller,
    beside,
    distance,
    halves,
    sound,
    vocabulary,
)
from assistant.swedish import stem

INDEX = vocabulary([
    "Portföljstyrning, samverkan och förvaltning i Dalsland. Kommunen rapporterar varje incident.",
    "Tillsynsmyndighet enligt cybersäkerhetslagen. Informationssäkerhet och projektstyrning.",
])  # fmt: skip
SPELLER = Speller(INDEX, {"ang": "angående", "infosäk": "informationssäkerhet", "dvs": "det vill säga"})


@pytest.mark.parametrize(
    ("written", "meant", "changes"),
    [
        ("Vad är potföljstyrning?", "Vad är portföljstyrning?", (("potföljstyrning", "portföljstyrning"),)),
        ("hur funkar samvärkan", "hur funkar samverkan", (("samvärkan", "samverkan"),)),
        ("Vem är tilsynsmyndighet?", "Vem är tillsynsmyndighet?", (("tilsynsmyndighet", "tillsynsmyndighet"),)),
        ("en inciednt i förvalltning", "en incident i förvaltning",
         (("inciednt", "incident"), ("förvalltning", "förvaltning"))),
        ("Potföljstyrning då?", "Portföljstyrning då?", (("Potföljstyrning", "Portföljstyrning"),)),
        ("Vi bor i dalslnd", "Vi bor i dalsland", (("dalslnd", "dalsland"),)),
        ("Hur görs projektstyrn. i kommunen?", "Hur görs projektstyrning i kommunen?",
         (("projektstyrn.", "projektstyrning"),)),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_mended_and_told(written: str, meant: str, changes: tuple[tuple[str, str], ...]) -> None:
    assert SPELLER.mend(written) == Mended(meant, changes)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Vad säger cyber säkerhets lagen?", "Vad säger cybersäkerhetslagen?"),
        ("vad är port följ styrning", "vad är portföljstyrning"),
        ("vad är Projekt styrning, egentligen", "vad är Projektstyrning, egentligen"),
        ("Vad gäller ang. infosäk?", "Vad gäller angående informationssäkerhet?"),
        ("ANG kommunen", "angående kommunen"),
        ("dvs. samverkan", "det vill säga samverkan"),
    ],
)
def test_split_compounds_are_joined_and_abbreviations_written_out_untold(written: str, meant: str) -> None:
    assert SPELLER.mend(written) == Mended(meant)


@pytest.mark.parametrize(
    "text",
    [
        "Vad är portföljstyrning?",
        "Berätta om portföljstyrningen i Dalslands kommuner",  # other forms of the index's words
        "Hur går det för kanelbullar och fotboll?",  # Swedish, though not the index's
        "Vad är projektsamverkan?",  # a compound of what is known
        "Vad är informationssäkerhetsincident?",
        "Vi bor i Dalslnd",  # a name may be spelt as it likes
        "Vad är POTFÖLJSTYRNING?",  # so may an abbreviation
        "Vad är qwertzxyv?",  # nothing lies near
        "Vad är samv?",
        "Vad är samverkan.",
        "Vad är " + "samvärkan" * 5 + "?",
        "What about samvärkan, is it the law?",
        "Kommuns förvaltning och Dalslands Kommunen",  # a name with its thing is no split compound
        "Vi har 24 timmar enligt 2025:1506, sid. 3.",
        "det är en och den",
        "",
        "?! 😀",
    ],
)
def test_what_is_known_or_far_from_everything_stands_as_it_is(text: str) -> None:
    assert SPELLER.mend(text) == Mended(text)


@given(st.text(alphabet=st.sampled_from("abcdeghikprstvåäö .,?:-NISX2"), max_size=60))
def test_without_an_index_nothing_is_mended_and_with_one_mending_never_fails(text: str) -> None:
    assert Speller().mend(text) == Mended(text)
    assert all(written in text for written, _ in SPELLER.mend(text).changes)


@pytest.mark.parametrize("word", sorted(INDEX))
def test_every_word_of_the_index_is_left_alone(word: str) -> None:
    assert SPELLER.mend(f"vad är {word}?") == Mended(f"vad är {word}?")


@pytest.mark.parametrize(
    ("written", "meant", "cost"),
    [
        ("samverkan", "samverkan", SOUND),
        ("samvärkan", "samverkan", SOUND),
        ("förvalltning", "förvaltning", SOUND),
        ("inciednt", "incident", SWAPPED),
        ("hanna", "hana", SOUND),
        ("kajjjen", "kajen", 2 * DOUBLED),
        ("hamm", "hamn", NEAR),
        ("hamp", "hamn", 1.0),
        ("incdent", "incident", 1.0),
        ("lampa", "lamba", DOUBLED),
        ("bil", "", 3.0),
        ("", "bil", 3.0),
    ],
)
def test_slips_of_the_finger_and_of_the_ear_cost_little(written: str, meant: str, cost: float) -> None:
    assert distance(written, meant) == pytest.approx(cost)


@given(st.text(alphabet="abcåäöskjt", max_size=8), st.text(alphabet="abcåäöskjt", max_size=8))
def test_the_distance_is_the_same_both_ways_and_none_is_negative(one: str, other: str) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 < distance(one, other) <= max(len(one), len(other), 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("stjärna", "skjärna"), ("cykel", "sykel"), ("hjälpa", "jälpa"), ("hvad", "vad"), ("taxi", "taksi"),
     ("wåg", "våg"), ("tjära", "kjära"), ("schema", "skema"), ("quiz", "kuis"), ("lätt", "lät")],
)  # fmt: skip
def test_words_that_sound_alike_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("a", "s", True), ("a", "w", True), ("q", "w", True), ("a", "l", False), ("q", "p", False), ("1", "a", False),
     ("a", "a", False)],
)  # fmt: skip
def test_keys_beside_each_other(one: str, other: str, expected: bool) -> None:
    assert beside(one, other) is expected


def test_a_compound_is_seen_with_and_without_its_joining_s() -> None:
    found = list(halves("säkerhetslagen"))
    assert ("säkerhets", "lagen") in found
    assert ("säkerhet", "lagen") in found
    assert list(halves("lagen")) == []


def test_the_vocabulary_is_whole_words_long_enough_to_be_told_apart() -> None:
    assert vocabulary(["Ny lag: NIS 2 och Hamnstyrning", "hamnstyrning 2025"]) == {"hamnstyrning"}


@given(st.lists(st.text("adefgilnörstu", min_size=4, max_size=12), max_size=30), st.text("adefgilnörstu", min_size=1))
def test_a_word_is_known_by_its_stem_wherever_the_stem_stands_in_the_index(index: list[str], word: str) -> None:
    assert Speller(frozenset(index))._stem_known(word) == (stem(word) in {stem(w) for w in index})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hur manga ar med", "hur många är med"),
        ("Nar borjade lagen?", "När började lagen?"),
        ("Vem har ansvar för lagen?", "Vem har ansvar för lagen?"),
        ("Hur många ar med?", "Hur många ar med?"),
        ("How far is the county?", "How far is the county?"),
    ],
)
def test_a_question_typed_without_dots_gets_them(written: str, meant: str) -> None:
    speller = Speller({"många", "började", "lagen", "ansvar", "när"})
    assert speller.mend(written).text == meant
