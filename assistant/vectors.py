"""Vectors on disk, in Chroma. The only module that knows chromadb.

Up to EXACT vectors are also laid out as one table and compared one by one: Chroma's HNSW graph is approximate, and gave
other neighbours after a rebuild. The table is turned so that a part of each row is enough to find the nearest.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.encoder import Vectors

HNSW = {"space": "cosine", "ef_search": 200, "max_neighbors": 32}
EXACT = 75_000
"""Up to so many vectors are all compared; more go through Chroma's HNSW. Source: `docs/decisions/0002-index.md`."""

LEADING = 96
"""Dimensions that all vectors are compared by; only the nearest are compared by the rest. Source: same."""
CLOSER = 4
"""For each vector asked for, so many are compared by all dimensions."""
OUTSIDE = -2.0
"""The likeness of what a filter leaves out; no cosine is so low."""

PAGE = 10_000
"""Vectors read from Chroma at a time; SQLite takes no more than 32 766 ids in one question."""


class Nearest(Protocol):
    """Finds the vectors closest to one."""

    def nearest(self, vector: Vectors, k: int, among: Collection[str] | None) -> dict[str, float]:
        """Id → cosine similarity of the k nearest."""
        ...


class Compared:
    """All vectors of a field, compared one by one, so that order never varies; read from a file as needed."""

    def __init__(self, path: Path) -> None:
        self._ids: list[str] = path.with_suffix(".ids").read_text(encoding="utf-8").splitlines()
        self._turn, self._leading, self._rest = (np.load(part, mmap_mode="r") for part in parts(path))

    @cached_property
    def _documents(self) -> npt.NDArray[np.str_]:
        """The document of each row; read by the first search that is limited to some of them."""
        return np.array([id.rpartition("#")[0] for id in self._ids], dtype=str)

    def nearest(self, vector: Vectors, k: int, among: Collection[str] | None) -> dict[str, float]:
        """Best first, equals in the order of their ids, which is the table's."""
        if not self._ids:
            return {}
        turned = vector @ self._turn
        first = self._leading @ turned[:LEADING]
        if among is not None:
            first = np.where(np.isin(self._documents, sorted(among)), first, OUTSIDE)
        most = min(CLOSER * k, len(self._ids))
        near = np.sort(np.argpartition(-first, most - 1)[:most])
        near = near[first[near] > OUTSIDE]
        similar = first[near] + self._rest[near] @ turned[LEADING:]
        best = np.argsort(-similar.round(6), kind="stable")[:k]
        return {self._ids[near[n]]: float(similar[n]) for n in best}


class Approximated:
    """The vectors of a Chroma collection, searched by its HNSW graph."""

    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self._count = int(collection.count())

    def nearest(self, vector: Vectors, k: int, among: Collection[str] | None) -> dict[str, float]:
        """Best first, as Chroma gives them."""
        where = {"document": {"$in": sorted(among)}} if among is not None else None
        asked, most = vector.reshape(1, -1), min(k, self._count)
        found = self._collection.query(query_embeddings=asked, n_results=most, where=where, include=["distances"])
        return {id: 1.0 - float(d) for id, d in zip(found["ids"][0], found["distances"][0], strict=True)}


def vector_field(generation: Path, name: str) -> Nearest:
    """The field's vectors: compared one by one where the writer laid them out for it."""
    path = generation / f"{name}.npy"
    if path.exists():
        return Compared(path)
    return Approximated(client(generation / "vectors").get_collection(name, embedding_function=None))


def lay_out(collection: Any, path: Path) -> None:
    """Writes a collection of at most EXACT vectors as one table, sorted by id; a larger one has none."""
    if collection.count() > EXACT:
        for part in (*parts(path), path.with_suffix(".ids")):
            part.unlink(missing_ok=True)
        return
    pages = [collection.get(include=["embeddings"], limit=PAGE, offset=at) for at in range(0, collection.count(), PAGE)]
    ids = [id for page in pages for id in page["ids"]]
    vectors = [page["embeddings"] for page in pages]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    table = np.asarray(np.concatenate(vectors) if vectors else np.zeros((0, 0)), dtype=np.float32)[order]
    turn = principal(table)
    turned = table @ turn
    for part, values in zip(parts(path), (turn, turned[:, :LEADING], turned[:, LEADING:]), strict=True):
        np.save(part, np.ascontiguousarray(values))
    path.with_suffix(".ids").write_text("".join(f"{ids[n]}\n" for n in order), encoding="utf-8")


def principal(table: Vectors) -> Vectors:
    """The turn, shape (dimensions, dimensions), after which the first dimensions tell the rows most apart.

    A turn changes no cosine. Source: principal components, without centring.
    """
    axes: Vectors = np.linalg.eigh(table.T @ table)[1][:, ::-1]
    return axes


def parts(path: Path) -> tuple[Path, Path, Path]:
    """The files of a table: its turn, the first dimensions and the rest."""
    return path.with_suffix(".turn.npy"), path, path.with_suffix(".rest.npy")


def client(folder: Path) -> Any:
    """Chroma over a folder, telemetry off."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, allow_reset=False))
