"""The corpus as the checks see it: every document and every row of data, with the file it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.domain import Document
from assistant.errors import DocumentError
from ingest import corpus_data, frontmatter, load
from ingest.checks.finding import Finding
from ingest.checks.schema import Asked, Duty, Erratum, Figure, Gap, Term, Thesaurus, Work

R = TypeVar("R", bound=BaseModel)
DATA_DOCUMENTS = {"ordlista": "glossary.yaml", "rattelser": "errata.yaml", "litteratur": "bibliography.yaml"}
"""Ids of the documents that `ingest.corpus_data` makes of lists, with the files."""
OPTIONAL = (Thesaurus, Asked, Gap)
"""Data that only helps the search."""


@dataclass(frozen=True)
class Page:
    """A Markdown document with its head."""

    file: str
    raw: str
    head: frontmatter.FrontMatter
    document: Document


@dataclass(frozen=True)
class Entry(Generic[R]):
    """A row of data and the file it stands in."""

    file: str
    row: R


@dataclass(frozen=True)
class Corpus:
    """All that could be read."""

    root: Path
    pages: tuple[Page, ...]
    figures: tuple[Entry[Figure], ...]
    duties: tuple[Entry[Duty], ...]
    glossary: tuple[Entry[Term], ...]
    errata: tuple[Entry[Erratum], ...]
    bibliography: tuple[Entry[Work], ...]
    thesaurus: tuple[Entry[Thesaurus], ...]
    asked: tuple[Entry[Asked], ...]
    """Questions of single sentences, one file a document, named by its id."""
    gaps: tuple[Entry[Gap], ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Ids of every document that the corpus gives."""
        return frozenset(
            (*(p.head.id for p in self.pages), *(Path(f.file).stem for f in self.figures), *DATA_DOCUMENTS)
        )

    @property
    def report(self) -> dict[str, Page]:
        """Printed section → the document that retells it."""
        return {p.head.section: p for p in self.pages if p.head.kind == "report" and p.head.section}


def read(root: Path) -> tuple[Corpus, list[Finding]]:
    """The corpus and what in it does not keep the form."""
    found: list[Finding] = []
    corpus = Corpus(
        root,
        tuple(_pages(root, found)),
        tuple(_rows(root, "survey/*.yaml", Figure, found)),
        tuple(_rows(root, "duties/*.yaml", Duty, found)),
        tuple(_rows(root, "glossary.yaml", Term, found)),
        tuple(_rows(root, "errata.yaml", Erratum, found)),
        tuple(_rows(root, "bibliography.yaml", Work, found)),
        tuple(_rows(root, "thesaurus.yaml", Thesaurus, found)),
        tuple(_rows(root, "questions/*.yaml", Asked, found)),
        tuple(_rows(root, "gaps/*.yaml", Gap, found)),
    )
    return corpus, found


def _pages(root: Path, found: list[Finding]) -> Iterator[Page]:
    for path in load.files([root]):
        file = path.relative_to(root).as_posix()
        try:
            raw = load.decode(path)
            head, _ = frontmatter.split(raw, path.name)
            if head is None:
                raise DocumentError(f"{path.name}: sidhuvudet saknas. Lägg till det.")
            yield Page(file, raw, head, load.load(path))
        except DocumentError as error:
            found.append(Finding(file, "går inte att läsa", str(error), "Se corpus/README.md"))


def _rows(root: Path, pattern: str, model: type[R], found: list[Finding]) -> Iterator[Entry[R]]:
    paths = sorted(root.glob(pattern))
    if not paths and model not in OPTIONAL:
        found.append(Finding(pattern, "saknas", str(root / pattern), "Lägg till filen"))
    for path in paths:
        file = path.relative_to(root).as_posix()
        try:
            data = corpus_data.read(path)
        except DocumentError as error:
            found.append(Finding(file, "går inte att läsa", str(error), "Rätta YAML-koden"))
            continue
        for number, row in enumerate(data if isinstance(data, list) else [data], 1):
            try:
                yield Entry(file, model.model_validate(row))
            except ValidationError as error:
                found += [_breach(file, row, number, e) for e in error.errors()]


def _breach(file: str, row: Any, number: int, error: Any) -> Finding:
    name = next((row[k] for k in ("id", "term", "figure") if k in row), number) if isinstance(row, dict) else number
    place = ".".join(str(p) for p in error["loc"]) or "raden"
    return Finding(file, f"fel form i {name}, fältet {place}", repr(error["input"])[:80], f"Rätta det: {error['msg']}")
