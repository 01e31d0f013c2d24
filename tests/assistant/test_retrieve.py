"""Question to passages: words, weights, fusion, filters."""

from __future__ import annotations

import pytest
from made import ARTICLE, COMING, LAW, LOCAL, REPORT

from assistant import lexicon
from assistant.domain import Chunk, Passage
from assistant.lexicon import Lexicon
from assistant.retrieve import (
    CONTEXT,
    LEFT_FOREIGN,
    NO_FILTERS,
    SYNONYM,
    Filters,
    Retriever,
    Weights,
    analyse,
    by_chunk,
    by_sentence,
    fuse,
    stretched,
)

METADATA = {m.id: m for m in (LAW, COMING, REPORT, ARTICLE, LOCAL)}


def ids(passages: list[Passage]) -> list[str]:
    return [p.chunk.document_id for p in passages]


def test_the_reader_s_own_words_count_most_and_other_names_share_their_weight() -> None:
    names = lexicon.build([], {"swedish": {"kvast": ["sop", "städ redskap"]}})
    query = analyse("Vad är en kvast?", names)
    half = pytest.approx(SYNONYM / 2**0.5)
    assert query.own == ("kvast",)
    assert query.words == {"kvast": 1.0, "sop": SYNONYM, "städ": half, "redskap": half}
    assert query.other_names("kvast") == ("sop", "städ", "redskap")
    assert query.other_names("hamn") == ()


def test_a_term_s_full_name_counts_as_much_as_its_abbreviation(names: Lexicon) -> None:
    assert analyse("Vad är SDK?", names).words == {"sdk": 1.0, "säker": 1.0, "digital": 1.0, "kommunikation": 1.0}


def test_a_foreign_word_counts_through_its_swedish_ones_the_first_most(names: Lexicon) -> None:
    query = analyse("What is the boat in the harbour of Lysekil?", names)
    assert query.language == "en"
    assert query.own == ("boat", "harbour", "lysekil")
    assert query.words == {
        "boat": LEFT_FOREIGN,
        "båt": 1.0,
        "gemensam": pytest.approx(SYNONYM / 2**0.5),
        "lotsbåt": pytest.approx(SYNONYM / 2**0.5),
        "harbour": LEFT_FOREIGN,
        "hamn": 1.0,
        "lysekil": 1.0,
    }
    assert "båt" in query.text


def test_words_of_the_context_count_less_than_the_question_s_own(names: Lexicon) -> None:
    query = analyse("Vad kostar hamnen?", names, "hamnen lotsbåt")
    assert query.words == {"kostar": 1.0, "hamnen": 1.0, "lotsbåt": CONTEXT}
    assert query.leaned == {"lotsbåt"}
    assert query.own == ("kostar", "hamnen", "lotsbåt")
    assert query.text == "Vad kostar hamnen? hamnen lotsbåt"


def test_a_question_may_be_said_in_other_ways(names: Lexicon) -> None:
    assert analyse("Vad är SDK?", names).sayings == ("Vad är SDK?", "vad är säker digital kommunikation")
    assert analyse("Vad är en hamn?", names).sayings == ("Vad är en hamn?",)
    assert analyse("What is the boat of SDK?", names).sayings == (
        "what is the båt of sdk", "What is the boat of SDK?", "what is the boat of säker digital kommunikation",
    )  # fmt: skip


def test_a_heading_s_questions_stand_beside_the_sentences_own() -> None:
    chunk = Chunk("a#0", "a", 0, 9, "", (), None, None, None, ("x",), (-1,))
    assert by_sentence(chunk, {"a#0?0": 0.2}) == {-1: 0.2}
    assert by_sentence(chunk, {}) == {}


def test_four_grams_add_up_over_the_words_they_stand_in(names: Lexicon) -> None:
    grams = analyse("hamn", names, "hamnen").grams()
    assert grams == {"_ham": 1.5, "hamn": 1.5, "amn_": 1.0, "amne": 0.5, "mnen": 0.5, "nen_": 0.5}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"a": 3.0, "b": 1.0, "c": 2.0}, {"a": 1.0, "b": 0.0, "c": 0.5}),
        ({"a": 7.0}, {"a": 1.0}),
        ({"a": 2.0, "b": 2.0}, {"a": 1.0, "b": 1.0}),
        ({}, {}),
    ],
)
def test_scores_are_stretched_from_the_worst_to_the_best(scores: dict[str, float], expected: dict[str, float]) -> None:
    assert stretched(scores) == expected


@pytest.mark.parametrize(
    ("parts", "weights", "expected"),
    [
        # a: (0.5·1 + 0.3·0)/0.8, b: (0.5·0 + 0.3·1)/0.8, c: 0.3·0.5/0.8
        (
            {"grams": {"a": 9.0, "b": 5.0}, "texts": {"a": 0.2, "b": 0.8, "c": 0.5}},
            Weights(0.5, 0.3, 0.3, 0.2),
            {"a": 0.625, "b": 0.375, "c": 0.1875},
        ),
        ({"grams": {"a": 9.0}, "questions": {}}, Weights(0.5, 0.3, 0.3, 0.2), {"a": 1.0}),
        ({"grams": {"a": 9.0}, "texts": {"b": 1.0}}, Weights(1.0, 0.0, 0.0, 0.0), {"a": 1.0}),
        ({}, Weights(), {}),
    ],
)
def test_the_parts_are_fused_by_a_weighted_mean_of_those_that_found_something(
    parts: dict[str, dict[str, float]], weights: Weights, expected: dict[str, float]
) -> None:
    assert fuse(parts, weights) == pytest.approx(expected)


def test_a_plain_chunk_is_weighed_by_the_searches_that_can_find_it() -> None:
    parts = {"grams": {"a": 9.0, "b": 5.0}, "questions": {"b": 0.9, "c": 0.1}}
    fused = fuse(parts, Weights(0.5, 0.3, 0.3, 0.5), lambda id: id == "a")
    assert fused == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.0})


def test_the_searches_that_can_find_a_plain_chunk_count_alike() -> None:
    parts = {"grams": {"a": 9.0, "b": 5.0}, "texts": {"b": 0.9, "c": 0.1}, "questions": {"c": 0.9}}
    fused = fuse(parts, Weights(0.1, 0.3, 0.2, 0.4), lambda id: id != "c")
    assert fused == pytest.approx({"a": 0.5, "b": 0.5, "c": 0.5})


def test_a_chunk_is_as_near_as_its_nearest_question() -> None:
    assert by_chunk({"a#0?0": 0.2, "a#0?1": 0.9, "b#1?0": -0.1}) == {"a#0": 0.9, "b#1": -0.1}


def test_a_sentence_and_a_heading_are_as_near_as_the_nearest_of_their_own_questions() -> None:
    chunk = Chunk("a#0", "a", 0, 9, "", (), None, None, None, ("x", "y", "z", "q"), (5, 5, -1, 7))
    asked = {"a#0?0": 0.2, "a#0?1": 0.6, "a#0?2": 0.9, "b#0?3": 0.9}
    assert by_sentence(chunk, asked) == {5: 0.6, -1: 0.9}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (NO_FILTERS, None),
        (Filters(kinds=("report",)), ["rapport-3.2.2"]),
        (Filters(ranks=(1,)), ["lagen", "kommande"]),
        (Filters(ranks=(1,), valid_on="2026-11-21"), ["lagen"]),
        (Filters(documents=("artikel", "finns inte")), ["artikel"]),
        (Filters(documents=("finns inte",)), []),
        (Filters(kinds=("report",), ranks=(1,)), []),
    ],
)
def test_filters_name_the_documents_that_pass(filters: Filters, expected: list[str] | None) -> None:
    assert filters.among(METADATA) == expected


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Hur snabbt ska ett fyrhaveri rapporteras?", "fyrlagen"),
        ("Vilka kommuner delar lotsbåt?", "samverkan-lots"),
        ("Which harbour has seaweed (tång)?", "artikel-tang"),
    ],
)
def test_the_right_document_comes_first(names: Lexicon, retriever: Retriever, question: str, document: str) -> None:
    assert ids(retriever.search(analyse(question, names)))[0] == document


def test_passages_are_ranked_scored_and_say_what_each_part_gave(names: Lexicon, retriever: Retriever) -> None:
    found = retriever.search(analyse("Vilken färg bör en boj ha?", names), 3)
    assert [p.rank for p in found] == [1, 2, 3]
    assert [p.similarity for p in found] == sorted((p.similarity for p in found), reverse=True)
    assert all(p.similarity <= 1.0 for p in found)
    assert set(found[0].parts) == {name for name, _ in Weights().items()}
    assert found[0].parts["questions"] == pytest.approx(1.0, abs=1e-5)


def test_a_part_without_weight_is_left_out(names: Lexicon, retriever: Retriever) -> None:
    words_only = Retriever(retriever.index, retriever.encoder, names, Weights(1.0, 0.0, 0.0, 0.0))
    assert set(words_only.search(analyse("boj", names), 1)[0].parts) == {"grams"}


def test_filters_limit_the_search(names: Lexicon, retriever: Retriever) -> None:
    query = analyse("Vilken färg bör en boj ha?", names)
    assert set(ids(retriever.search(query, 10, Filters(kinds=("report",))))) == {"rapport-9.1"}
    assert retriever.search(query, 10, Filters(documents=("finns inte",))) == []
    assert "mistlursakten" not in ids(retriever.search(query, 50, Filters(valid_on="2026-11-21")))
    assert "mistlursakten" in ids(retriever.search(query, 50))


def test_reference_works_come_after_the_sources(names: Lexicon, retriever: Retriever) -> None:
    found = retriever.search(analyse("Är fyrlagen en lag eller en förordning?", names), 50)
    reference = [p for p in found if p.document.extra.get("reference")]
    assert reference
    assert not found[0].document.extra.get("reference")


def test_the_same_question_finds_the_same_passages(names: Lexicon, retriever: Retriever) -> None:
    query = analyse("När ska haveriet rapporteras?", names)
    assert retriever.search(query) == retriever.search(query)


@pytest.mark.parametrize("text", ["😀", "?!", "qqqq xxxx zzzz"])
def test_a_question_without_known_words_is_no_fault(names: Lexicon, retriever: Retriever, text: str) -> None:
    assert len(retriever.search(analyse(text, names), 3)) <= 3
