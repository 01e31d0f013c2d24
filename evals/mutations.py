"""True claims made false, one small change each: does the guard see it? Pure; the first place that fits is changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from evals.grading import MONTHS
from evals.records import Guarded

Guard = Callable[[str, Sequence[str]], bool]
"""Claim and quotes → whether the quotes carry the claim."""

_SWAPS = (
    ("must_to_may", r"\b(ska|måste)\b", "får"),
    ("may_to_must", r"\b(får|kan)\b", "måste"),
    ("should_to_must", r"\bbör\b", "måste"),
    ("drop_not", r"\b(inte|ej) ", ""),
    ("more_to_less", r"\b(fler|mer|högre|större)\b", "mindre"),
    ("before_to_after", r"\b(före|innan|senast)\b", "efter"),
    ("all_to_none", r"\b(alla|samtliga)\b", "inga"),
    ("unit", r"\btimmar\b", "dagar"),
    ("unit", r"(?<=\d)\s*%", " kommuner"),
)


def mutants(claim: str) -> Iterator[tuple[str, str]]:
    """Falsified claims, each with the name of what was changed; a claim that no operator fits gives none."""
    for name, pattern, other in _SWAPS:
        found = re.search(pattern, claim, re.IGNORECASE)
        if found:
            yield name, f"{claim[: found.start()]}{cased(other, found.group())}{claim[found.end() :]}"
    number = re.search(r"(?<![\w.,:])\d+(?![\w:])", claim)
    if number:
        yield "number", f"{claim[: number.start()]}{int(number.group()) + 3}{claim[number.end() :]}"
    month = re.search(rf"\b({'|'.join(MONTHS)})\b", claim)
    if month:
        other = MONTHS[(MONTHS.index(month.group()) + 5) % 12]
        yield "month", f"{claim[: month.start()]}{other}{claim[month.end() :]}"
    verb = re.search(r"\b(är|ska|har|gäller|omfattas|måste)\b(?! inte)", claim)
    if verb:
        yield "add_not", f"{claim[: verb.end()]} inte{claim[verb.end() :]}"


def cased(other: str, like: str) -> str:
    """The word with a capital where the one it replaces has one."""
    return other[:1].upper() + other[1:] if like[:1].isupper() else other


def tried(guard: Guard, claims: Sequence[tuple[str, Sequence[str]]]) -> Guarded:
    """What the guard makes of true claims (with their quotes) and of every mutant of them."""
    alarms = sum(not guard(claim, quotes) for claim, quotes in claims)
    false = [(changed, quotes) for claim, quotes in claims for _, changed in mutants(claim)]
    killed = sum(not guard(claim, quotes) for claim, quotes in false)
    return Guarded(len(claims), alarms, len(false), killed)
