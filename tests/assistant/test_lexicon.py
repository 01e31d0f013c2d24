"""Other names for the same thing."""

from __future__ import annotations

import pytest

from assistant import lexicon
from assistant.lexicon import Lexicon

GLOSSARY = [
    {
        "term": "Säker digital kommunikation",
        "synonyms": ["SDK"],
        "colloquial": ["säker post"],
        "english": ["secure digital communication"],
    },
    {"term": "kommun", "synonyms": ["stad"], "english": "municipality"},
    {"term": "och", "synonyms": [" "]},
]
THESAURUS = {
    "swedish": {"pengar": ["kostnad", "budget"], "och": ["samt"], "tomt": []},
    "english": {
        "how many": ["hur många"], "rule": ["regel"], "apply": ["gälla"], "report": ["rapport"], "make": ["göra"],
        "final": ["slutlig"], "service": ["tjänst"], "unknown": [],
    },
    "norwegian": {"hvor mange": ["hur många"]},
}  # fmt: skip


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon.build(GLOSSARY, THESAURUS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hur mycket pengar har staden?", [(["pengar"], ("kostnad", "budget")), (["staden"], ("kommun",))]),
        ("Vad är säker digital kommunikation?", [(["säker", "digital", "kommunikation"], ("SDK", "säker post"))]),
        ("säker post i kommunerna", [(["säker", "post"], ("Säker digital kommunikation", "SDK")),
                                     (["kommunerna"], ("stad",))]),
        ("säker digital", []),
        ("och tomt", []),
        ("", []),
    ],
)  # fmt: skip
def test_phrases_are_found_by_stem_the_longest_first(
    known: Lexicon, text: str, expected: list[tuple[list[str], tuple[str, ...]]]
) -> None:
    assert known.others(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("How many rules", "en", [("how many", ("hur många",)), ("rules", ("regel",))]),
        ("applies reporting making", "en",
         [("applies", ("gälla",)), ("reporting", ("rapport",)), ("making", ("göra",))]),
        ("reported finally services", "en",
         [("reported", ("rapport",)), ("finally", ("slutlig",)), ("services", ("tjänst",))]),
        ("municipalities", "en", [("municipalities", ("kommun",))]),
        ("secure digital communication", "en", [("secure digital communication", ("Säker digital kommunikation",))]),
        ("unknown words", "en", [("unknown", ()), ("words", ())]),
        ("Hvor mange", "no", [("hvor mange", ("hur många",))]),
        ("wie viel", "de", [("wie", ()), ("viel", ())]),
        ("", "en", []),
    ],
)  # fmt: skip
def test_foreign_words_are_turned_to_swedish(
    known: Lexicon, text: str, language: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert known.translate(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vad kostar SDK nu?", ["vad kostar Säker digital kommunikation nu"]),
        ("Vad är säker digital kommunikation?", ["vad är SDK"]),
        ("Vad är säker post?", ["vad är SDK"]),
        ("Säker digital kommunikation och SDK", ["SDK och sdk",
                                                 "säker digital kommunikation och Säker digital kommunikation"]),
        ("Vad gör staden?", []),  # neither name is an abbreviation
        ("Hur mycket pengar?", []),  # of the thesaurus, not the glossary
        ("", []),
    ],
)  # fmt: skip
def test_a_term_s_abbreviation_and_its_full_name_stand_for_each_other(
    known: Lexicon, text: str, expected: list[str]
) -> None:
    assert known.renamed(text) == expected


def test_a_question_is_said_anew_a_few_times_at_most(known: Lexicon) -> None:
    assert len(known.renamed(" och ".join(["SDK"] * 9))) == lexicon.RENAMED


def test_the_thesaurus_overrules_the_glossary_s_english() -> None:
    made = lexicon.build(GLOSSARY, {"english": {"municipality": ["kommunen"]}})
    assert made.translate("municipality", "en") == [("municipality", ("kommunen",))]


def test_without_anything_nothing_is_known() -> None:
    empty = lexicon.build([])
    assert empty.others("Vad är SDK?") == []
    assert empty.translate("rule", "en") == [("rule", ())]
