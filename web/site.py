"""What every page and route shares: settings, engine, pool, copy and templates."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.settings import Settings
from web import dates, opinions, wording
from web.conversations import Conversations
from web.engines import Engines
from web.follow_ups import Proofs
from web.texts import Texts, swedish
from web.workers import Workers

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True)
class Quality:
    """The published report of an evaluation: one page with its own style."""

    html: str
    style_source: str
    """The style's hash for the page's Content-Security-Policy, quotes included."""


@dataclass(frozen=True)
class Site:
    """Assembled once in `create_app`; found by routes through `site_of`."""

    settings: Settings
    engines: Engines
    workers: Workers
    templates: Environment
    texts: Texts
    conversations: Conversations | None = None
    """Where conversations are kept; None where they are not."""
    proofs: Proofs = field(default_factory=Proofs)
    quality: Quality | None = None
    """How well Fyrlots did in its last evaluation; None where nobody has told."""

    def render(self, template: str, **values: Any) -> str:
        """A template's HTML; every value is escaped."""
        return self.templates.get_template(template).render(**values)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page, with the menu marking where the reader is."""
        return HTMLResponse(self.render(template, path=request.url.path, **values), status_code=status)


def site_of(request: Request) -> Site:
    """The site that the application was assembled with."""
    site: Site = request.app.state.site
    return site


def templates(paths: Collection[str]) -> Environment:
    """Jinja with escaping everywhere and an error for every unknown name. Menus lead only to `paths`."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "t": swedish(),
        "asset": asset,
        "here": here,
        "menu": [item for item in swedish().menu.main if item["path"] in paths],
        "submenu": [item for item in swedish().menu.sources if item["path"] in paths],
        "facts_of": wording.facts,
        "link_of": wording.link,
        "rank_of": wording.rank,
        "status_of": wording.status,
        "words_chars": opinions.WORDS_CHARS,
    }
    made.filters |= {"day": dates.day}
    return made


def here(entry: str, path: str) -> bool:
    """Whether the menu's entry leads to the page shown or to what it lies under."""
    below = [item["path"] for item in swedish().menu.sources]
    if entry == "/dokument" and any(path == p for p in below):
        return True
    return path == entry or (entry != "/" and path.startswith(f"{entry}/"))


@cache
def asset(name: str) -> str:
    """The address of a static file, with a mark of its content so that it can be kept for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
