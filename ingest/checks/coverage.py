"""What of the report the corpus retells: every section, every heading in capitals, every figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.checks.corpus import Corpus
from ingest.checks.finding import Finding
from ingest.checks.links import texts_of_headings
from ingest.checks.original import REPORT, Original

FIGURES = 24
"""Figures of the report. Source: issue 3."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    """avsnitt, rubrik or figur."""
    section: str
    name: str
    file: str | None
    """Where the corpus has it; None where it is missing."""


def rows(corpus: Corpus, original: Original) -> list[Row]:
    """The whole table, in the report's order."""
    return [*_sections(corpus, original), *_headings(corpus, original), *_figures(corpus, original)]


def missing(table: Iterable[Row]) -> Iterator[Finding]:
    """A finding for each line without a file."""
    for row in table:
        if row.file is None:
            yield Finding(
                f"{REPORT}.txt", f"{row.what} saknas i korpusen", f"{row.section} {row.name}".strip(), "Skriv det"
            )


def lines(table: Iterable[Row]) -> Iterator[str]:
    """The table as text."""
    yield f"{'Vad':<8} {'Avsnitt':<15} {'I originalet':<75} I korpusen"
    for row in table:
        yield f"{row.what:<8} {row.section:<15} {row.name[:75]:<75} {row.file or 'SAKNAS'}"


def _sections(corpus: Corpus, original: Original) -> Iterator[Row]:
    report = corpus.report
    for section, blocks in original.blocks.items():
        if section:
            title = original.text(blocks[0]).removeprefix(section).strip()
            yield Row("avsnitt", section, title, report[section].file if section in report else None)


def _headings(corpus: Corpus, original: Original) -> Iterator[Row]:
    for section, heading in original.capitals():
        page = corpus.report.get(section)
        has = page is not None and heading.casefold() in {h.casefold() for h in texts_of_headings(page)}
        yield Row("rubrik", section, heading, page.file if page and has else None)


def _figures(corpus: Corpus, original: Original) -> Iterator[Row]:
    files = {f.row.figure: f for f in corpus.figures}
    printed = dict(original.figures())
    for number in range(1, FIGURES + 1):
        entry = files.get(number)
        right = entry is not None and entry.row.section == printed.get(number)
        title = entry.row.title if entry else ""
        yield Row("figur", printed.get(number, "?"), f"{number} {title}", entry.file if entry and right else None)
