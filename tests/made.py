"""Metadata, documents, passages and candidates made by hand, for what is tested without an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.domain import Block, Chunk, Citation, Document, Metadata, Passage
from assistant.evidence import Candidate
from assistant.lexicon import Lexicon
from assistant.retrieve import analyse
from assistant.understand import understand

LAW = Metadata("lagen", "Lagen", "regulation", 1, valid_from="2026-01-15", status="in_force")
COMING = Metadata("kommande", "Akten", "regulation", 1, valid_from="2027-08-02")
GUIDANCE = Metadata("råd", "Råden", "guidance", 2)
REPORT = Metadata("rapport-3.2.2", "Styrning", "report", 3, section="3.2.2")
EXAMPLE = Metadata("exempel", "Exemplet", "collaboration", 4)
ARTICLE = Metadata("artikel", "Artikeln", "article", 5)
LOCAL = Metadata("eget", "Eget", "local", 5)


def passage(
    text: str,
    meta: Metadata = LOCAL,
    rank: int = 1,
    *,
    start: int = 0,
    path: Sequence[str] | None = None,
    section: str | None = None,
    parts: Mapping[str, float] | None = None,
    similarity: float = 0.5,
    questions: Mapping[str, int] | None = None,
    asked: Mapping[int, float] | None = None,
) -> Passage:
    """A passage with that text; `questions`: question → start of the sentence that answers it."""
    given = questions or {}
    chunk = Chunk(
        f"{meta.id}#{rank}", meta.id, start, start + len(text), text, tuple(path or (meta.title,)), section, None, None,
        tuple(given), tuple(given.values()),
    )  # fmt: skip
    return Passage(rank, chunk, meta, similarity, dict(parts or {}), dict(asked or {}))


def candidate(text: str, score: float = 0.9, *, of: Passage | None = None, start: int = 0, **features: float) -> Any:
    """A candidate that stands at `start` of its document."""
    return Candidate(of or passage(text), start, start + len(text), text, features, score)


def citation(meta: Metadata, quote: str = "Citat.", section: str | None = None) -> Citation:
    """A citation of that document."""
    return Citation(1, meta, section, None, None, quote, 0, len(quote))


def document(*blocks: tuple[str, str], meta: Metadata = LOCAL) -> Document:
    """A document of (kind, text) blocks, a blank line between each."""
    text, made = "", []
    for kind, body in blocks:
        text += "\n\n" if text else ""
        made.append(Block(kind, len(text), len(text) + len(body)))  # type: ignore[arg-type]
        text += body
    return Document(meta, text, tuple(made))


def query(text: str, lexicon: Lexicon | None = None) -> Any:
    """The question's intent and its words."""
    return understand(text), analyse(text, lexicon or Lexicon())
