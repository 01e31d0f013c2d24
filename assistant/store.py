"""Documents, chunks and data of an index, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.domain import Block, Chunk, Document, Metadata

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, source TEXT, hash TEXT, meta TEXT, text TEXT, blocks TEXT,
                                      questions TEXT);
CREATE TABLE IF NOT EXISTS chunks (id TEXT PRIMARY KEY, document_id TEXT, position INTEGER, body TEXT,
                                   questions INTEGER);
CREATE INDEX IF NOT EXISTS chunks_of ON chunks (document_id, position);
CREATE INDEX IF NOT EXISTS chunks_asked ON chunks (id) WHERE questions > 0;
CREATE TABLE IF NOT EXISTS data (key TEXT PRIMARY KEY, body TEXT);
"""


class Store:
    """One connection, shared by the threads of a process; the file is never written while it is being read."""

    def __init__(self, path: Path, write: bool = False) -> None:
        target = str(path) if write else f"file:{quote(str(path))}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(target, uri=not write, check_same_thread=False)
        self._lock = threading.Lock()
        if write:
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Commits and closes."""
        self._connection.commit()
        self._connection.close()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def put(self, document: Document, source: str, digest: str, chunks: Sequence[Chunk]) -> None:
        """Adds or replaces a document with its chunks."""
        self.remove(document.meta.id)
        row = (
            document.meta.id,
            source,
            digest,
            json.dumps(asdict(document.meta), ensure_ascii=False, default=str),
            document.text,
            json.dumps([asdict(b) for b in document.blocks]),
            json.dumps({"headings": document.questions, "sentences": document.asked}, ensure_ascii=False),
        )
        self._connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?)", row)
        self._connection.executemany(
            "INSERT INTO chunks VALUES (?,?,?,?,?)",
            [
                (c.id, c.document_id, n, json.dumps(asdict(c), ensure_ascii=False), len(c.questions))
                for n, c in enumerate(chunks)
            ],
        )

    def remove(self, document_id: str) -> None:
        """Removes a document and its chunks, where they exist."""
        self._connection.execute("DELETE FROM chunks WHERE document_id = ?", (document_id,))
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def put_data(self, key: str, body: Any) -> None:
        """Keeps a piece of data (glossary, errata, duties) under a name."""
        self._connection.execute(
            "INSERT OR REPLACE INTO data VALUES (?,?)", (key, json.dumps(body, ensure_ascii=False, default=str))
        )

    def data(self, key: str) -> Any:
        """The data under that name, or an empty list."""
        rows = self._rows("SELECT body FROM data WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else []

    def sources(self) -> dict[str, tuple[str, str]]:
        """Document id → (source file, content hash)."""
        return {id: (source, digest) for id, source, digest in self._rows("SELECT id, source, hash FROM documents")}

    def metadata(self) -> list[Metadata]:
        """All documents' metadata, by id."""
        return [_metadata(row[0]) for row in self._rows("SELECT meta FROM documents ORDER BY id")]

    def document(self, document_id: str) -> Document | None:
        """One document, whole."""
        rows = self._rows("SELECT meta, text, blocks, questions FROM documents WHERE id = ?", (document_id,))
        if not rows:
            return None
        meta, text, blocks, questions = rows[0]
        return Document(
            _metadata(meta),
            text,
            tuple(Block(**b) for b in json.loads(blocks)),
            *({k: tuple(v) for k, v in json.loads(questions)[part].items()} for part in ("headings", "sentences")),
        )

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks of those ids."""
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT body FROM chunks WHERE id IN ({marks})", tuple(ids))  # noqa: S608 - only marks
        return {chunk.id: chunk for chunk in map(_chunk, (row[0] for row in rows))}

    def asked(self) -> frozenset[str]:
        """The ids of the chunks that readers' questions have been written for."""
        return frozenset(id for (id,) in self._rows("SELECT id FROM chunks WHERE questions > 0"))

    def chunks_of(self, document_id: str) -> list[Chunk]:
        """A document's chunks, in order."""
        rows = self._rows("SELECT body FROM chunks WHERE document_id = ? ORDER BY position", (document_id,))
        return [_chunk(row[0]) for row in rows]

    def count(self) -> tuple[int, int]:
        """Numbers of documents and of chunks."""
        (documents,), (chunks,) = self._rows("SELECT count(*) FROM documents UNION ALL SELECT count(*) FROM chunks")
        return int(documents), int(chunks)


def _metadata(body: str) -> Metadata:
    values = json.loads(body)
    pages = values.get("pages")
    return Metadata(**values | {"pages": tuple(pages) if pages else None, "suspicious": tuple(values["suspicious"])})


def _chunk(body: str) -> Chunk:
    values = json.loads(body)
    return Chunk(**values | {name: tuple(values[name]) for name in ("path", "questions", "targets")})
