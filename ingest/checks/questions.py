"""Readers' questions: enough for every heading, at headings that exist, and never the same at two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ingest.checks.corpus import Corpus, Page
from ingest.checks.finding import Finding
from ingest.checks.links import texts_of_headings
from ingest.chunk import chunks

FEWEST = 3
LEAD_CHARS = 300
"""So much may stand between a document's title and its first heading without questions of its own: one sentence that
says what the document is about, which the questions under the first heading ask for."""
KINDS = ("report", "regulation", "guidance", "collaboration")


def check(corpus: Corpus) -> Iterator[Finding]:
    """What is wrong with the questions of each document."""
    for page in corpus.pages:
        yield from unknown(page)
        yield from repeated(page)
        if page.head.kind in KINDS:
            yield from too_few(page)


def unknown(page: Page) -> Iterator[Finding]:
    """Questions under a heading that the text lacks."""
    headings = set(texts_of_headings(page))
    for key in page.head.questions:
        missing = [part for part in ([key] if key in headings else key.split(" / ")) if part not in headings]
        if missing:
            yield Finding(page.file, "frågorna står under en rubrik som inte finns", key, "Skriv rubriken som i texten")


def repeated(page: Page) -> Iterator[Finding]:
    """A question that stands at two headings leads to the wrong one half the time."""
    places: dict[str, list[str]] = defaultdict(list)
    for heading, questions in page.head.questions.items():
        for question in questions:
            places[" ".join(question.casefold().split())].append(heading)
    for question, headings in places.items():
        if len(headings) > 1:
            yield Finding(
                page.file, f"frågan står flera gånger ({', '.join(headings)})", question, "Stryk eller skriv om"
            )


def too_few(page: Page) -> Iterator[Finding]:
    """Every heading that has text of its own has questions; they are found through the chunks, as the search does."""
    counts: dict[tuple[str, ...], int] = {}
    found = chunks(page.document)
    for chunk in found:
        counts[chunk.path] = max(counts.get(chunk.path, 0), len(chunk.questions))
    lead = found[0].path if len(counts) > 1 and found[0].end < LEAD_CHARS else None
    for path, count in counts.items():
        if count < FEWEST and path != lead:
            name = " / ".join(path[-2:])
            yield Finding(page.file, f"rubriken har {count} frågor, minst {FEWEST} behövs", name, "Lägg till frågor")
