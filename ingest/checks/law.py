"""Statements of law say where the law says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain import UNCONFIRMED
from assistant.swedish import sentences
from ingest.checks.corpus import Corpus, Page
from ingest.checks.finding import Finding

PARTS = ("Skyldigheter", "Tidsfrister", "Sanktioner")
_BINDING = re.compile(r"\b(ska|måste|får inte)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"§|\bartik(?:el|larna)\b|\bart\.|\bkap\.|\bkapitel|\bbilaga|\bprop\. \d{4}|\bSOU \d{4}", re.IGNORECASE
)
"""A proposal has no place in a law yet: its own number is its place."""


def check(corpus: Corpus) -> Iterator[Finding]:
    """Sentences on duties, time limits and sanctions without their legal place. Guidance binds nobody and is exempt."""
    for page in corpus.pages:
        if page.head.kind == "regulation":
            for sentence in statements(page):
                if _BINDING.search(sentence) and not _PLACE.search(sentence) and UNCONFIRMED not in sentence:
                    yield Finding(
                        page.file, "lagrummet saknas", f"”{sentence[:140]}”", f"Lägg till det, eller {UNCONFIRMED}"
                    )
    for duty in corpus.duties:
        if duty.row.binding == "binding" and duty.row.confidence == "seen" and not cited(duty.row.legal_place):
            yield Finding(duty.file, f"lagrummet saknas i {duty.row.id}", duty.row.legal_place, "Lägg till det")


def cited(place: str) -> bool:
    """Whether the words name a place in a law or a bill, or the government's decision on one authority's task."""
    return bool(_PLACE.search(place) or place.startswith("regeringsuppdrag"))


def statements(page: Page) -> Iterator[str]:
    """The sentences below the headings of `PARTS`; an item of a list is one sentence."""
    text = page.document.text
    inside = False
    for block in page.document.blocks:
        if block.kind == "heading":
            inside = text[block.start : block.end] in PARTS if block.level <= 2 else inside
        elif inside:
            yield from (text[block.start + a : block.start + b] for a, b in sentences(text[block.start : block.end]))
