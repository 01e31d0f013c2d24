"""Whether two Swedish stems say the same: equal, derived, parts of a compound, or everyday synonyms."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from assistant.markers import MARKERS
from assistant.swedish import stem

_SUFFIXES = (
    "ering", "ning", "else", "ande", "ende", "het", "lig", "isk", "ing", "are", "er", "ad",
    "d", "t", "n", "a", "e", "s",
)  # fmt: skip
_ROOT_CHARS = 4
"""A derived word keeps at least this much of the word it comes from."""
_PART_CHARS = 3
_REVERSING = frozenset(("miss", "icke", "anti", "mot", "halv", "van", "före", "efter", "under", "över", "åter"))
"""First parts that change or turn the meaning, so that the whole does not carry the second part."""
_SYNONYMS = tuple(
    frozenset(stem(w) for w in line.split())
    for line in """
alla samtliga varje
bara endast enbart
före innan
använda nyttja
viktig betydelsefull
bolag företag
efterleva följa
syfte ändamål
medborgare invånare
mål målsättning
visar påvisar
flera fler
minst åtminstone lägst
högst maximalt
""".strip().splitlines()
)
"""Everyday synonyms that the glossary has no reason to hold. Nothing that a law tells apart."""
_GROUP = {word: group for group in _SYNONYMS for word in group}


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """The stem without its derivational ending: 'rapportering' and 'rapportera' give the same."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _ROOT_CHARS:
            return word[: -len(suffix)]
    return word


@lru_cache(maxsize=200_000)
def same(claimed: str, given: str) -> bool:
    """Whether the source's stem carries the claim's: the same, derived, a synonym, or a compound that ends in it."""
    return claimed == given or root(claimed) == root(given) or given in _GROUP.get(claimed, ()) or _head(claimed, given)


def _head(claimed: str, given: str) -> bool:
    """'kommun' of 'medlemskommun', but not 'nöjd' of 'missnöjd'."""
    if not given.endswith(claimed) or len(claimed) < _ROOT_CHARS:
        return False
    front = given[: -len(claimed)]
    return len(front) >= _PART_CHARS and front not in _REVERSING


def carried(claimed: str, given: frozenset[str], together: frozenset[str]) -> bool:
    """Whether any stem of the source carries the claim's, or two of them do where the claim's is a compound.

    `together`: the claim's stems; a compound of the source carries its first part only where the claim has the rest.
    """
    if root(claimed) in _roots(given) or not given.isdisjoint(_GROUP.get(claimed, ())):
        return True
    if any(_head(claimed, g) for g in given if g.endswith(claimed)):
        return True
    return _compound(claimed, given) or _part(claimed, given, together)


@lru_cache(maxsize=20_000)
def _roots(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(map(root, stems))


def _compound(claimed: str, given: frozenset[str]) -> bool:
    """'incidentrapportering' from 'rapportera' and 'incidenter'."""
    for cut in range(_PART_CHARS, len(claimed) - _PART_CHARS + 1):
        if claimed[:cut] in given and claimed[:cut] not in _REVERSING:
            rests = {claimed[cut:], claimed[cut:].removeprefix("s")}
            if any(len(r) >= _PART_CHARS and any(same(r, g) for g in given) for r in rests):
                return True
    return False


def _part(claimed: str, given: frozenset[str], together: frozenset[str]) -> bool:
    """'incidenter' in 'rapportering av incidenter' from 'incidentrapportering'."""
    if len(claimed) < _ROOT_CHARS:
        return False
    rests = (g[len(claimed) :].removeprefix("s") for g in given if g.startswith(claimed))
    return any(len(r) >= _PART_CHARS and any(same(t, r) for t in together) for r in rests)


def named(name: str, given: frozenset[str]) -> bool:
    """Whether a name stands in the source, as it is or with a genitive ending."""
    return name in given or name.removesuffix("s") in given or f"{name}s" in given


def marks(word: str, groups: Set[str]) -> bool:
    """Whether the word is a way of saying what the source says with a modal: 'skyldig' for 'ska'."""
    marker = MARKERS.get(word.casefold())
    return marker is not None and marker[0] in groups
