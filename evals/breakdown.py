"""The figures of parts of the questions: each half, and within it each kind, style, voice and stratum. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evals import metrics
from evals.cases import Case
from evals.figures import Figure, share
from evals.metrics import Figures
from evals.records import Ranked, Record

HALVES = ("tune", "report")
DIMENSIONS = ("kind", "style", "voice")
"""Of questions that have an answer; those without one are grouped by stratum."""
STRATUM = "stratum"
INDEXES = ("corpus", "originals")
K = 5

Groups = dict[str, dict[str, Figures]]
"""Dimension → name of the group → figure."""


@dataclass(frozen=True)
class Seen:
    """One question with everything that is known of it."""

    case: Case
    record: Record | None = None
    """The judged answer; None where answers were not asked for."""
    found: Mapping[str, Ranked | None] = field(default_factory=dict)
    """Index → what the search found there."""


def figures(seen: Sequence[Seen], again: Mapping[str, str]) -> dict[str, Figures]:
    """All figures on these questions. `again`: id → digest of the same question asked a second time."""
    answered = [s.record for s in seen if s.record is not None]
    found = {"answers": metrics.answers(answered, again)} if answered else {}
    if any(r.model is not None for r in answered):
        found["llm"] = metrics.model(answered)
    for index in INDEXES:
        ranked = [s.found[index] for s in seen if index in s.found]
        if ranked:
            found[index] = metrics.search(ranked)
    return found


def groups(seen: Sequence[Seen]) -> Groups:
    """The chief figures by kind, style and voice of the questions with an answer, and by stratum of those without."""
    with_answer = [s for s in seen if s.case.answerable != "no"]
    without = [s for s in seen if s.case.answerable == "no"]
    made: Groups = {name: by(with_answer, name, CHIEF) for name in DIMENSIONS}
    return made | {STRATUM: by(without, STRATUM, {"abstention": held_back})}


def by(
    seen: Iterable[Seen], dimension: str, measures: Mapping[str, Callable[[Sequence[Seen]], Figure | None]]
) -> dict[str, Figures]:
    """Each group's figures, those that were measured."""
    parts: dict[str, list[Seen]] = defaultdict(list)
    for s in seen:
        parts[str(getattr(s.case, dimension) or "other")].append(s)
    made = {
        name: {key: figure for key, measure in measures.items() if (figure := measure(part)) is not None}
        for name, part in sorted(parts.items())
    }
    return {name: figures for name, figures in made.items() if figures}


def right(seen: Sequence[Seen]) -> Figure | None:
    """The share answered with all required facts; None where nothing was asked, as in all of these."""
    return _share([s.record.right for s in seen if s.record is not None])


def cited(seen: Sequence[Seen]) -> Figure | None:
    """The share of the answers with at least one right source."""
    return _share([s.record.cited for s in seen if s.record is not None and s.record.spoke])


def false_abstention(seen: Sequence[Seen]) -> Figure | None:
    """The share that was not answered though the sources do."""
    return _share([not s.record.spoke for s in seen if s.record is not None])


def held_back(seen: Sequence[Seen]) -> Figure | None:
    """The share of questions without an answer that were not answered."""
    return _share([not s.record.spoke for s in seen if s.record is not None])


def recall(index: str) -> Callable[[Sequence[Seen]], Figure | None]:
    """The share with evidence among the five best of an index, of those whose evidence it holds."""

    def measure(seen: Sequence[Seen]) -> Figure | None:
        ranked = [r for s in seen if (r := s.found.get(index)) is not None and r.total]
        return _share([metrics.recall_at_k(r, K) for r in ranked])

    return measure


def _share(hits: Sequence[bool | None]) -> Figure | None:
    return share(hits) if any(hit is not None for hit in hits) else None


CHIEF: Mapping[str, Callable[[Sequence[Seen]], Figure | None]] = {
    "right": right,
    "cited": cited,
    "false_abstention": false_abstention,
    "corpus_recall_at_5": recall("corpus"),
    "originals_recall_at_5": recall("originals"),
}
"""Figure → how it is counted on a group of questions that have an answer."""
