"""`fyrlots eval`: measure, compare, gate, publish."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant import settings
from assistant.errors import InputError
from evals import cases, diff, gate, indexes, printed, report, run, workers
from evals.indexes import Build
from evals.progress import shown

SUITES = {
    "answers": ("answers",),
    "retrieval": ("retrieval",),
    "robust": ("robust",),
    "public": ("public",),
    "all": ("answers", "retrieval", "robust", "public"),
}


def main(args: Sequence[str], build: Build) -> int:
    """Runs `fyrlots eval …`. Returns 0, or 1 where lint or gate finds something. Raises: FyrlotsError."""
    if list(args[:1]) == ["lint"]:
        return lint(args[1:])
    if list(args[:1]) == ["diff"]:
        return compare(args[1:])
    options = parser().parse_args(list(args))
    made = measured(options, build)
    path = run.save(made, options.runs)
    if options.html:
        options.html.write_text(report.page(made), encoding="utf-8")
    if options.publish:
        publish(made)
    print(run.as_json(made) if options.json else printed.as_text(made, path), end="" if options.json else "\n")
    if options.compare:
        print(
            "\n" + diff.as_text(diff.changes(options.compare, made)),
            file=sys.stderr if options.json else sys.stdout,
        )
    return gated(made) if options.gate else 0


def parser() -> argparse.ArgumentParser:
    """The options of `fyrlots eval`."""
    made = argparse.ArgumentParser(prog="fyrlots eval", description="Mäter kvaliteten på sökning och svar.")
    made.add_argument("--suite", choices=sorted(SUITES), help="vad som mäts; utan: svar och sökning")
    made.add_argument("--half", choices=("tune", "report", "all"), default="all", help="vilken halva av frågorna")
    made.add_argument(
        "--compare", metavar="MÄTNING", help="visa vad som ändrats sedan en tidigare mätning (fil eller latest)"
    )
    made.add_argument("--llm", action="store_true", help="låt språkmodellen i FYRLOTS_LLM formulera svaren")
    made.add_argument(
        "--baselines", action="store_true", help="mät också andras sätt och våra delar borttagna (långsamt)"
    )
    made.add_argument("--json", action="store_true", help="skriv hela mätningen som JSON")
    made.add_argument("--html", type=Path, metavar="FIL", help="skriv rapporten som webbsida")
    made.add_argument(
        "--gate", action="store_true", help="sluta med fel om något blivit sämre än golven i evals/floors.json"
    )
    made.add_argument("--publish", action="store_true", help="skriv evals/results.json och evals/report.html")
    made.add_argument("--cases", type=Path, default=cases.FOLDER, metavar="MAPP", help="egna frågor i stället för våra")
    made.add_argument("--runs", type=Path, default=indexes.RUNS, metavar="MAPP", help="mapp för mätningar")
    made.add_argument("--jobs", type=int, metavar="N", help="processer; utan: en för varje kärna")
    return made


def measured(options: argparse.Namespace, build: Build) -> dict[str, Any]:
    """The run that the options ask for. The run to compare with is read first, so that a bad name is told at once."""
    if options.compare:
        options.compare = run.load(options.compare, options.runs)
    suites = SUITES[options.suite] if options.suite else ("answers", "retrieval")
    plan = run.Plan(chosen_settings(options.llm), suites, options.half, options.jobs, options.cases, options.runs)
    made = run.measure(plan, build, shown())
    if options.baselines:
        made["baselines"] = baselines(plan, build)
    return made


def chosen_settings(llm: bool) -> settings.Settings:
    """The settings, without a language model unless it is asked for. Raises: InputError where none is set."""
    if not llm:
        return settings.load(llm="")
    found = settings.load()
    if not found.llm:
        raise InputError("Ingen språkmodell är inställd. Sätt FYRLOTS_LLM, till exempel till openai:gpt-4o-mini.")
    return found


def baselines(plan: run.Plan, build: Build) -> dict[str, Any]:
    """Baselines and left-out components on the corpus, and on the originals where they are."""
    from evals import ablation

    chosen = run.questions(plan)
    places = {"corpus": plan.settings.corpus, "originals": plan.originals}
    found = {}
    for name, path in places.items():
        if path.is_dir():
            bench = workers.bench(indexes.opened(name, [path], plan.settings, build, plan.runs), plan.settings.date)
            compared = ablation.compared(bench, chosen, plan.runs / "vectors")
            found[name] = {system: run.wired(figures) for system, figures in compared.items()}
    return found


def publish(made: Mapping[str, Any]) -> None:
    """Writes what is committed: the figures, and the page. Baselines are kept from before where this run has none."""
    body = report.without_questions(made)
    if "baselines" not in body and gate.RESULTS.exists():
        body |= {key: value for key, value in gate.load(gate.RESULTS).items() if key == "baselines"}
    gate.RESULTS.write_text(run.as_json(body), encoding="utf-8")
    report.PAGE.write_text(report.page({**made, "baselines": body.get("baselines", {})}), encoding="utf-8")


def gated(made: Mapping[str, Any]) -> int:
    """Says what the gate finds. Returns 1 where it finds anything."""
    problems = gate.check(made, gate.load(gate.FLOORS))
    problems += gate.check_docs(gate.documents(), gate.load(gate.RESULTS) if gate.RESULTS.exists() else {})
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"Grinden: {len(problems)} fel." if problems else "Grinden: allt håller.", file=sys.stderr)
    return 1 if problems else 0


def lint(args: Sequence[str]) -> int:
    """Checks the questions. Returns 1 where something is wrong."""
    made = argparse.ArgumentParser(prog="fyrlots eval lint", description="Granskar frågorna.")
    made.add_argument("folder", nargs="?", type=Path, default=cases.FOLDER, metavar="MAPP")
    folder = made.parse_args(list(args)).folder
    if not folder.is_dir():
        raise InputError(f"{folder} finns inte. Ange mappen med frågorna.")
    every = cases.load(folder)
    problems = cases.lint(every)
    for problem in problems:
        print(problem)
    print(f"{len(every)} frågor, {len(problems)} fel.")
    return 1 if problems or not every else 0


def compare(args: Sequence[str]) -> int:
    """Shows what changed between two runs."""
    made = argparse.ArgumentParser(prog="fyrlots eval diff", description="Visar vilka frågor som ändrats och varför.")
    made.add_argument("before", metavar="A")
    made.add_argument("after", metavar="B")
    made.add_argument("--json", action="store_true", help="skriv som JSON")
    made.add_argument("--runs", type=Path, default=indexes.RUNS, metavar="MAPP", help="mapp för mätningar")
    options = made.parse_args(list(args))
    found = diff.changes(run.load(options.before, options.runs), run.load(options.after, options.runs))
    print(json.dumps(diff.as_rows(found), ensure_ascii=False, indent=1) if options.json else diff.as_text(found))
    return 0
