"""Answers and passages as the contract prints them (`../shared/contract.md`, README)."""

from __future__ import annotations

from typing import Any

from assistant.domain import Answer, Citation, Document, Metadata, Passage


def answer(given: Answer, id: Any = None) -> dict[str, Any]:
    """The body of `POST /api/ask` and of `fyrlots ask --json`."""
    body: dict[str, Any] = {} if id is None else {"id": id}
    return body | {
        "outcome": given.outcome.value,
        "answer": given.text,
        "claims": [{"text": c.text, "citations": list(c.citations), "verified": c.verified} for c in given.claims],
        "citations": [citation(c) for c in given.citations],
        "passages": [passage(p) for p in given.passages],
        "notices": list(given.notices),
        "language": given.language,
        "timings_ms": dict(given.timings_ms),
    }


def citation(given: Citation) -> dict[str, Any]:
    """One citation, with what the reader must know of its document."""
    document = given.document
    return {
        "number": given.number,
        "document_id": document.id,
        "title": document.title,
        "kind": document.kind,
        "section": given.section,
        "heading": given.heading,
        "page": given.page,
        "quote": given.quote,
        "start": given.start,
        "end": given.end,
        "url": document.url,
        "valid_from": document.valid_from,
        "as_of": document.as_of,
        "status": document.status,
    }


def passage(given: Passage, explain: bool = False) -> dict[str, Any]:
    """One passage; with `explain` also what each part of the search gave."""
    chunk = given.chunk
    body = {
        "rank": given.rank,
        "document_id": chunk.document_id,
        "section": chunk.section,
        "heading": chunk.heading,
        "page": chunk.page,
        "text": chunk.text,
        "similarity": round(given.similarity, 6),
        "title": given.document.title,
        "start": chunk.start,
        "end": chunk.end,
    }
    return body | ({"parts": {k: round(v, 6) for k, v in given.parts.items()}} if explain else {})


def metadata(given: Metadata) -> dict[str, Any]:
    """A row of `GET /api/documents`."""
    keys = ("id", "title", "kind", "rank", "publisher", "author", "date", "version", "url", "section", "valid_from")
    more = ("status", "as_of", "confidence", "language", "suspicious")
    return {key: getattr(given, key) for key in keys + more}


def document(given: Document) -> dict[str, Any]:
    """The body of `GET /api/documents/{id}`: metadata and the text that quotes point into."""
    return metadata(given.meta) | {"text": given.text}
