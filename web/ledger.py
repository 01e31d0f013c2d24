"""A small SQLite file of our own, opened for each use. The only module of the web that knows sqlite3."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.errors import FyrlotsError

WAIT_S = 5.0
"""So long another process's writing is waited for."""
Connection = sqlite3.Connection


class LedgerUnusable(FyrlotsError):
    """The file cannot be opened, read or written."""


@contextmanager
def opened(path: Path, schema: str) -> Iterator[Connection]:
    """The file with its tables, made where it is missing and readable by its owner only; committed at the end.

    Raises: LedgerUnusable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path, timeout=WAIT_S)) as connection, connection:
            connection.executescript(schema)
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise LedgerUnusable(
            f"Filen {path} kan inte användas ({error}). Kontrollera att den får skrivas, att disken inte är full och "
            "att det är en fil som Fyrlots har gjort."
        ) from error
