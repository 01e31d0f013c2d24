"""A run: the questions asked and judged, the figures counted, all in one result that can be kept and compared."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np

from assistant.engine import Engine
from assistant.errors import DataMissing, InputError
from assistant.settings import Settings
from assistant.swedish import stem
from evals import cases, fingerprints, forms, indexes, metrics, public, records, workers
from evals.cases import Case
from evals.figures import Figure
from evals.indexes import Build
from evals.kept import Kept
from evals.progress import Progress, silent
from evals.records import Record

FORMAT = 1
AGAIN = 11
"""Every so manieth question is asked a second time, in another process and order, past what is kept."""
NO_ORIGINALS = "../shared/originals finns inte på den här datorn."
Suite = Literal["answers", "retrieval", "public", "all"]
HalfOrAll = Literal["tune", "report", "all"]
Run = dict[str, Any]
Row = dict[str, Any]


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


def measure(plan: Plan, build: Build, progress: Progress = silent) -> Run:
    """Runs the plan. Equal inputs give equal results but for `times`. Raises: DataMissing where there are no cases."""
    started = time.perf_counter()
    chosen = questions(plan)
    with progress("Bygger indexet", 1):
        engine = indexes.opened("corpus", [plan.settings.corpus], plan.settings, build, plan.runs)
    run: Run = {
        "format": FORMAT,
        "half": plan.half,
        "suites": list(plan.suites),
        "made_with": fingerprints.made_with(engine, chosen),
        "figures": {},
        "times": {"started": datetime.now(UTC).isoformat(timespec="seconds")},
    }
    run["figures"]["language"] = wired(forms.measure(stem))
    if "answers" in plan.suites:
        add_answers(run, plan, engine, chosen, progress)
    if "retrieval" in plan.suites:
        add_retrieval(run, plan, engine, chosen, build, progress)
    if "public" in plan.suites:
        with progress("Offentliga frågor", 1):
            run["figures"] |= {name: wired(f) for name, f in public.measure(plan.settings, build, plan.runs).items()}
    run["times"]["seconds"] = round(time.perf_counter() - started, 1)
    return run


def questions(plan: Plan) -> list[Case]:
    """The questions of the plan. Raises: DataMissing where there are none."""
    chosen = cases.load(plan.folder, None if plan.half == "all" else plan.half)
    if not chosen:
        raise DataMissing(f"Det finns inga frågor i {plan.folder}. Ange en mapp med .jsonl-filer.")
    return chosen


def add_answers(run: Run, plan: Plan, engine: Engine, chosen: Sequence[Case], progress: Progress) -> None:
    """Adds the answers, their figures, and what the search behind them found."""
    rows = perform(plan, engine, "answer", chosen, "Frågar", progress)
    again = asked_again(plan, engine, chosen, progress)
    run["records"] = [row["record"] for row in rows]
    read = [records.read(row["record"]) for row in rows]
    run["figures"] |= {"answers": wired(metrics.answers(read, again)), "corpus": wired(metrics.search(ranked(read)))}
    run["groups"] = {name: wired(group) for name, group in metrics.grouped(read).items()}
    run["curve"] = [[round(c, 6), round(r, 6)] for c, r in metrics.curve(read)]
    run["times"]["answer_ms"] = latency([row["ms"]["total"] for row in rows])
    run["times"]["each_ms"] = {record.id: row["ms"]["total"] for record, row in zip(read, rows, strict=True)}


def ranked(read: Sequence[Record]) -> list[records.Ranked | None]:
    """What the search found for each answerable question; a question held back before the search found nothing."""
    return [r.ranked for r in read if r.answerable != "no"]


def add_retrieval(
    run: Run, plan: Plan, engine: Engine, chosen: Sequence[Case], build: Build, progress: Progress
) -> None:
    """Adds the search alone: on the originals where they are, on the corpus where answers were not asked for."""
    wanted = [c for c in chosen if c.evidence]
    if "answers" not in plan.suites:
        run["figures"]["corpus"] = searched(run, "corpus", plan, engine, wanted, progress)
    if not plan.originals.is_dir():
        run["figures"]["originals"] = {"recall_at_5": {"unscored": NO_ORIGINALS, "n": 0}}
        return
    with progress("Bygger originalens index", 1):
        originals = indexes.opened("originals", [plan.originals], plan.settings, build, plan.runs)
    run["figures"]["originals"] = searched(run, "originals", plan, originals, wanted, progress)


def searched(run: Run, name: str, plan: Plan, engine: Engine, chosen: Sequence[Case], progress: Progress) -> Row:
    """The figures of the search on one index; the ranks are kept in the run."""
    rows = perform(plan, engine, "search", chosen, f"Söker ({name})", progress)
    found = [records.read_ranked(row["ranked"]) for row in rows]
    run.setdefault("ranked", {})[name] = {c.id: row["ranked"] for c, row in zip(chosen, rows, strict=True)}
    run["times"][f"{name}_search_ms"] = latency([row["ms"]["total"] for row in rows])
    return wired(metrics.search(found))


def perform(plan: Plan, engine: Engine, what: str, chosen: Sequence[Case], label: str, progress: Progress) -> list[Row]:
    """One row for each case, in order: kept ones as they are, others made now and kept."""
    kept = Kept(plan.runs / "kept" / f"{what}-{state(plan, engine)}.json")
    rows = kept.read()
    missing = [c for c in chosen if fingerprints.of_case(c) not in rows]
    on = workers.bench(engine, plan.settings.date)
    with progress(label, len(missing)) as step:
        made = workers.run(on, [(what, c) for c in missing], plan.jobs, step)
        rows |= {fingerprints.of_case(c): row for c, row in zip(missing, made, strict=True)}
    if missing:
        kept.write(rows)
    return [rows[fingerprints.of_case(c)] for c in chosen]


def asked_again(plan: Plan, engine: Engine, chosen: Sequence[Case], progress: Progress) -> dict[str, str]:
    """Id → digest for a sample, asked from the last to the first and never taken from what is kept."""
    sample = list(reversed(chosen[::AGAIN]))
    with progress("Frågar en gång till", len(sample)) as step:
        made = workers.run(workers.bench(engine, plan.settings.date), [("again", c) for c in sample], plan.jobs, step)
        return {c.id: row["digest"] for c, row in zip(sample, made, strict=True)}


def state(plan: Plan, engine: Engine) -> str:
    """One hash over everything that decides an answer besides the case."""
    parts = [
        fingerprints.of_code(fingerprints.ANSWERING),
        fingerprints.of_index(engine.index),
        json.dumps(fingerprints.settings(plan.settings), sort_keys=True),
        repr(engine.retriever.weights),
    ]
    return fingerprints.digest("\n".join(parts))


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
