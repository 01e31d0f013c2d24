"""What a source's rank, date and state ask the answer to say, checked apart from the code that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant import phrases
from assistant.authority import day
from assistant.domain import UNCONFIRMED, Answer, Citation, Metadata
from evals.grading import plain

OVERTAKEN_STATES = frozenset({"superseded", "repealed"})
CORRECTION = "Rättelse:"
LAW = 1


def said(answer: Answer, errata: Iterable[Mapping[str, Any]], today: date) -> bool | None:
    """Whether everything that must be said is said and nothing more; None where nothing is cited."""
    if not answer.citations:
        return None
    metas = {c.document.id: c.document for c in answer.citations}.values()
    return (
        not any(m.status in OVERTAKEN_STATES for m in metas)
        and all(start_said(m, answer.notices, today) for m in metas)
        and unsure_said(answer)
        and corrections_said(answer, errata)
    )


def start_said(meta: Metadata, notices: Sequence[str], today: date) -> bool:
    """Rules to come are announced with their day; rules in force are not."""
    if meta.rank != LAW or not meta.valid_from or len(meta.valid_from) != len("2026-01-15"):
        return True
    coming = meta.valid_from > today.isoformat()
    return (phrases.coming(meta.title, day(meta.valid_from)) in notices) == coming


def unsure_said(answer: Answer) -> bool:
    """An unconfirmed statement is called so."""
    return phrases.UNSURE in answer.notices or not any(UNCONFIRMED in c.quote for c in answer.citations)


def corrections_said(answer: Answer, errata: Iterable[Mapping[str, Any]]) -> bool:
    """Where a quote of the report speaks of what has been overtaken, a correction goes with it."""
    overtaken = [e for e in errata if e.get("kind") == "overtaken"]
    asked = any(spoken_of(e, c) for e in overtaken for c in answer.citations if c.document.kind == "report")
    return not asked or any(n.startswith(CORRECTION) for n in answer.notices)


def spoken_of(entry: Mapping[str, Any], citation: Citation) -> bool:
    """Whether the quote stands in the entry's section and holds one of its triggers as a whole word."""
    here = str(entry.get("section")) == str(citation.section or citation.document.section)
    quote = f" {plain(citation.quote)} ".replace(",", " ").replace(".", " ")
    return here and any(f" {plain(str(t))} " in quote for t in entry.get("triggers") or ())
