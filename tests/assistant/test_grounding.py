"""The guard, case by case, with hand-made sentences."""

from __future__ import annotations

import pytest

from assistant import lexicon
from assistant.grounding import check

LEXICON = lexicon.build(
    [
        {"term": "Säker digital kommunikation", "synonyms": ["SDK"]},
        {"term": "GDPR", "synonyms": ["dataskyddsförordningen"]},
        {"term": "NIS 1", "synonyms": ["NIS"]},
    ]
)
INCIDENT = (
    "Kommunen ska göra en incidentanmälan senast 72 timmar efter att den fått kännedom om incidenten "
    "(2 kap. 6 § cybersäkerhetslagen)."
)
FINE = "En kommun kan få en sanktionsavgift på lägst 5 000 kronor och högst 10 miljoner kronor enligt NIS 2."
SHARES = "Kompetensen är låg i 20 % av kommunerna, medelhög i hälften och hög i cirka 30 procent."
DATES = "Lagen (2025:1506) gäller från och med den 15 januari 2026 och ändrades den 1 juli 2026."
REPORT = "Rapporten rekommenderar att kommunerna bör samverka, och Uddevalla leder inte arbetet."
PROPOSED = "Regeringen föreslår att kommunerna ska dela data enligt artikel 50.2 AI-förordningen."

STANDS = [
    ("Kommunen ska göra en incidentanmälan senast 72 timmar efter kännedom om incidenten.", INCIDENT),
    ("Enligt 2 kap. 6 § cybersäkerhetslagen måste kommunen göra en anmälan av incidenten inom tre dygn.", INCIDENT),
    ("Sanktionsavgiften för en kommun kan vara minst 5000 kr och maximalt 10 000 000 kronor.", FINE),
    ("En kommun kan få betala högst 10 mnkr i sanktionsavgift.", FINE.replace("få", "få betala")),
    ("Kompetensen är låg i 20 procent av kommunerna och medelhög i 50 %.", SHARES),
    ("Kompetensen är hög i ungefär 30 % av kommunerna.", SHARES),
    ("Lagen 2025:1506 började gälla 2026-01-15.", DATES.replace("gäller", "började gälla")),
    ("Lagen ändrades i juli 2026.", DATES),
    ("Kommunerna bör samverka.", REPORT),
    ("Regeringen föreslår att kommunerna ska dela data (artikel 50 AI-förordningen).", PROPOSED),
    ("Kommunen är skyldig att lämna uppgiften.", "Kommunen ska lämna uppgiften."),
    ("Kommunen har inte någon portfölj.", "Kommunen saknar portfölj."),
    ("Säker digital kommunikation används av 14 kommuner.", "SDK används av fjorton kommuner."),
    ("Rapportering av incidenter krävs.", "Incidentrapportering krävs."),
    ("Incidentrapportering krävs.", "Det krävs att kommunen rapporterar incidenter."),
    ("Samtliga medlemmar betalar.", "Alla medlemmar betalar."),
    ("Avgiften är cirka 40 kronor.", "Avgiften är 40 kronor."),
]
FAILS = [
    ("Kommunen ska göra en incidentanmälan senast 24 timmar efter kännedom.", INCIDENT, "number", "72"),
    ("Kommunen ska göra en incidentanmälan senast 72 dagar efter kännedom.", INCIDENT, "number", "72"),
    ("Kommunen ska göra en incidentanmälan tidigast 72 timmar efter kännedom.", INCIDENT, "number", "skiljer sig"),
    ("Kommunen ska göra en incidentanmälan (2 kap. 7 §).", INCIDENT, "reference", "2 kap. 6 §"),
    ("Kommunen ska göra en incidentanmälan (6 §).", INCIDENT, "reference", "2 kap. 6 §"),
    ("Kommunen ska göra en incidentanmälan (2 kap. 6 § arkivlagen).", INCIDENT, "reference", "annan lag"),
    ("Kommunen bör göra en incidentanmälan.", INCIDENT, "modality", "ska"),
    ("Kommunen gör en incidentanmälan.", INCIDENT, "modality", "ska"),
    ("Kommunen ska inte göra en incidentanmälan.", INCIDENT, "negation", "nekar inte"),
    ("Regionen ska göra en incidentanmälan.", INCIDENT, "word", "Regionen"),
    ("Kommunen ska göra en polisanmälan om incidenten.", INCIDENT, "word", "polisanmälan"),
    ("En kommun kan få en sanktionsavgift på högst 5 000 kronor.", FINE, "number", "skiljer sig"),
    ("En kommun kan få en sanktionsavgift på högst 10 miljoner euro.", FINE, "number", "10 miljoner"),
    ("En kommun kan få en sanktionsavgift enligt NIS.", FINE, "name", "NIS"),
    ("Kompetensen är låg i 30 % av kommunerna.", SHARES, "number", "skiljer sig"),
    ("Kompetensen är låg i hälften av kommunerna och medelhög i 20 %.", SHARES, "number", "om något annat"),
    ("Lagen (2025:1507) gäller.", DATES, "reference", "2025:1506"),
    ("Lagen ändrades den 15 januari 2025.", DATES, "date", "15 januari 2026"),
    ("Lagen gäller senast den 15 januari 2026.", DATES, "date", "skiljer sig"),
    ("Lysekil leder inte arbetet.", REPORT, "name", "Lysekil"),
    ("Uddevalla leder arbetet.", REPORT, "negation", "inte"),
    ("Kommunerna ska dela data.", PROPOSED, "modality", "förslag"),
    ("Kommunen är nöjd med tjänsten.", "Kommunen är missnöjd med tjänsten.", "word", "nöjd"),
    ("En kommun deltar.", "Fyra kommuner deltar.", "number", "Fyra"),
    ("Säljaren ska berätta det efter ett köp.", "Säljaren ska berätta det före ett köp.", "word", "efter"),
    (
        "Mindre orter har mindre data än mindre städer.",
        "Mindre orter har mindre data än stora städer.",
        "word",
        "mindre",
    ),
    ("Alla kommuner deltar.", "Fyra kommuner deltar.", "word", "Alla"),
    ("Kommunen behöver inte rapportera.", "Skriv att kommunen inte behöver rapportera.", "modality", "uppmanar"),
]


@pytest.mark.parametrize(("claim", "source"), STANDS)
def test_a_claim_stands_that_the_source_carries(claim: str, source: str) -> None:
    judged = check(claim, [source], LEXICON)
    assert judged.stands, judged.failures
    assert judged.support == ((0, 0, len(source)),)


@pytest.mark.parametrize(("claim", "source", "kind", "why"), FAILS)
def test_a_claim_fails_and_says_why(claim: str, source: str, kind: str, why: str) -> None:
    judged = check(claim, [source], LEXICON)
    assert not judged.stands
    assert any(f.kind == kind and why in f"{f.words} {f.reason}" for f in judged.failures), judged.failures


def test_the_sentence_that_carries_is_pointed_at() -> None:
    evidence = ["Något helt annat.", f"{DATES} {INCIDENT} {FINE}"]
    ((number, start, end),) = check("Kommunen ska göra en incidentanmälan.", evidence).support
    assert evidence[number][start:end] == INCIDENT


def test_two_sentences_of_one_evidence_carry_together_but_not_of_two() -> None:
    one, two = "Digg driver plattformen för kommuner.", "Plattformen bygger på öppen programvara."
    claim = "Digg driver plattformen för kommuner, byggd på öppen programvara."
    assert len(check(claim, [f"{one} {two}"]).support) == 2
    assert check(claim, [f"{one} {two}"]).stands
    assert not check(claim, [one, two]).stands


def test_a_second_sentence_lends_no_subject_and_no_number() -> None:
    source = "Leverantören ska lämna upplysningar inom 10 dagar. Kommunen ska betala en avgift på 40 kronor."
    assert not check("Kommunen ska lämna upplysningar.", [source]).stands
    assert not check("Leverantören ska lämna upplysningar inom 40 dagar.", [source]).stands
    assert not check("Leverantören ska betala en avgift.", [source]).stands


def test_headings_lend_names_but_no_numbers_and_no_cited_law() -> None:
    source, heading = "Kommunen ska ha ett ombud (artikel 37 GDPR).", "Arkivlagen i Mellerud, 14 råd"
    assert check("Kommunen i Mellerud ska ha ett ombud.", [source], None, heading).stands
    assert not check("Kommunen ska ha 14 ombud.", [source], None, heading).stands
    assert not check("Kommunen ska ha ett ombud (artikel 37 arkivlagen).", [source], None, heading).stands


def test_other_names_stand_for_each_other_also_in_references() -> None:
    source = "Kommunen ska ha ett ombud (artikel 37 GDPR)."
    assert check("Enligt artikel 37 dataskyddsförordningen ska kommunen ha ett ombud.", [source], LEXICON).stands


@pytest.mark.parametrize("claim", ["", "…", "Det är så.", "[1]"])
def test_what_claims_nothing_does_not_stand(claim: str) -> None:
    assert not check(claim, [INCIDENT]).stands


def test_nothing_stands_on_nothing() -> None:
    assert check("Kommunen betalar.", []).failures[0].kind == "source"
