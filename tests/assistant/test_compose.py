"""Candidates to an answer: which sentences, in what order, with which list, cited how."""

from __future__ import annotations

from typing import Any

import pytest
from made import LAW, LOCAL, REPORT, candidate, document, passage

from assistant.compose import LIMIT_CHARS, LIST_CHARS, MOST, Line, choose, cite, lines, ranked
from assistant.evidence import Candidate
from assistant.understand import understand

MONTHS = (
    "Januari", "Februari", "Mars", "April", "Maj", "Juni", "Juli", "Augusti", "September", "Oktober", "November",
)  # fmt: skip
DIFFERENT = [
    "Fyren lyser över havet.", "Lotsen vaknar tidigt varje morgon.", "Kajen byggdes av granit.",
    "Måsarna skriker hela dagen.", "Båtvarvet reparerar master.", "Sillen saltas i tunnor.",
    "Kaptenen läser tidningen.", "Ankaret väger två ton.",
]  # fmt: skip
LISTED = document(
    ("heading", "Krav"),
    ("paragraph", "Det finns krav. Fyrvakten har tre uppgifter:"),
    ("list", "- Att tända lyktan. Det sker i skymningen.\n- Att läsa sjökort.\n- Att föra loggbok."),
    ("paragraph", "Efter det kommer vilan."),
    ("list", "- En ensam punkt utan inledning."),
)


def in_document(text: str, score: float = 0.9) -> Candidate:
    """A candidate that stands in the document with the list."""
    found: Candidate = candidate(text, score, of=passage(LISTED.text), start=LISTED.text.index(text))
    return found


def said(chosen: list[Candidate], question: str, ranking: list[Candidate] | None = None) -> list[str]:
    return [line.text for line in composed(chosen, question, ranking)]


def composed(chosen: list[Candidate], question: str, ranking: list[Candidate] | None = None) -> list[Line]:
    return lines(chosen, ranking or chosen, understand(question), {LOCAL.id: LISTED})


def apart(scores: list[float]) -> list[Candidate]:
    """Sentences that say different things, each of its own passage."""
    return [
        candidate(text, score, of=passage(text, rank=n), start=n * 100)
        for n, (text, score) in enumerate(zip(DIFFERENT, scores, strict=False), 1)
    ]


def test_nothing_chosen_from_nothing() -> None:
    assert choose([], understand("Vad är SDK?")) == []


def test_an_answer_has_no_more_sentences_than_it_may() -> None:
    assert len(choose(apart([0.9] * len(DIFFERENT)), understand("portföljer"))) == min(MOST, len(DIFFERENT))


def test_only_sentences_worth_something_beside_the_best_are_taken() -> None:
    assert [c.score for c in choose(apart([0.9, 0.6, 0.5, 0.01]), understand("portföljer"))] == [0.9, 0.6]


def test_the_best_comes_first_and_the_others_in_reading_order() -> None:
    first, best, third = apart([0.7, 0.9, 0.8])
    assert choose([best, third, first], understand("portföljer")) == [best, first, third]


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("Fyrvakten ska tända lyktan i skymningen.", "Fyrvakten ska tända lyktan i skymningen.", False),
        ("Fyrvakten ska tända lyktan i skymningen varje kväll.", "Fyrvakten ska tända lyktan.", False),
        ("Fyrvakten ska tända lyktan i skymningen.", "Sillen saltas i tunnor på kajen.", True),
    ],
)
def test_what_is_said_already_is_not_said_again(first: str, second: str, both: bool) -> None:
    found = [candidate(t, 0.9, of=passage(t, LAW if n else LOCAL, n + 1)) for n, t in enumerate((first, second))]
    assert (len(choose(found, understand("portföljer"))) == 2) is both


def test_overlapping_spans_are_taken_once() -> None:
    one = candidate("Kajen byggdes av granit.", 0.9)
    other = candidate("granit. Sillen saltas i stora tunnor.", 0.8, start=17)
    assert choose([one, other], understand("portföljer")) == [one]


def test_a_sentence_that_only_leads_in_is_no_further_sentence() -> None:
    found = [*apart([0.9]), candidate("Det finns följande skäl:", 0.9, of=passage("x", rank=2), start=500)]
    assert choose(found, understand("portföljer")) == found[:1]


def test_the_answer_stays_within_its_length() -> None:
    long = [
        candidate(
            f"{month} " + " ".join(f"{month.lower()}ord{n}" for n in range(20)) + ".",
            0.9,
            of=passage("x", rank=n),
            start=n * 1000,
        )
        for n, month in enumerate(MONTHS)
    ]
    *_, text = cite([Line(c.text, c) for c in choose(long, understand("portföljer"))])
    assert len(text) <= LIMIT_CHARS


def test_a_comparison_has_a_sentence_on_each_thing() -> None:
    texts = ["Fyren Lysekil lyser.", "Fyren Lysekil syns.", "Fyren Lysekil står.", "Kajen Sotenäs är lång."]
    scores = [0.9, 0.8, 0.7, 0.6]
    found = [
        candidate(t, s, of=passage(t, rank=n), start=n * 100)
        for n, (t, s) in enumerate(zip(texts, scores, strict=True))
    ]
    chosen = choose(found, understand("Jämför Lysekil och Sotenäs"))
    assert texts[3] in [c.text for c in chosen]


def test_an_overview_has_a_sentence_of_each_part() -> None:
    first = [candidate(t, 0.9, of=passage("x" * 300, rank=1), start=n * 40) for n, t in enumerate(DIFFERENT[:6])]
    second = candidate(DIFFERENT[6], 0.5, of=passage("y", rank=2), start=900)
    chosen = choose([*first, second], understand("Sammanfatta dokumentet"))
    assert second in chosen


WHOLE = [
    "Fyrvakten har tre uppgifter:",
    "Att tända lyktan. Det sker i skymningen.",
    "Att läsa sjökort.",
    "Att föra loggbok.",
]


@pytest.mark.parametrize(
    ("best", "question", "expected"),
    [
        ("Att läsa sjökort.", "Vilka uppgifter har fyrvakten?", ["Att läsa sjökort."]),
        ("Fyrvakten har tre uppgifter:", "Vilka uppgifter har fyrvakten?", WHOLE),
        ("Fyrvakten har tre uppgifter:", "Vem har uppgifter?", WHOLE),
        ("Att läsa sjökort.", "Vem läser sjökort?", ["Att läsa sjökort."]),
        ("Efter det kommer vilan.", "Vilka vilar?", ["Efter det kommer vilan."]),
        ("En ensam punkt utan inledning.", "Vilka är ensamma?", ["En ensam punkt utan inledning."]),
        ("Det finns krav.", "Vilka krav finns?", ["Det finns krav."]),
    ],
)
def test_a_list_is_told_whole_where_one_is_asked_for(best: str, question: str, expected: list[str]) -> None:
    assert said([in_document(best)], question) == expected


@pytest.mark.parametrize(
    ("others", "whole"),
    [(WHOLE[:1], True), (WHOLE[1:], True), (WHOLE[2:], False), (["En ensam punkt utan inledning."], False)],
)
def test_a_list_is_brought_by_its_lead_in_or_by_three_of_its_items_after_a_better_sentence(
    others: list[str], whole: bool
) -> None:
    best = in_document("Efter det kommer vilan.")
    ranking = [best, *(in_document(text, 0.8) for text in others)]
    assert said([best], "Vilka uppgifter finns?", ranking) == [best.text, *(WHOLE if whole else [])]


def test_a_lead_in_nearly_as_likely_as_the_best_sentence_answers_with_its_list_alone() -> None:
    best, lead = in_document("Efter det kommer vilan."), in_document(WHOLE[0], 0.85)
    assert said([best], "Vilka uppgifter finns?", [best, lead]) == WHOLE


@pytest.mark.parametrize(
    ("question", "pieces", "lead", "whole"),
    [
        ("Hur sköts en fyr?", WHOLE[2:], WHOLE[:1], True),
        ("Varför finns fyrvakten?", WHOLE[2:], WHOLE[:1], True),
        ("Hur sköts en fyr?", WHOLE[2:3], WHOLE[:1], False),
        ("Hur sköts en fyr?", WHOLE[2:], [], False),
        ("När sköts en fyr?", WHOLE[2:], WHOLE[:1], False),
    ],
)
def test_pieces_of_a_list_bring_the_rest_where_its_lead_in_is_near(
    question: str, pieces: list[str], lead: list[str], whole: bool
) -> None:
    chosen = [in_document(text) for text in pieces]
    assert said(chosen, question, [*chosen, *map(in_document, lead)]) == (WHOLE if whole else pieces)


def test_a_list_worth_too_little_is_left_out() -> None:
    best, lead = in_document("Efter det kommer vilan."), in_document(WHOLE[0], 0.1)
    assert said([best], "Vilka uppgifter finns?", [best, lead]) == ["Efter det kommer vilan."]


def long_list(items: int, each: str) -> tuple[Any, Candidate]:
    made = document(("paragraph", "Så här är det:"), ("list", "\n".join(f"- Punkt {n} {each}" for n in range(items))))
    return made, candidate("Så här är det:", of=passage(made.text))


def test_a_long_list_is_told_by_its_first_sentences() -> None:
    made, lead = long_list(8, "börjar kort. " + "Sedan följer en lång utläggning om ingenting alls. " * 6)
    told = lines([lead], [lead], understand("Vilka punkter finns?"), {LOCAL.id: made})
    assert [line.text for line in told[1:]] == [f"Punkt {n} börjar kort." for n in range(8)]
    assert all(made.text[x.candidate.start : x.candidate.end] == x.text for x in told)


def test_a_list_without_end_is_not_told() -> None:
    made, lead = long_list(100, "är en mening som är ganska lång och som inte går att korta ned.")
    body = candidate("Kajen byggdes av granit.", 0.8, start=9000)
    told = lines([lead, body], [lead, body], understand("Vilka punkter finns?"), {LOCAL.id: made})
    assert [line.text for line in told] == ["Kajen byggdes av granit."]
    assert sum(len(line.text) for line in told) < LIST_CHARS


def test_candidates_are_ranked_by_the_model_and_ties_go_by_reading_order() -> None:
    from assistant import linear

    plain = dict.fromkeys(linear.load("select").coefficients, 0.0)
    weighty = max(linear.load("select").coefficients.items(), key=lambda c: c[1])[0]
    first = candidate("Ett.", 0.0, of=passage("x", rank=1), start=9, **plain)
    second = candidate("Två.", 0.0, of=passage("x", rank=2), **plain)
    best = candidate("Tre.", 0.0, of=passage("x", rank=3), **(plain | {weighty: 1.0}))
    assert [c.text for c in ranked([second, first, best])] == ["Tre.", "Ett.", "Två."]


def test_each_statement_is_cited_by_number_with_exact_text() -> None:
    claims, citations, text = cite(composed([in_document(WHOLE[0])], "Vilka uppgifter har fyrvakten?"))
    assert text.startswith("Fyrvakten har tre uppgifter: [1]\n- Att tända lyktan. Det sker i skymningen. [2]\n- Att")
    assert [c.citations for c in claims] == [(n,) for n in range(1, 5)]
    assert all(LISTED.text[c.start : c.end] == c.quote for c in citations)


def test_text_after_a_list_starts_on_a_line_of_its_own() -> None:
    *_, text = cite([
        Line("Punkt.", in_document("Att läsa sjökort."), item=True),
        Line("Punkt igen.", in_document("Att föra loggbok."), item=True),
        Line("Slut.", in_document("Efter det kommer vilan.")),
        Line("Slutet.", in_document("Det finns krav.")),
    ])  # fmt: skip
    assert text == "Punkt. [1]\n- Punkt igen. [2]\nSlut. [3] Slutet. [4]"


def test_a_citation_takes_its_place_from_the_passage() -> None:
    one = candidate("Kajen byggdes av granit.", of=passage("Kajen byggdes av granit.", REPORT, section="3.2.2"))
    _, (citation,), _ = cite([Line(one.text, one)])
    assert (citation.document, citation.section, citation.quote) == (REPORT, "3.2.2", "Kajen byggdes av granit.")
