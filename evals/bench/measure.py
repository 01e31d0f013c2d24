"""One size of text through every system: built, searched, and searched from a cold start, each in a process."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.children import Child, python, size_mb
from evals.bench.systems import OTHERS, System
from evals.bench.texts import Texts

ASK = "Hur stor andel av kommunerna saknar portföljstyrning helt?"
OURS = {"fyrlots_search": "Fyrlots, sökning", "fyrlots_answer": "Fyrlots, svar"}
STARTS = 3
"""Cold starts; the middle one counts."""
SLOW_S = 30.0
"""After so many seconds of cold starts there are no more."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Bench:
    """Where indexes go, what is asked, and how long a step may take."""

    folder: Path
    questions: Path
    """A JSON list."""
    limit_s: float = 600.0
    only: frozenset[str] = frozenset({"fyrlots", *OTHERS})


def ingested(bench: Bench, source: Path, name: str) -> tuple[Path, Row]:
    """Builds Fyrlots' index. Returns its folder, and what it took."""
    folder = bench.folder / f"fyrlots-{name}"
    child = python(["-m", "fyrlots", "ingest", "--index", str(folder), "--json", str(source)], bench.limit_s)
    if child.failed is not None:
        return folder, {"failed": child.failed}
    told = json.loads(child.out)
    return folder, built(int(told["chunks"]), float(told["seconds"]), child, folder)


def built(chunks: int, seconds: float, child: Child, folder: Path) -> Row:
    """What building an index of so many chunks took."""
    return {
        "chunks": chunks,
        "ingest_s": round(seconds, 1),
        "chunks_per_s": round(chunks / seconds, 1),
        "ingest_peak_mb": round(child.peak_mb),
        "index_mb": round(size_mb(folder), 1),
    }


def ours(bench: Bench, index: Path, ingest: Row) -> Iterator[tuple[str, Row]]:
    """Fyrlots' search and answer on its index."""
    for key, what, command in (("fyrlots_search", "search", "search"), ("fyrlots_answer", "answer", "ask")):
        first_s = cold(bench, ["-m", "fyrlots", command, "--index", str(index), ASK])
        yield key, {**ingest, **asked(bench, what, index), "first_s": first_s}


def other(bench: Bench, key: str, system: System, texts: Texts) -> Row:
    """Another stack on the same text, or why it could not be measured."""
    if system.missing:
        return {"failed": f"{', '.join(system.missing)} är inte installerat"}
    folder = bench.folder / f"{key}-{texts.name}"
    child = python(["-m", "evals.bench.systems", "build", key, str(texts.pieces), str(folder)], bench.limit_s)
    if child.failed is not None:
        return {"failed": child.failed}
    told = child.json()
    ingest = built(told["pieces"], whole_s(told), child, folder) | {"embedded": told["embedded"]}
    first_s = cold(bench, ["-m", "evals.bench.systems", "first", key, str(folder), ASK])
    return {**ingest, **asked(bench, key, folder), "first_s": first_s}


def cold(bench: Bench, arguments: Sequence[str]) -> float | None:
    """Seconds from a process's start to its end, the middle of a few; of one that is slow, the first.

    None where it did not come to an end by itself.
    """
    seconds: list[float] = []
    while len(seconds) < STARTS and sum(seconds) < SLOW_S:
        child = python(arguments, bench.limit_s)
        if child.failed is not None:
            return None
        seconds.append(child.seconds)
    return round(float(np.median(seconds)), 2)


def whole_s(told: Mapping[str, float]) -> float:
    """The seconds of a build; where not all was embedded, as if it had been."""
    share = told["pieces"] / told["embedded"] if told["embedded"] else 1.0
    return told["seconds"] + told["embedding_s"] * (share - 1)


def asked(bench: Bench, key: str, folder: Path) -> Row:
    """Milliseconds of a question, each step's share, peak memory."""
    child = python(["-m", "evals.bench.asked", key, str(folder), str(bench.questions)], bench.limit_s)
    if child.failed is not None:
        return {"failed": child.failed}
    told = child.json()
    p50, p95 = np.quantile(told["ms"], [0.5, 0.95])
    steps = {name: round(share, 3) for name, share in told["steps"].items()}
    return {
        "p50_ms": round(float(p50), 2),
        "p95_ms": round(float(p95), 2),
        "peak_mb": round(child.peak_mb),
        "asked": len(told["ms"]),
        "steps": steps,
    }
