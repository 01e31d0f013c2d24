"""Documents to chunks: small enough to be about one thing, never through a list, a table or a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.domain import Block, Chunk, Document
from assistant.swedish import sentences, statements

TARGET_CHARS = 1300
"""Blocks under one heading are gathered up to this size. Source: `docs/decisions/0004-sokning.md`."""
LONGEST_PARAGRAPH = 1600
"""A longer paragraph is cut between sentences."""
CHUNKING = f"2/{TARGET_CHARS}/{LONGEST_PARAGRAPH}"
"""Written to the manifest; the first number is raised when the rules below change."""


@dataclass(frozen=True)
class Piece:
    """A block, or a part of a long one, with the headings above it."""

    block: Block
    path: tuple[Block, ...]


def chunks(document: Document) -> list[Chunk]:
    """The chunks of a document, in order. Footnotes and the bibliography's heading are no chunks."""
    found = [chunk(document, group) for group in groups(document)]
    return [with_questions(document, c) for c in found]


def groups(document: Document) -> Iterator[list[Piece]]:
    """Neighbouring pieces that stand under the same heading and fit together."""
    group: list[Piece] = []
    for piece in pieces(document):
        if group and not fits(document, group, piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def fits(document: Document, group: list[Piece], piece: Piece) -> bool:
    """Whether the piece belongs with the group: a list goes with the line that leads into it, at any length."""
    if group[-1].path != piece.path or (group[-1].block.kind == "reference") != (piece.block.kind == "reference"):
        return False
    if leads_in(document, group[-1].block, piece.block):
        return True
    return piece.block.end - group[0].block.start <= TARGET_CHARS


def leads_in(document: Document, before: Block, after: Block) -> bool:
    """A short line over a list or a table, one that ends in a colon, or a table's caption below it."""
    text = document.text[before.start : before.end]
    if after.kind in ("list", "table"):
        return before.kind == "paragraph" and (text.endswith((":", ";")) or len(text) < 300)
    return document.text[after.start : after.end].startswith("Figur ")


def pieces(document: Document) -> Iterator[Piece]:
    """Every block but headings and footnotes, long paragraphs cut, with the headings that stand over it."""
    path: list[Block] = []
    for block in document.blocks:
        if block.kind == "heading":
            path = [h for h in path if h.level < block.level] + [block]
        elif block.kind != "footnote":
            for part in parts(document.text, block):
                yield Piece(part, tuple(path))


def parts(text: str, block: Block) -> Iterator[Block]:
    """The block itself, or where it is a very long paragraph, runs of its sentences."""
    if block.kind != "paragraph" or block.end - block.start <= LONGEST_PARAGRAPH:
        yield block
        return
    start = end = block.start
    for sentence_start, sentence_end in sentences(text[block.start : block.end]):
        if block.start + sentence_end - start > TARGET_CHARS and end > start:
            yield replace(block, start=start, end=end)
            start = block.start + sentence_start
        end = block.start + sentence_end
    yield replace(block, start=start, end=block.end)


def chunk(document: Document, group: list[Piece]) -> Chunk:
    """One chunk of a group of pieces."""
    first, last = group[0].block, group[-1].block
    headings = group[0].path
    names = tuple(document.text[h.start : h.end] for h in headings)
    inner = headings[-1] if headings else None
    unnumbered = inner is not None and inner.level > 1 and not inner.numbered
    path = names if names and names[0] == document.meta.title else (document.meta.title, *names)
    return Chunk(
        id=f"{document.meta.id}#{first.start}",
        document_id=document.meta.id,
        start=first.start,
        end=last.end,
        text=document.text[first.start : last.end],
        path=path,
        section=first.section,
        heading=names[-1] if unnumbered else None,
        page=first.page,
    )


def with_questions(document: Document, given: Chunk) -> Chunk:
    """The chunk with the questions of its heading and of its sentences."""
    joined = " / ".join(given.path[-2:])
    heading = document.questions.get(joined) or document.questions.get(given.path[-1]) or ()
    pairs = [(question, -1) for question in heading]
    for start, end in statements(document.text, given.start, given.end):
        pairs += [(question, start) for question in document.asked.get(document.text[start:end], ())]
    return replace(given, questions=tuple(q for q, _ in pairs), targets=tuple(t for _, t in pairs))
