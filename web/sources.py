"""The sources: the list of documents, and each document with the quoted text marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from assistant.domain import Metadata
from web import knowledge, spans
from web.problems import Problem
from web.site import Site, site_of

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
KINDS = ("regulation", "guidance", "report", "collaboration", "article", "local")
"""The order of the list: what weighs most first."""


@router.get("/dokument", response_model=None)
def listed(request: Request, site: Shared) -> Response:
    """Every document by kind, with rank, state and date."""
    metas = site.engines.current().index.store.metadata()
    groups = [(kind, in_order([m for m in metas if m.kind == kind])) for kind in KINDS]
    return site.page(request, "documents.html", groups=[g for g in groups if g[1]], count=len(metas), titled=titled)


@router.get("/dokument/{id}", response_model=None)
def shown(
    id: str,
    request: Request,
    site: Shared,
    fran: Annotated[str, Query(max_length=12)] = "",
    till: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """One document as structured text; the span that the address names is marked."""
    engine = site.engines.current()
    document = engine.find(id)
    if document is None:
        raise Problem(404, "no_document")
    span = span_of(fran, till)
    blocks = list(spans.shown(document, span))
    before, after = neighbours(document.meta, engine.index.store.metadata())
    return site.page(
        request,
        "document.html",
        meta=document.meta,
        timeline=document.meta.extra.get("timeline") or [],
        blocks=blocks,
        contents=[b for b in blocks if b.kind == "heading" and b.level == 2],
        questions=[q for listed in document.questions.values() for q in listed],
        before=before,
        after=after,
        titled=titled,
        is_figure=any(knowledge.figure(row).id == id for row in engine.index.store.data("survey")),
        lost=bool(fran or till) and not span.within(len(document.text)),
    )


def span_of(start: str, end: str) -> spans.Span:
    """The span of two numbers from an address; an empty one where they are no numbers."""
    return spans.Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else spans.Span()


def in_order(metas: Sequence[Metadata]) -> list[Metadata]:
    """The report's summary and sections as printed, its figures by number, everything else by title."""
    return sorted(metas, key=lambda m: (place(m), m.title.casefold()))


def neighbours(meta: Metadata, metas: Iterable[Metadata]) -> tuple[Metadata | None, Metadata | None]:
    """What comes before and after in the report; nothing for a document that is no part of it."""
    parts = in_order([m for m in metas if m.kind == "report"])
    at = next((n for n, m in enumerate(parts) if m.id == meta.id), None)
    if at is None:
        return None, None
    return (parts[at - 1] if at else None), (parts[at + 1] if at + 1 < len(parts) else None)


def titled(meta: Metadata) -> str:
    """The title, with its number where it is a numbered section of the report."""
    return f"{meta.section} {meta.title}" if place(meta)[0] == 1 else meta.title


def place(meta: Metadata) -> tuple[int, str]:
    """Where a document of the report belongs among the others; the same for all other documents."""
    if meta.id.startswith("rapport-"):
        return (1, meta.section) if meta.section and meta.section[0].isdigit() else (0, "")
    return (2, meta.id) if meta.id.startswith("figur-") else (3, "")
