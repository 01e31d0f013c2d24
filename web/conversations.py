"""Conversations kept on the server, where the municipality has set it; each reader finds only their own.

A reader is known by a random key in a cookie. The file holds only a hash of it, so that nobody who reads the file can
take a reader's place.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from web import ledger, privacy

KEY_BYTES = 32
SHOWN = 50
"""The latest conversations of a reader that are listed."""
MOST_QUESTIONS = 20
_SCHEMA = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS conversations (id INTEGER PRIMARY KEY AUTOINCREMENT, reader TEXT, updated TEXT,
                                          questions TEXT);
CREATE INDEX IF NOT EXISTS conversations_of ON conversations (reader, updated);
CREATE INDEX IF NOT EXISTS conversations_updated ON conversations (updated);
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation of a reader."""

    id: int
    updated: str
    """UTC, ISO 8601."""
    questions: tuple[str, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class Conversations:
    """The file, and how long a conversation lies there untouched before it is deleted."""

    path: Path
    days: int

    def keep(self, key: str, questions: tuple[str, ...], now: datetime | None = None) -> None:
        """Goes on with the reader's conversation that ended before the last question, or begins a new one.

        Raises: LedgerUnusable.
        """
        masked = tuple(map(privacy.mask, questions))
        before, after = encoded(masked[:-1]), encoded(masked)
        reader = hashed(key)
        with ledger.opened(self.path, _SCHEMA) as connection:
            latest = "SELECT max(id) FROM conversations WHERE reader = ? AND questions IN (?, ?)"
            (id,) = connection.execute(latest, (reader, before, after)).fetchone()
            row = (id, reader, stamp(now or datetime.now(UTC)), after)
            connection.execute("INSERT OR REPLACE INTO conversations VALUES (?,?,?,?)", row)

    def of(self, key: str, now: datetime | None = None) -> list[Conversation]:
        """The reader's conversations that are not too old, latest first. Raises: LedgerUnusable."""
        oldest = stamp((now or datetime.now(UTC)) - timedelta(self.days))
        query = (
            "SELECT id, updated, questions FROM conversations WHERE reader = ? AND updated >= ? "
            "ORDER BY updated DESC, id DESC LIMIT ?"
        )
        with ledger.opened(self.path, _SCHEMA) as connection:
            rows = connection.execute(query, (hashed(key), oldest, SHOWN)).fetchall()
        return [Conversation(id, updated, tuple(json.loads(questions))) for id, updated, questions in rows]

    def delete(self, key: str, id: int | None = None) -> None:
        """Deletes one of the reader's conversations, or all. Raises: LedgerUnusable."""
        with ledger.opened(self.path, _SCHEMA) as connection:
            if id is None:
                connection.execute("DELETE FROM conversations WHERE reader = ?", (hashed(key),))
            else:
                connection.execute("DELETE FROM conversations WHERE reader = ? AND id = ?", (hashed(key), id))

    def sweep(self, now: datetime | None = None) -> None:
        """Deletes what is too old. Raises: LedgerUnusable."""
        oldest = stamp((now or datetime.now(UTC)) - timedelta(self.days))
        with ledger.opened(self.path, _SCHEMA) as connection:
            connection.execute("DELETE FROM conversations WHERE updated < ?", (oldest,))


def new_key() -> str:
    """A key that cannot be guessed."""
    return secrets.token_urlsafe(KEY_BYTES)


def hashed(key: str) -> str:
    """The key as the file knows it."""
    return hashlib.sha256(key.encode()).hexdigest()


def stamp(time: datetime) -> str:
    """The time as it is kept; sorts as text."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


def encoded(questions: tuple[str, ...]) -> str:
    """The questions as they are kept: the latest of them."""
    return json.dumps(questions[-MOST_QUESTIONS:], ensure_ascii=False)
