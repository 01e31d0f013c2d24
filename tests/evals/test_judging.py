"""The verdict on one answer: facts, places, what a citation is worth, what must be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from samples import CASE, DOCUMENT, LAW, PLACE, QUOTE, REPORT, answer, citation, passage, record, unanswerable

from assistant import phrases
from assistant.domain import UNCONFIRMED, Metadata, Outcome
from evals import authority, forms, judging, mutations, reasons
from evals.cases import Place
from evals.grading import at_place, grade, is_evidence, plain, stands

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("fact", "text", "there"),
    [
        (("17 %",), "Det är 17 procent.", True),
        (("17 %",), "Det är 117 %.", False),
        (("17 %",), "Det är 2,17 %.", False),
        (("2 000",), "Det är 2000 kronor.", True),
        (("5 miljoner",), "Det kostar 5 000 000 kronor.", True),
        (("15 januari 2026",), "Lagen gäller från 2026-01-15.", True),
        (("15 januari 2026",), "Lagen gäller från 15 jan. 2026.", True),
        (("EU",), "Det är en ny europeisk neutral plan.", False),
        (("portföljstyrning",), "Ingen Portföljstyrning\nfinns.", True),
        (("nej", "inte"), "Det krävs inte.", True),
        ((), "Inget krävs.", False),
    ],
)
def test_facts_are_matched_as_they_are_written(fact: tuple[str, ...], text: str, there: bool) -> None:
    assert stands(fact, text) is there


def test_dashes_spaces_and_case_are_folded() -> None:
    assert plain("SML–\u00a0kommunerna  2024") == "sml- kommunerna 2024"


@pytest.mark.parametrize(
    ("place", "meta", "section", "there"),
    [
        (PLACE, REPORT, "3.2.2", True),
        (PLACE, REPORT, "3.2.3", False),
        (PLACE, LAW, "3.2.2", False),
        (PLACE, Metadata("x", "X", kind="collaboration", extra={"source": {"section": "3.2.2"}}), None, True),
        (Place("analysrapport-2024", None, "Sammanfattning"), REPORT, "Sammanfattning", True),
        (Place("analysrapport-2024", None, None), REPORT, "front", True),
        (Place("nis2", None, "1 kap."), LAW, None, True),
        (Place("it-kommuner-i-skane", None, None), Metadata("artikel-it-kommuner-skane", "A"), None, True),
    ],
)
def test_places(place: Place, meta: Metadata, section: str | None, there: bool) -> None:
    assert at_place(place, meta, section, ()) is there


def test_a_passage_is_evidence_where_it_stands_at_the_place_and_carries_a_fact() -> None:
    assert is_evidence(CASE, passage())
    assert not is_evidence(CASE, passage(text="Här står inget tal."))
    assert not is_evidence(CASE, passage(section="3.2.3"))


@pytest.mark.parametrize(
    ("answerable", "outcome", "quote", "right", "score"),
    [
        ("yes", Outcome.ANSWERED, QUOTE, True, 1),
        ("yes", Outcome.PARTIAL, QUOTE, True, 0),
        ("partial", Outcome.PARTIAL, QUOTE, True, 1),
        ("yes", Outcome.ANSWERED, "Något annat.", False, -1),
        ("yes", Outcome.NO_EVIDENCE, "", False, 0),
        ("no", Outcome.NEAR_MISS, "", True, 1),
        ("no", Outcome.PARTIAL, QUOTE, False, 0),
        ("no", Outcome.ANSWERED, QUOTE, False, -1),
    ],
)
def test_grades(answerable: str, outcome: Outcome, quote: str, right: bool, score: int) -> None:
    case = replace(CASE, answerable=answerable)  # type: ignore[arg-type]
    verdict = grade(case, answer(*([citation(quote=quote)] if quote else []), outcome=outcome))
    assert (verdict.right, verdict.score) == (right, score)


def test_a_citation_is_checked_against_the_document() -> None:
    given = answer(citation())
    good = judging.cited(CASE, given, given.citations[0], DOCUMENT, complete=True)
    assert (good.right, good.exact, good.placed, good.needed) == (True, True, True, True)
    shifted = replace(given.citations[0], start=11, page=28)
    bad = judging.cited(CASE, given, shifted, DOCUMENT, complete=True)
    assert (bad.exact, bad.placed) == (False, False)


def test_a_citation_that_can_be_left_out_is_not_needed() -> None:
    given = answer(citation(), citation(2, "Det gäller också 17 % av regionerna."), citation(3, "Övrigt."))
    assert [judging.needed(CASE, given, n) for n in (1, 2, 3)] == [False, False, False]
    assert judging.needed(CASE, answer(citation(), citation(2, "Övrigt.")), 1)


def test_the_share_of_places_cited() -> None:
    two = (PLACE, Place("nis2", None, None))
    assert judging.places(two, [citation()]) == 0.5
    assert judging.places(two, [citation(), citation(2, meta=LAW)]) == 1
    assert judging.places(two, []) is None


def test_section_heading_and_page_are_read_from_the_document() -> None:
    assert judging.place_of(DOCUMENT, 12) == ("3.2.2", None, 27)


COMING = replace(LAW, id="cra", title="CRA", valid_from="2027-12-11")
COMING_SAID = phrases.coming("CRA", "11 december 2027")
ERRATUM = {"section": "3.2.2", "kind": "overtaken", "triggers": ["portföljstyrning"]}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(), None),
        (answer(citation()), True),
        (answer(citation(meta=replace(LAW, status="superseded"))), False),
        (answer(citation(meta=COMING)), False),
        (answer(citation(meta=COMING), notices=(COMING_SAID,)), True),
        (answer(citation(meta=LAW), notices=(phrases.coming("NIS 2", "15 januari 2026"),)), False),
        (answer(citation(quote=f"Fyra {UNCONFIRMED}")), False),
        (answer(citation(quote=f"Fyra {UNCONFIRMED}"), notices=(phrases.UNSURE,)), True),
    ],
)
def test_authority(given: object, said: bool | None) -> None:
    assert authority.said(given, [], TODAY) is said  # type: ignore[arg-type]


def test_an_overtaken_passage_asks_for_a_correction() -> None:
    assert authority.said(answer(citation()), [ERRATUM], TODAY) is False
    assert authority.said(answer(citation(), notices=("Rättelse: nytt.",)), [ERRATUM], TODAY) is True
    assert authority.said(answer(citation(section="3.2.3")), [ERRATUM], TODAY) is True


@pytest.mark.parametrize(
    ("claim", "kinds"),
    [
        ("Kommunen ska anmäla inom 24 timmar.", {"must_to_may", "unit", "number", "add_not"}),
        ("Det är inte klart i mars.", {"drop_not", "month"}),
        ("Alla bör delta.", {"all_to_none", "should_to_must"}),
        ("Katter jamar.", set()),
    ],
)
def test_mutants(claim: str, kinds: set[str]) -> None:
    made = dict(mutations.mutants(claim))
    assert set(made) == kinds
    assert all(changed != claim and changed[0].isupper() for changed in made.values())


def test_the_guard_is_tried_on_true_and_false_claims() -> None:
    claims = [("Det är 17 kommuner.", ["Det är 17 kommuner."])]
    found = mutations.tried(lambda claim, quotes: claim in quotes, claims)
    assert (found.true, found.alarms, found.false, found.killed) == (1, 0, 2, 2)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (record(), "Alla fakta finns i svaret."),
        (record(right=False, missing=("17 %", "24")), "Svaret saknar ”17 %” och ”24”: belägget finns på plats 1"),
        (record(right=False, missing=("17 %",), ranked=None), "belägget finns inte i indexet"),
        (record(right=False, outcome="abstained_near_miss"), "Avstod fast källorna svarar: belägget finns på plats 1."),
        (record(right=False, outcome="blocked_private"), "frågan stoppades som otillåten"),
    ],
)
def test_reasons(given: object, words: str) -> None:
    assert words in reasons.why(CASE, given, [passage()])  # type: ignore[arg-type]


def test_reasons_for_questions_without_an_answer() -> None:
    case = replace(CASE, answerable="no", stratum="uncovered")
    assert reasons.why(case, unanswerable(), []) == "Rätt att avstå: frågan täcks inte av källorna."
    assert reasons.why(case, unanswerable(right=False), []) == "Besvarades fast frågan täcks inte av källorna."


def test_forms_under_a_stemmer_that_does_nothing() -> None:
    found = forms.measure(lambda word: word)
    assert found["forms_meet"].value == 0 and found["forms_apart"].value == 1
