"""A run as one page that anyone can read: figures, plots, and every question with its answer and the verdict."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.authority import day
from evals import names, plots
from evals.public import KNOWN

TEMPLATES = Path(__file__).with_name("templates")
PAGE = Path(__file__).with_name("report.html")
"""The committed page that the web application serves at /kvalitet."""
FIRST = ("answers.right", "answers.selective_accuracy", "answers.cited", "answers.abstention", "answers.quote_fidelity")
"""The figures that stand first."""
HALVES = (
    "Inställning är frågor som vikter och trösklar har valts på, redovisning sådana som de aldrig har sett. Skiljer de "
    "sig, säger redovisningen mer om nya frågor."
)
Run = Mapping[str, Any]


def page(run: Run) -> str:
    """The page, self-contained and without script; works also for a run without its questions."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(value=names.value, interval=names.interval, address=address, verdict=verdict)
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html").render(
        run=run,
        style=Markup(style),  # noqa: S704 - our own file
        date=date_of(run),
        first=[(names.FIGURES[n.partition(".")[2]], f) for n, f in first(run)],
        groups=list(groups(run)),
        divided=[*halves(run), *divisions(run)],
        plots=list(drawn(run)),
        known=KNOWN if "swefaq" in run["figures"] else {},
        questions=sorted_questions(run),
        names=names,
    )


def style_source(html: str) -> str:
    """The hash that a Content-Security-Policy needs in `style-src` to let the page's own style through."""
    style = html.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class Published:
    """The committed report, ready to be served as it is."""

    html: str
    style_source: str
    """The page's own style for `style-src`, quotes included; the page needs nothing else: `default-src 'none'`."""


def published(path: Path = PAGE) -> Published | None:
    """The report that was published last; None where there is none. To be called once, when the site starts."""
    if not path.is_file():
        return None
    html = path.read_text(encoding="utf-8")
    return Published(html, style_source(html))


def date_of(run: Run) -> str:
    """The day of the run, '21 november 2026'."""
    return day(datetime.fromisoformat(run["times"]["started"]).date().isoformat())


def first(run: Run) -> list[tuple[str, Mapping[str, Any]]]:
    """The figures that stand first, those that were measured."""
    found = ((n, run["figures"].get(n.partition(".")[0], {}).get(n.partition(".")[2])) for n in FIRST)
    return [(n, f) for n, f in found if f is not None]


def groups(run: Run) -> list[tuple[str, list[tuple[names.Name, Mapping[str, Any]]]]]:
    """The groups of figures with their Swedish names, in the order of `names`."""
    return [
        (
            title,
            [(name, run["figures"][group][key]) for key, name in names.FIGURES.items() if key in run["figures"][group]],
        )
        for group, title in names.GROUPS.items()
        if group in run["figures"]
    ]


Cell = tuple[str, names.Form, Mapping[str, Any]]
"""(what stands over the column, how it is written, figure)."""
Row = tuple[str, list[Cell]]
"""What the row is, and its cells."""


def halves(run: Run) -> list[tuple[str, str, list[Row]]]:
    """(title, explanation, rows): the figures of each half beside those of all; nothing where the run has one half."""
    columns = parts(run)
    if len(columns) < 2:
        return []
    wanted = [(group, key) for group in ("answers", "corpus", "originals") for key in run["figures"].get(group, {})]
    rows: list[Row] = [
        (
            names.FIGURES[key].name + ("" if group == "answers" else f" ({names.GROUPS[group].split()[-1]})"),
            [
                (names.PARTS[p], names.FIGURES[key].form, own["figures"].get(group, {}).get(key, {}))
                for p, own in columns
            ],
        )
        for group, key in wanted
    ]
    return [("De två halvorna", HALVES, rows)]


def divisions(run: Run) -> list[tuple[str, str, list[Row]]]:
    """(title, explanation, rows): the chief figures by kind, style, voice and stratum, of all and of the unseen."""
    columns = [(p, own) for p, own in parts(run) if p != "tune"]
    found = []
    for dimension, (title, called) in names.GROUPED.items():
        whole = run.get("groups", {}).get(dimension, {})
        keys = [key for key in names.CHIEF if any(key in figures for figures in whole.values())]
        rows = [
            (called.get(name, name), [cell(own, p, dimension, name, key) for key in keys for p, own in columns])
            for name in names.ordered(whole, called)
        ]
        found += [(title, "", rows)] if keys else []
    return found


def cell(part: Run, name: str, dimension: str, group: str, key: str) -> Cell:
    """One figure of one group in one part, with what stands over its column."""
    over = names.CHIEF[key] if name == "all" else f"{names.CHIEF[key]}, {names.PARTS[name].casefold()}"
    return over, "share", part["groups"].get(dimension, {}).get(group, {}).get(key, {})


def parts(run: Run) -> list[tuple[str, Run]]:
    """(part, its figures and groups): all questions, and each half where the run has both."""
    return [("all", run), *((name, run["halves"][name]) for name in names.PARTS if name in run.get("halves", {}))]


def drawn(run: Run) -> list[tuple[str, str, Markup]]:
    """(heading, explanation, SVG) for each plot that the run has data for."""
    return [(title, tells, Markup(svg)) for title, tells, svg in _plots(run) if svg]  # noqa: S704 - escaped in plots


def _plots(run: Run) -> Sequence[tuple[str, str, str]]:
    found = []
    for dimension, (title, words) in names.DIMENSIONS.items():
        every = run.get("groups", {}).get(dimension, {}).items()
        rows = [(f"{words.get(k, k)} ({f['right']['n']})", f["right"]) for k, f in every if "right" in f]
        rows.sort(key=lambda row: -(row[1].get("value") or 0))
        svg = plots.bars(f"plot-{dimension}", f"Rätt svar: {title.casefold()}", rows) if rows else ""
        found.append((title, "Andel rätt svar, med 95 procents osäkerhet. Antal frågor inom parentes.", svg))
    curve = plots.line(
        "plot-risk", "Risk och täckning", run.get("curve", ()), ("Andel av frågorna som besvaras", "Andel fel")
    )
    found.append(("Risk och täckning", "Så stor andel av svaren är fel, när bara de säkraste svaren tas med.", curve))
    each = list(run["times"].get("each_ms", {}).values())
    found.append(
        ("Svarstid", "Så lång tid tar ett svar på datorn som mätte.", plots.histogram("plot-time", "Svarstid", each))
    )
    for index, systems in run.get("baselines", {}).items():
        found.append(systems_plot(index, systems))
    return found


def systems_plot(index: str, systems: Mapping[str, Mapping[str, Any]]) -> tuple[str, str, str]:
    """Our components left out and the others, by evidence among the five best."""
    rows = [
        (label, systems[key]["recall_at_5"])
        for key, label in names.SYSTEMS.items()
        if "recall_at_5" in systems.get(key, {})
    ]
    where = names.GROUPS[index]
    svg = plots.bars(f"plot-systems-{index}", f"Med delar borttagna: {where}", rows, strong=names.SYSTEMS["ours"])
    return f"Vad delarna ger: {where}", "Andel frågor med belägg bland de fem bästa passagerna.", svg


def sorted_questions(run: Run) -> list[tuple[str, str, list[Mapping[str, Any]]]]:
    """(id, heading, records): wrong answers first, then what was held back in vain, then the right ones."""
    every = run.get("records", [])
    wrong = [r for r in every if not r["right"] and spoke(r)]
    vain = [r for r in every if not r["right"] and not spoke(r)]
    right = [r for r in every if r["right"] and r["answerable"] != "no"]
    held = [r for r in every if r["right"] and r["answerable"] == "no"]
    named = [
        ("fel", "Fel svar", wrong),
        ("onodan", "Avstod i onödan", vain),
        ("ratt", "Rätt svar", right),
        ("avstod", "Avstod rätt", held),
    ]
    return [(id, title, found) for id, title, found in named if found]


def spoke(record: Mapping[str, Any]) -> bool:
    """Whether an answer was given."""
    return str(record["outcome"]).split("_")[0] in ("answered", "partial")


def verdict(record: Mapping[str, Any]) -> str:
    """The outcome in Swedish."""
    return names.OUTCOMES.get(str(record["outcome"]).split("_")[0], str(record["outcome"]))


def address(citation: Mapping[str, Any]) -> str:
    """Where the web application shows the quoted text, marked."""
    return f"/dokument/{quote(citation['document_id'])}?fran={citation['start']}&till={citation['end']}#citat"


def without_questions(run: Run) -> dict[str, Any]:
    """The run as it is committed: figures, plots' data and what it was made with, without the questions."""
    left = {key: value for key, value in run.items() if key not in ("records", "ranked")}
    times = {key: value for key, value in run["times"].items() if not re.match("each", key)}
    return left | {"times": times}
