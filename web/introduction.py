"""The newcomer's reading path: steps made of the corpus's documents and figures, and questions to test oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.domain import Document
from assistant.engine import Engine
from web import knowledge
from web.languages import copy_of
from web.problems import Problem
from web.site import Site, site_of
from web.texts import Texts

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
WORDS_A_MINUTE = 238
"""Source: Brysbaert (2019), silent reading of non-fiction by adults; measured in English."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document of a step, with how it begins and what it holds."""

    id: str
    title: str
    beginning: str
    points: tuple[str, ...]
    """The list that the beginning leads in, where it ends with a colon."""
    headings: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path."""

    number: int
    title: str
    text: str
    readings: tuple[Reading, ...]
    figures: tuple[knowledge.Figure, ...]
    questions: tuple[str, ...]
    links: tuple[Mapping[str, str], ...]

    @property
    def minutes(self) -> int:
        """How long it takes: the reading, half a minute for each figure, a minute for each question of a mere test."""
        read = sum(r.minutes for r in self.readings) + (len(self.figures) + 1) // 2
        return read or max(1, len(self.questions))


@router.get("/introduktion", response_model=None)
def overview(request: Request, site: Shared) -> Response:
    """The whole path."""
    return site.page(request, "introduction.html", steps=path(site, copy_of(request)))


@router.get("/introduktion/{number}", response_model=None)
def one(number: str, request: Request, site: Shared) -> Response:
    """One step, with the way to the next."""
    steps = path(site, copy_of(request))
    if not number.isdecimal() or not 1 <= int(number) <= len(steps):
        raise Problem(404, "not_found")
    step = steps[int(number) - 1]
    metas = site.engines.current().index.metadata
    return site.page(request, "step.html", step=step, last=len(steps), metas=metas)


def path(site: Site, copy: Texts) -> list[Step]:
    """The steps, with the documents and figures that the index has."""
    engine = site.engines.current()
    figures = {f.number: f for f in map(knowledge.figure, engine.index.store.data("survey"))}
    listed: Sequence[Mapping[str, Any]] = copy.introduction.steps
    return [made(n, row, engine, figures) for n, row in enumerate(listed, 1)]


def made(number: int, row: Mapping[str, Any], engine: Engine, figures: Mapping[int, knowledge.Figure]) -> Step:
    """One step of the copy with what it points at."""
    documents = [engine.find(id) for id in row.get("documents", ())]
    return Step(
        number=number,
        title=row["title"],
        text=row["text"],
        readings=tuple(reading(d) for d in documents if d is not None),
        figures=tuple(figures[n] for n in row.get("figures", ()) if n in figures),
        questions=tuple(row.get("questions", ())),
        links=tuple(row.get("links", ())),
    )


def reading(document: Document) -> Reading:
    """A document as a step shows it."""
    beginning, points = opening(document)
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading" and b.level == 2]
    return Reading(
        id=document.meta.id,
        title=document.meta.title,
        beginning=beginning,
        points=points,
        headings=tuple(headings),
        minutes=max(1, round(len(document.text.split()) / WORDS_A_MINUTE)),
    )


def opening(document: Document) -> tuple[str, tuple[str, ...]]:
    """The first paragraph, and the list that it leads in."""
    at = next((n for n, b in enumerate(document.blocks) if b.kind == "paragraph"), None)
    if at is None:
        return "", ()
    text = document.text[document.blocks[at].start : document.blocks[at].end]
    following = document.blocks[at + 1 : at + 2]
    if not text.endswith(":") or not following or following[0].kind != "list":
        return text, ()
    lines = document.text[following[0].start : following[0].end].split("\n")
    return text, tuple(line.removeprefix("- ") for line in lines)
