"""Dates and numbers as readers write them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from web.texts import Texts


def day(copy: Texts, iso: object) -> str:
    """'2026-01-15' as '15 januari 2026', '2019-10' as 'oktober 2019'; anything else as it stands."""
    text = "" if iso is None else str(iso)
    try:
        found = date.fromisoformat(f"{text}-01"[:10])
    except ValueError:
        return text
    return format_date(found, "d MMMM y" if len(text) == 10 else "MMMM y", copy.locale)


def number(copy: Texts, value: float) -> str:
    """5.5 as '5,5' in Swedish."""
    return format_decimal(value, locale=copy.locale)
