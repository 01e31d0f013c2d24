"""The register of duties: read from the index, filtered, grouped. Pure but for the reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.domain import Metadata
from assistant.engine import Engine

State = Literal["applies", "coming", "undated", "proposed"]
STATES: tuple[State, ...] = ("applies", "coming", "undated", "proposed")
UNCERTAIN_LAW = ("proposed", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a municipality must, should or may do."""

    id: str
    regulation: str
    law: str
    """The regulation's title."""
    title: str
    who: str
    what: str
    by_when: str | None
    date: str | None
    """From when it applies, YYYY-MM-DD."""
    frequency: str | None
    legal_place: str
    binding: str
    areas: tuple[str, ...]
    confidence: str
    note: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader wants to see; empty lets everything through."""

    area: str = ""
    regulation: str = ""
    state: str = ""
    binding: str = ""
    since: str = ""
    """Duties that begin to apply on this day or later."""
    until: str = ""
    """Duties that begin to apply on this day or earlier."""
    unread: bool = False
    """A day was given that is none."""

    def passes(self, duty: Duty) -> bool:
        """Whether the duty is wanted. A duty without a date passes only where no day is asked for."""
        return (
            self.passes_but_for_days(duty)
            and (not self.since or (duty.date or "") >= self.since)
            and (not self.until or (duty.date or "9999") <= self.until)
        )

    def passes_but_for_days(self, duty: Duty) -> bool:
        """Whether the duty is wanted whenever it begins to apply."""
        return (
            (not self.area or self.area in duty.areas)
            and self.regulation in ("", duty.regulation)
            and self.state in ("", duty.state)
            and self.binding in ("", duty.binding)
        )

    def left_out(self, duties: Iterable[Duty]) -> tuple[int, int]:
        """How many the days leave out of those that began to apply before them, and of those without a day."""
        rest = [d for d in duties if self.passes_but_for_days(d) and not self.passes(d)]
        return sum(bool(d.date) and (d.date or "") < self.since for d in rest), sum(not d.date for d in rest)


def register(engine: Engine) -> list[Duty]:
    """Every duty, in the order of the data."""
    laws = engine.index.metadata
    return [duty(row, laws.get(row["regulation"]), engine.today) for row in engine.index.store.data("duties")]


def duty(row: Mapping[str, Any], law: Metadata | None, today: date) -> Duty:
    """One row of the data as a duty with its state on that day."""
    return Duty(
        id=str(row["id"]),
        regulation=str(row["regulation"]),
        law=law.title if law else str(row["regulation"]),
        title=str(row["title"]),
        who=str(row["who"]),
        what=str(row["what"]),
        by_when=row.get("by_when"),
        date=row.get("date"),
        frequency=row.get("frequency"),
        legal_place=str(row["legal_place"]),
        binding=str(row["binding"]),
        areas=tuple(row.get("areas") or ()),
        confidence=str(row.get("confidence") or "seen"),
        note=row.get("note"),
        state=state(row.get("date"), row.get("law_status") or (law.status if law else None), today),
    )


def state(day: str | None, status: str | None, today: date) -> State:
    """Whether a duty in a law of that status applies on that day."""
    if status in UNCERTAIN_LAW:
        return "proposed"
    if day is None:
        return "undated"
    return "coming" if day > today.isoformat() else "applies"


def by_law(duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    """Regulation → its duties, the regulations by title."""
    groups: dict[str, list[Duty]] = {}
    for one in sorted(duties, key=lambda d: d.law.casefold()):
        groups.setdefault(one.regulation, []).append(one)
    return groups


def by_day(duties: Iterable[Duty]) -> list[tuple[str, list[Duty]]]:
    """Day → the duties that begin to apply then, earliest first."""
    groups: dict[str, list[Duty]] = {}
    for one in duties:
        if one.date:
            groups.setdefault(one.date, []).append(one)
    return sorted(groups.items())


def areas(duties: Sequence[Duty]) -> list[str]:
    """Every area of work, by name."""
    return sorted({a for d in duties for a in d.areas})
