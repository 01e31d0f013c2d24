"""Passages to candidate sentences, and what speaks for each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fakes import HashEncoder
from made import LAW, LOCAL, passage, query

from assistant.attribute import wanted
from assistant.evidence import Asked, asked, candidates, covered, spans, year_fits
from assistant.lexicon import Lexicon
from assistant.retrieve import Retriever, analyse
from assistant.understand import understand

TEXT = """Vägledning

Kommunen ska märka varje boj i hamnen senast 24 timmar efter stormen. Kort. \
Bojen får vara röd (uppgiften är inte bekräftad).

Kommunen väljer mellan:

- Röd färg på bojen i hamnen.
- Grön färg på bojen i hamnen.

Figur 4: Bojar i hamnen. Andra namn: sjömärke och prick."""
BOJ = "Vilken färg har varje boj?"


def given(question: str, **rarity: float) -> Asked:
    """A question whose words have those rarities, or one each."""
    intent, words = query(question)
    return Asked(intent, words, rarity or dict.fromkeys(words.own, 1.0), wanted(question, Lexicon(), "sv"))


def features_of(question: str, **how: Any) -> dict[str, dict[str, float]]:
    """Each sentence of the text with its features."""
    found = candidates(given(question), [passage(TEXT, **how)], {LOCAL.id: TEXT}, HashEncoder())
    return {c.text: dict(c.features) for c in found}


def test_sentences_and_items_are_spans_of_the_document_without_bullets_and_fragments() -> None:
    found = [TEXT[a:b] for a, b in spans(passage(TEXT), TEXT)]
    assert found == [
        "Kommunen ska märka varje boj i hamnen senast 24 timmar efter stormen.",
        "Bojen får vara röd (uppgiften är inte bekräftad).",
        "Kommunen väljer mellan:",
        "Röd färg på bojen i hamnen.",
        "Grön färg på bojen i hamnen.",
    ]


def test_a_passage_gives_only_its_own_sentences() -> None:
    start = TEXT.index("- Röd")
    part = passage("- Röd färg på bojen i hamnen.", start=start)
    assert [TEXT[a:b] for a, b in spans(part, TEXT)] == ["Röd färg på bojen i hamnen."]


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        ("boj hamnstyrning", ("bojen ligger där",), 2 / 3),
        ("boj hamnstyrning", ("hamnstyrningens problem",), 1 / 3),
        ("boj hamnstyrning", ("bojen ligger där", "Hamnstyrning"), 1.0),
        ("boj hamnstyrning", ("sjömärken finns",), 2 / 3 * 0.85),
        ("boj hamnstyrning", ("inget av det",), 0.0),
    ],
)
def test_cover_is_the_share_of_the_words_by_rarity(
    names: Lexicon, question: str, texts: tuple[str, ...], expected: float
) -> None:
    one = Asked(understand(question), analyse(question, names), {"boj": 2.0, "hamnstyrning": 1.0})
    assert covered(one, *texts) == pytest.approx(expected)


def test_a_part_of_a_compound_counts_by_its_four_grams() -> None:
    # 'rapportering' has eleven four-grams with its borders; the compound lacks the first of them
    assert covered(given("rapportering"), "Om incidentrapportering") == pytest.approx(10 / 11)


def test_a_question_without_words_is_covered_by_nothing() -> None:
    assert covered(replace(given("boj"), rarity={}), "boj") == 0.0


def test_every_feature_lies_between_0_and_1() -> None:
    for features in features_of(BOJ, similarity=0.7, parts={"questions": 0.9, "texts": -0.2}).values():
        assert all(-1e-6 <= value <= 1 + 1e-6 for value in features.values())


@pytest.mark.parametrize(
    ("question", "starts", "feature", "expected"),
    [
        (BOJ, "Röd", "item", 1.0),
        (BOJ, "Kommunen ska", "item", 0.0),
        ("Vilka färger har bojarna?", "Röd", "item_listed", 1.0),
        ("När märks bojen?", "Röd", "item_listed", 0.0),
        (BOJ, "Bojen får", "unconfirmed", 1.0),
        (BOJ, "Kommunen väljer", "leads_in", 1.0),
        ("När märks bojen?", "Kommunen ska", "value_when", 1.0),
        ("När märks bojen?", "Röd", "value_when", 0.0),
        ("Hur många timmar?", "Kommunen ska", "digits", 1.0),
        ("Hur många timmar?", "Röd", "attribute", 0.0),
        ("Hur många timmar?", "Kommunen ska", "attribute", 1.0),
        ("Måste kommunen märka bojen?", "Kommunen ska", "value_duty", 1.0),
        ("Vad gör Lysekil med bojen?", "Röd", "names", 0.0),
        (BOJ, "Röd", "names", 1.0),
        ("portföljer", "Röd", "value", 1.0),
    ],
)
def test_features_say_what_they_mean(question: str, starts: str, feature: str, expected: float) -> None:
    found = features_of(question)
    assert next(f[feature] for text, f in found.items() if text.startswith(starts)) == expected


def test_a_sentence_knows_the_questions_that_it_answers() -> None:
    start = TEXT.index("Röd")
    found = features_of("Vilken färg?", questions={"Vilken färg?": start, "Annat?": -1}, asked={start: 0.8})
    own, other = (
        next(f for t, f in found.items() if t.startswith("Röd")),
        next(f for t, f in found.items() if t.startswith("Grön")),
    )
    assert (own["asked_here"], own["asked_words"]) == (0.8, 1.0)
    assert (other["asked_here"], other["asked_words"]) == (0.0, 0.0)


def test_a_law_and_a_reference_work_are_told_apart() -> None:
    reference = replace(LOCAL, extra={"reference": True})
    law = replace(LAW, id=LOCAL.id)
    for meta, feature in ((reference, "reference"), (law, "law")):
        assert all(f[feature] == 1.0 for f in features_of(BOJ, meta=meta).values())
    assert all(f["law"] == f["reference"] == 0.0 for f in features_of(BOJ).values())


def test_without_passages_there_are_no_candidates() -> None:
    assert candidates(given(BOJ), [], {}, HashEncoder()) == []
    assert candidates(given(BOJ), [passage("Kort.")], {LOCAL.id: "Kort."}, HashEncoder()) == []


@pytest.mark.parametrize(
    ("question", "date", "text", "expected"),
    [
        ("Vad hände 2023?", None, "Det hände 2023.", True),
        ("Vad hände 2023?", None, "Det hände 2024.", False),
        ("Vad hände 2023?", "2023-05-01", "Det hände.", True),
        ("Vad hände 2023 och 2024?", "2023-05-01", "Det hände.", False),
        ("Vad hände?", None, "Det hände.", True),
        ("Vad är 500?", None, "Det hände.", True),
    ],
)
def test_years_of_the_question_must_be_the_text_s_or_the_document_s(
    question: str, date: str | None, text: str, expected: bool
) -> None:
    assert year_fits(understand(question), replace(LOCAL, date=date), text) is expected


def test_rare_words_weigh_more_and_those_of_the_context_half(retriever: Retriever) -> None:
    question = "Måste kommunen skaffa en lotsbåt?"
    looked = asked(understand(question), analyse(question, retriever.lexicon), retriever)
    assert looked.rarity["lotsbåt"] > looked.rarity["kommunen"] > 0
    alone = asked(understand("Hur?"), analyse("boj", retriever.lexicon), retriever)
    leaning = asked(understand("Hur?"), analyse("färg", retriever.lexicon, "boj"), retriever)
    assert leaning.rarity["boj"] == pytest.approx(alone.rarity["boj"] / 2)


def test_the_attribute_is_read_with_the_index_s_own_names(retriever: Retriever) -> None:
    question = "Hur många bojar finns?"
    looked = asked(understand(question), analyse(question, retriever.lexicon), retriever)
    assert looked.attribute is not None
    assert looked.attribute.kind == "count"
