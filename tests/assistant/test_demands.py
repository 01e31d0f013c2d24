"""What a question demands of its answer beyond the subject."""

from __future__ import annotations

import pytest

from assistant.demands import demanded, met, unmet


@pytest.mark.parametrize(
    ("question", "demand"),
    [
        ("Varför har så få kommuner ett arkitekturråd?", "reason"),
        ("Why did the project stop?", "reason"),
        ("Har andelen ökat sedan förra mätningen?", "change"),
        ("Hur ofta ska utbildningen göras om?", "frequency"),
        ("Hur länge gäller avtalet?", "duration"),
        ("Hur stor andel har ett forum?", "share"),
        ("Vilken besparing gav samarbetet?", "effect"),
        ("Vilka tre kommuner använder ITIL?", "municipality"),
        ("Vilka personer sitter i rådet?", "person"),
        ("Vilket system använder de?", "product"),
    ],
)
def test_a_demand_is_read_out_of_the_question(question: str, demand: str) -> None:
    assert demand in demanded(question)


def test_a_plain_question_demands_nothing() -> None:
    assert demanded("Vad är SDK?") == ()


@pytest.mark.parametrize(
    ("demand", "question", "text", "expected"),
    [
        ("reason", "Varför?", "Det beror på brist på pengar.", True),
        ("reason", "Varför?", "2 % av kommunerna har ett arkitekturråd.", False),
        ("change", "Har andelen ökat?", "Andelen var 20 % 2020 och 33 % 2024.", True),
        ("change", "Har andelen ökat?", "33 % har ett råd.", False),
        ("frequency", "Hur ofta?", "Analysen ska göras vartannat år.", True),
        ("duration", "Hur länge?", "Anmälan ska göras inom 72 timmar.", True),
        ("share", "Hur stor andel?", "Få kommuner har det.", False),
        ("effect", "Vilken effekt?", "Kostnaderna har minskat.", True),
        ("municipality", "Vilka kommuner?", "Tre kommuner använder ITIL.", False),
        ("municipality", "Vilka kommuner samarbetar med Lysekil?", "Lysekils kommun och Munkedal.", True),
        ("municipality", "Vilka kommuner samarbetar med Lysekil?", "Lysekils kommun samarbetar.", False),
        ("person", "Vilka personer?", "Rapporten skrevs av Sara Herrman.", True),
        ("person", "Vem är Sara Herrman?", "Rapporten skrevs av Sara Herrman.", False),
        ("product", "Vilken leverantör har SML?", "Bolaget har avtal med Atea.", True),
        ("product", "Vilken leverantör har SML?", "SML har ett avtal.", False),
    ],
)
def test_a_demand_is_met_by_what_it_asks_for(demand: str, question: str, text: str, expected: bool) -> None:
    assert met(demand, question, [text]) is expected


def test_a_demand_met_only_further_down_counts_a_half() -> None:
    texts = ["Tre kommuner använder ITIL.", "Det är Orust, Tanum och Åmål."]
    assert unmet("Vilka kommuner använder ITIL?", texts)["unmet_municipality"] == 0.5
    assert unmet("Vilka kommuner använder ITIL?", texts[:1])["unmet_municipality"] == 1.0
    assert set(unmet("Vad är SDK?", texts).values()) == {0.0}
