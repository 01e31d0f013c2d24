"""What is talked about: documents, chunks, passages, claims, citations, answers. Frozen, and free of any library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Kind = Literal["report", "regulation", "collaboration", "article", "guidance", "local"]
Confidence = Literal["seen", "memory", "uncertain"]
BlockKind = Literal["heading", "paragraph", "list", "table", "footnote", "reference"]

UNCONFIRMED = "(uppgiften är inte bekräftad)"
"""The words that end every sentence of the corpus which no source has confirmed."""

ARTICLE = 5
"""Ranks: 1 law, 2 an authority's guidance, 3 the region's report, 4 a collaboration example, 5 article or opinion."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document, besides its text."""

    id: str
    title: str
    kind: Kind = "local"
    rank: int = ARTICLE
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    """The source's date, YYYY-MM-DD or YYYY-MM."""
    version: str | None = None
    url: str | None = None
    section: str | None = None
    """The number printed in the analysis report, for documents that retell one section of it."""
    pages: tuple[int, int] | None = None
    valid_from: str | None = None
    status: str | None = None
    as_of: str | None = None
    """The day the facts were last checked, YYYY-MM-DD."""
    confidence: Confidence = "seen"
    language: str = "sv"
    suspicious: tuple[str, ...] = ()
    """Sentences of the document that try to instruct a reader or a model."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What only some kinds have: timeline, facts."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a whole list or a whole table, with its place in the document's text."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Headings: 1 for the title, 2 and more below."""
    section: str | None = None
    page: int | None = None
    numbered: bool = False
    """A heading that carries a section number is not an `heading` in the answer's sense."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the corpus with its metadata and structure."""

    meta: Metadata
    text: str
    blocks: tuple[Block, ...]
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Heading → questions that readers ask and the text under it answers."""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentence → questions that this very sentence answers."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stored unit of a document: what is found."""

    id: str
    document_id: str
    start: int
    end: int
    """Character span in the document's text."""
    text: str
    path: tuple[str, ...]
    """Headings from the document's title to the innermost."""
    section: str | None
    heading: str | None
    page: int | None
    questions: tuple[str, ...] = ()
    """What readers ask and the chunk answers."""
    targets: tuple[int, ...] = ()
    """For each question where the sentence that answers it starts in the document; -1: the chunk as a whole."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for one question."""

    rank: int
    chunk: Chunk
    document: Metadata
    similarity: float
    """The fused score, 0 to 1; higher is closer."""
    parts: Mapping[str, float]
    """What each part of the search gave, before weighting."""
    asked: Mapping[int, float] = field(default_factory=dict)
    """Start of a sentence → similarity of the question to the nearest of those it is known to answer.

    -1: to the nearest of those that the chunk answers as a whole.
    """


class Outcome(StrEnum):
    """How a question ended. The family is the word before the first underscore."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "abstained_no_evidence"
    NEAR_MISS = "abstained_near_miss"
    OFF_SUBJECT = "abstained_off_subject"
    TOO_OPEN = "clarify_too_open"
    SOCIAL = "clarify_social"
    PRIVATE = "blocked_private"
    INSTRUCTION = "blocked_instruction"
    DECISION = "blocked_decision"
    BAD_INPUT = "failed_input"
    FAILED = "failed_internal"

    @property
    def family(self) -> str:
        """answered, partial, abstained, clarify, blocked or failed."""
        return self.value.split("_", 1)[0]


@dataclass(frozen=True, slots=True)
class Citation:
    """The pointer from a claim to exact text: `quote == document.text[start:end]`."""

    number: int
    document: Metadata
    section: str | None
    heading: str | None
    page: int | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement."""

    text: str
    citations: tuple[int, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and what was asked before it in the same conversation (oldest first)."""

    text: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets; `wire.answer` prints it in the contract's form."""

    outcome: Outcome
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    notices: tuple[str, ...] = ()
    language: str = "sv"
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    chance: float | None = None
    """That the sources answer, as the judge sees it, 0 to 1; None where nothing was judged."""
