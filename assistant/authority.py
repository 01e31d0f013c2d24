"""Rank, date and state: what the answer rests on, what is coming, and where a source is overtaken or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from assistant import phrases
from assistant.domain import UNCONFIRMED, Citation, Metadata
from assistant.swedish import normalise, stem, words

MOST = 2
"""Corrections told with an answer."""
_MONTHS = ("januari februari mars april maj juni juli augusti september oktober november december").split()


def notices(citations: Sequence[Citation], errata: Iterable[Mapping[str, Any]], today: date) -> tuple[str, ...]:
    """What the reader must know with the answer, each thing once: corrections first."""
    if not citations:
        return ()
    found = [
        *corrections(citations, errata),
        *unsure(citations),
        *coming(citations, today),
        *basis(citations),
    ]
    return tuple(dict.fromkeys(found))


def corrections(citations: Sequence[Citation], errata: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The corrections of what is quoted from the report, where the quote speaks of it; at most MOST."""
    spoken = [(c, [stem(w) for w in words(c.quote)]) for c in citations if c.document.kind == "report"]
    concerned = (e for e in errata if any(concerns(e, c) and triggered(e, stems) for c, stems in spoken))
    for entry in islice(concerned, MOST):
        source = entry.get("source") or {}
        stated = not source.get("place") or "§" in entry["correction"] or "rtikel" in entry["correction"]
        yield f"Rättelse: {entry['correction']}" + ("" if stated else f" ({source['place']})")


def concerns(entry: Mapping[str, Any], citation: Citation) -> bool:
    """Whether the correction is of the section, or of the figure, that the citation stands in."""
    if citation.document.id.startswith("figur-"):
        number = citation.document.id[-2:].lstrip("0")
        return number in re.findall(r"figur (\d+)", normalise(str(entry.get("says"))))
    return str(entry.get("section")) == section_of(citation) and entry.get("kind") != "inconsistent"


def triggered(entry: Mapping[str, Any], spoken: Sequence[str]) -> bool:
    """Whether a quote, as stems, speaks of what is corrected."""
    return any(stands(trigger, spoken) for trigger in entry.get("triggers") or ())


def section_of(citation: Citation) -> str:
    """The report's section that the citation stands in."""
    return str(citation.section or citation.document.section)


def stands(trigger: str, spoken: Sequence[str]) -> bool:
    """Whether the trigger's words stand in a row in the text."""
    phrase = [stem(w) for w in words(str(trigger))]
    return bool(phrase) and any(list(spoken[i : i + len(phrase)]) == phrase for i in range(len(spoken)))


def unsure(citations: Sequence[Citation]) -> Iterator[str]:
    """Where a quoted statement is not confirmed."""
    if any(UNCONFIRMED in c.quote for c in citations):
        yield phrases.UNSURE


def coming(citations: Sequence[Citation], today: date) -> Iterator[str]:
    """Where cited rules have not begun to apply on `today`."""
    for meta in unique(c.document for c in citations):
        if meta.rank == 1 and meta.valid_from and len(meta.valid_from) == 10 and meta.valid_from > today.isoformat():
            yield phrases.coming(meta.title, day(meta.valid_from))


def basis(citations: Sequence[Citation]) -> Iterator[str]:
    """What the answer rests on, by the rank of its highest source."""
    metas = unique(c.document for c in citations)
    highest = min(m.rank for m in metas)
    kinds = {m.kind for m in metas if m.rank == highest}
    if highest == 1:
        yield phrases.LEGAL
    elif highest == 2:
        yield phrases.GUIDANCE
    elif "report" in kinds:
        yield phrases.REPORT
    elif "collaboration" in kinds:
        yield phrases.EXAMPLE
    elif "article" in kinds:
        yield phrases.OPINION


def unique(metas: Iterable[Metadata]) -> list[Metadata]:
    """Each document once, in order."""
    return list({m.id: m for m in metas}.values())


def day(iso: str) -> str:
    """'2026-01-15' as '15 januari 2026'."""
    year, month, number = iso.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"
