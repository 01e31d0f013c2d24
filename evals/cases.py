"""The questions: read, checked, and split in a tune half and a report half that never meet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assistant.errors import DocumentError

FOLDER = Path(__file__).with_name("cases")
VOICES = frozenset({"official", "newcomer", "strategist"})
KINDS = frozenset("number when who list definition comparison yesno why duty multi followup overview".split())
STYLES = frozenset("plain colloquial misspelt split abbreviation english norwegian".split())
STRATA = frozenset("off_subject uncovered near_miss false_premise adversarial".split())
Half = Literal["tune", "report"]
UNSEEN = "fresh"
"""Files whose names begin so were written by others, and nothing is chosen or set by them: the report half."""


@dataclass(frozen=True)
class Place:
    """Where evidence stands: an original's name or a regulation's id, with section and heading as printed."""

    source: str
    section: str | None
    heading: str | None


@dataclass(frozen=True)
class Case:
    """One question and what a right answer must hold."""

    id: str
    question: str
    history: tuple[str, ...]
    voice: str
    kind: str
    style: str
    answerable: Literal["yes", "partial", "no"]
    stratum: str | None
    facts: tuple[tuple[str, ...], ...]
    """Each fact is a choice of accepted forms; all facts are required."""
    evidence: tuple[Place, ...]
    half: Half
    """Tune where weights and thresholds may be set on it; report where nothing was chosen by it."""


def load(folder: Path = FOLDER, half: Half | None = None) -> list[Case]:
    """All cases, or those of one half, in the order of their ids. Raises: DocumentError."""
    every = [case for path in sorted(folder.glob("*.jsonl")) for case in read(path)]
    return sorted((c for c in every if half is None or c.half == half), key=lambda c: c.id)


def tuning(folder: Path = FOLDER) -> list[Case]:
    """The cases that weights and thresholds may be set on: the tune half, and no way to any other."""
    return load(folder, "tune")


def read(path: Path) -> Iterator[Case]:
    """The cases of one file. Raises: DocumentError with the line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield parse(json.loads(line), "report" if path.stem.startswith(UNSEEN) else "tune")
            except (ValueError, KeyError, TypeError) as error:
                raise DocumentError(
                    f"{path.name}, rad {number}: frågan kan inte läsas ({error}). Rätta raden."
                ) from error


def parse(row: dict[str, Any], half: Half) -> Case:
    """One case of its JSON object."""
    return Case(
        id=row["id"],
        question=row["question"],
        history=tuple(row["history"]),
        voice=row["voice"],
        kind=row["kind"],
        style=row["style"],
        answerable=row["answerable"],
        stratum=row["stratum"],
        facts=tuple(tuple(f) for f in row["facts"]),
        evidence=tuple(Place(e["source"], e["section"], e["heading"]) for e in row["evidence"]),
        half=half,
    )


def lint(cases: list[Case]) -> list[str]:
    """What is wrong with the cases, a line each."""
    seen: dict[str, str] = {}
    found = []
    for case in cases:
        if case.id in seen:
            found.append(f"{case.id}: id finns två gånger. Byt den ena.")
        seen[case.id] = case.question
        found += [f"{case.id}: {problem}" for problem in problems(case)]
    return found


def problems(case: Case) -> Iterator[str]:
    """What is wrong with one case."""
    for name, allowed in (("voice", VOICES), ("kind", KINDS), ("style", STYLES)):
        if getattr(case, name) not in allowed:
            yield f"{name} är {getattr(case, name)!r}. Tillåtna värden: {', '.join(sorted(allowed))}."
    if case.answerable == "no" and case.stratum not in STRATA:
        yield f"stratum är {case.stratum!r}. En obesvarbar fråga behöver ett av: {', '.join(sorted(STRATA))}."
    if case.answerable != "no" and not (case.facts and case.evidence):
        yield "en besvarbar fråga behöver minst ett faktum och ett ställe."
    if case.kind == "followup" and not case.history:
        yield "en följdfråga behöver ett samtal i history."
