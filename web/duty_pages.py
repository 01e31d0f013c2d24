"""The register of duties as a page, a table and a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from web import exports, timeline
from web.duties import STATES, Duty, Wanted, areas, by_day, by_law, register
from web.languages import copy_of
from web.site import Site, site_of
from web.texts import Texts

router = APIRouter(default_response_class=HTMLResponse)
Shared = Annotated[Site, Depends(site_of)]
Word = Annotated[str, Query(max_length=80)]
OPEN = 25
"""So many duties or fewer are shown unfolded."""
FIELDS = {
    "area": "omrade",
    "regulation": "regelverk",
    "state": "lage",
    "binding": "bindning",
    "since": "fran",
    "until": "till",
}
"""Field → its name in the address."""


def wanted(
    omrade: Word = "", regelverk: Word = "", lage: Word = "", bindning: Word = "", fran: Word = "", till: Word = ""
) -> Wanted:
    """What the address asks for."""
    since, until = day(fran), day(till)
    return Wanted(omrade, regelverk, lage, bindning, since or "", until or "", unread=None in (since, until))


def day(text: str) -> str | None:
    """The day as YYYY-MM-DD, nothing where none is given, or None where it cannot be read."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        return None


Asked = Annotated[Wanted, Depends(wanted)]


@router.get("/skyldigheter", response_model=None)
def page(request: Request, site: Shared, asked: Asked) -> Response:
    """The register with its filter, its timeline and its lists."""
    engine = site.engines.current()
    every = register(engine)
    found = [d for d in every if asked.passes(d)]
    return site.page(
        request,
        "duties.html",
        asked=asked,
        fields=FIELDS,
        query=query(asked),
        without_days=query(replace(asked, since="", until="")),
        left_out=asked.left_out(every),
        found=found,
        every=len(every),
        groups=by_law(found),
        days=by_day(found),
        drawing=timeline.draw(found, engine.today),
        unfolded=len(found) <= OPEN,
        choices=choices(every, copy_of(request).duties),
    )


def choices(every: list[Duty], copy: Texts) -> dict[str, list[tuple[str, str]]]:
    """What each list of the filter offers, as (value, name)."""
    return {
        "area": [(a, a) for a in areas(every)],
        "regulation": [(id, listed[0].law) for id, listed in by_law(every).items()],
        "state": [(s, copy.states[s]) for s in STATES],
        "binding": [(b, copy.bindings[b]) for b in ("binding", "guidance", "voluntary")],
    }


@router.get("/skyldigheter.csv", response_model=None)
def spreadsheet(site: Shared, asked: Asked) -> Response:
    """The same duties as a table."""
    found = by_law(d for d in register(site.engines.current()) if asked.passes(d))
    return download(exports.table([d for listed in found.values() for d in listed]), "text/csv", "skyldigheter.csv")


@router.get("/skyldigheter.ics", response_model=None)
def calendar(site: Shared, asked: Asked) -> Response:
    """The same duties' days as a calendar."""
    engine = site.engines.current()
    found = [d for d in register(engine) if asked.passes(d)]
    return download(exports.calendar(found, engine.today), "text/calendar", "skyldigheter.ics")


def download(text: str, media_type: str, name: str) -> Response:
    """A file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)


def query(asked: Wanted) -> str:
    """The filter as it stands in an address, with its question mark; nothing where nothing is asked for."""
    given = {FIELDS[name]: getattr(asked, name) for name in FIELDS if getattr(asked, name)}
    return f"?{urlencode(given)}" if given else ""
