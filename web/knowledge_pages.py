"""Glossary, survey and collaborations as pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from web import knowledge
from web.site import Site, site_of

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
SIDE_BY_SIDE = 3
"""Collaborations compared where the reader has chosen none."""


@router.get("/ordlista", response_model=None)
def glossary(request: Request, site: Shared, q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The glossary, or the terms that match."""
    engine = site.engines.current()
    terms = knowledge.glossary(engine.index.store.data("glossary"))
    found = knowledge.matching(terms, q) if q.strip() else terms
    return site.page(request, "glossary.html", q=q, found=found, every=len(terms), metas=engine.index.metadata)


@router.get("/enkat", response_model=None)
def survey(request: Request, site: Shared) -> Response:
    """Every figure of the report as bars with their numbers."""
    engine = site.engines.current()
    figures = sorted(map(knowledge.figure, engine.index.store.data("survey")), key=lambda f: f.number)
    return site.page(request, "survey.html", figures=figures, metas=engine.index.metadata)


@router.get("/samverkan", response_model=None)
def collaborations(
    request: Request, site: Shared, jamfor: Annotated[list[str] | None, Query(max_length=40)] = None
) -> Response:
    """The chosen collaborations side by side."""
    every = knowledge.collaborations(site.engines.current().index.metadata.values())
    chosen = [m for m in every if m.id in (jamfor or ())] or every[:SIDE_BY_SIDE]
    return site.page(request, "collaborations.html", every=every, chosen=chosen, rows=knowledge.FACTS)
