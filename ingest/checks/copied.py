"""Our own words: no ten words in a row are an original's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from ingest.checks.corpus import Corpus
from ingest.checks.finding import Finding

RUN = 10
"""Source: issue 3."""
NAMES = frozenset({"question", "title", "statement", "url", "authors"})
"""Fields that name a work or quote the survey: names are nobody's sentences."""
Known = frozenset[tuple[str, ...]]


def check(corpus: Corpus, originals: Mapping[str, str]) -> Iterator[Finding]:
    """Runs of words that a document or a text of the data shares with an original."""
    known = frozenset(run for text in originals.values() for run in runs(words(text)))
    for file, text in texts(corpus):
        for shared in copied(words(text), known):
            yield Finding(
                file, f"{RUN} ord eller fler i rad från ett original", f"”{shared[:160]}”", "Skriv med egna ord"
            )


def texts(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """(file, text) of every document with its head, and of every text of the data save names."""
    yield from ((page.file, page.raw) for page in corpus.pages)
    lists = (corpus.figures, corpus.duties, corpus.glossary, corpus.errata, corpus.thesaurus, corpus.asked, corpus.gaps)
    rows: list[tuple[str, BaseModel]] = [(entry.file, entry.row) for rows in lists for entry in rows]
    yield from ((file, text) for file, row in rows for text in strings(row))
    yield from ((work.file, work.row.note) for work in corpus.bibliography if work.row.note)


def strings(value: object) -> Iterator[str]:
    """Every text in a row of data, but those of `NAMES`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name, field in value:
            if name not in NAMES:
                yield from strings(field)
    elif isinstance(value, Mapping):
        yield from strings(value.values())
    elif isinstance(value, Iterable):
        for item in value:
            yield from strings(item)


def words(text: str) -> list[str]:
    """Words and numbers in lower case, punctuation dropped."""
    return re.findall(r"\w+", text.lower())


def runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """Every `RUN` words in a row."""
    return (tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1))


def copied(tokens: list[str], known: Known) -> Iterator[str]:
    """The longest stretches made of known runs."""
    start = None
    for i, run in enumerate([*runs(tokens), ()]):
        if run in known:
            start = i if start is None else start
        elif start is not None:
            yield " ".join(tokens[start : i + RUN - 1])
            start = None
