"""Two runs side by side: which questions changed, for better or worse, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import comb
from typing import Any, Literal

from evals.records import Record, read

Verdict = Literal["better", "worse", "other", "new", "gone"]
NAMES: Mapping[str, str] = {
    "better": "bättre", "worse": "sämre", "other": "annorlunda", "new": "ny fråga", "gone": "borttagen fråga",
}  # fmt: skip
TOO_FEW = "för få för att säga något"


@dataclass(frozen=True)
class Change:
    """One question whose answer or verdict differs."""

    id: str
    question: str
    verdict: Verdict
    before: str
    after: str
    details: tuple[str, ...]
    """What differs, a sentence each."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every question that differs between two runs, the worse ones first."""
    old, new = ({row["id"]: read(row) for row in run.get("records", ())} for run in (before, after))
    found = [changed(old.get(id), new.get(id)) for id in sorted(old.keys() | new.keys())]
    order = list(reversed(["gone", "new", "other", "better", "worse"]))
    return sorted((c for c in found if c is not None), key=lambda c: (order.index(c.verdict), c.id))


def changed(old: Record | None, new: Record | None) -> Change | None:
    """What differs for one question; None where nothing does."""
    if old is None or new is None:
        return Change(old.id, old.question, "gone", old.reason, "", ()) if old else added(new)
    details = tuple(differences(old, new))
    if not details:
        return None
    worth = (old.right, old.score, old.facts or 0.0), (new.right, new.score, new.facts or 0.0)
    verdict: Verdict = "other" if worth[0] == worth[1] else "better" if worth[1] > worth[0] else "worse"
    return Change(new.id, new.question, verdict, old.reason, new.reason, details)


def added(new: Record | None) -> Change | None:
    """A question that only the later run has."""
    return Change(new.id, new.question, "new", "", new.reason, ()) if new else None


def differences(old: Record, new: Record) -> Iterator[str]:
    """What differs between two records of the same question."""
    if old.outcome != new.outcome:
        yield f"Utfall: {old.outcome} → {new.outcome}."
    for name, (a, b) in {"Tappade": (new.missing, old.missing), "Fick med": (old.missing, new.missing)}.items():
        gone = [f"”{f}”" for f in a if f not in b]
        if gone:
            yield f"{name} {', '.join(gone)}."
    if first(old) != first(new):
        yield f"Belägget: {first(old)} → {first(new)}."
    if old.citations != new.citations:
        yield f"Källor: {sources(old)} → {sources(new)}."
    elif old.answer != new.answer:
        yield "Svarets lydelse är en annan."
    if old.notices != new.notices:
        yield "Upplysningarna är andra."
    if old.chance is not None and new.chance is not None and abs(old.chance - new.chance) >= 0.05:
        yield f"Domarens sannolikhet: {old.chance:.2f} → {new.chance:.2f}."


def first(record: Record) -> str:
    """Where the first evidence was found."""
    ranks = record.ranked.ranks if record.ranked else ()
    return f"plats {ranks[0]}" if ranks else "inte funnet"


def sources(record: Record) -> str:
    """The cited places, in a few words."""
    return ", ".join(f"{c.document_id}[{c.start}:{c.end}]" for c in record.citations[:3]) or "inga"


def chance(better: int, worse: int) -> float | None:
    """Two-sided sign test: the chance of so uneven a split were both equally likely; None for fewer than six.

    Source: exact binomial, as McNemar's test for paired shares (McNemar 1947, doi 10.1007/BF02295996).
    """
    n = better + worse
    if n < 6:
        return None
    return float(min(1.0, 2 * sum(comb(n, k) for k in range(min(better, worse) + 1)) / 2**n))


def counted(found: list[Change]) -> dict[str, Any]:
    """How many changed which way, and how likely that is by chance."""
    count = {name: sum(c.verdict == name for c in found) for name in NAMES}
    p = chance(count["better"], count["worse"])
    return {**count, "p": None if p is None else round(p, 4)}


def as_text(found: list[Change]) -> str:
    """The changes for a terminal."""
    count = counted(found)
    p = TOO_FEW if count["p"] is None else f"p = {count['p']:.3f}".replace(".", ",")
    lines = [f"{count['better']} bättre, {count['worse']} sämre ({p}), {count['other']} annorlunda."]
    for c in found:
        lines += ["", f"{c.id} {NAMES[c.verdict]}: {c.question}", *(f"  {d}" for d in c.details)]
        lines += [f"  Före:  {c.before}", f"  Efter: {c.after}"] if c.before != c.after else []
    return "\n".join(lines)


def as_rows(found: list[Change]) -> dict[str, Any]:
    """The changes as JSON."""
    return {"count": counted(found), "changes": [asdict(c) for c in found]}
