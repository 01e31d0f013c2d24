"""Vectors on disk: compared one by one, and for very many by Chroma's graph, with the same result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import HashEncoder

from assistant.vectors import EXACT, HNSW, Approximated, Compared, client, lay_out, vector_field

TEXTS = {
    "fyr": "Fyren lyser om natten",
    "lots": "Lotsen leder båten in",
    "hamn": "Hamnen är full av båtar",
    "boj": "Bojen gungar i natten",
}


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """A collection of four texts, each of its own document."""
    made = client(tmp_path / "vectors").get_or_create_collection(
        "texts", embedding_function=None, configuration={"hnsw": HNSW}
    )
    vectors = HashEncoder().passages(list(TEXTS.values()))
    made.upsert(
        ids=[f"{name}#0" for name in TEXTS], embeddings=vectors, metadatas=[{"document": name} for name in TEXTS]
    )
    return made


@pytest.mark.parametrize("among", [None, ["fyr", "boj"], ["finns-inte"]])
@pytest.mark.parametrize("k", [1, 2, 10])
def test_both_ways_find_the_same(tmp_path: Path, collection: Any, k: int, among: list[str] | None) -> None:
    lay_out(collection, tmp_path / "texts.npy")
    exact, graph = vector_field(tmp_path, "texts"), Approximated(collection)
    assert isinstance(exact, Compared)
    asked = HashEncoder().queries(["Lyser fyren i natten?"])[0]
    found = exact.nearest(asked, k, among)
    assert found == pytest.approx(graph.nearest(asked, k, among), abs=1e-5)
    assert list(found) == sorted(found, key=lambda id: -found[id])
    assert len(found) == min(k, len(TEXTS) if among is None else len(set(among) & set(TEXTS)))


def test_equals_come_in_the_order_of_their_ids(tmp_path: Path, collection: Any) -> None:
    same = HashEncoder().passages(["samma"])
    collection.upsert(ids=["b#0", "a#0"], embeddings=np.repeat(same, 2, axis=0), metadatas=[{"document": "x"}] * 2)
    lay_out(collection, tmp_path / "texts.npy")
    assert list(vector_field(tmp_path, "texts").nearest(same[0], 2, None)) == ["a#0", "b#0"]


def test_the_first_dimensions_find_the_nearest_of_many(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    groups = rng.normal(size=(40, 384))
    rows = (groups[rng.integers(0, 40, 3_000)] + 0.7 * rng.normal(size=(3_000, 384))).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    many = client(tmp_path / "vectors").get_or_create_collection("texts", embedding_function=None)
    many.upsert(ids=[f"d#{n:04}" for n in range(3_000)], embeddings=rows, metadatas=[{"document": "d"}] * 3_000)
    lay_out(many, tmp_path / "texts.npy")
    for asked in rows[:20]:
        best = np.argsort(-(rows @ asked))[:30]
        found = vector_field(tmp_path, "texts").nearest(asked, 30, None)
        assert list(found) == [f"d#{n:04}" for n in best]
        assert list(found.values()) == pytest.approx((rows @ asked)[best].tolist(), abs=1e-5)


class Huge:
    """A collection of more vectors than are compared."""

    def count(self) -> int:
        return EXACT + 1


def test_very_many_have_no_table_and_are_left_to_the_graph(tmp_path: Path, collection: Any) -> None:
    lay_out(collection, tmp_path / "texts.npy")
    lay_out(Huge(), tmp_path / "texts.npy")
    assert not (tmp_path / "texts.npy").exists()
    assert isinstance(vector_field(tmp_path, "texts"), Approximated)


def test_an_empty_field_finds_nothing(tmp_path: Path) -> None:
    empty = client(tmp_path / "vectors").get_or_create_collection("texts", embedding_function=None)
    lay_out(empty, tmp_path / "texts.npy")
    assert vector_field(tmp_path, "texts").nearest(np.ones(64, dtype=np.float32), 3, None) == {}
