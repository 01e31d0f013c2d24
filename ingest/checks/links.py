"""Ids are unique, and what is pointed at exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.domain import Document
from assistant.swedish import statements
from ingest.checks.corpus import DATA_DOCUMENTS, Corpus, Page
from ingest.checks.finding import Finding
from ingest.checks.original import Original
from ingest.chunk import chunks
from ingest.corpus_data import load

EXIST = "Rätta det, eller lägg till det som saknas"


def check(corpus: Corpus, original: Original | None) -> Iterator[Finding]:
    """Ids that stand twice, and links that lead nowhere."""
    yield from ids(corpus)
    yield from documents(corpus)
    yield from sections(corpus)
    yield from headings(corpus)
    yield from sentences(corpus)
    for page in corpus.pages if original else ():
        yield from _sources(page, original.texts if original else {})


def ids(corpus: Corpus) -> Iterator[Finding]:
    """Ids are unique among the documents, and in each kind of data."""
    documents = [*((p.file, p.head.id) for p in corpus.pages), *((f.file, Path(f.file).stem) for f in corpus.figures)]
    yield from _twice(documents)
    yield from _twice((f.file, f"figur {f.row.figure}") for f in corpus.figures)
    yield from _twice((d.file, d.row.id) for d in corpus.duties)
    yield from _twice((e.file, e.row.id) for e in corpus.errata)
    yield from _twice((w.file, w.row.id) for w in corpus.bibliography)
    yield from _twice((t.file, t.row.term.casefold()) for t in corpus.glossary)


def documents(corpus: Corpus) -> Iterator[Finding]:
    """Glossary, duties and errata point at documents of the corpus."""
    known = corpus.ids
    regulations = {p.head.id for p in corpus.pages if p.head.kind in ("regulation", "guidance")}
    pointers = [
        *((t.file, f"see i {t.row.term}", id, known) for t in corpus.glossary for id in t.row.see),
        *((d.file, f"regulation i {d.row.id}", d.row.regulation, regulations) for d in corpus.duties),
        *((e.file, f"document i {e.row.id}", e.row.document, known) for e in corpus.errata),
        *((e.file, f"source.document i {e.row.id}", e.row.source.document, known) for e in corpus.errata),
    ]
    for file, what, id, among in pointers:
        if id is not None and id not in among:
            yield Finding(file, f"{what} finns inte", id, EXIST)


def sections(corpus: Corpus) -> Iterator[Finding]:
    """Sections of the report that data names have a document, and lie inside its pages."""
    report = corpus.report
    pointers = [
        *((f.file, "section", f.row.section) for f in corpus.figures),
        *((w.file, f"cited_in i {w.row.id}", s) for w in corpus.bibliography for s in w.row.cited_in),
        *((e.file, f"section i {e.row.id}", e.row.section) for e in corpus.errata),
    ]
    for file, what, section in pointers:
        if section not in (None, "Litteraturförteckning") and section not in report:
            yield Finding(file, f"{what} finns inte", str(section), EXIST)
    for figure in corpus.figures:
        pages = report[figure.row.section].head.pages if figure.row.section in report else None
        if pages and not pages[0] <= figure.row.page <= pages[1]:
            yield Finding(
                figure.file, "sidan ligger utanför avsnittet", str(figure.row.page), f"Avsnittet har sidorna {pages}"
            )


def headings(corpus: Corpus) -> Iterator[Finding]:
    """A figure's heading stands in the document of its section."""
    for figure in corpus.figures:
        page = corpus.report.get(figure.row.section)
        if page and figure.row.heading not in texts_of_headings(page):
            yield Finding(figure.file, f"rubriken finns inte i {page.file}", figure.row.heading, EXIST)


def sentences(corpus: Corpus) -> Iterator[Finding]:
    """Questions of single sentences belong to sentences that a document has, word for word."""
    for asked in corpus.asked:
        document = document_of(corpus, Path(asked.file).stem)
        if document is None:
            yield Finding(asked.file, "dokumentet finns inte", Path(asked.file).stem, EXIST)
            continue
        text = document.text
        spans = [s for c in chunks(document) for s in statements(text, c.start, c.end)]
        for sentence in sorted(set(asked.row.root) - {text[a:b] for a, b in spans}):
            yield Finding(
                asked.file, "meningen finns inte i dokumentet", f"”{sentence[:140]}”", "Skriv den som i texten"
            )


def document_of(corpus: Corpus, id: str) -> Document | None:
    """The document of that id, be it a text or made of data."""
    texts = {p.head.id: p.document for p in corpus.pages}
    if id in texts:
        return texts[id]
    files = {Path(f.file).stem: f.file for f in corpus.figures} | DATA_DOCUMENTS
    return load(corpus.root / files[id]) if id in files else None


def texts_of_headings(page: Page) -> list[str]:
    """The document's headings, its title first."""
    return [page.document.text[b.start : b.end] for b in page.document.blocks if b.kind == "heading"]


def _sources(page: Page, originals: Iterable[str]) -> Iterator[Finding]:
    source = page.head.source or {}
    for name in (source.get("document"), *source.get("also", ())):
        if name is not None and name not in originals:
            yield Finding(page.file, "source.document finns inte bland originalen", str(name), EXIST)


def _twice(found: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    rows = list(found)
    for id, count in Counter(id for _, id in rows).items():
        if count > 1:
            files = ", ".join(sorted({file for file, other in rows if other == id}))
            yield Finding(files, f"id står {count} gånger", id, "Byt namn på alla utom ett")
