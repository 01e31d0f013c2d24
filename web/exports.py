"""Duties as files: a table for spreadsheets and a calendar. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from web.duties import Duty
from web.texts import swedish

LINE_BYTES = 73
"""Source: RFC 5545 3.1, lines of at most 75 octets with the folding space and break counted apart."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(duties: Sequence[Duty]) -> str:
    """CSV as Swedish spreadsheets read it: semicolons, a byte order mark, and no cell that is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    copy = swedish().duties
    writer.writerow([copy.columns[name] for name in COLUMNS])
    for duty in duties:
        writer.writerow([harmless(cell(duty, name)) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


COLUMNS = ("law", "title", "who", "what", "by_when", "date", "frequency", "legal_place", "binding", "state", "areas",
           "confidence", "note")  # fmt: skip


def cell(duty: Duty, name: str) -> str:
    """One value of a duty in words."""
    copy = swedish()
    if name == "areas":
        return "; ".join(duty.areas)
    value = getattr(duty, name)
    names = {"binding": copy.duties.bindings, "state": copy.duties.states, "confidence": copy.confidences}
    return str(names[name].named(value)) if name in names else "" if value is None else str(value)


def harmless(text: str) -> str:
    """The text so that a spreadsheet shows it and does not run it. Source: OWASP, CSV injection."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def calendar(duties: Sequence[Duty], today: date) -> str:
    """An iCalendar file with a whole-day event for each duty that has a day. Source: RFC 5545."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fyrlots//Skyldigheter//SV", "CALSCALE:GREGORIAN"]
    for duty in duties:
        if duty.date:
            lines += event(duty, date.fromisoformat(duty.date), today)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def event(duty: Duty, day: date, today: date) -> list[str]:
    """One duty's first day, with what makes it uncertain."""
    copy = swedish()
    unsure = [copy.duties.states.proposed] if duty.state == "proposed" else []
    unsure += [copy.confidences.named(duty.confidence)] if duty.confidence != "seen" else []
    told = [f"{duty.what} ({duty.legal_place})", *(f"{word}." for word in unsure), duty.note or ""]
    about = " ".join(filter(None, told))
    heading = copy.duties.event_proposed if duty.state == "proposed" else copy.duties.event
    return [
        "BEGIN:VEVENT",
        f"UID:{duty.id}@fyrlots",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(heading.format(duty.title, duty.law))}",
        f"DESCRIPTION:{escaped(about)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """The text as a calendar's value."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The line in pieces that are short enough, never cut within a letter."""
    start = ""
    while len(line.encode()) > LINE_BYTES:
        cut = LINE_BYTES
        piece = line.encode()[:cut].decode(errors="ignore")
        yield start + piece
        line, start = line[len(piece) :], " "
    yield start + line
