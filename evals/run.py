"""A run: the questions asked and judged, the figures counted, all in one result that can be kept and compared."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np

from assistant.engine import Engine
from assistant.errors import DataMissing, InputError
from assistant.settings import Settings
from assistant.swedish import stem
from evals import asking, breakdown, cases, fingerprints, forms, indexes, metrics, public, records, robust, workers
from evals.asking import Begun, Desk
from evals.breakdown import Seen
from evals.cases import Case
from evals.figures import Figure
from evals.indexes import Build
from evals.progress import Progress, silent
from evals.records import Ranked, Record

FORMAT = 1
AGAIN = 11
"""Every so manieth question is asked a second time, in another process and order, past what is kept."""
NO_ORIGINALS = "../shared/originals finns inte på den här datorn."
Suite = Literal["answers", "retrieval", "public", "all"]
HalfOrAll = Literal["tune", "report", "all"]
Run = dict[str, Any]
Row = dict[str, Any]
Found = dict[str, dict[str, Ranked | None]]
"""Index → question's id → what the search found there."""


@dataclass(frozen=True)
class Plan:
    """What a run is to measure."""

    settings: Settings
    suites: tuple[str, ...] = ("answers", "retrieval")
    half: HalfOrAll = "all"
    jobs: int | None = None
    """Processes; None for one a core."""
    folder: Path = cases.FOLDER
    """Where the questions lie."""
    runs: Path = indexes.RUNS
    """Where runs, indexes and kept answers go."""
    originals: Path = indexes.ORIGINALS

    @property
    def asks(self) -> bool:
        """Whether our own questions are asked."""
        return bool({"answers", "retrieval", "robust"} & set(self.suites))


def measure(plan: Plan, build: Build, progress: Progress = silent) -> Run:
    """Runs the plan. Equal inputs give equal results but for `times`. Raises: DataMissing where there are no cases."""
    started = time.perf_counter()
    chosen = questions(plan)
    with workers.crew(plan.jobs) as crew:
        desk = Desk(plan.settings, plan.runs, crew, progress)
        if plan.asks:
            crew.prepare(len(chosen))
        with progress("Bygger indexet", 1):
            engine = indexes.opened("corpus", [plan.settings.corpus], plan.settings, build, plan.runs)
        run = begun(plan, engine, chosen)
        if {"answers", "retrieval"} & set(plan.suites):
            add_questions(run, plan, desk, engine, chosen, build)
        if "robust" in plan.suites:
            add_robust(run, plan, desk, engine, chosen, build)
        if "public" in plan.suites:
            with progress("Offentliga frågor", 1):
                run["figures"] |= {
                    name: wired(f) for name, f in public.measure(plan.settings, build, plan.runs).items()
                }
    run["times"]["seconds"] = round(time.perf_counter() - started, 1)
    return run


def begun(plan: Plan, engine: Engine, chosen: Sequence[Case]) -> Run:
    """A run with its head and what needs no question."""
    return {
        "format": FORMAT,
        "half": plan.half,
        "suites": list(plan.suites),
        "made_with": fingerprints.made_with(engine, chosen),
        "figures": {"language": wired(forms.measure(stem))},
        "times": {"started": datetime.now(UTC).isoformat(timespec="seconds")},
    }


def questions(plan: Plan) -> list[Case]:
    """The questions of the plan. Raises: DataMissing where there are none."""
    chosen = cases.load(plan.folder, None if plan.half == "all" else plan.half)
    if not chosen:
        raise DataMissing(f"Det finns inga frågor i {plan.folder}. Ange en mapp med .jsonl-filer.")
    return chosen


def add_questions(run: Run, plan: Plan, desk: Desk, engine: Engine, chosen: Sequence[Case], build: Build) -> None:
    """Adds what came of our own questions: answers, searches, and their figures whole and in parts."""
    wanted = [c for c in chosen if c.evidence]
    found: Found = {}
    read: dict[str, Record] = {}
    again: dict[str, str] = {}
    asked = asking.begin(desk, engine, "answer", chosen) if "answers" in plan.suites else None
    if asked is None:
        found["corpus"] = searched(run, "corpus", asking.begin(desk, engine, "search", wanted))
    begun_originals = originals(plan, desk, wanted, build) if "retrieval" in plan.suites else None
    if asked is not None:
        read = answered(run, asked)
        again = asked_again(desk, engine, chosen)
        found["corpus"] = {c.id: read[c.id].ranked for c in chosen if c.answerable != "no"}
    if begun_originals is not None:
        found["originals"] = searched(run, "originals", begun_originals)
    seen = [Seen(c, read.get(c.id), {name: by[c.id] for name, by in found.items() if c.id in by}) for c in chosen]
    add_figures(run, seen, again)
    if "retrieval" in plan.suites and begun_originals is None:
        run["figures"]["originals"] = {"recall_at_5": {"unscored": NO_ORIGINALS, "n": 0}}


def originals(plan: Plan, desk: Desk, wanted: Sequence[Case], build: Build) -> Begun | None:
    """The search on the originals, begun; None where they are not. Others answer while its index is built."""
    if not plan.originals.is_dir():
        return None
    return asking.begin(desk, opened_originals(plan, desk, build), "search", wanted)


def opened_originals(plan: Plan, desk: Desk, build: Build) -> Engine:
    """The engine over the originals."""
    with desk.progress("Bygger originalens index", 1):
        return indexes.opened("originals", [plan.originals], plan.settings, build, plan.runs)


def add_robust(run: Run, plan: Plan, desk: Desk, engine: Engine, chosen: Sequence[Case], build: Build) -> None:
    """Adds what other ways of writing cost the search, in the corpus and in the originals where they are."""
    run["figures"]["robust_corpus"] = wired(robust.measure(desk, engine, chosen, "Skriver om (korpusen)"))
    if plan.originals.is_dir():
        other = opened_originals(plan, desk, build)
        run["figures"]["robust_originals"] = wired(robust.measure(desk, other, chosen, "Skriver om (originalen)"))


def answered(run: Run, asked: Begun) -> dict[str, Record]:
    """Id → the judged answer; records and times are kept in the run."""
    rows = asked.finish("Frågar")
    run["records"] = [row["record"] for row in rows]
    run["times"]["answer_ms"] = latency([row["ms"]["total"] for row in rows])
    run["times"]["each_ms"] = {row["record"]["id"]: row["ms"]["total"] for row in rows}
    return {row["record"]["id"]: records.read(row["record"]) for row in rows}


def searched(run: Run, name: str, asked: Begun) -> dict[str, Ranked | None]:
    """Id → what the search found on one index; ranks and times are kept in the run."""
    rows = asked.finish(f"Söker ({name})")
    run.setdefault("ranked", {})[name] = {c.id: row["ranked"] for c, row in zip(asked.chosen, rows, strict=True)}
    run["times"][f"{name}_search_ms"] = latency([row["ms"]["total"] for row in rows])
    return {c.id: records.read_ranked(row["ranked"]) for c, row in zip(asked.chosen, rows, strict=True)}


def add_figures(run: Run, seen: Sequence[Seen], again: Mapping[str, str]) -> None:
    """Adds the figures of all questions, of their groups, and the same of each half where the run has both."""
    halves = {half: [s for s in seen if s.case.half == half] for half in breakdown.HALVES}
    run["figures"] |= wired_groups(breakdown.figures(seen, again))
    run["groups"] = {name: wired_groups(by) for name, by in breakdown.groups(seen).items()}
    run["halves"] = {
        half: {
            "figures": wired_groups(breakdown.figures(part, again)),
            "groups": {name: wired_groups(by) for name, by in breakdown.groups(part).items()},
        }
        for half, part in halves.items()
        if part and len(part) < len(seen)
    }
    if judged := [s.record for s in seen if s.record is not None]:
        run["curve"] = [[round(c, 6), round(r, 6)] for c, r in metrics.curve(judged)]


def asked_again(desk: Desk, engine: Engine, chosen: Sequence[Case]) -> dict[str, str]:
    """Id → digest for a sample, asked from the last to the first, past what is kept; none where a model speaks."""
    sample = [] if engine.model is not None else list(reversed(chosen[::AGAIN]))
    made = desk.crew.run(workers.bench(engine, desk.settings.date), [("again", c) for c in sample])
    with desk.progress("Frågar en gång till", len(sample)) as step:
        found = {}
        for case, row in zip(sample, made, strict=True):
            found[case.id] = str(row["digest"])
            step()
    return found


def wired_groups(groups: Mapping[str, dict[str, Figure]]) -> Row:
    """Groups of figures as they stand in a result file."""
    return {name: wired(figures) for name, figures in groups.items()}


def wired(figures: dict[str, Figure]) -> Row:
    """Figures as they stand in a result file."""
    return {name: figure.wire() for name, figure in figures.items()}


def latency(ms: Sequence[float]) -> Row:
    """Median, 95th percentile and worst, in milliseconds."""
    middle, high = np.quantile(ms, [0.5, 0.95]) if len(ms) else (0.0, 0.0)
    return {
        "n": len(ms),
        "p50": round(float(middle), 1),
        "p95": round(float(high), 1),
        "max": round(max(ms, default=0.0), 1),
    }


def save(run: Run, runs: Path = indexes.RUNS) -> Path:
    """Writes the run under its start time, and returns the file."""
    runs.mkdir(parents=True, exist_ok=True)
    stamp = run["times"]["started"].replace(":", "").replace("+0000", "Z")
    path = runs / f"{stamp}-{run['half']}.json"
    path.write_text(as_json(run), encoding="utf-8")
    return path


def as_json(run: Run) -> str:
    """The run as text, the same for the same run."""
    return json.dumps(run, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def load(name: str, runs: Path = indexes.RUNS) -> Run:
    """A run by path, by file name, or `latest`. Raises: InputError."""
    files = sorted(runs.glob("*Z-*.json"))
    path = files[-1] if name == "latest" and files else Path(name)
    path = path if path.is_file() else runs / (name if name.endswith(".json") else f"{name}.json")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"Mätningen {name} kan inte läsas. Ange en fil i {runs}, eller latest.") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise InputError(f"{path} är ingen mätning i format {FORMAT}. Kör fyrlots eval på nytt.")
    return found
