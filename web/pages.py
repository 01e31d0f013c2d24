"""Pages that only tell: what Fyrlots is, and how accessible it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.languages import copy_of
from web.site import STATIC, Site, site_of
from web.texts import Texts

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]


@router.get("/om", response_model=None)
def about(request: Request, site: Shared) -> Response:
    """What Fyrlots is and is not, how it answers, and what it keeps."""
    return prose(request, site, copy_of(request).about)


@router.get("/tillganglighet", response_model=None)
def accessibility(request: Request, site: Shared) -> Response:
    """The accessibility statement."""
    return prose(request, site, copy_of(request).accessibility)


@router.get("/kvalitet", response_model=None)
def quality(request: Request, site: Shared) -> Response:
    """The report of the last evaluation; where none is published, what Fyrlots is."""
    if site.quality is None:
        return RedirectResponse("/om", 303)
    policy = f"default-src 'none'; style-src {site.quality.style_source}; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(site.quality.html, headers={"Content-Security-Policy": policy})


def prose(request: Request, site: Site, text: Texts) -> Response:
    """A page of running text, as it reads where conversations are kept or are not."""
    days = {"days": site.settings.conversation_days, "opinion_days": site.settings.feedback_days}
    return site.page(request, "prose.html", prose=text, mode="keeps" if site.conversations else "forgets", days=days)


@router.get("/favicon.ico", response_model=None)
def favicon() -> Response:
    """The logo, for browsers that ask at the root."""
    return Response((STATIC / "logo.svg").read_bytes(), media_type="image/svg+xml")
