"""Pages that only tell: what Fyrlots is, and how accessible it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from assistant.errors import FyrlotsError
from web.site import STATIC, Site, site_of

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]


@router.get("/om", response_model=None)
def about(request: Request, site: Shared) -> Response:
    """What Fyrlots is and is not, how it answers, and what it keeps."""
    return site.page(request, "prose.html", prose=site.texts.about, documents=count(site))


@router.get("/tillganglighet", response_model=None)
def accessibility(request: Request, site: Shared) -> Response:
    """The accessibility statement."""
    return site.page(request, "prose.html", prose=site.texts.accessibility, documents=None)


@router.get("/favicon.ico", response_model=None)
def favicon() -> Response:
    """The logo, for browsers that ask at the root."""
    return Response((STATIC / "logo.svg").read_bytes(), media_type="image/svg+xml")


def count(site: Site) -> int | None:
    """How many documents the index holds; None without an index."""
    try:
        return site.engines.current().index.manifest.documents
    except FyrlotsError:
        return None
