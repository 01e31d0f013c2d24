"""An answer as a reader sees it: statements with markers, sources with their quotes. Pure but for reading documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.domain import Answer, Citation, Claim, Document, Metadata
from web.knowledge import Term

_MARKS = re.compile(r"((?:\s*\[\d+\])+)")
SURROUNDINGS_CHARS = 220
"""Text shown on each side of a quote."""
Find = Callable[[str], Document | None]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a statement; one that is a word of the glossary has its term."""

    text: str
    term: Term | None = None
    before: str = ""
    after: str = ""
    """What stands close before and after a word of the glossary, and must not be parted from it at a line's end."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of the answer with the citations that carry it."""

    text: str
    numbers: tuple[int, ...]
    verified: bool = True
    frame: str = ""
    """Our own words before the statement."""
    runs: tuple[Run, ...] = ()
    """The text in pieces, where its terms are looked up; together they are the text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a list with a row of statements for each item."""

    rows: tuple[tuple[Statement, ...], ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation with the text around it."""

    citation: Citation
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the answer cites, with every quote from it."""

    meta: Metadata
    quotes: tuple[Quote, ...]


def parts(answer: Answer) -> list[Part]:
    """The answer's text as paragraphs and lists; every `[n]` that is a citation becomes a number."""
    numbers = {c.number for c in answer.citations}
    lines = [line for line in answer.text.split("\n") if line.strip()]
    made = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith("- ")):
        rows = [tuple(statements(line.removeprefix("- "), answer.claims, numbers)) for line in group]
        made += [Part(tuple(rows), True)] if is_list else [Part((row,), False) for row in rows]
    return made


def statements(line: str, claims: Sequence[Claim], known: set[int]) -> Iterator[Statement]:
    """The line cut after its markers. Text that only looks like a marker stays text."""
    pending = ""
    for n, piece in enumerate(_MARKS.split(line)):
        numbers = tuple(int(d) for d in re.findall(r"\d+", piece)) if n % 2 else ()
        if n % 2 and known.issuperset(numbers):
            yield statement(pending.strip(), numbers, claims)
            pending = ""
        else:
            pending += piece
    if pending.strip():
        yield Statement(pending.strip(), ())


def statement(text: str, numbers: tuple[int, ...], claims: Sequence[Claim]) -> Statement:
    """The statement with its claim's state, and our own words before it set apart."""
    claim = next((c for c in claims if c.citations == numbers and text.endswith(c.text)), None)
    if claim is None:
        return Statement(text, numbers)
    return Statement(claim.text, numbers, claim.verified, text.removesuffix(claim.text).strip())


def sources(answer: Answer, find: Find) -> list[Source]:
    """The cited documents, in the order they are first cited."""
    by_document: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_document.setdefault(citation.document.id, []).append(citation)
    return [Source(c[0].document, tuple(quote(x, find(id)) for x in c)) for id, c in by_document.items()]


def quote(citation: Citation, document: Document | None) -> Quote:
    """The quote in its surroundings."""
    before, after = around(document, citation.start, citation.end) if document else ("", "")
    return Quote(citation, before, after)


def around(document: Document, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same paragraph or list item, cut between words."""
    block = next((b for b in document.blocks if b.start <= start and end <= b.end), None)
    if block is None:
        return "", ""
    before, after = document.text[block.start : start], document.text[end : block.end]
    if block.kind == "list":
        before, after = before.rpartition("\n")[2].removeprefix("- "), after.partition("\n")[0]
    return shortened(before[::-1])[::-1], shortened(after)


def shortened(text: str) -> str:
    """At most so much of the text's beginning, with an ellipsis where it was cut."""
    if len(text) <= SURROUNDINGS_CHARS:
        return text
    return text[:SURROUNDINGS_CHARS].rpartition(" ")[0] + " …"
