"""The analysis report itself, by section, where it is at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.domain import Block, Document
from ingest import load

REPORT = "analysrapport-2024"
_CAPTION = re.compile(r"^Figur (\d+):")


@dataclass(frozen=True)
class Original:
    """The five originals as plain text, and the report with its structure."""

    texts: dict[str, str]
    """File stem → text."""
    report: Document

    def text(self, block: Block) -> str:
        """The block's text."""
        return self.report.text[block.start : block.end]

    @cached_property
    def blocks(self) -> dict[str, list[Block]]:
        """Printed section → its blocks, in order."""
        found: dict[str, list[Block]] = {}
        for block in self.report.blocks:
            found.setdefault(block.section or "", []).append(block)
        return found

    @cached_property
    def sections(self) -> dict[str, str]:
        """Printed section → its whole text."""
        return {section: "\n".join(self.text(b) for b in blocks) for section, blocks in self.blocks.items() if section}

    @cached_property
    def front(self) -> str:
        """All that is printed before the first numbered section, the table of contents included."""
        return re.split(r"^1\.? +[A-ZÅÄÖ]", self.texts[REPORT], maxsplit=1, flags=re.MULTILINE)[0]

    def capitals(self) -> Iterator[tuple[str, str]]:
        """(section, heading) of every heading that is printed in capitals."""
        for block in self.report.blocks:
            if block.kind == "heading" and block.section and not block.numbered and self.text(block).isupper():
                yield block.section, self.text(block)

    def figures(self) -> Iterator[tuple[int, str]]:
        """(number, section) of every figure's caption."""
        for block in self.report.blocks:
            caption = _CAPTION.match(self.text(block))
            if caption:
                yield int(caption.group(1)), block.section or ""

    @cached_property
    def figure_texts(self) -> list[tuple[tuple[int, ...], str]]:
        """Figures and the text that gives their shares: all below the caption to the next heading, or to the next
        caption where shares have been given. Two captions in a row share the text."""
        found: list[tuple[tuple[int, ...], str]] = []
        numbers: tuple[int, ...] = ()
        kept: list[str] = []
        for block in self.report.blocks:
            caption = _CAPTION.match(self.text(block))
            if block.kind == "heading" or (caption and any("%" in text for text in kept)):
                found.append((numbers, "\n".join(kept)))
                numbers, kept = (), []
            if caption:
                numbers = (*numbers, int(caption.group(1)))
            elif numbers and block.kind in ("paragraph", "list"):
                kept.append(self.text(block))
        return [(n, text) for n, text in found if n]


def read(originals: Path | None) -> Original | None:
    """The originals, or None where they are not there."""
    if originals is None or not (originals / f"{REPORT}.txt").exists():
        return None
    texts = {p.stem: load.decode(p) for p in sorted(originals.glob("*.txt"))}
    return Original(texts, load.load(originals / f"{REPORT}.txt"))
