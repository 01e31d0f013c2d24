"""The texts of an index, in SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Block, Chunk, Document, Metadata
from assistant.store import Store

META = Metadata(id="a", title="Titel å", pages=(1, 2), suspicious=("x",), extra={"facts": {"who": "Åmål"}})
BLOCKS = (Block("heading", 0, 5, level=1, numbered=True), Block("list", 7, 12, section="3.1", page=4))
DOCUMENT = Document(META, "Titel\n\n- ett", BLOCKS, {"Titel": ("Vad?", "Hur?")})
CHUNK = Chunk("a#7", "a", 7, 12, "- ett", ("Titel",), "3.1", None, 4, ("Vad?",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one document, closed; its folder has signs that an address must escape."""
    folder = tmp_path / "å b #1 %20 ?"
    folder.mkdir()
    store = Store(folder / "store.sqlite", write=True)
    store.put(DOCUMENT, "/källa/a.md", "hash", [CHUNK])
    store.put_data("glossary", [{"term": "Ö"}])
    store.close()
    return folder / "store.sqlite"


def test_what_was_put_comes_back_equal(path: Path) -> None:
    store = Store(path)
    assert store.document("a") == DOCUMENT
    assert store.chunks_of("a") == [CHUNK]
    assert store.chunks(["a#7", "saknas"]) == {"a#7": CHUNK}
    assert store.metadata() == [META]
    assert store.sources() == {"a": ("/källa/a.md", "hash")}
    assert store.data("glossary") == [{"term": "Ö"}]
    assert store.count() == (1, 1)
    store.close()


def test_what_is_not_there_is_none_or_empty(path: Path) -> None:
    store = Store(path)
    assert store.document("b") is None
    assert store.chunks_of("b") == []
    assert store.chunks([]) == {}
    assert store.data("duties") == []
    store.close()


def test_putting_again_replaces_and_removing_removes(path: Path) -> None:
    store = Store(path, write=True)
    store.put(DOCUMENT, "/annan", "ny", [])
    assert store.count() == (1, 0)
    assert store.sources() == {"a": ("/annan", "ny")}
    store.remove("a")
    assert store.count() == (0, 0)
    store.close()
