"""A document's text as blocks, lines and marked pieces. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Block, Document


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not. `first` is the piece that the address leads to."""

    text: str
    marked: bool = False
    first: bool = False


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as it is drawn: one line for most, a line for each item of a list, lines of cells for a table."""

    kind: str
    level: int
    anchor: str
    page: int | None
    """Set on the first block of each page of the original."""
    lines: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """What is to be marked; empty marks nothing."""

    start: int = 0
    end: int = 0

    def within(self, length: int) -> bool:
        """Whether it marks something that the text has."""
        return 0 <= self.start < self.end <= length


def shown(document: Document, span: Span) -> Iterator[Shown]:
    """The document's blocks in order, the span marked wherever it crosses them, and the first mark named."""
    text = document.text
    rows = [[list(cell_spans(text, line, b)) for line in line_spans(text, b)] for b in document.blocks]
    cells = [cell for row in rows for line in row for cell in line]
    marking = effective(span, cells) if span.within(len(text)) else Span()
    page = None
    used: set[str] = set()
    for block, lines in zip(document.blocks, rows, strict=True):
        yield Shown(
            kind=block.kind,
            level=min(max(block.level, 1), 5),
            anchor=anchor(text[block.start : block.end], used) if block.kind == "heading" else "",
            page=block.page if block.page != page else None,
            lines=tuple(tuple(pieces(text, cell, marking) for cell in line) for line in lines),
        )
        page = block.page


def effective(span: Span, cells: list[tuple[int, int]]) -> Span:
    """The span moved to the first text that is shown, so that its first mark begins where the span does."""
    starts = [max(a, span.start) for a, b in cells if max(a, span.start) < min(b, span.end)]
    return Span(min(starts), span.end) if starts else Span()


def line_spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The block's lines, without the dash of a list's items. Only lists and tables have several."""
    if block.kind not in ("list", "table"):
        yield block.start, block.end
        return
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        dash = 2 if block.kind == "list" and line.startswith("- ") else 0
        if line.strip():
            yield at + dash, at + len(line)
        at += len(line) + 1


def cell_spans(text: str, line: tuple[int, int], block: Block) -> Iterator[tuple[int, int]]:
    """The cells of a table's line; the line itself for anything else."""
    if block.kind != "table":
        yield line
        return
    at = line[0]
    for cell in text[line[0] : line[1]].split(" | "):
        yield at, at + len(cell)
        at += len(cell) + 3


def pieces(text: str, line: tuple[int, int], span: Span) -> Line:
    """The line cut where the mark begins and ends."""
    start, end = line
    a, b = max(start, span.start), min(end, span.end)
    if a >= b:
        return (Piece(text[start:end]),)
    cut = (Piece(text[start:a]), Piece(text[a:b], marked=True, first=a == span.start), Piece(text[b:end]))
    return tuple(p for p in cut if p.text)


def anchor(heading: str, used: set[str]) -> str:
    """A name for the heading that an address can hold: 'Krav på kommunen' gives 'krav-pa-kommunen', never twice."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "rubrik"
    name, n = base, 1
    while name in used or name == "citat":
        n += 1
        name = f"{base}-{n}"
    used.add(name)
    return name
