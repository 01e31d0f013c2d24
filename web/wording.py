"""Values from the data in words: kind, rank, state, certainty, place."""

from __future__ import annotations

from assistant.domain import Metadata
from web.dates import day
from web.texts import swedish


def kind(meta: Metadata) -> str:
    """What sort of document it is."""
    return str(swedish().kinds.named(meta.kind))


def rank(meta: Metadata) -> str:
    """What the document weighs."""
    return str(swedish().ranks.named(f"r{meta.rank}"))


def status(value: str | None) -> str:
    """The document's state, or nothing."""
    return swedish().statuses.named(value) if value else ""


def place(section: str | None, heading: str | None, page: int | None) -> str:
    """Where in the document: 'avsnitt 3.2.2, ”Kommunernas portföljstyrning”, sidan 25'."""
    copy = swedish().place
    named = section is not None and not section[:1].isdigit()
    parts = [
        (copy.named_section if named else copy.section).format(section) if section else "",
        copy.heading.format(heading) if heading else "",
        copy.page.format(page) if page else "",
    ]
    return ", ".join(p for p in parts if p)


def facts(meta: Metadata) -> list[tuple[str, str]]:
    """What a reader must know of a document, as (name, value); what is unknown is left out."""
    copy = swedish().facts
    rows = [
        (copy.kind, kind(meta)),
        (copy.rank, rank(meta)),
        (copy.publisher, meta.publisher or ""),
        (copy.author, meta.author or ""),
        (copy.date, day(meta.date)),
        (copy.status, status(meta.status)),
        (copy.valid_from, day(meta.valid_from)),
        (copy.as_of, day(meta.as_of)),
        (copy.confidence, swedish().confidences.named(meta.confidence) if meta.confidence != "seen" else ""),
    ]
    return [(name, value) for name, value in rows if value]


def link(meta: Metadata) -> str:
    """The original's address where it is an ordinary web address; a document cannot smuggle in any other kind."""
    url = meta.url or ""
    return url if url.startswith(("https://", "http://")) else ""
