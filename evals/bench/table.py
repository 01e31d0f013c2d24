"""The figures of a bench for a terminal, with ratios to the tutorial stack and to what was aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evals.bench.measure import OURS
from evals.bench.systems import OTHERS

NAMES = {**OURS, **{key: system.name for key, system in OTHERS.items()}}
PLACES = {"corpus": "den medföljande korpusen", "statutes": "författningssamlingen"}
COLUMNS = (
    ("p50 ms", "p50_ms"),
    ("p95 ms", "p95_ms"),
    ("start s", "first_s"),
    ("minne MB", "peak_mb"),
    ("index MB", "index_mb"),
    ("stycken", "chunks"),
    ("stycken/s", "chunks_per_s"),
    ("bygge MB", "ingest_peak_mb"),
)
AIMS = (
    ("corpus", "fyrlots_search", "p95_ms", 10.0),
    ("corpus", "fyrlots_search", "first_s", 3.0),
    ("corpus", "fyrlots_answer", "first_s", 3.0),
    ("statutes", "fyrlots_search", "first_s", 3.0),
    ("statutes", "fyrlots_answer", "first_s", 3.0),
    ("corpus", "fyrlots_answer", "p50_ms", 60.0),
    ("corpus", "fyrlots_answer", "p95_ms", 150.0),
    ("statutes", "fyrlots_search", "p95_ms", 40.0),
)
"""(texts, system, figure, at most). Source: issues 4 and 5, Shows."""
Body = Mapping[str, Any]


def as_text(body: Body) -> str:
    """Everything, a table for each size of text."""
    lines = [
        f"{body['questions']} frågor, {body['cores']} kärnor, belastning {body['load']:.1f} när mätningen började."
    ]
    for place, rows in body["places"].items():
        lines += ["", *sized(place, rows, body["questions"]), "", *steps(rows)]
    return "\n".join([*lines, "", *aims(body)])


def sized(place: str, rows: Mapping[str, Body], questions: int) -> Iterator[str]:
    """One size of text: every system on a line, with its median as a share of the tutorial stack's."""
    yield f"{PLACES.get(place, place):<34}" + "".join(f"{head:>11}" for head, _ in COLUMNS) + f"{'× läroboken':>13}"
    beside = rows.get("tutorial", {}).get("p50_ms")
    for key, row in rows.items():
        if "failed" in row:
            yield f"{NAMES[key]:<34}  gick inte: {' '.join(str(row['failed']).split())[-120:]}"
            continue
        ratio = f"{row['p50_ms'] / beside:.2f}".replace(".", ",") if beside else "–"
        figures = "".join(f"{number(row.get(k)):>11}" for _, k in COLUMNS)
        yield f"{NAMES[key]:<34}{figures}{ratio:>13}" + "".join(f"  ({note})" for note in notes(row, questions))


def notes(row: Body, questions: int) -> Iterator[str]:
    """What is not as for the others."""
    if 0 < row.get("embedded", 0) < row["chunks"]:
        yield f"{row['embedded']} av bitarna kodade, resten dragna"
    if row.get("asked", questions) < questions:
        yield f"{row['asked']} frågor"


def steps(rows: Mapping[str, Body]) -> Iterator[str]:
    """What each step of ours takes of the whole."""
    for key in OURS:
        if shares := rows.get(key, {}).get("steps"):
            yield f"{NAMES[key]}: " + ", ".join(
                f"{name} {share:.0%}".replace("%", " %") for name, share in shares.items()
            )


def aims(body: Body) -> Iterator[str]:
    """What was aimed at, and whether it was met."""
    for place, key, figure, most in AIMS:
        value = body["places"].get(place, {}).get(key, {}).get(figure)
        if value is not None:
            head = next(head for head, name in COLUMNS if name == figure)
            met = "nådd" if value <= most else "MISSAD"
            yield f"{NAMES[key]}, {PLACES[place]}: {head} {number(value)}, mål {number(most)}: {met}"


def number(value: float | None) -> str:
    """As Swedes write it, with as many digits as tell something."""
    if value is None:
        return "–"
    return (f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}").replace(".", ",")
