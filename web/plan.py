"""The action plan's draft: what is drawn from the sources, what the writer made of it, and what still has a source.

Pure but for reading documents. The guard is exact: a sentence keeps its source only while it stands there word for
word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assistant.domain import Document, Metadata
from assistant.engine import Engine
from assistant.index import Index
from assistant.swedish import sentences
from web import knowledge, papers, wording
from web.texts import Texts, swedish

DRAWN = 8
"""Statements that a chosen document begins with in the draft."""
FORMAT = 1
"""Of saved drafts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A chosen document and the writer's text on it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole plan as the writer has it."""

    title: str = ""
    goals: str = ""
    measures: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands."""

    document: Metadata
    section: str | None
    page: int | None
    start: int
    end: int


def choices(metas: Mapping[str, Metadata], copy: Texts) -> list[tuple[str, list[Metadata]]]:
    """What can be put in a plan, by group."""
    groups = [(str(g["name"]), [metas[id] for id in g["documents"] if id in metas]) for g in copy.groups]
    return [*groups, (copy.examples, knowledge.collaborations(metas.values()))]


def begun(engine: Engine, title: str, ids: Sequence[str]) -> Draft:
    """A draft with the beginning of each chosen document."""
    documents = [d for d in map(engine.find, ids) if d is not None]
    return Draft(title, parts=tuple(Part(d.meta.id, "\n".join(drawn(d))) for d in documents))


def added(draft: Draft, engine: Engine, ids: Sequence[str]) -> Draft:
    """The draft with more documents at its end, each with its beginning; those in it already stay as they are."""
    there = {part.id for part in draft.parts}
    more = begun(engine, "", [id for id in ids if id not in there]).parts
    return replace(draft, parts=draft.parts + more)


def drawn(document: Document) -> list[str]:
    """The statements that a draft begins with: a list that sums the text up, or else how the text begins."""
    listed = [b for b in document.blocks if b.kind == "list"]
    summed = [document.text[a:b] for block in listed[-1:] for a, b in spans(document, block.start, block.end)]
    if len(summed) >= 3 and document.meta.kind == "report":
        return [f"- {s}" for s in summed]
    bodies = [b for b in document.blocks if b.kind == "paragraph"]
    begun = [document.text[a:b] for block in bodies for a, b in spans(document, block.start, block.end)]
    return [s for s in begun if not s.endswith(":")][:DRAWN]


def spans(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences and list items between two places."""
    at = start
    for line in document.text[start:end].split("\n"):
        dash = 2 if line.startswith("- ") else 0
        if dash:
            yield at + dash, at + len(line)
        else:
            yield from ((at + a, at + b) for a, b in sentences(line))
        at += len(line) + 1


@lru_cache(maxsize=1)
def places(index: Index) -> Mapping[str, Place]:
    """Every sentence of the index → where it first stands."""
    found: dict[str, Place] = {}
    for meta in index.metadata.values():
        document = index.store.document(meta.id)
        for block in document.blocks if document else ():
            for start, end in spans(document, block.start, block.end) if document else ():
                place = Place(meta, block.section, block.page, start, end)
                found.setdefault(plain(document.text[start:end]), place)  # type: ignore[union-attr]
    return found


def plain(text: str) -> str:
    """The sentence without the spaces around it and with single ones within."""
    return " ".join(text.split())


def paper(draft: Draft, engine: Engine) -> papers.Paper:
    """The plan as a paper: what stands in a source has its note, the rest is the writer's own."""
    copy = swedish().plan
    known = places(engine.index)
    metas = engine.index.metadata
    own = [(copy.goals, draft.goals), (copy.measures, draft.measures)]
    texts = [own[0], *((metas[p.id].title if p.id in metas else copy.gone, p.text) for p in draft.parts), own[1]]
    chapters = [papers.Chapter(heading, tuple(paragraphs(text, known))) for heading, text in texts if text.strip()]
    return papers.Paper(draft.title.strip() or copy.untitled, (copy.explained,), tuple(chapters))


def paragraphs(text: str, known: Mapping[str, Place]) -> Iterator[papers.Paragraph]:
    """The text's lines, each sentence with its source or marked as the writer's own."""
    for line in text.splitlines():
        body = line.strip().removeprefix("- ").strip()
        if body:
            yield papers.Paragraph(tuple(written(body, known)), item=line.strip().startswith("- "))


def written(line: str, known: Mapping[str, Place]) -> Iterator[papers.Written]:
    """The line whole where it stands in a source, or else its sentences."""
    pieces = [line] if plain(line) in known else [line[a:b] for a, b in sentences(line)]
    for piece in pieces:
        place = known.get(plain(piece))
        notes = (note(place, piece),) if place else ()
        yield papers.Written(piece, notes, own=not notes)


def note(place: Place, text: str) -> papers.Note:
    """Where the sentence stands, as a footnote."""
    where = wording.place(swedish().place, place.section, None, place.page)
    return papers.Note(place.document, where, plain(text))


def to_think_of(engine: Engine, id: str) -> list[str]:
    """The known errors of a chosen document."""
    return [str(e["correction"]) for e in engine.errata if e.get("document") == id]


def figures(engine: Engine, meta: Metadata) -> list[knowledge.Figure]:
    """The figures that belong to the document's section."""
    rows = [knowledge.figure(row) for row in engine.index.store.data("survey")]
    return [f for f in rows if meta.section and f.section == meta.section]


def saved(draft: Draft) -> str:
    """The draft as a file."""
    parts = [{"id": p.id, "text": p.text} for p in draft.parts]
    body = {"fyrlots_utkast": FORMAT, "title": draft.title, "goals": draft.goals, "measures": draft.measures}
    return json.dumps(body | {"parts": parts}, ensure_ascii=False, indent=1)


def opened(blob: bytes) -> Draft | None:
    """The draft of a file, or None where the file is none of ours."""
    try:
        body: Any = json.loads(blob)
        if body["fyrlots_utkast"] != FORMAT:
            return None
        parts = tuple(Part(str(p["id"]), str(p["text"])) for p in body["parts"])
        return Draft(str(body["title"]), str(body["goals"]), str(body["measures"]), parts)
    except (ValueError, KeyError, TypeError):
        return None
