"""Finds what should not be sent: Swedish personal identity numbers, e-mail addresses and phone numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["personnummer", "epost", "telefon"]

_NUMBER = re.compile(r"(?<![\d:/-])(?:(?:18|19|20)\d{2}|\d{2})[ ]?\d{2}[ ]?\d{2}[ ]?[-+ ]?[ ]?\d{4}(?![\d:/])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d:/.,§-])(?:\+46|0046|0)[ -]?\(?0?\)?[1-9](?:[ -]?\d){6,9}(?![\d:/])")
_HIDDEN = "▒▒▒"


@dataclass(frozen=True, slots=True)
class Found:
    """A span of the text that names a person."""

    sort: Sort
    start: int
    end: int


def search(text: str) -> list[Found]:
    """Every such span, in order; none overlaps another."""
    numbers = [Found("personnummer", m.start(), m.end()) for m in _NUMBER.finditer(text) if is_personal(m.group())]
    emails = [Found("epost", m.start(), m.end()) for m in _EMAIL.finditer(text)]
    phones = [Found("telefon", m.start(), m.end()) for m in _PHONE.finditer(text)]
    return list(_apart([*numbers, *emails, *phones]))


def is_personal(text: str) -> bool:
    """Whether it is a personnummer or a samordningsnummer: a day that exists and a right control digit.

    Source: folkbokföringslagen (1991:481) 18 § (the control digit is the Luhn sum of the nine before it);
    a samordningsnummer has 60 added to the day (förordningen (2023:363)).
    """
    digits = re.sub(r"\D", "", text)
    return len(digits) in (10, 12) and _is_day(digits[-10:]) and _luhn(digits[-10:])


def mask(text: str) -> str:
    """The text with every such span hidden."""
    for found in reversed(search(text)):
        text = text[: found.start] + _HIDDEN + text[found.end :]
    return text


def _is_day(ten: str) -> bool:
    year, month, day = int(ten[:2]), int(ten[2:4]), int(ten[4:6])
    for century in (1900, 2000):
        try:
            date(century + year, month, day - 60 if day > 60 else day)
        except ValueError:
            continue
        return True
    return False


def _luhn(ten: str) -> bool:
    doubled = [int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(ten)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def _apart(found: Iterable[Found]) -> Iterable[Found]:
    end = 0
    for span in sorted(found, key=lambda f: (f.start, -f.end)):
        if span.start >= end:
            end = span.end
            yield span
