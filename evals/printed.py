"""The figures of a run for a terminal: one table a group of figures, one a way of dividing the questions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals import names

Run = Mapping[str, Any]
BY_KIND = "recall_at_5_in_"
"""How the figures of a system by kind of question begin."""
AGAINST: Sequence[tuple[str, str, names.Form]] = (
    ("Belägg bland fem", "recall_at_5", "share"),
    ("– förlorar", "recall_at_5_lost", "points"),
    ("Första belägget", "mrr", "number"),
    ("– förlorar", "mrr_lost", "points"),
)
"""Column, figure and form of the table over systems."""
Line = tuple[str, list[str]]
"""The first column and the others."""
COLUMNS = ("right", "abstention", "corpus_recall_at_5", "originals_recall_at_5")
"""The figures of groups that fit on a line; the others stand in the file and on the page."""


def as_text(made: Run, path: Path) -> str:
    """The whole run."""
    lines = [*figures(made), *groups(made), *baselines(made)]
    started = datetime.fromisoformat(made["times"]["started"]).astimezone(UTC)
    seconds = f"{made['times']['seconds']:.0f} s, {started:%Y-%m-%d %H:%M} UTC. Sparad: {path}"
    return "\n".join([*lines, "", seconds]).lstrip("\n")


def parts(made: Run) -> dict[str, Mapping[str, Any]]:
    """Part of the questions → its figures and groups: all, and each half where the run has both."""
    return {"all": made} | {name: made["halves"][name] for name in names.PARTS if name in made.get("halves", {})}


def figures(made: Run) -> Iterator[str]:
    """Every figure on a line: of all questions, then of each half."""
    columns = parts(made)
    for group, named in made["figures"].items():
        beside = {p: own["figures"][group] for p, own in columns.items() if group in own["figures"]}
        heads = [names.PARTS[p] for p in beside] if len(beside) > 1 else []
        yield from table(
            (names.GROUPS.get(group, group), heads), [line(k, named, beside) for k in named if k in names.FIGURES]
        )


def line(key: str, named: Mapping[str, Any], beside: Mapping[str, Mapping[str, Any]]) -> Line:
    """One figure of all parts, with the reason where it was not measured."""
    name = names.FIGURES[key]
    if "unscored" in named[key]:
        return name.name, [f"ej mätt: {named[key]['unscored']}"]
    return name.name, [cell(own.get(key, {}), name.form) for own in beside.values()]


def groups(made: Run) -> Iterator[str]:
    """The chief figures by kind, style, voice and stratum; beside all questions the report half, where there is one."""
    columns = {p: own for p, own in parts(made).items() if p != "tune"}
    for dimension, (title, called) in names.GROUPED.items():
        whole = made.get("groups", {}).get(dimension, {})
        shown = [(key, p) for key in COLUMNS if any(key in found for found in whole.values()) for p in columns]
        heads = [names.CHIEF[key] if p == "all" else f"– {names.PARTS[p].casefold()}" for key, p in shown]
        yield from table(
            (title, heads),
            [
                (called.get(name, name), [cell(of_group(columns[p], dimension, name, key)) for key, p in shown])
                for name in names.ordered(whole, called)
            ],
        )


def of_group(part: Run, dimension: str, name: str, key: str) -> Mapping[str, Any]:
    """One figure of one group; empty where the part has none."""
    found: Mapping[str, Any] = part["groups"].get(dimension, {}).get(name, {}).get(key, {})
    return found


def baselines(made: Run) -> Iterator[str]:
    """Others' ways and our components left out."""
    for index, systems in made.get("baselines", {}).items():
        rows = [
            (names.SYSTEMS.get(name, name), [cell(systems[name].get(key, {}), form) for _, key, form in AGAINST])
            for name in names.ordered(systems, names.SYSTEMS)
        ]
        yield from table((f"Andra sätt: {names.GROUPS[index]}", [head for head, _, _ in AGAINST]), rows)
        yield from (f"  {line}" for line in beaten(systems))


def beaten(systems: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The kinds of question in which a part of the search alone finds more than the whole."""
    ours = systems.get("ours", {})
    for key in (key for key in ours if key.startswith(BY_KIND)):
        for name, found in systems.items():
            alone, whole = found.get(key, {}).get("value"), ours[key].get("value")
            if name.startswith("only_") and alone is not None and whole is not None and alone > whole:
                kind = names.KINDS.get(key.removeprefix(BY_KIND), key)
                yield f"{kind}: {names.SYSTEMS[name]} är bättre ensam, {cell(found[key])} mot {cell(ours[key])}"


def table(head: Line, rows: Sequence[Line]) -> Iterator[str]:
    """The rows under their heads, each column as wide as it needs; nothing where there are no rows."""
    if not rows:
        return
    every = [head, *((f"  {first}", cells) for first, cells in rows)]
    count = max(len(cells) for _, cells in every)
    first = max(len(row[0]) for row in every)
    widths = [max((len(c[n]) for _, c in every if len(c) == count), default=0) for n in range(count)]
    yield ""
    for name, cells in every:
        yield "  ".join((f"{name:<{first}}", *(f"{c:<{w}}" for c, w in zip(cells, widths, strict=False)))).rstrip()


def cell(figure: Mapping[str, Any], form: names.Form = "share") -> str:
    """'68 % (63–72, 504)': the value, its interval and how many it was counted on."""
    if figure.get("value") is None:
        return "–" if not figure else "ej mätt"
    interval = names.interval(figure, form).replace(names.PERCENT, "").replace(names.POINTS, "")
    return f"{names.value(figure, form)} ({interval}, {figure['n']})"
