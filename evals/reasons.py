"""Why an answer was right or wrong, in one Swedish sentence: where on the way the evidence was lost."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Passage
from evals.cases import Case
from evals.grading import share
from evals.records import Record

STRATA = {
    "off_subject": "ligger utanför ämnet",
    "uncovered": "täcks inte av källorna",
    "near_miss": "liknar något i källorna men besvaras inte där",
    "false_premise": "bygger på en felaktig eller överspelad förutsättning",
    "adversarial": "försöker styra eller missbruka svaret",
}
"""What each stratum of questions without an answer is."""


def why(case: Case, record: Record, passages: Sequence[Passage]) -> str:
    """The reason for the verdict."""
    if case.answerable == "no":
        kind = STRATA.get(case.stratum or "", "saknar svar")
        return f"Rätt att avstå: frågan {kind}." if record.right else f"Besvarades fast frågan {kind}."
    if record.right:
        return (
            "Alla fakta finns i svaret."
            if not wrong_citations(record)
            else "Alla fakta finns, men " + wrong_citations(record)
        )
    if not record.spoke:
        return f"Avstod fast källorna svarar: {where(record)}."
    return f"Svaret saknar {listed(record.missing)}: {lost(case, record, passages)}."


def wrong_citations(record: Record) -> str:
    """What is wrong with the citations; empty where nothing is."""
    wrong = [str(c.number) for c in record.citations if c.right is False]
    return f"källa {', '.join(wrong)} bär inget av dem." if wrong else ""


def where(record: Record) -> str:
    """Where the search had the evidence."""
    if record.family == "blocked":
        return "frågan stoppades som otillåten"
    if record.ranked is None or not record.ranked.total:
        return "belägget finns inte i indexet"
    if not record.ranked.ranks:
        return "belägget är inte bland de tio bästa passagerna"
    return f"belägget finns på plats {record.ranked.ranks[0]}"


def lost(case: Case, record: Record, passages: Sequence[Passage]) -> str:
    """At which step the missing facts were lost."""
    if record.ranked is not None and record.ranked.ranks:
        found = share(case, " ".join(p.chunk.text for p in passages))
        chosen = "meningen valdes inte" if found == 1.0 else "passagerna har inte alla fakta"
        return f"{where(record)}, {chosen}"
    return where(record)


def listed(facts: Sequence[str]) -> str:
    """'”a” och ”b”'."""
    quoted = [f"”{f}”" for f in facts]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} och {quoted[-1]}" if quoted else "fakta"
