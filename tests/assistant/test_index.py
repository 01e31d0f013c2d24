"""The index on disk: words, vectors, generations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder

from assistant.domain import Chunk, Document, Metadata
from assistant.errors import IndexBusy, IndexUnusable, IndexUnwritable
from assistant.index import (
    FORMAT,
    Index,
    IndexWriter,
    Manifest,
    current,
    next_generation,
    open_index,
    writing,
)

TEXTS = {
    "hund": "Hunden jagar katten genom parken",
    "bok": "Boken ligger på bordet i biblioteket",
    "lag": "Lagen kräver att kommunen rapporterar incidenter",
}
QUESTIONS = {"lag": ("Vad måste kommunen rapportera?", "Hur snabbt?")}


def chunk(name: str) -> Chunk:
    text = TEXTS[name]
    return Chunk(f"{name}#0", name, 0, len(text), text, (name,), None, None, None, QUESTIONS.get(name, ()))


def write(folder: Path, names: list[str], encoder: HashEncoder) -> None:
    """Writes a new generation with those documents added."""
    with writing(folder):
        writer = IndexWriter(next_generation(folder), current(folder))
        chunks = [chunk(name) for name in names]
        for c in chunks:
            writer.add(Document(Metadata(c.document_id, c.document_id), c.text, ()), "källa", "hash", [c])
        writer.add_vectors("texts", [c.id for c in chunks], names, encoder.passages([c.text for c in chunks]))
        asked = [(f"{c.id}?{n}", c.document_id, q) for c in chunks for n, q in enumerate(c.questions)]
        if asked:
            writer.add_vectors(
                "questions", [a[0] for a in asked], [a[1] for a in asked], encoder.queries([a[2] for a in asked])
            )
        writer.finish(Manifest(FORMAT, encoder.name, "test", len(chunks), len(chunks), "v"))


@pytest.fixture
def opened(tmp_path: Path, encoder: HashEncoder) -> Iterator[Index]:
    write(tmp_path / "index", list(TEXTS), encoder)
    index = open_index(tmp_path / "index", encoder.name)
    yield index
    index.close()


def test_words_rank_the_text_that_has_them_first(opened: Index) -> None:
    found = opened.words("grams", {"_hun": 1.0, "hund": 1.0}, 3)
    assert list(found) == ["hund#0"]
    assert all(score > 0 for score in found.values())


def test_words_without_terms_find_nothing(opened: Index) -> None:
    assert opened.words("grams", {}, 3) == {}
    assert opened.words("grams", {"hund": 0.0}, 3) == {}


def test_words_may_be_limited_to_documents_without_changing_the_score(opened: Index) -> None:
    terms = {"_kom": 1.0, "_bok": 1.0}
    everywhere = opened.words("grams", terms, 3)
    among = opened.words("grams", terms, 3, among=["bok"])
    assert set(everywhere) == {"lag#0", "bok#0"}
    assert among == pytest.approx({"bok#0": everywhere["bok#0"]})


def test_weights_raise_a_score(opened: Index) -> None:
    once = opened.words("grams", {"hund": 1.0}, 1)["hund#0"]
    assert opened.words("grams", {"hund": 2.0}, 1)["hund#0"] == pytest.approx(2 * once)


def test_nearest_is_cosine_and_sorts_itself(opened: Index, encoder: HashEncoder) -> None:
    asked = encoder.queries([TEXTS["hund"]])[0]
    found = opened.nearest("texts", asked, 3)
    expected = {f"{name}#0": float(asked @ encoder.passages([text])[0]) for name, text in TEXTS.items()}
    assert found == pytest.approx(expected, abs=1e-5)
    assert next(iter(found)) == "hund#0"


def test_nearest_questions_carry_the_id_of_their_chunk(opened: Index, encoder: HashEncoder) -> None:
    found = opened.nearest("questions", encoder.queries(["Hur snabbt?"])[0], 5)
    assert set(found) == {"lag#0?0", "lag#0?1"}
    assert found["lag#0?1"] == pytest.approx(1.0, abs=1e-5)


def test_nearest_of_nothing_is_nothing(opened: Index) -> None:
    assert opened.nearest("texts", np.zeros(64, dtype=np.float32), 3) == {}


def test_nearest_may_be_limited_to_documents(opened: Index, encoder: HashEncoder) -> None:
    assert set(opened.nearest("texts", encoder.queries(["hund"])[0], 3, among=["bok"])) == {"bok#0"}


def test_frequency_counts_chunks(opened: Index) -> None:
    assert opened.frequency("grams", "hund") == 1
    assert opened.frequency("grams", "saknas") == 0


def test_a_second_generation_holds_the_first_and_the_reader_of_the_first_goes_on(
    tmp_path: Path, encoder: HashEncoder
) -> None:
    write(tmp_path, ["hund"], encoder)
    first = open_index(tmp_path)
    write(tmp_path, ["bok"], encoder)
    second = open_index(tmp_path)
    assert set(first.metadata) == {"hund"}
    assert first.words("grams", {"hund": 1.0}, 3).keys() == {"hund#0"}
    assert set(second.metadata) == {"hund", "bok"}
    assert second.words("grams", {"hund": 1.0, "_bok": 1.0}, 3).keys() == {"hund#0", "bok#0"}
    assert set(second.nearest("texts", encoder.queries(["hund"])[0], 3)) == {"hund#0", "bok#0"}
    first.close()
    second.close()


def test_removing_takes_a_document_out_everywhere(tmp_path: Path, encoder: HashEncoder) -> None:
    write(tmp_path, list(TEXTS), encoder)
    with writing(tmp_path):
        writer = IndexWriter(next_generation(tmp_path), current(tmp_path))
        writer.remove("hund")
        writer.finish(Manifest(FORMAT, encoder.name, "test", 2, 2, "v2"))
    opened = open_index(tmp_path)
    assert "hund" not in opened.metadata
    assert opened.words("grams", {"hund": 1.0}, 3) == {}
    assert "hund#0" not in opened.nearest("texts", encoder.queries([TEXTS["hund"]])[0], 3)
    opened.close()


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="fyrlots ingest"):
        open_index(tmp_path / "saknas")


def test_an_index_of_another_format_or_encoder_is_refused(tmp_path: Path, encoder: HashEncoder) -> None:
    write(tmp_path, ["hund"], encoder)
    with pytest.raises(IndexUnusable, match="hash-1"):
        open_index(tmp_path, "annan-kodare")
    manifest = next(tmp_path.glob("gen-*/manifest.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": FORMAT + 1}))
    with pytest.raises(IndexUnusable, match=f"format {FORMAT + 1}"):
        open_index(tmp_path)


@pytest.mark.parametrize("broken", ["manifest.json", "store.sqlite", "words/meta.json"])
def test_a_damaged_index_is_refused(tmp_path: Path, encoder: HashEncoder, broken: str) -> None:
    write(tmp_path, ["hund"], encoder)
    next(tmp_path.glob("gen-*")).joinpath(broken).write_text("skräp")
    with pytest.raises(IndexUnusable, match="skadat"):
        open_index(tmp_path)


def test_two_writers_are_one_too_many(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(IndexBusy, match="Vänta"), writing(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("en fil, ingen mapp")
    with pytest.raises(IndexUnwritable, match="orört"), writing(tmp_path / "fil"):
        pass


def test_leftovers_of_a_killed_writer_are_cleared_and_the_current_stays(tmp_path: Path, encoder: HashEncoder) -> None:
    write(tmp_path, ["hund"], encoder)
    (tmp_path / "gen-000009").mkdir()
    (tmp_path / ".CURRENT.123").write_text("gen-0000")
    with writing(tmp_path):
        pass
    assert [p.name for p in tmp_path.glob("gen-*")] == ["gen-000001"]
    assert not list(tmp_path.glob(".CURRENT.*"))
    open_index(tmp_path).close()
