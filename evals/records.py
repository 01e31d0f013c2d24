"""What came of one question: plain values, so that a run can be kept, compared and shown. Times are kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Cited:
    """One citation, and what is right and wrong with it."""

    number: int
    document_id: str
    title: str
    section: str | None
    heading: str | None
    page: int | None
    quote: str
    start: int
    end: int
    right: bool | None
    """At an evidence place, or carrying a required fact; None for a question without an answer."""
    exact: bool
    """The quote is the document's text at [start:end]."""
    placed: bool
    """Section, heading and page are those of the document at `start`."""
    needed: bool | None
    """Leaving it out, with what rests on it alone, loses a required fact; None where not all facts are there."""


@dataclass(frozen=True)
class Ranked:
    """What the search found for one question."""

    ranks: tuple[int, ...]
    """The ranks of the passages that are evidence, from 1."""
    total: int
    """How many chunks of the whole index are evidence; 0 where the index holds none."""
    facts_at_5: float | None
    """The share of the required facts that stand in the five best passages together."""
    distinct: bool
    """No chunk and no text was found twice."""


@dataclass(frozen=True)
class Guarded:
    """What the guard made of the answer's true claims and of claims falsified on purpose."""

    true: int
    alarms: int
    """True claims that it rejected."""
    false: int
    killed: int
    """Falsified claims that it rejected."""


@dataclass(frozen=True)
class Unshown:
    """A language model's claim that was not shown."""

    text: str
    reasons: tuple[str, ...]
    """Why it does not stand, in Swedish."""


@dataclass(frozen=True)
class Overheard:
    """What came of asking the language model."""

    spoke: bool
    """The answer is the model's; else it failed and the extracted answer was given."""
    said: int
    """Claims in its reply."""
    withheld: tuple[Unshown, ...]


@dataclass(frozen=True)
class Record:
    """One question with its answer and the verdict."""

    id: str
    question: str
    history: tuple[str, ...]
    half: str
    voice: str
    kind: str
    style: str
    answerable: str
    stratum: str | None
    outcome: str
    answer: str
    notices: tuple[str, ...]
    facts: float | None
    missing: tuple[str, ...]
    """The required facts that the answer lacks, each in its first form."""
    right: bool
    cited: bool | None
    precision: float | None
    places: float | None
    """The share of the evidence places that are cited."""
    supported: float | None
    """The share of the claims with a citation that is right."""
    score: int
    chance: float | None
    """The judge's chance that the sources answer, 0 to 1; None where the question was never judged."""
    authority: bool | None
    """What the sources' rank, date and state ask to be said is said; None where nothing is cited."""
    citations: tuple[Cited, ...]
    ranked: Ranked | None
    guarded: Guarded | None
    reason: str
    """Why the verdict is what it is, in Swedish."""
    digest: str
    """SHA-256 of the answer as the contract prints it, without times."""
    model: Overheard | None = None
    """None where no language model was asked."""

    @property
    def family(self) -> str:
        """answered, partial, abstained, clarify, blocked or failed."""
        return self.outcome.split("_", 1)[0]

    @property
    def spoke(self) -> bool:
        """Whether an answer was given, whole or in part."""
        return self.family in ("answered", "partial")


def wire(record: Record) -> dict[str, Any]:
    """As it stands in a result file; floats to six decimals, so that a kept record equals a fresh one."""
    return {key: plain(value) for key, value in asdict(record).items()}


def read(row: Mapping[str, Any]) -> Record:
    """A record of its form in a result file."""
    lists = {key: tuple(row[key]) for key in ("history", "notices", "missing")}
    parts = {
        "citations": tuple(Cited(**c) for c in row["citations"]),
        "ranked": read_ranked(row["ranked"]),
        "guarded": Guarded(**row["guarded"]) if row["guarded"] else None,
        "model": read_overheard(row.get("model")),
    }
    return Record(**{**row, **lists, **parts})


def read_overheard(row: Mapping[str, Any] | None) -> Overheard | None:
    """What came of a language model, of its form in a result file."""
    if not row:
        return None
    withheld = tuple(Unshown(w["text"], tuple(w["reasons"])) for w in row["withheld"])
    return Overheard(row["spoke"], row["said"], withheld)


def read_ranked(row: Mapping[str, Any] | None) -> Ranked | None:
    """What a search found, of its form in a result file."""
    return Ranked(**{**row, "ranks": tuple(row["ranks"])}) if row else None


def plain(value: Any) -> Any:
    """Lists and numbers as JSON has them, floats to six decimals."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value
