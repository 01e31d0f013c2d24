"""A language model's reply, piece by piece, to claims with keys. Pure; forgives what models do to a format."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.swedish import clean

KEY = re.compile(r"\bk[0-9a-f]{4}\b")
"""What a key looks like; `generate` makes them."""
LONGEST_CHARS = 2000
"""A claim, with its keys, that is longer than this is none."""

_BRACKETS = str.maketrans("【】［］〔〕｛｝＂", '[][][]{}"')
_TEXT_FIELDS = ("påstående", "pastaende", "claim", "text", "p")
_SALVAGED = re.compile(rf'"(?:{"|".join(_TEXT_FIELDS)})"\s*:\s*"((?:\\.|[^"\\])*)"')
_CITED = re.compile(r"(?P<text>[^\[\]]+?)\s*(?P<keys>(?:\[[^\[\]]*\]\s*[,;]?\s*)+)")
_LEAD = re.compile(r"^(?:[-*•>]+|\d+[.)])\s+")
_PARENTHESES = re.compile(r"\(((?:\s*k[0-9a-f]{4}\s*[,;]?)+)\)")


@dataclass(frozen=True)
class Said:
    """A claim as the model put it, with the keys it gave; they may be none, or not ours."""

    text: str
    keys: tuple[str, ...]


def claims(pieces: Iterable[str]) -> Iterator[Said]:
    """Yields each claim as soon as its line or its JSON object is whole. What is neither is passed over."""
    for unit in _units(pieces):
        for said in _read(unit):
            text = clean(html.unescape(said.text)).replace("**", "").strip().strip("`").strip()
            if re.search(r"\w", text):
                yield Said(_LEAD.sub("", text), tuple(dict.fromkeys(said.keys)))


def _units(pieces: Iterable[str]) -> Iterator[str]:
    """The reply cut into lines and JSON objects."""
    held = ""
    for piece in pieces:
        held += piece.translate(_BRACKETS)
        while cut := _cut(held):
            yield held[:cut]
            held = held[cut:]
    while held:
        cut = _cut(held) or len(held)
        yield held[:cut]
        held = held[cut:]


def _cut(held: str) -> int:
    """Where the first unit ends; 0 while it is not whole."""
    lead = re.match(r"[\s,]*(?:\[\s*(?=\{))?", held)
    start = lead.end() if lead else 0
    if held[start:].startswith("["):  # an array about to begin, or a bare key
        return held.find("\n", start) + 1 or _too_long(held)
    if not held[start:].startswith("{"):
        return held.find("\n", start) + 1 or _too_long(held)
    end = _object_end(held, start)
    if end:
        return end
    broken = re.search(r"\n\s*\{", held[start:])
    return start + broken.start() + 1 if broken else _too_long(held)


def _too_long(held: str) -> int:
    return LONGEST_CHARS if len(held) > LONGEST_CHARS else 0


def _object_end(held: str, start: int) -> int:
    """The end of the JSON object that begins at start; 0 where it is not closed."""
    depth, quoted, skip = 0, False, False
    for at in range(start, len(held)):
        char = held[at]
        if skip:
            skip = False
        elif char == "\\":
            skip = quoted
        elif char == '"':
            quoted = not quoted
        elif not quoted and char in "{}":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return at + 1
    return 0


def _read(unit: str) -> Iterator[Said]:
    unit = re.sub(r"^[\s,]*(?:```\w*\s*)?(?:\[\s*(?=\{))?", "", unit).rstrip()
    if not unit.startswith("{"):
        yield from _plain(unit)
        return
    try:
        yield from _flat(json.loads(unit))
    except ValueError:
        found = _SALVAGED.search(unit)
        if found:
            yield Said(found.group(1).replace('\\"', '"'), tuple(KEY.findall(unit)))


def _flat(value: Any) -> Iterator[Said]:
    """The claims anywhere in a JSON value."""
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        text = next((value[f] for f in _TEXT_FIELDS if isinstance(value.get(f), str)), None)
        if text is None:
            yield from _flat([v for v in value.values() if isinstance(v, list | dict)])
        else:
            rest = {k: v for k, v in value.items() if v is not text}
            yield Said(text, tuple(KEY.findall(json.dumps(rest))))


def _plain(line: str) -> Iterator[Said]:
    """'Påstående ett [k1a2b]. Påstående två [k3c4d, k1a2b].'; a line without brackets claims nothing."""
    line = _PARENTHESES.sub(r"[\1]", line)
    for found in _CITED.finditer(line):
        yield Said(found.group("text").lstrip(" .,;"), tuple(KEY.findall(found.group("keys"))))
