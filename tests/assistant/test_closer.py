"""Passages without questions of their own, ordered by their sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder

from assistant import closer, linear
from assistant.closer import Wanted, features, nearest, reordered, window
from assistant.domain import Chunk
from assistant.index import open_index
from assistant.lexicon import Lexicon
from assistant.retrieve import Retriever, analyse
from ingest.build import build

NOWHERE = np.zeros(64, dtype=np.float32)
BUOY = Wanted(NOWHERE, {"bojen": 1.0, "röd": 3.0})
LINES = ("Hamnen är stängd.", "Bojen målas.", "Den är röd.", "Fyren är vit.")


def chunk(id: str, text: str) -> Chunk:
    """A chunk of that text."""
    return Chunk(id, id.partition("#")[0], 0, len(text), text, (), None, None, None)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (LINES, 1.0),
        (LINES[1:2], 0.25),
        ((LINES[1], LINES[0], LINES[2]), 0.75),
        (LINES[:1], 0.0),
        ((), 0.0),
    ],
)
def test_a_window_is_two_sentences_and_counts_the_worth_of_the_words_in_it(
    lines: tuple[str, ...], expected: float
) -> None:
    assert window(BUOY, lines) == pytest.approx(expected)


def test_a_word_met_in_less_than_half_is_not_met() -> None:
    wanted = Wanted(NOWHERE, {"hamnavgift": 1.0})
    assert window(wanted, ["Hamnavgiften sänks."]) == pytest.approx(8 / 9)  # all but the gram of the word's end
    assert window(wanted, ["Avgiften sänks."]) < closer.MET


def test_a_question_without_words_meets_nothing() -> None:
    assert window(Wanted(NOWHERE, {}), LINES) == 0.0


def test_a_passage_is_as_near_as_its_nearest_sentence(encoder: HashEncoder) -> None:
    vector = encoder.queries(["Den är röd."])[0]
    near = nearest(vector, {"a#0": LINES, "b#0": LINES[:1], "c#0": ()}, encoder)
    assert near["a#0"] == pytest.approx(1.0)
    assert near["b#0"] < near["a#0"]
    assert near["c#0"] == 0.0


def test_features_are_those_of_the_kept_model(encoder: HashEncoder) -> None:
    chunks = [chunk("a#0", " ".join(LINES)), chunk("b#0", LINES[0])]
    parts = {"grams": {"a#0": 4.0, "c#0": 8.0}, "texts": {"a#0": 0.9, "c#0": 0.2}}
    read = features(BUOY, chunks, parts, encoder)
    assert set(read["a#0"]) == set(linear.load("closer").coefficients)
    assert (read["a#0"]["grams"], read["a#0"]["texts"]) == (0.5, 0.9)
    assert (read["b#0"]["grams"], read["b#0"]["texts"]) == (0.0, 0.2)


def test_what_was_read_shares_out_its_own_places() -> None:
    names = linear.load("closer").coefficients
    read = {id: dict.fromkeys(names, worth) for id, worth in {"b": 0.1, "d": 0.9, "e": 0.1}.items()}
    assert reordered(["a", "b", "c", "d", "e"], read) == ["a", "d", "c", "b", "e"]
    assert reordered(["a", "b"], {}) == ["a", "b"]


@pytest.fixture
def plain(tmp_path: Path, encoder: HashEncoder) -> Retriever:
    """An index of files without reader questions; one of them has the answer in a single sentence."""
    texts = {
        "avgift": "Avgift för bojar. Avgift för bojar tas ut varje år. Bojar har en avgift.",
        "lang": "Hamnen har en lång historia. Fartyg kommer från andra länder. Bojen bör vara röd. Kajen är av sten.",
    }
    folder = tmp_path / "filer"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    build([folder], tmp_path / "index", encoder)
    return Retriever(open_index(tmp_path / "index", encoder.name), encoder, Lexicon())


def test_the_sentence_that_answers_lifts_its_passage_and_scores_stay_in_order(plain: Retriever) -> None:
    query = analyse("Vilken färg bör bojen ha, röd?", plain.lexicon)
    found = plain.search(query)
    assert found[0].chunk.document_id == "lang"
    assert {"sentence", "window"} <= set(found[0].parts)
    before = replace(plain, by_sentences=False).search(query)
    assert [p.similarity for p in found] == [p.similarity for p in before]
    assert {p.chunk.id for p in found} == {p.chunk.id for p in before}
    assert plain.search(query) == found


def test_one_passage_alone_is_not_read(plain: Retriever) -> None:
    found = plain.search(analyse("röd boj", plain.lexicon), 10)
    assert len(plain.search(analyse("röd boj", plain.lexicon), 1)) == 1
    assert "window" in found[0].parts
    first = {found[0].chunk.id: found[0].chunk}
    assert plain.read(analyse("röd boj", plain.lexicon), list(first), first, {}) == {}


def test_passages_with_questions_of_their_own_and_reference_works_keep_their_places(
    names: Lexicon, retriever: Retriever
) -> None:
    query = analyse("Vilken färg bör en boj ha?", names)
    found = retriever.search(query, 50)
    before = replace(retriever, by_sentences=False).search(query, 50)
    kept = [n for n, p in enumerate(before) if not retriever.plain(p.chunk.id)]
    assert kept
    assert [found[n].chunk.id for n in kept] == [before[n].chunk.id for n in kept]
    assert all("window" not in found[n].parts for n in kept)
