"""Words, stems, grams, sentences and languages."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import swedish

TEXTS = st.text(alphabet=st.sampled_from("abcåäöABCÅÄÖ0123456789 .,:;!?…§()”\"'\n\t-–%"), max_size=200)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det är så. Nästa mening.", ["Det är så.", "Nästa mening."]),
        ("Lagen gäller från 2026. Kommunen ska anmäla sig.", ["Lagen gäller från 2026.", "Kommunen ska anmäla sig."]),
        ("Använd t.ex. e-arkiv. Klart.", ["Använd t.ex. e-arkiv.", "Klart."]),
        ("Det gäller bl.a. Lysekil. Klart.", ["Det gäller bl.a. Lysekil.", "Klart."]),
        ("Se 3 kap. 4 § lagen. Därefter beslut.", ["Se 3 kap. 4 § lagen.", "Därefter beslut."]),
        ("Enligt prop. 2025/26:28 gäller det.", ["Enligt prop. 2025/26:28 gäller det."]),
        ("Andelen är 5,5 %. Resten är okänd!", ["Andelen är 5,5 %.", "Resten är okänd!"]),
        ("Hon sade: ”Det går.” Sedan gick hon.", ["Hon sade: ”Det går.”", "Sedan gick hon."]),
        ("Version 0.9 av den 17 maj 2024", ["Version 0.9 av den 17 maj 2024"]),
        ("Först\n- ett\n- två", ["Först", "- ett", "- två"]),
        ("J. Magnusson skrev det. Det var 2021.", ["J. Magnusson skrev det.", "Det var 2021."]),
        ("Varför? Därför.", ["Varför?", "Därför."]),
        ("Hm ... det är oklart.", ["Hm ... det är oklart."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in swedish.sentences(text)] == expected


@given(TEXTS)
def test_sentences_lie_in_order_and_leave_only_space(text: str) -> None:
    spans = list(swedish.sentences(text))
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(max_size=100))
def test_clean_is_done_once_and_for_all(text: str) -> None:
    assert swedish.clean(swedish.clean(text)) == swedish.clean(text)
    assert "\x00" not in swedish.clean(text)


def test_clean_composes_and_drops_what_is_not_seen() -> None:
    assert swedish.clean("a\u030ao\u0308 so\u00adcial\u200b\x07") == "åö social"
    assert swedish.clean("ett\r\ntvå\rtre") == "ett\ntvå\ntre"


@pytest.mark.parametrize("written", ["NIS 2", "NIS2", "NIS-2", "nis 2"])
def test_names_with_numbers_are_the_same_however_they_are_written(written: str) -> None:
    assert swedish.normalise(written) == "nis2"
    assert swedish.words(written) == swedish.words("NIS 2")


def test_words_drop_endings_after_a_colon_and_keep_numbers() -> None:
    assert swedish.words("SKR:s handslag 2025:1506 ger 5,5 %") == ["skr", "handslag", "2025:1506", "ger", "5,5"]


def test_content_words_keep_everything_where_nothing_else_is_left() -> None:
    assert swedish.content_words("vad är det") == ["vad", "är", "det"]
    assert swedish.content_words("vad är digitalisering") == ["digitalisering"]


@pytest.mark.parametrize(
    "forms",
    [
        ("kommun", "kommuner", "kommunen", "kommunerna"),
        ("digitalisering", "digitaliseringen"),
        ("incident", "incidenter", "incidenten"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({swedish.stem(form) for form in forms}) == 1


def test_stems_from_many_threads_are_the_same_as_from_one() -> None:
    starts, ends = (
        "kommun styr digitaliser rapporter samverk ansvar",
        "ens erna ande arnas ade heten löst ligt en ingens",
    )
    words = [start + end for start in starts.split() for end in ends.split()] * 20
    fresh = swedish.stem.__wrapped__
    alone = [fresh(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(fresh, words)) == alone
    finally:
        sys.setswitchinterval(before)


def test_grams_mark_the_borders_of_words() -> None:
    assert swedish.grams_of("lag") == ("_lag", "lag_")
    assert swedish.grams_of("ai") == ("_ai_",)
    assert swedish.grams_of("å") == ("_å_",)
    assert "styr" in swedish.grams("portföljstyrning")
    assert set(swedish.grams("styrning")) & set(swedish.grams("portföljstyrning"))


@given(st.text(alphabet=st.characters(categories=("L",)), min_size=3, max_size=30))
def test_grams_cover_the_word(word: str) -> None:
    pieces = swedish.grams_of(word)
    assert pieces[0][0] == "_"
    assert pieces[-1][-1] == "_"
    assert pieces[0][:-1] + "".join(p[-1] for p in pieces) == f"_{word}_"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vad kräver NIS 2 av kommunen?", "sv"),
        ("What does NIS 2 require of the municipality?", "en"),
        ("Where can I read about digital post?", "en"),
        ("Hva sier rapporten om samarbeid?", "no"),
        ("Hvilke kommuner samarbeider ikke?", "no"),
        ("SDK", "sv"),
        ("", "sv"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert swedish.language(text) == expected
