"""What is searched: the bundled corpus, and the statutes, a hundred times as large; the same for every system."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from assistant.engine import Engine
from evals.baselines import TUTORIAL_CHARS, TUTORIAL_OVERLAP
from evals.indexes import DATA

STATUTES = DATA / "statutes.jsonl.gz"


@dataclass(frozen=True)
class Texts:
    """One size of the bench."""

    name: str
    source: Path
    """Folder that Fyrlots reads."""
    pieces: Path
    """The same text in pieces for the others, one JSON string a line."""


def split(texts: Iterable[str]) -> Iterator[str]:
    """The texts cut as the tutorials do."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=TUTORIAL_CHARS, chunk_overlap=TUTORIAL_OVERLAP)
    for text in texts:
        yield from splitter.split_text(text)


def write(path: Path, pieces: Iterable[str]) -> Path:
    """One JSON string a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(piece, ensure_ascii=False)}\n" for piece in pieces)
    return path


def read(path: Path) -> list[str]:
    """The pieces."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def of_corpus(engine: Engine, corpus: Path, folder: Path) -> Texts:
    """The bundled corpus, as Fyrlots has read it."""
    documents = (engine.document(id).text for id in sorted(engine.index.metadata))
    return Texts("corpus", corpus, write(folder / "corpus.jsonl", split(documents)))


def of_statutes(folder: Path, most: int | None = None) -> Texts:
    """The statutes: a Markdown file each for Fyrlots, and their paragraphs for the others. `most`: paragraphs."""
    rows = list(paragraphs(most))
    source = folder / "statutes"
    source.mkdir(parents=True, exist_ok=True)
    for n, (statute, found) in enumerate(groupby(rows, key=lambda row: row["statute"])):
        (source / f"sfs-{n:05d}.md").write_text(markdown(statute, found), encoding="utf-8")
    texts = (f"{row['statute']}. {row['heading'] or ''}\n{row['text']}" for row in rows)
    return Texts("statutes", source, write(folder / "statutes.jsonl", split(texts)))


def paragraphs(most: int | None) -> Iterator[dict[str, Any]]:
    """The paragraphs of all statutes, in their order, or the first so many."""
    with gzip.open(STATUTES, "rt", encoding="utf-8") as file:
        for n, line in enumerate(file):
            if most is not None and n >= most:
                return
            yield json.loads(line)


def markdown(statute: str, rows: Iterable[dict[str, Any]]) -> str:
    """A statute as a document, each paragraph under a heading of its own."""
    parts = [f"# {statute}"]
    for row in rows:
        chapter = f"{row['chapter']} kap. " if row["chapter"] else ""
        parts += [f"## {chapter}{row['section']} §", str(row["text"])]
    return "\n\n".join(parts) + "\n"
