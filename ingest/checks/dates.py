"""Dates are real days, in an order that can be."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from ingest.checks.corpus import Corpus, Page
from ingest.checks.finding import Finding

IN_FORCE = ("in_force", "partly_in_force")


def check(corpus: Corpus) -> Iterator[Finding]:
    """Days that do not exist, timelines out of order, and states that do not fit their dates."""
    for page in corpus.pages:
        yield from _unreal(page.file, *_days(page))
        yield from timeline(page)
        yield from state(page)
    for duty in corpus.duties:
        yield from _unreal(duty.file, (f"date i {duty.row.id}", duty.row.date))
    for work in corpus.bibliography:
        yield from _unreal(work.file, (f"accessed i {work.row.id}", work.row.accessed))


def first(day: str) -> datetime.date | None:
    """The first day that '2026', '2026-11' or '2026-11-21' names; None where there is no such day."""
    try:
        return datetime.date.fromisoformat(day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day)
    except ValueError:
        return None


def timeline(page: Page) -> Iterator[Finding]:
    """A regulation has one, its events in the order they happened."""
    days = [event.date for event in page.head.timeline]
    for before, after in pairwise(days):
        if before[: len(after)] > after:
            yield Finding(
                page.file, "timeline är inte i tidsordning", f"{before} står före {after}", "Sortera efter datum"
            )
    if page.head.kind == "regulation" and not days:
        yield Finding(page.file, "timeline saknas", page.head.id, "Lägg till regelverkets datum")


def state(page: Page) -> Iterator[Finding]:
    """What is in force has begun, what is coming has not, and nothing was checked before it was written."""
    head = page.head
    begun = bool(head.valid_from and head.as_of and head.valid_from <= head.as_of)
    if head.kind == "regulation" and head.status in IN_FORCE and not begun:
        yield Finding(
            page.file, "valid_from passar inte status", f"{head.valid_from} och {head.status}", "Rätta ett av dem"
        )
    if head.status in ("coming", "proposed") and begun:
        yield Finding(
            page.file, "valid_from passar inte status", f"{head.valid_from} och {head.status}", "Rätta ett av dem"
        )
    if head.date and head.as_of and head.date > head.as_of:
        yield Finding(page.file, "as_of är före date", f"{head.as_of} och {head.date}", "Rätta ett av datumen")


def _days(page: Page) -> Iterator[tuple[str, str | None]]:
    yield from (("date", page.head.date), ("valid_from", page.head.valid_from), ("as_of", page.head.as_of))
    yield from (("timeline", event.date) for event in page.head.timeline)


def _unreal(file: str, *days: tuple[str, str | None]) -> Iterator[Finding]:
    for field, day in days:
        if day is not None and first(day) is None:
            yield Finding(file, f"{field} är ingen dag i almanackan", day, "Skriv ÅÅÅÅ-MM-DD")
