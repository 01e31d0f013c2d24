"""A real engine over a few real documents, and the questions that it answers right: what faults are planted in."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from assistant import encoder, pipeline
from assistant.domain import Question
from assistant.engine import Engine, open_engine
from assistant.settings import Settings, bundled_corpus
from evals import cases, judging, metrics
from evals.cases import Case
from evals.figures import Figure
from evals.judging import Bench
from evals.records import Record
from evals.workers import carried
from ingest.build import build

DOCUMENTS = (
    "regulations/nis2.md",
    "regulations/sdk.md",
    "report/3.2.2-styrning-av-digitalisering.md",
    "report/3.2.3-organisatoriska-forutsattningar.md",
    "collaboration/samverkan-sml.md",
)
TODAY = date(2026, 11, 21)
ANSWERED, HELD_BACK = 24, 8
"""Questions in the small set: enough for every fault to show, few enough to be quick."""


@dataclass(frozen=True)
class Small:
    """A bench with questions that the healthy engine gets right, evidence first."""

    bench: Bench
    cases: tuple[Case, ...]

    def records(self, bench: Bench | None = None, solve: object = None) -> list[Record]:
        """The questions asked of this bench, or of another one."""
        on = bench or self.bench
        ask = solve if callable(solve) else judging.ask
        return [judging.judge(on, case, ask(on.engine, case)) for case in self.cases]


def figures(records: Sequence[Record], again: Sequence[Record] = ()) -> dict[str, dict[str, Figure]]:
    """The figures that the gate sees."""
    found = metrics.search([r.ranked for r in records if r.answerable != "no"])
    return {"answers": metrics.answers(records, {r.id: r.digest for r in again}), "corpus": found}


@pytest.fixture(scope="session")
def small_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine over five documents and the survey."""
    folder = tmp_path_factory.mktemp("liten")
    for name in (*DOCUMENTS, *(f"survey/{p.name}" for p in (bundled_corpus() / "survey").glob("*.yaml"))):
        (folder / "korpus" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundled_corpus() / name, folder / "korpus" / name)
    build([folder / "korpus"], folder / "index", encoder.load(""))
    return open_engine(Settings(index=folder / "index", corpus=folder / "korpus", today=TODAY.isoformat()))


@pytest.fixture(scope="session")
def small(small_engine: Engine) -> Small:
    """The questions that the healthy engine answers right with the evidence first, and those it rightly holds back."""
    bench = Bench(small_engine, TODAY, carried)
    every = cases.load()
    near = sorted((c for c in every if c.evidence and bench.held(c)), key=lambda c: margin(bench, c))
    figure = [c for c in near if c.kind == "number"]
    other = [c for c in near if c.kind != "number"]
    chosen = [*first(bench, figure, ANSWERED // 2), *first(bench, other, ANSWERED // 2)]
    without = sorted((c for c in every if c.answerable == "no"), key=lambda c: c.stratum != "adversarial")
    return Small(bench, (*chosen, *first(bench, without, HELD_BACK // 2), *first(bench, without[::-1], HELD_BACK // 2)))


def margin(bench: Bench, case: Case) -> float:
    """How much better the first passage is than the second: a narrow one shows when the order is disturbed."""
    best = pipeline.find(bench.engine, Question(case.question, case.history), 2)
    return best[0].similarity - best[1].similarity


def first(bench: Bench, every: Sequence[Case], count: int) -> list[Case]:
    """The first few that are answered right, with evidence in first place and every notice as it should be."""
    found: list[Case] = []
    for case in every:
        record = judging.judge(bench, case, judging.ask(bench.engine, case))
        best = record.ranked is None or record.ranked.ranks[:1] == (1,)
        if record.right and best and record.authority is not False and record.cited is not False:
            found.append(case)
        if len(found) == count:
            break
    return found


@pytest.fixture(scope="session")
def healthy(small: Small) -> list[Record]:
    """What the healthy engine answers."""
    return small.records()
