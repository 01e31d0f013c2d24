"""What every page and route shares: settings, engine, pool, copy and templates."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.settings import Settings
from web import dates, languages, opinions, styles, wording
from web.conversations import Conversations
from web.engines import Engines
from web.follow_ups import Proofs
from web.texts import LANGUAGES, Texts, swedish, texts
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
    templates: Mapping[str, Environment]
    """Language → what its pages are made of."""
    conversations: Conversations | None = None
    """Where conversations are kept; None where they are not."""
    proofs: Proofs = field(default_factory=Proofs)
    quality: Quality | None = None
    """How well Fyrlots did in its last evaluation; None where nobody has told."""

    def render(self, copy: Texts, template: str, **values: Any) -> str:
        """A template's HTML in the copy's language; every value is escaped."""
        return self.templates[copy.language].get_template(template).render(**values)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page in the reader's language, with the menu marking where the reader is."""
        about = {
            "path": request.url.path,
            "posted": request.method != "GET",
            "switch": partial(languages.address, request),
        }
        html = self.render(languages.copy_of(request), template, **about, **values)
        return languages.marked(request, HTMLResponse(html, status_code=status))


def site_of(request: Request) -> Site:
    """The site that the application was assembled with."""
    site: Site = request.app.state.site
    return site


def templates(paths: Collection[str]) -> dict[str, Environment]:
    """What the pages of each language are made of. Menus lead only to `paths`."""
    return {language: environment(texts(language), paths) for language in LANGUAGES}


def environment(copy: Texts, paths: Collection[str]) -> Environment:
    """Jinja with escaping everywhere and an error for every unknown name."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "t": copy,
        "others": [texts(language) for language in LANGUAGES if language != copy.language],
        "asset": asset,
        "style": styles.inline,
        "here": here,
        "lang": partial(lang, copy.language),
        "menu": [item for item in copy.menu.main if item["path"] in paths],
        "submenu": [item for item in copy.menu.sources if item["path"] in paths],
        "facts_of": partial(wording.facts, copy),
        "link_of": wording.link,
        "place_of": partial(place_of, copy),
        "rank_of": partial(wording.rank, copy),
        "status_of": partial(wording.status, copy),
        "words_chars": opinions.WORDS_CHARS,
    }
    made.filters |= {
        "day": partial(dates.day, copy),
        "number": partial(dates.number, copy),
        "part": partial(part, copy.language),
    }
    return made


def lang(page: str, language: str = "sv") -> Markup:
    """The attribute of an element in another language than its page; nothing where it is the same.

    Source: WCAG 2.2, 3.1.2 Language of Parts.
    """
    return Markup("") if language == page else Markup(' lang="{}"').format(language)


def part(page: str, text: str | None, language: str = "sv") -> str:
    """The text, marked where its language is another than the page's."""
    mark = lang(page, language)
    return Markup("<span{}>{}</span>").format(mark, text) if mark and text else text or ""


def place_of(copy: Texts, section: str | None, heading: str | None, page: int | None) -> str:
    """Where in the document, as HTML: what is named in Swedish there is marked on other pages."""
    words = Texts({name: escape(text) for name, text in copy.place.pairs()})
    named = section if section and section[0].isdigit() else part(copy.language, section)
    return wording.place(words, named, part(copy.language, heading), page)


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
