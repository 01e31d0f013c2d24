"""Ingest: what is new is embedded, what is gone is taken out, and what breaks leaves the index whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fakes import HashEncoder, put

from assistant.errors import IndexBusy, IndexUnusable, IndexUnwritable, InputError
from assistant.index import Index, current, open_index, writing
from assistant.store import Store
from ingest import build as module
from ingest.build import Summary, build


def ids(index: Path) -> set[str]:
    opened = open_index(index)
    found = set(opened.metadata)
    opened.close()
    return found


def version_of(index: Path) -> str:
    opened = open_index(index)
    opened.close()
    return opened.manifest.version


def held(opened: Index) -> tuple[int, ...]:
    """Chunks in texts, words and vectors."""
    words = opened.words("grams", {"_fyr": 1.0, "_lot": 1.0, "_ham": 1.0, "_bry": 1.0}, 100)
    vectors = opened.nearest("texts", HashEncoder().queries(["fyr lots hamn brygga"])[0], 100)
    return opened.store.count()[1], len(words), len(vectors)


def test_a_first_ingest_puts_everything_in_all_three(folder: Path, index: Path, encoder: HashEncoder) -> None:
    summary = build([folder], index, encoder)
    assert (summary.documents, summary.chunks, summary.added, summary.removed, summary.skipped) == (3, 3, 3, 0, ())
    assert summary.embedded == encoder.embedded == 3
    opened = open_index(index, encoder.name)
    assert held(opened) == (3, 3, 3)
    opened.close()


def test_a_second_ingest_embeds_nothing_and_changes_nothing(folder: Path, index: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    before, version = current(index), version_of(index)
    again = build([folder], index, encoder)
    assert (again.embedded, again.added, again.removed) == (0, 0, 0)
    assert encoder.embedded == 3
    assert current(index) == before
    assert version_of(index) == version


def test_a_changed_file_is_embedded_alone(folder: Path, index: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    put(folder, "fyr.md", "Fyren blinkar rött.")
    summary = build([folder], index, encoder)
    assert (summary.embedded, summary.added, summary.removed, summary.documents) == (1, 1, 0, 3)
    opened = open_index(index)
    document = opened.store.document("fyr")
    assert document is not None
    assert "blinkar rött" in document.text
    assert held(opened) == (3, 3, 3)
    opened.close()


def test_a_new_and_a_removed_file(folder: Path, index: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    put(folder, "brygga.md", "Bryggan är av trä.")
    (folder / "lots.md").unlink()
    summary = build([folder], index, encoder)
    assert (summary.added, summary.removed, summary.documents) == (1, 1, 3)
    assert ids(index) == {"fyr", "hamn", "brygga"}


def test_documents_from_elsewhere_stay(folder: Path, index: Path, tmp_path: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    other = put(tmp_path, "brygga.md", "Bryggan är av trä.")
    summary = build([other], index, encoder)
    assert (summary.added, summary.removed, summary.documents) == (1, 0, 4)


def test_two_files_with_one_name_both_stay(folder: Path, index: Path, tmp_path: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    other = tmp_path / "annan"
    other.mkdir()
    put(other, "fyr.md", "En annan fyr.")
    build([other], index, encoder)
    assert ids(index) == {"fyr", "fyr-2", "lots", "hamn"}
    assert build([folder, other], index, encoder).embedded == 0


def test_a_moved_file_keeps_its_name(folder: Path, index: Path, tmp_path: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    (folder / "fyr.md").rename(tmp_path / "fyr.md")
    build([folder, tmp_path / "fyr.md"], index, encoder)
    assert ids(index) == {"fyr", "lots", "hamn"}


def test_an_unreadable_file_is_skipped_and_the_rest_goes_in(folder: Path, index: Path, encoder: HashEncoder) -> None:
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.4 nej")
    (folder / "tom.txt").write_bytes(b"")
    summary = build([folder], index, encoder)
    assert {Path(file).name for file, _ in summary.skipped} == {"trasig.pdf", "tom.txt"}
    assert all("Spara om den" in reason or "tom" in reason for _, reason in summary.skipped)
    assert summary.documents == 3


def test_a_file_that_became_unreadable_keeps_what_was_read_of_it(
    folder: Path, index: Path, encoder: HashEncoder
) -> None:
    build([folder], index, encoder)
    (folder / "fyr.md").write_bytes(b"\x00")
    summary = build([folder], index, encoder)
    assert (summary.removed, len(summary.skipped)) == (0, 1)
    assert "fyr" in ids(index)


def test_a_file_that_may_not_be_read_says_so(folder: Path, index: Path, encoder: HashEncoder) -> None:
    (folder / "bruten.md").symlink_to(folder / "finns-inte.md")
    summary = build([folder / "bruten.md"], index, encoder) if (folder / "bruten.md").exists() else None
    assert summary is None
    (folder / "katalog.md").mkdir()
    assert build([folder], index, encoder).skipped == ()


@pytest.mark.parametrize("name", ["finns-inte", "finns-inte.md"])
def test_a_path_that_does_not_exist_touches_nothing(
    tmp_path: Path, index: Path, name: str, encoder: HashEncoder
) -> None:
    with pytest.raises(InputError, match=r"finns-inte.*Kontrollera"):
        build([tmp_path / name], index, encoder)
    assert not index.exists()


def test_an_empty_folder_gives_an_empty_index(tmp_path: Path, index: Path, encoder: HashEncoder) -> None:
    (tmp_path / "tom").mkdir()
    assert build([tmp_path / "tom"], index, encoder).documents == 0
    opened = open_index(index, encoder.name)
    assert opened.words("grams", {"_fyr": 1.0}, 3) == {}
    assert opened.nearest("texts", encoder.queries(["fyr"])[0], 3) == {}
    opened.close()
    build([tmp_path / "tom"], index, HashEncoder("hash-2"))
    open_index(index, "hash-2").close()


def test_another_encoder_rebuilds_everything_from_the_texts_held(
    folder: Path, index: Path, tmp_path: Path, encoder: HashEncoder
) -> None:
    other = put(tmp_path, "brygga.md", "Bryggan är av trä.")
    build([folder, other], index, encoder)
    other.unlink()
    with pytest.raises(IndexUnusable, match="fyrlots ingest"):
        open_index(index, "hash-2")
    summary = build([folder], index, HashEncoder("hash-2"))
    assert (summary.embedded, summary.documents) == (4, 4)
    opened = open_index(index, "hash-2")
    assert held(opened) == (4, 4, 4)
    opened.close()


@pytest.mark.parametrize(("field", "value"), [("format", 0), ("format", 99), ("chunking", "0/1/1")])
def test_an_index_of_another_version_is_made_anew_from_the_texts_held(
    folder: Path, index: Path, tmp_path: Path, encoder: HashEncoder, field: str, value: object
) -> None:
    build([folder, put(tmp_path, "brygga.md", "Bryggan är av trä.")], index, encoder)
    change_manifest(index, field, value)
    summary = build([folder], index, encoder)
    assert (summary.documents, summary.embedded) == (4, 4)
    opened = open_index(index, encoder.name)
    assert held(opened) == (4, 4, 4)
    opened.close()


def test_a_format_whose_texts_cannot_be_read_is_made_anew_from_the_files(
    folder: Path, index: Path, encoder: HashEncoder
) -> None:
    build([folder], index, encoder)
    change_manifest(index, "format", 99)
    next(index.glob("gen-*/store.sqlite")).write_text("något annat")
    assert build([folder], index, encoder).documents == 3
    assert ids(index) == {"fyr", "lots", "hamn"}


def test_a_damaged_index_says_what_to_do(folder: Path, index: Path, encoder: HashEncoder) -> None:
    build([folder], index, encoder)
    next(index.glob("gen-*/store.sqlite")).write_text("skräp")
    with pytest.raises(IndexUnusable, match="Ta bort mappen"):
        build([folder], index, encoder)


def change_manifest(index: Path, field: str, value: object) -> None:
    generation = current(index)
    assert generation is not None
    manifest = generation / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {field: value}))


def test_changed_data_is_taken_over_without_embedding(folder: Path, index: Path, encoder: HashEncoder) -> None:
    (folder / "duties").mkdir()
    duties = folder / "duties" / "1.yaml"
    duties.write_text("- {id: a, what: Anmäla}\n", encoding="utf-8")
    build([folder], index, encoder)
    duties.write_text("- {id: a, what: Rapportera}\n", encoding="utf-8")
    assert build([folder], index, encoder).embedded == 0
    store = Store(current(index) / "store.sqlite")  # type: ignore[operator]
    assert store.data("duties") == [{"id": "a", "what": "Rapportera"}]
    store.close()


def test_questions_are_embedded_in_their_own_field(tmp_path: Path, index: Path, encoder: HashEncoder) -> None:
    head = "---\nid: a\ntitle: A\nkind: report\nrank: 3\nquestions:\n  A:\n    - Vad är en fyr?\n---\n"
    (tmp_path / "a.md").write_text(f"{head}# A\n\nText.\n", encoding="utf-8")
    assert build([tmp_path / "a.md"], index, encoder).embedded == 2
    opened = open_index(index)
    found = opened.nearest("questions", encoder.queries(["Vad är en fyr?"])[0], 1)
    assert found == {"a#3?0": pytest.approx(1.0, abs=1e-5)}
    opened.close()


def test_questions_of_sentences_lead_to_their_sentence(folder: Path, index: Path, encoder: HashEncoder) -> None:
    (folder / "questions").mkdir()
    asked = folder / "questions" / "fyr.yaml"
    asked.write_text("Fyren lyser om natten.: [När lyser fyren?]\n", encoding="utf-8")
    assert build([folder], index, encoder).embedded == 4
    opened = open_index(index)
    assert opened.store.chunks_of("fyr")[0].questions == ("När lyser fyren?",)
    opened.close()
    assert build([folder], index, encoder).embedded == 0


@pytest.mark.parametrize("content", ["- en lista", "mening: 3", "a: ["])
def test_a_bad_file_of_questions_is_told_and_its_document_goes_in(
    folder: Path, index: Path, encoder: HashEncoder, content: str
) -> None:
    (folder / "questions").mkdir()
    (folder / "questions" / "fyr.yaml").write_text(content, encoding="utf-8")
    summary = build([folder], index, encoder)
    assert [Path(file).name for file, _ in summary.skipped] == ["fyr.yaml"]
    assert summary.documents == 3


def test_the_same_text_twice_is_embedded_once(folder: Path, index: Path, encoder: HashEncoder) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text("Samma text i två filer.\n", encoding="utf-8")
    assert build([folder], index, encoder).chunks == 5
    assert encoder.embedded == 4


def test_progress_goes_from_nothing_to_all(folder: Path, index: Path, encoder: HashEncoder) -> None:
    seen: list[tuple[str, int, int]] = []
    build([folder], index, encoder, lambda *step: seen.append(step))
    assert seen[:3] == [("Läser", 1, 3), ("Läser", 2, 3), ("Läser", 3, 3)]
    assert seen[-1] == ("Räknar vektorer", 3, 3)


def test_a_second_writer_is_turned_away(folder: Path, index: Path, encoder: HashEncoder) -> None:
    with writing(index), pytest.raises(IndexBusy):
        build([folder], index, encoder)


def test_a_folder_that_may_not_be_written(folder: Path, tmp_path: Path, encoder: HashEncoder) -> None:
    if os.geteuid() == 0:
        pytest.skip("root får skriva överallt")
    closed = tmp_path / "stängd"
    closed.mkdir(mode=0o500)
    with pytest.raises(IndexUnwritable, match="får skrivas"):
        build([folder], closed / "index", encoder)


def test_equal_files_give_equal_versions(folder: Path, tmp_path: Path, encoder: HashEncoder) -> None:
    versions = set()
    for name in ("ett", "två"):
        build([folder], tmp_path / name, encoder)
        opened = open_index(tmp_path / name)
        versions.add(opened.manifest.version)
        opened.close()
    assert len(versions) == 1


def test_summary_is_plain_data() -> None:
    assert Summary.__dataclass_fields__.keys() >= {"documents", "chunks", "embedded", "skipped", "seconds"}
    assert module.DATA_FILES == ("glossary", "errata", "bibliography")
