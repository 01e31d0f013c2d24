"""Which source wins, and what the reader is told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from made import ARTICLE, COMING, EXAMPLE, GUIDANCE, LAW, LOCAL, REPORT, citation

from assistant import authority, phrases
from assistant.domain import Citation, Metadata

TODAY = date(2026, 11, 21)
FIGURE = Metadata("figur-04", "Figur 4", "report", 3, section="3.2.2")
ERRATUM: dict[str, Any] = {
    "section": "3.2.2",
    "kind": "error",
    "triggers": ["NIS 2-förordningen"],
    "says": "Rapporten kallar NIS 2 för en förordning.",
    "correction": "NIS 2 är ett direktiv.",
    "source": {"document": "nis2", "place": "1 kap. 1 §"},
}


SPOKEN = "Enligt NIS 2-förordningen krävs det."


def told(*citations: Citation, errata: tuple[dict[str, Any], ...] = ()) -> list[str]:
    return list(authority.notices(citations, errata, TODAY))


@pytest.mark.parametrize(
    ("metas", "expected"),
    [
        ((LAW,), [phrases.LEGAL]),
        ((GUIDANCE,), [phrases.GUIDANCE]),
        ((REPORT,), [phrases.REPORT]),
        ((EXAMPLE,), [phrases.EXAMPLE]),
        ((ARTICLE,), [phrases.OPINION]),
        ((LOCAL,), []),
        ((REPORT, LAW), [phrases.LEGAL]),
        ((ARTICLE, REPORT), [phrases.REPORT]),
        ((ARTICLE, LOCAL), [phrases.OPINION]),
        ((), []),
    ],
)
def test_the_answer_says_what_it_rests_on_by_its_highest_source(
    metas: tuple[Metadata, ...], expected: list[str]
) -> None:
    assert told(*(citation(m) for m in metas)) == expected


@pytest.mark.parametrize(
    ("meta", "comes"),
    [
        (COMING, True),
        (LAW, False),
        (replace(COMING, valid_from="2026-11-22"), True),
        (replace(COMING, valid_from="2026-11-21"), False),
        (replace(COMING, valid_from="2027"), False),
        (replace(COMING, valid_from=None), False),
        (replace(COMING, rank=2), False),
    ],
)
def test_rules_that_have_not_begun_to_apply_are_said_to_be_coming(meta: Metadata, comes: bool) -> None:
    assert bool(list(authority.coming([citation(meta)], TODAY))) is comes


def test_coming_is_told_once_for_each_document_with_the_day_in_words() -> None:
    notices = told(citation(COMING), citation(COMING, "Annat."))
    assert notices[0] == "Akten har inte börjat gälla än. Startdagen är 2 augusti 2027."
    assert len(notices) == 2


def test_coming_is_counted_from_the_given_day() -> None:
    assert not list(authority.coming([citation(COMING)], date(2027, 8, 2)))


def test_an_unconfirmed_statement_is_told_once() -> None:
    unsure = citation(LOCAL, "Så är det (uppgiften är inte bekräftad).")
    assert told(unsure, unsure) == [phrases.UNSURE]


@pytest.mark.parametrize(
    ("change", "quote", "meta", "section", "told_of"),
    [
        ({}, SPOKEN, REPORT, None, True),
        ({}, "Citat.", REPORT, None, False),
        ({}, "Enligt NIS 2 krävs det.", REPORT, None, False),
        ({}, SPOKEN, REPORT, "3.1", False),
        ({}, SPOKEN, LAW, "3.2.2", False),
        ({"kind": "inconsistent"}, SPOKEN, REPORT, None, False),
        ({"triggers": []}, SPOKEN, REPORT, None, False),
        ({"triggers": None}, SPOKEN, REPORT, None, False),
        ({"triggers": ["något annat", "NIS2-förordningen"]}, SPOKEN, REPORT, None, True),
        ({"section": "5", "says": "Figur 4 visar fel."}, SPOKEN, FIGURE, None, True),
        ({"section": "5", "says": "Figur 14 visar fel."}, SPOKEN, FIGURE, None, False),
        ({"says": None}, SPOKEN, FIGURE, None, False),
    ],
)
def test_a_correction_is_told_where_the_quote_from_that_section_speaks_of_the_matter(
    change: dict[str, Any], quote: str, meta: Metadata, section: str | None, told_of: bool
) -> None:
    notices = told(citation(meta, quote, section), errata=({**ERRATUM, **change},))
    assert any(n.startswith("Rättelse: NIS 2 är ett direktiv.") for n in notices) is told_of


def test_the_matter_and_the_section_must_meet_in_one_citation() -> None:
    apart = (citation(REPORT, "Citat."), citation(REPORT, SPOKEN, "3.1"))
    assert told(*apart, errata=(ERRATUM,)) == [phrases.REPORT]


@pytest.mark.parametrize(
    ("correction", "place", "expected"),
    [
        ("Det är ett direktiv.", "1 kap. 1 §", "Rättelse: Det är ett direktiv. (1 kap. 1 §)"),
        ("Det är ett direktiv (1 §).", "1 kap. 1 §", "Rättelse: Det är ett direktiv (1 §)."),
        ("Det följer av artikel 5.", "artikel 5", "Rättelse: Det följer av artikel 5."),
        ("Det är ett direktiv.", None, "Rättelse: Det är ett direktiv."),
    ],
)
def test_a_correction_names_its_place_once(correction: str, place: str | None, expected: str) -> None:
    erratum = {**ERRATUM, "correction": correction, "source": {"place": place}}
    assert told(citation(REPORT, SPOKEN), errata=(erratum,))[0] == expected


def test_corrections_come_first_and_at_most_two() -> None:
    errata = tuple({**ERRATUM, "correction": f"Rätt {n}.", "source": None} for n in range(3))
    notices = told(citation(REPORT, SPOKEN), errata=errata)
    assert notices == ["Rättelse: Rätt 0.", "Rättelse: Rätt 1.", phrases.REPORT]


@pytest.mark.parametrize(
    ("trigger", "text", "expected"),
    [
        ("högre krav", "De ställer högre kraven på oss", True),
        ("högre krav", "krav som är högre", False),
        ("NIS-2", "vad säger NIS 2", True),
        ("", "vad som helst", False),
    ],
)
def test_a_trigger_stands_only_where_its_words_stand_in_a_row(trigger: str, text: str, expected: bool) -> None:
    from assistant.swedish import stem, words

    assert authority.stands(trigger, [stem(w) for w in words(text)]) is expected


def test_a_day_is_written_in_words() -> None:
    assert authority.day("2026-01-05") == "5 januari 2026"
