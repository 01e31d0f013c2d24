"""Dates as Swedish readers write them."""

from __future__ import annotations

import re

from web.texts import swedish


def day(iso: object) -> str:
    """'2026-01-15' as '15 januari 2026', '2019-10' as 'oktober 2019'; anything else as it stands."""
    text = "" if iso is None else str(iso)
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return text
    month = f"{swedish().months[int(match[2]) - 1]} {match[1]}"
    return f"{int(match[3])} {month}" if match[3] else month
