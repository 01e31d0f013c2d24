"""What a text asserts exactly: quantities, dates, references, names, negation and modality. Pure and cached."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.markers import KEPT, MARKERS, NEUTRAL
from assistant.measures import (
    DATE_SIGNS,
    MEASURES,
    MONTHS,
    NUMBER_WORDS,
    SHORT_MONTHS,
    SIGN_AFTER,
    SIGN_BEFORE,
    TIMES,
    amount,
)
from assistant.names import is_place
from assistant.swedish import STOP_WORDS, clean, stem, words
from assistant.tokens import ITEM, JOINED, NAMED_NUMBER, TOKEN

FactKind = Literal["number", "article", "date", "reference"]
NEAR = 2
"""Content words on each side that tell what a fact or a marker is about."""
WINDOW = 12
"""Tokens on each side among which they are looked for."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, a date or a reference, with the words around it; 'article' is the 'en' that may be a number."""

    kind: FactKind
    value: tuple[str | float | None, ...]
    unit: str
    """Canonical measure ('%', 'kr', 'h'); empty for counted things, dates and references."""
    sign: str
    """'', '>=', '<=', '>', '<', '~'."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    """Stems of the content words next to it, at most NEAR on each side, in order."""
    text: str
    of: str = ""
    """References: the stem of the law they are said to stand in, where it follows."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A word that negates or sets how binding the sentence is."""

    group: str
    always: bool
    before: str
    after: tuple[str, ...]
    """Stems of the content words next to it."""
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A content word."""

    text: str
    stem: str
    name: bool
    """A capital inside the sentence, an abbreviation, or a municipality."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything in a sentence that a claim about it must agree with."""

    facts: tuple[Fact, ...]
    markers: tuple[Marker, ...]
    words: tuple[Word, ...]
    stems: frozenset[str]
    plain: str
    """All stems in order, between spaces: where whole phrases are looked for."""


@dataclass(slots=True)
class _Token:
    match: re.Match[str]
    kind: str
    content: str = ""
    """The stem, where the token is a content word."""


@lru_cache(maxsize=20_000)
def read(text: str) -> Facts:
    """The facts of one sentence."""
    text = NAMED_NUMBER.sub(r"\1\2", unicodedata.normalize("NFKC", clean(text)))
    tokens = [_Token(m, _kind(m)) for m in TOKEN.finditer(text)]
    spent = _spent(text, tokens)
    found: list[Word] = []
    for n, token in enumerate(tokens):
        if token.kind == "word" and n not in spent and (word := _word(text, token.match)):
            token.content = word.stem
            found.append(word)
    facts = tuple(f for n, t in enumerate(tokens) for f in _facts(text, tokens, n, t))
    markers = tuple(
        _marker(tokens, n, t)
        for n, t in enumerate(tokens)
        if t.kind == "word" and t.match.group().casefold() in MARKERS
    )
    plain = f" {' '.join(stem(w) for w in words(text))} "
    bare = JOINED.sub(" ", text)
    loose = frozenset(plain.split() if bare == text else map(stem, words(bare)))
    return Facts(facts, markers, tuple(found), loose.union(w.stem for w in found), plain)


def _kind(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return "number" if kind == "word" and match.group().casefold() in NUMBER_WORDS else kind


def _word(text: str, match: re.Match[str]) -> Word | None:
    """The content word at the match; None for small and framing words and for markers."""
    raw = match.group()
    plain = re.split("[:'’]", raw.casefold())[0]
    if plain in MARKERS and MARKERS[plain][1]:
        return None
    name = _is_name(text, match, plain)
    if not name and (plain in NEUTRAL or (plain in STOP_WORDS and plain not in KEPT)):
        return None
    return Word(raw, stem(plain), name)


def _is_name(text: str, match: re.Match[str], plain: str) -> bool:
    raw = match.group()
    if len(raw) > 1 and any(c.isupper() for c in raw[1:]):
        return True
    if not raw[0].isupper() or (len(raw) == 1 and plain in STOP_WORDS):
        return False
    before = text[: match.start()].rstrip(' -–•*\n"”’“(')
    first = not before or before[-1] in ".!?:…"
    return not first or is_place(plain)


def _spent(text: str, tokens: Sequence[_Token]) -> set[int]:
    """The word tokens that belong to a number or a date: its sign and its measure."""
    spent: set[int] = set()
    for n, token in enumerate(tokens):
        article = token.match.group().casefold() in ("en", "ett") and not _measured(tokens, n)[2]
        if token.kind not in ("number", "date") or article:
            continue
        sign = SIGN_BEFORE.search(text[max(0, token.match.start() - 40) : token.match.start()])
        begin = token.match.start() - (len(sign.group()) if sign else 0)
        spent |= {k for k in range(max(0, n - 6), n) if tokens[k].match.start() >= begin}
        spent |= {n - 1} if n and tokens[n - 1].match.group().casefold() in ("år", "klockan", "kl") else set()
        if token.kind == "number":
            spent |= set(range(n + 1, n + 1 + _measured(tokens, n)[2]))
    return spent


def _measured(tokens: Sequence[_Token], n: int) -> tuple[float, str, int]:
    """Factor and measure that follow the number at n, and how many tokens they take."""
    factor, unit, taken = 1.0, "", 0
    for token in tokens[n + 1 : n + 3]:
        measure = MEASURES.get(token.match.group().casefold())
        if measure is None or unit:
            break
        factor, unit, taken = factor * measure[0], measure[1], taken + 1
    return factor, unit, taken


_Near = tuple[tuple[str, ...], tuple[str, ...]]


def _near(tokens: Sequence[_Token], n: int) -> _Near:
    """The stems of the content words before and after the token."""
    before = [t.content for t in tokens[max(0, n - WINDOW) : n] if t.content]
    after = [t.content for t in tokens[n + 1 : n + 1 + WINDOW] if t.content]
    return tuple(before[-NEAR:]), tuple(after[:NEAR])


def _facts(text: str, tokens: Sequence[_Token], n: int, token: _Token) -> Iterator[Fact]:
    match, near = token.match, _near(tokens, n)
    if token.kind == "number":
        yield from _quantity(text, tokens, n, near)
    elif token.kind == "date":
        yield Fact("date", _date(match), "", _sign(text, match, DATE_SIGNS), *near, match.group())
    elif token.kind not in ("word", "percent"):
        for value in _references(token.kind, match):
            yield Fact("reference", value, "", "", *near, match.group(), _law(tokens[n + 1 : n + 3]))


def _law(following: Sequence[_Token]) -> str:
    """The law named right after a reference: '4 § arkivlagen', 'artikel 5 i GDPR'."""
    if len(following) > 1 and following[0].match.group().casefold() in ("i", "av", "enligt"):
        following = following[1:]
    if not following or not following[0].content:
        return ""
    raw, stemmed = following[0].match.group(), following[0].content
    return stemmed if raw.isupper() or stemmed.endswith(("lag", "förordning", "direktiv", "balk", "akt")) else ""


def _quantity(text: str, tokens: Sequence[_Token], n: int, near: _Near) -> Iterator[Fact]:
    match = tokens[n].match
    factor, unit, taken = _measured(tokens, n)
    value, own = amount(match.group())
    end = tokens[n + taken].match.end()
    unit = own or unit or _shared_measure(tokens, n)
    if not unit and match.group().casefold() in ("en", "ett"):
        following = tokens[n + 1].content if n + 1 < len(tokens) else ""
        yield Fact("article", (1.0,), "", "", (), (following,), match.group())
        return
    sign = _sign(text, match, {} if unit not in TIMES else {"under": ""}, end)
    if sign == "<=" and unit not in TIMES and re.search(r"inom\s*$", text[: match.start()].casefold()):
        sign = ""
    yield Fact("number", (round(value * factor, 6),), unit, sign, *near, text[match.start() : end])


def _shared_measure(tokens: Sequence[_Token], n: int) -> str:
    """The measure of a later number in '10–20 %', 'ett till tre år'."""
    rest = tokens[n + 1 : n + 3]
    if rest and rest[0].kind == "word" and rest[0].match.group().casefold() in ("till", "och", "eller"):
        n += 1
    if n + 1 < len(tokens) and tokens[n + 1].kind == "number":
        return _measured(tokens, n + 1)[1]
    return ""


def _sign(text: str, match: re.Match[str], other: dict[str, str], end: int | None = None) -> str:
    found = SIGN_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
    if found:
        said = found.group("said").casefold()
        if said in other:
            return other[said]
        return next(
            sign
            for group, sign in (("le", "<="), ("ge", ">="), ("gt", ">"), ("lt", "<"), ("ca", "~"))
            if found.group(group)
        )
    after = SIGN_AFTER.match(text[end or match.end() :])
    return "" if after is None else (">=" if after.group("ge") else "<=")


def _date(match: re.Match[str]) -> tuple[int | None, ...]:
    """(year, month, day); None for what is not said."""
    of = match.group
    year = next((int(v) for v in map(of, ("y1", "y2", "y3", "y4", "y5")) if v), None)
    day = next((int(v) for v in map(of, ("d1", "d2", "d4")) if v), None)
    named = of("m2") or of("m3")
    number = of("m1") or of("m4")
    month = {**SHORT_MONTHS, **MONTHS}[named.casefold()] if named else int(number) if number else None
    return year, month, day


def _references(kind: str, match: re.Match[str]) -> Iterator[tuple[str, ...]]:
    """The references of one match: ('§', chapter, paragraph), ('art', '5', '2'), ('law', 'mcffs', '2026:1')."""
    of = match.group
    if kind == "url":
        yield ("url", of().rstrip(".,;:!?)”\"'’"))
    elif kind == "statute":
        yield ("law", (of("series") or "").casefold().strip("."), of("sfs"))
    elif kind == "act":
        yield ("act", of("eu"))
    elif kind == "section":
        yield from (("§", (of("chapter") or "").replace(" ", ""), item) for item in _items(of("sections")))
    elif kind == "chapters":
        yield from (("kap", item) for item in _items(of("chapnos") or of("chapno")))
    elif kind == "article":
        yield from (("art", *item.split(".")) for item in _items(of("articles")))
    else:
        yield (of("part").casefold(), of("annexno").casefold())


def _items(listed: str) -> list[str]:
    return [m.replace(" ", "") for m in re.findall(ITEM, listed)]


def _marker(tokens: Sequence[_Token], n: int, token: _Token) -> Marker:
    raw = token.match.group()
    group, always = MARKERS[raw.casefold()]
    before, after = _near(tokens, n)
    return Marker(group, always, before[-1] if before else "", after, raw)
