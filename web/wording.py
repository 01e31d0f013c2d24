"""Values from the data in words, in the language of the copy: kind, rank, state, certainty, place."""

from __future__ import annotations

from assistant.domain import Metadata
from web.dates import day
from web.texts import Texts


def kind(copy: Texts, meta: Metadata) -> str:
    """What sort of document it is."""
    return str(copy.kinds.named(meta.kind))


def rank(copy: Texts, meta: Metadata) -> str:
    """What the document weighs."""
    return str(copy.ranks.named(f"r{meta.rank}"))


def status(copy: Texts, value: str | None) -> str:
    """The document's state, or nothing."""
    return str(copy.statuses.named(value)) if value else ""


def place(words: Texts, section: str | None, heading: str | None, page: int | None) -> str:
    """Where in the document, in the words of the copy's `place`: 'avsnitt 3.2.2, ”Portföljstyrning”, sidan 25'."""
    numbered = section is not None and section[:1].isdigit()
    values = {"section" if numbered else "named_section": section, "heading": heading, "page": page}
    made: str = words.between.join(words[name].format(value) for name, value in values.items() if value)
    return made


def facts(copy: Texts, meta: Metadata) -> list[tuple[str, str]]:
    """What a reader must know of a document, as (name, value); what is unknown is left out."""
    names = copy.facts
    rows = [
        (names.kind, kind(copy, meta)),
        (names.rank, rank(copy, meta)),
        (names.publisher, meta.publisher or ""),
        (names.author, meta.author or ""),
        (names.date, day(copy, meta.date)),
        (names.status, status(copy, meta.status)),
        (names.valid_from, day(copy, meta.valid_from)),
        (names.as_of, day(copy, meta.as_of)),
        (names.confidence, copy.confidences.named(meta.confidence) if meta.confidence != "seen" else ""),
    ]
    return [(name, value) for name, value in rows if value]


def link(meta: Metadata) -> str:
    """The original's address where it is an ordinary web address; a document cannot smuggle in any other kind."""
    url = meta.url or ""
    return url if url.startswith(("https://", "http://")) else ""
