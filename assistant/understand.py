"""What is asked: the kind of answer that is wanted, the things named, and what is none of our business."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.domain import Outcome
from assistant.names import names
from assistant.swedish import STOP_WORDS, language, normalise, words

_ADDRESSED = re.compile(r",? (på dig|där|du|fyrlots|alla)$")
"""Whom a greeting is for."""
OTHER = "other"
"""The kind of a question that nothing tells the kind of."""


@lru_cache(maxsize=1)
def patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    """The patterns of `patterns.toml`, compiled: part → name → any of its lines."""
    with Path(__file__).with_name("patterns.toml").open("rb") as file:
        parts = tomllib.load(file)
    return {part: {name: re.compile("|".join(lines)) for name, lines in names.items()} for part, names in parts.items()}


@dataclass(frozen=True)
class Intent:
    """The question as understood."""

    text: str
    language: str
    kinds: tuple[str, ...]
    """The kinds of `patterns.toml`, the most specific first; empty where nothing tells."""
    names: tuple[str, ...]
    """Named things as they are written: places, bodies, laws, abbreviations."""
    numbers: tuple[str, ...]
    """Years and other numbers in the question."""
    guard: Outcome | None = None
    """Set where the question is not to be answered from the sources at all."""
    about_sources: bool = False

    @property
    def kind(self) -> str:
        """The kind that decides the form of the answer."""
        return next(iter(self.kinds), OTHER)


def understand(text: str) -> Intent:
    """Reads the question. Pure."""
    plain = normalise(text)
    return Intent(
        text=text,
        language=language(text),
        kinds=tuple(kinds(plain)),
        names=names(text),
        numbers=tuple(re.findall(r"(?<!\w)\d{2,4}(?!\w)", text)),
        guard=guard(text),
        about_sources=bool(patterns()["meta"]["sources"].search(plain)),
    )


def kinds(plain: str) -> Iterator[str]:
    """The kinds of a normalised question, the most specific first."""
    return (kind for kind, pattern in patterns()["kinds"].items() if pattern.search(plain))


def guard(text: str) -> Outcome | None:
    """The outcome of a question that is no question to the sources."""
    plain = normalise(text).strip()
    bare = plain.rstrip(" !.?,")
    if any(patterns()["meta"]["social"].fullmatch(said) for said in (bare, _ADDRESSED.sub("", bare))):
        return Outcome.SOCIAL
    for part, asked in (("guards", plain), ("named", text)):
        for name, pattern in patterns()[part].items():
            if pattern.search(asked):
                return Outcome(name)
    meaningful = [w for w in words(text) if w not in STOP_WORDS]
    nothing = not meaningful or (len(meaningful) == 1 and len(meaningful[0]) < 2)
    if nothing and not patterns()["meta"]["sources"].search(plain):
        return Outcome.TOO_OPEN
    return None
