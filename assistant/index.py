"""The index on disk: words in tantivy, vectors in Chroma, texts in SQLite. The only module that knows tantivy.

An index is a folder of generations. `CURRENT` names the one that is read; a writer copies it, applies its changes to
the copy, and changes the name with one atomic rename. Killed at any moment, the old generation answers on.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from assistant.domain import Chunk, Document, Metadata
from assistant.encoder import Vectors
from assistant.errors import IndexBusy, IndexUnusable, IndexUnwritable
from assistant.store import Store
from assistant.swedish import grams, stems
from assistant.vectors import HNSW, Nearest, client, lay_out, vector_field

FORMAT = 7
"""Raised when an older program could not read what this one writes."""
WORD_FIELDS = ("stems", "grams", "question_grams")
VECTOR_FIELDS = ("texts", "questions")
BATCH = 2000
"""Vectors written to Chroma at a time."""


@dataclass(frozen=True)
class Manifest:
    """What an index was made with."""

    format: int
    encoder: str
    chunking: str
    """How texts were cut; another way of cutting asks for another index."""
    documents: int
    chunks: int
    version: str
    """A hash over all content hashes: equal versions hold equal texts."""


class Index:
    """One generation, open for reading. Safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.store = Store(folder / "store.sqlite")
        self.metadata: Mapping[str, Metadata] = {m.id: m for m in self.store.metadata()}
        self._words = tantivy.Index.open(str(folder / "words"))
        self._searcher = self._words.searcher()

    @cached_property
    def _vectors(self) -> dict[str, Nearest]:
        return {name: vector_field(self.folder, name) for name in VECTOR_FIELDS}

    @cached_property
    def asked(self) -> frozenset[str]:
        """The ids of the chunks that readers' questions have been written for."""
        return self.store.asked()

    def words(
        self, field: str, terms: Mapping[str, float], k: int, among: Collection[str] | None = None
    ) -> dict[str, float]:
        """BM25 of the k best chunks for weighted terms; chunk id → score. `among` limits to those documents."""
        schema = self._words.schema
        should = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, term), weight))
            for term, weight in terms.items()
            if weight > 0
        ]
        if not should:
            return {}
        query = tantivy.Query.boolean_query(should)
        if among is not None:
            within = tantivy.Query.term_set_query(schema, "document", sorted(among))
            unscored = tantivy.Query.boost_query(within, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)])
        hits = self._searcher.search(query, limit=k, count=False).hits
        return {str(self._searcher.doc(address)["id"][0]): float(score) for score, address in hits}

    def frequency(self, field: str, term: str) -> int:
        """In how many chunks the term stands."""
        return int(self._searcher.doc_freq(field, term))

    def nearest(self, field: str, vector: Vectors, k: int, among: Collection[str] | None = None) -> dict[str, float]:
        """Cosine similarity of the k nearest; id → similarity. A question's id is its chunk's, '?' and its number."""
        if not vector.any() or (among is not None and not among):
            return {}
        return self._vectors[field].nearest(vector, k, among)

    def close(self) -> None:
        """Lets go of the files."""
        self.store.close()


def open_index(folder: Path, encoder: str | None = None) -> Index:
    """The current generation. Raises: IndexUnusable when there is none, or another program or encoder made it."""
    generation = current(folder)
    if generation is None:
        raise IndexUnusable(f"Det finns inget index i {folder}. Bygg det med: fyrlots ingest --index {folder}")
    manifest = read_manifest(generation)
    if manifest.format != FORMAT:
        raise IndexUnusable(
            f"Indexet i {folder} har format {manifest.format}, programmet läser format {FORMAT}. "
            f"Bygg om det med: fyrlots ingest --index {folder}"
        )
    if encoder is not None and manifest.encoder != encoder:
        raise IndexUnusable(
            f"Indexet i {folder} är byggt med kodaren {manifest.encoder}, men {encoder} är inställd. "
            f"Bygg om det med: fyrlots ingest --index {folder}"
        )
    try:
        return Index(generation, manifest)
    except Exception as error:  # sqlite, tantivy and chroma each have their own kinds
        raise IndexUnusable(_damaged(folder, error)) from error


def current(folder: Path) -> Path | None:
    """The folder of the generation that `CURRENT` names, or None."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return folder / name


def read_manifest(generation: Path) -> Manifest:
    """Raises: IndexUnusable where it is missing or unreadable."""
    try:
        values = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        return Manifest(**{k: values.get(k) for k in Manifest.__dataclass_fields__})
    except (OSError, ValueError) as error:
        raise IndexUnusable(_damaged(generation.parent, error)) from error


def _damaged(folder: Path, error: Exception) -> str:
    return f"Indexet i {folder} är skadat ({error}). Ta bort mappen och kör fyrlots ingest."


class IndexWriter:
    """A new generation, not yet current."""

    def __init__(self, folder: Path, before: Path | None) -> None:
        self.folder = folder
        with _on_disk(folder.parent):
            if before is not None:
                shutil.copytree(before, folder)
            else:
                (folder / "words").mkdir(parents=True)
            self.store = Store(folder / "store.sqlite", write=True)
            self._words = tantivy.Index(_schema(), path=str(folder / "words"))
            self._writer = self._words.writer(heap_size=50_000_000, num_threads=1)
            chroma = client(folder / "vectors")
            self._vectors = {
                name: chroma.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": HNSW})
                for name in VECTOR_FIELDS
            }

    def remove(self, document_id: str) -> None:
        """Takes a document out of all three. Raises: IndexUnwritable, as everything here does."""
        with _on_disk(self.folder.parent):
            self.store.remove(document_id)
            self._writer.delete_documents_by_term("document", document_id)
            for collection in self._vectors.values():
                collection.delete(where={"document": document_id})

    def add(self, document: Document, source: str, digest: str, chunks: Sequence[Chunk]) -> None:
        """Puts a document's texts and words in; its vectors come by `add_vectors`."""
        with _on_disk(self.folder.parent):
            self.store.put(document, source, digest, chunks)
            for chunk in chunks:
                self._writer.add_document(tantivy.Document(**_fields(chunk)))

    def add_data(self, key: str, body: Any) -> None:
        """Keeps a piece of data (glossary, errata, duties) under a name."""
        with _on_disk(self.folder.parent):
            self.store.put_data(key, body)

    def add_vectors(self, field: str, ids: Sequence[str], documents: Sequence[str], vectors: Vectors) -> None:
        """Puts vectors in: for texts the chunk's id, for questions the chunk's id, '?' and a number."""
        for at in range(0, len(ids), BATCH):
            part = slice(at, at + BATCH)
            with _on_disk(self.folder.parent):
                self._vectors[field].upsert(
                    ids=list(ids[part]),
                    embeddings=np.ascontiguousarray(vectors[part]),
                    metadatas=[{"document": d} for d in documents[part]],
                )

    def finish(self, manifest: Manifest) -> None:
        """Writes everything out and makes this generation the current one, in one rename."""
        with _on_disk(self.folder.parent):
            self._writer.commit()
            self._writer.wait_merging_threads()
            for name, collection in self._vectors.items():
                lay_out(collection, self.folder / f"{name}.npy")
            self.store.close()
            _write(self.folder / "manifest.json", json.dumps(asdict(manifest), indent=1))
            _write(self.folder.parent / "CURRENT", self.folder.name)


@contextmanager
def _on_disk(folder: Path) -> Iterator[None]:
    """Turns what any of the three stores raises on a full or closed disk into one error."""
    try:
        yield
    except Exception as error:
        raise IndexUnwritable(
            f"Indexet i {folder} kan inte skrivas ({error}). Kontrollera att disken inte är full och att mappen får "
            "skrivas, och kör fyrlots ingest igen. Det tidigare indexet är orört."
        ) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds the index's lock; leftovers of a killed writer are cleared away. Raises: IndexBusy, IndexUnwritable."""
    with _on_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        held = (folder / "lock").open("w")
    with held as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(f"En annan fyrlots ingest skriver i {folder}. Vänta tills den är klar.") from error
        _sweep(folder, keep=1)
        try:
            yield
        finally:
            _sweep(folder, keep=2)


def next_generation(folder: Path) -> Path:
    """The folder for the next generation."""
    numbers = [int(p.name[4:]) for p in folder.glob("gen-*") if p.name[4:].isdigit()]
    return folder / f"gen-{max(numbers, default=0) + 1:06d}"


def _sweep(folder: Path, keep: int) -> None:
    """Removes generations that are neither current nor, with keep=2, the one before it (it may still be read)."""
    now = current(folder)
    others = sorted((p for p in folder.glob("gen-*") if p != now), reverse=True)
    finished = [p for p in others if now is not None and p.name < now.name]
    for old in others:
        if old not in finished[: keep - 1]:
            shutil.rmtree(old, ignore_errors=True)
    for scratch in folder.glob(".CURRENT.*"):
        scratch.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    with scratch.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
    for name in WORD_FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _fields(chunk: Chunk) -> dict[str, str]:
    body = f"{' '.join(chunk.path)} {chunk.text}"
    return {
        "id": chunk.id,
        "document": chunk.document_id,
        "stems": " ".join(stems(body)),
        "grams": " ".join(grams(body)),
        "question_grams": " ".join(grams(" ".join(chunk.questions))),
    }
