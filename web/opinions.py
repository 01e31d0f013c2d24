"""What readers think of answers, kept in a SQLite file for the editor."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal

from assistant.errors import InputError
from web import ledger, privacy

Verdict = Literal["up", "down"]
WORDS_CHARS = 1000
"""Longest free text."""
_SCHEMA = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS opinions (at TEXT, verdict TEXT, reason TEXT, words TEXT, question TEXT, history TEXT,
                                     outcome TEXT, version TEXT);
CREATE INDEX IF NOT EXISTS opinions_at ON opinions (at);
"""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One reader's view of one answer."""

    at: str
    """Local time, ISO 8601."""
    verdict: Verdict
    reason: str
    """A key of the copy's reasons; empty where none was given."""
    words: str
    question: str
    history: tuple[str, ...]
    """What was asked before, oldest first."""
    outcome: str
    """The family of the answer's outcome."""
    version: str
    """Of the index that answered."""


def keep(path: Path, opinion: Opinion) -> None:
    """Adds the opinion; what names a person in the questions is hidden first. Raises: LedgerUnusable."""
    row = asdict(opinion) | {
        "words": printable(opinion.words),
        "question": printable(privacy.mask(opinion.question)),
        "history": json.dumps([printable(privacy.mask(h)) for h in opinion.history], ensure_ascii=False),
    }
    with ledger.opened(path, _SCHEMA) as connection:
        connection.execute("INSERT INTO opinions VALUES (?,?,?,?,?,?,?,?)", tuple(row.values()))


def read(path: Path, since: str = "", until: str = "") -> list[Opinion]:
    """The opinions from one day to another, both included, oldest first. Raises: InputError, LedgerUnusable."""
    if not path.is_file():
        raise InputError(f"Det finns inga synpunkter i {path}. Filen görs när den första läsaren lämnar en.")
    names = ", ".join(f.name for f in fields(Opinion))
    query = f"SELECT {names} FROM opinions WHERE at >= ? AND substr(at, 1, 10) <= ? ORDER BY at, rowid"  # noqa: S608
    with ledger.opened(path, _SCHEMA) as connection:
        return [_opinion(row) for row in connection.execute(query, (since, until or "9999"))]


def sweep(path: Path, days: int, today: date | None = None) -> None:
    """Deletes what was given more than so many days ago, from the file too. Raises: LedgerUnusable."""
    if not path.is_file():
        return
    with ledger.opened(path, _SCHEMA) as connection:
        oldest = ((today or date.today()).isoformat(), f"-{max(days, 0)} days")
        connection.execute("DELETE FROM opinions WHERE at < date(?, ?)", oldest)


def as_row(opinion: Opinion) -> dict[str, Any]:
    """The opinion as JSON prints it."""
    return dict(zip((f.name for f in fields(Opinion)), astuple(opinion), strict=True))


def printable(text: str) -> str:
    """The text without characters that steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text).strip()


def _opinion(row: tuple[Any, ...]) -> Opinion:
    given = dict(zip((f.name for f in fields(Opinion)), row, strict=True))
    return Opinion(**given | {"history": tuple(json.loads(given["history"]))})
