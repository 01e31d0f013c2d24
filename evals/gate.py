"""What may not get worse: figures against committed floors, quotes against texts, the docs' numbers against results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from evals import figures
from evals.breakdown import HALVES
from evals.metrics import LOWER_IS_BETTER

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
RESULTS = HERE / "results.json"
EXACT = ("answers.quote_fidelity", "answers.place_fidelity", "answers.determinism")
"""Figures that must be whole, whatever the floors say."""
ELSEWHERE = ("originals.", "robust_", "swefaq.", "swequad.", "baselines.")
"""Figures that need what a fresh machine lacks; unscored, they do not fail."""
_MARK = re.compile(r"<!-- eval:([\w.]+) -->\s*([−-]?\d+(?:[\s\u00a0]\d{3})*(?:[.,]\d+)?)(\s*%)?")
_LOOSE = re.compile(r"<!-- eval:([\w.]+) -->")

Numbers = Mapping[str, Any]
"""Name as in `flat` → figure, as in a result file."""


def flat(run: Mapping[str, Any]) -> dict[str, Any]:
    """All figures of a run by name.

    `answers.right`, `report.answers.right` of a half, `kind.number.right` and `report.kind.number.right` of a group,
    `baselines.corpus.tutorial.right`.
    """
    found = in_part(run)
    for half, part in run.get("halves", {}).items():
        found |= {f"{half}.{name}": f for name, f in in_part(part).items()}
    for index, systems in run.get("baselines", {}).items():
        for system, named in systems.items():
            found |= {f"baselines.{index}.{system}.{name}": f for name, f in named.items()}
    return found


def in_part(part: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of all questions or of one half, and of their groups."""
    found = {f"{group}.{name}": f for group, named in part.get("figures", {}).items() for name, f in named.items()}
    for dimension, groups in part.get("groups", {}).items():
        for name, named in groups.items():
            found |= {f"{dimension}.{name}.{key}": f for key, f in named.items()}
    return found


def check(run: Mapping[str, Any], floors: Mapping[str, float]) -> list[str]:
    """What is wrong with a run, a sentence each; nothing where it may pass."""
    found = flat(run)
    return [*below(found, floors), *not_whole(found), *wrong_quotes(run)]


def below(found: Numbers, floors: Mapping[str, float]) -> Iterator[str]:
    """Figures worse than their floor by more than their noise: the whole interval lies on the wrong side."""
    for name, floor in sorted(floors.items()):
        figure = figures.read(found.get(name, {"unscored": "den mättes inte"}))
        if figure.value is None or figure.high is None or figure.low is None:
            if not elsewhere(name):
                yield f"{name} har inget värde ({figure.unscored}). Golvet är {show(floor)}."
        elif name.rpartition(".")[2] in LOWER_IS_BETTER:
            if figure.low > floor:
                yield f"{name} är {show(figure.value)} (minst {show(figure.low)}). Taket är {show(floor)}."
        elif figure.high < floor:
            yield f"{name} är {show(figure.value)} (högst {show(figure.high)}). Golvet är {show(floor)}."


def elsewhere(name: str) -> bool:
    """Whether the figure needs what a fresh machine lacks."""
    half, _, rest = name.partition(".")
    return (rest if half in HALVES else name).startswith(ELSEWHERE)


def not_whole(found: Numbers) -> Iterator[str]:
    """Figures that must be 1 and are not."""
    for name in EXACT:
        value = found.get(name, {}).get("value")
        if value is not None and value < 1:
            yield f"{name} är {show(value)}. Den måste vara 1: felet finns i koden, inte i slumpen."


def wrong_quotes(run: Mapping[str, Any]) -> Iterator[str]:
    """Each citation whose quote is not in the text, or whose place is another, by question."""
    for record in run.get("records", ()):
        for c in record["citations"]:
            name = f"{record['id']}: citatet [{c['number']}]"
            if not c["exact"]:
                yield f"{name} står inte på {c['start']}–{c['end']} i {c['document_id']}."
            if not c["placed"]:
                yield f"{name} har fel avsnitt, rubrik eller sida i {c['document_id']}."


def check_docs(paths: Sequence[Path], results: Mapping[str, Any]) -> list[str]:
    """Numbers marked `<!-- eval:NAME -->` in texts that differ from the committed results."""
    found = flat(results)
    return [problem for path in paths for problem in differing(path, found)]


def differing(path: Path, found: Numbers) -> Iterator[str]:
    """The marked numbers of one text that are not the results', at the decimals they are written with."""
    text = path.read_text(encoding="utf-8")
    for mark in _LOOSE.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        stated = _MARK.match(text, mark.start())
        value = valued(mark.group(1), found)
        if stated is None:
            yield f"{path.name}, rad {line}: efter märket eval:{mark.group(1)} står inget tal."
        elif value is None:
            yield f"{path.name}, rad {line}: {mark.group(1)} finns inte i evals/results.json."
        else:
            number = re.sub(r"[\s\u00a0]", "", stated.group(2)).replace(",", ".").replace("−", "-")
            right = f"{value * (100 if stated.group(3) else 1):.{len(number.partition('.')[2])}f}"
            if number != right:
                shown = right.replace(".", ",")
                yield f"{path.name}, rad {line}: {mark.group(1)} är {shown}, texten säger {stated.group(2)}."


def valued(name: str, found: Numbers) -> float | None:
    """A figure's value; `.n`, `.low` and `.high` after the name ask for those. A name alone is one on answers."""
    base, _, field = name.rpartition(".")
    if field not in ("n", "low", "high"):
        base, field = name, "value"
    half, _, rest = base.partition(".")
    inside = f"{half}." if half in HALVES else ""
    among = (base, *(f"{inside}{group}.{rest if inside else base}" for group in ("answers", "corpus")))
    figure = next((found[name] for name in among if name in found), None)
    value = figure.get(field) if figure else None
    return None if value is None else float(value)


def documents(root: Path = HERE.parent) -> list[Path]:
    """The texts whose numbers are checked."""
    return [p for p in (root / "README.md", HERE / "README.md", *sorted((root / "docs").rglob("*.md"))) if p.is_file()]


def load(path: Path) -> dict[str, Any]:
    """A committed JSON file. Raises: InputError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path} kan inte läsas ({error}). Återställ den med git, eller kör fyrlots eval --publish."
        ) from error
    return dict(found)


def show(value: float) -> str:
    """A number with three decimals and a comma."""
    return f"{value:.3f}".replace(".", ",")
