"""Drafts of blocks, and their assembly to one text with spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain import Block, BlockKind
from assistant.swedish import clean


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has a place in the text."""

    kind: BlockKind
    text: str
    level: int = 0
    section: str | None = None
    page: int | None = None
    numbered: bool = False


def assemble(drafts: Iterable[Draft]) -> tuple[str, tuple[Block, ...]]:
    """The whole text, blocks parted by an empty line, and each block's span in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for draft in drafts:
        text = clean(draft.text).strip()
        if not text:
            continue
        blocks.append(Block(draft.kind, at, at + len(text), draft.level, draft.section, draft.page, draft.numbered))
        parts.append(text)
        at += len(text) + 2
    return "\n\n".join(parts), tuple(blocks)
