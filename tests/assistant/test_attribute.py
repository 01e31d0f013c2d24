"""The kind of value that is asked for, and whether a text gives one."""

from __future__ import annotations

import pytest

from assistant import lexicon
from assistant.attribute import Attribute, gives, near, wanted

LEXICON = lexicon.build(
    [{"term": "kommun", "synonyms": ["kommuner"], "english": ["municipality"]}],
    {"norwegian": {"ansatte": ["anställda"]}, "swedish": {"jobbare": ["anställda"]}},
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Vad kostade studien?", "money"),
        ("Hur mycket pengar fick SML?", "money"),
        ("How much did the study cost?", "money"),
        ("Vem är Sara Herrman?", "person"),
        ("Vad heter projektledaren?", "person"),
        ("Vad är telefonnumret till Digg?", "contact"),
        ("Vilken kommun har kommit längst?", "municipality"),
        ("Vilka av kommunerna saknar strategi?", "municipality"),
        ("Hur många anställda har Digg?", "count"),
        ("Vem är ansvarig för tillsynen?", None),
        ("Vad heter lagen?", None),
        ("Hur många är det?", None),
        ("Hur många 14 är det?", None),
        ("Vad är SDK?", None),
    ],
)
def test_the_attribute_is_read_out_of_the_question(question: str, kind: str | None) -> None:
    found = wanted(question, LEXICON, "sv")
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("question", "language", "counted"),
    [
        ("Hur många anställda har Digg?", "sv", {"anställd"}),
        ("Hur pass många av de svarande kommunerna?", "sv", {"kommun"}),
        ("Antalet jobbare?", "sv", {"jobb", "anställd"}),
        ("How many municipalities answered?", "en", {"municipaliti", "kommun"}),
        ("Hvor mange ansatte har de?", "no", {"ansat", "anställd"}),
    ],
)
def test_what_is_counted_goes_by_all_its_names(question: str, language: str, counted: set[str]) -> None:
    found = wanted(question, LEXICON, language)
    assert found is not None
    assert counted <= set(found.counted)


COUNT = Attribute("count", ("anställd",))


@pytest.mark.parametrize(
    ("attribute", "text", "expected"),
    [
        (COUNT, "Digg har 45 anställda.", True),
        (COUNT, "Digg har fyra deltidsanställda.", True),
        (COUNT, "Ingen är anställd där.", True),
        (COUNT, "Digg har anställda.", False),
        (COUNT, "Digg har 45 bilar.", False),
        (Attribute("count"), "Digg har 45 bilar.", False),
        (Attribute("money"), "Studien kostade 1 200 kronor.", True),
        (Attribute("money"), "Avgiften är 3,5 mnkr.", True),
        (Attribute("money"), "Tjänsten är avgiftsfri.", True),
        (Attribute("money"), "Studien kostade mycket i 3 år.", False),
        (Attribute("person"), "Rapporten skrevs av Sara Herrman.", True),
        (Attribute("person"), "Den skrevs av Anna K. Berg.", True),
        (Attribute("person"), "Rapporten skrevs av Digg.", False),
        (Attribute("contact"), "Skriv till info@exempel.se.", True),
        (Attribute("contact"), "Ring 0522-123 45.", True),
        (Attribute("contact"), "Ring växeln.", False),
        (Attribute("municipality"), "Lysekils kommun leder arbetet.", True),
        (Attribute("municipality"), "Arbetet leds av Dals-Ed.", True),
        (Attribute("municipality"), "En av kommunerna leder arbetet.", False),
    ],
)
def test_a_text_answers_only_where_it_has_such_a_value(attribute: Attribute, text: str, expected: bool) -> None:
    assert gives(attribute, text) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("anställd", "anställd", True),
        ("kommun", "medlemskommun", True),
        ("medlemskommun", "kommun", True),
        ("incidnt", "incident", True),
        ("rapporr", "rapport", True),
        ("bok", "bil", False),
        ("lag", "anslag", False),
        ("incident", "strategi", False),
    ],
)
def test_near_forgives_a_compound_and_a_slip(one: str, other: str, expected: bool) -> None:
    assert near(one, other) is expected
