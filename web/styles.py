"""The style of the pages, sent within them: a page that needs no second answer is seen sooner on a slow line."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parent / "styles"


@cache
def inline(name: str) -> Markup:
    """A style sheet as an element of the page."""
    return Markup("<style>{}</style>").format(Markup(text(name)))  # noqa: S704 - our own file


@cache
def sources() -> str:
    """What `style-src` lets through: the style sheets of the folder by their hashes, and nothing else.

    Source: W3C Content Security Policy Level 3, section 2.3.1, hash sources.
    """
    return " ".join(source(text(path.name)) for path in sorted(FOLDER.glob("*.css")))


def source(style: str) -> str:
    """A style's hash as a Content-Security-Policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def text(name: str) -> str:
    """The style sheet as it is sent."""
    return (FOLDER / name).read_text(encoding="utf-8").strip()
