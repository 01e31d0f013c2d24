"""`fyrlots check`: is the corpus whole, true to its sources, and written as it should be?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InputError
from ingest.checks import copied, corpus, dates, figures, law, links, numbers, original, questions, spelling
from ingest.checks import coverage as table
from ingest.checks.finding import Finding

SKIPPED = (
    "Originalen finns inte här, så det här är inte granskat: siffror och andelar mot originalet, lånade meningar, "
    "källornas namn och täckningen."
)


def check(root: Path, originals: Path | None) -> list[Finding]:
    """Every breach of the corpus's rules, by file. Raises: InputError where there is no corpus."""
    if not root.is_dir():
        raise InputError(f"Korpusen {root} finns inte. Kontrollera sökvägen.")
    read, found = corpus.read(root)
    source = original.read(originals)
    return sorted({*found, *_alone(read), *_compared(read, source)})


def coverage(root: Path, originals: Path | None) -> list[table.Row]:
    """The table of what the corpus retells of the report; empty without the originals."""
    source = original.read(originals)
    return table.rows(corpus.read(root)[0], source) if source else []


def run(root: Path, originals: Path | None, coverage: bool = False) -> int:
    """Prints what was found, and the table where asked for. Returns 0 when all is well, else 1."""
    found = check(root, originals)
    source = original.read(originals)
    if coverage and source:
        _print(table.lines(table.rows(corpus.read(root)[0], source)), "")
    _print(map(str, found))
    if source is None:
        _print([SKIPPED])
    if not spelling.available():
        _print([spelling.MISSING])
    _print([f"{len(found)} fel i {root}." if found else f"Inga fel i {root}."])
    return 1 if found else 0


def _alone(read: corpus.Corpus) -> Iterator[Finding]:
    yield from dates.check(read)
    yield from questions.check(read)
    yield from law.check(read)


def _compared(read: corpus.Corpus, source: original.Original | None) -> Iterator[Finding]:
    yield from links.check(read, source)
    yield from spelling.check(read, source.texts if source else {})
    if source:
        yield from numbers.check(read, source)
        yield from figures.check(read, source)
        yield from copied.check(read, source.texts)
        yield from table.missing(table.rows(read, source))


def _print(*parts: object) -> None:
    for part in parts:
        for line in [part] if isinstance(part, str) else part:  # type: ignore[attr-defined]
            print(line)
