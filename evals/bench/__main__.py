"""`make bench`: Fyrlots beside the tutorial stack, bm25s, LlamaIndex and Haystack; writes a table and a JSON file."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.engine import open_engine
from assistant.settings import bundled_corpus, load
from evals import cases, fingerprints, workers
from evals.bench import measure, table, texts
from evals.bench.systems import OTHERS
from evals.indexes import RUNS

QUESTIONS = 100


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m evals.bench", description="Mäter hastighet, storlek och minne.")
    made.add_argument("--large", action="store_true", help="också författningssamlingen, omkring 100 000 stycken")
    made.add_argument("--most", type=int, metavar="N", help="bara så många av författningssamlingens paragrafer")
    made.add_argument("--only", nargs="+", choices=("fyrlots", *OTHERS), help="bara dessa")
    made.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="så många frågor")
    made.add_argument("--limit", type=float, default=1200.0, metavar="S", help="längsta tid för ett steg, i sekunder")
    made.add_argument("--out", type=Path, default=RUNS / "bench.json", metavar="FIL", help="fil för siffrorna")
    return made


def main(arguments: Sequence[str]) -> int:
    """Measures, prints and writes. Returns 1 where the statutes are asked for and are not there."""
    options = parser().parse_args(arguments)
    if (why := refusal(options.large, texts.STATUTES)) is not None:
        print(why, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="fyrlots-bench-") as scratch:
        body = measured(options, Path(scratch))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{table.as_text(body)}\n\nSparad: {options.out}")
    return 0


def refusal(large: bool, statutes: Path) -> str | None:
    """Why the bench cannot be run, or None."""
    return f"{statutes} finns inte på den här datorn. Kör utan --large." if large and not statutes.exists() else None


def measured(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The figures of every system on every size of text."""
    asked = [case.question for case in cases.tuning()][: options.questions]
    (folder / "questions.json").write_text(json.dumps(asked), encoding="utf-8")
    only = frozenset(options.only or ("fyrlots", *OTHERS))
    bench = measure.Bench(folder, folder / "questions.json", options.limit, only)
    body: dict[str, Any] = {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": fingerprints.commit(),
        "machine": fingerprints.machine(),
        "cores": workers.cores(),
        "load": os.getloadavg()[0],
        "questions": len(asked),
        "places": {"corpus": of_corpus(bench)},
    }
    if options.large:
        body["places"]["statutes"] = of_statutes(bench, options.most)
    return body


def of_corpus(bench: measure.Bench) -> dict[str, measure.Row]:
    """The bundled corpus."""
    tell("Bygger indexet över korpusen")
    index, ingest = measure.ingested(bench, bundled_corpus(), "corpus")
    if "failed" in ingest:
        return {"fyrlots_search": ingest}
    written = texts.of_corpus(open_engine(load(index=index, llm="")), bundled_corpus(), bench.folder)
    return compared(bench, written, index, ingest)


def of_statutes(bench: measure.Bench, most: int | None) -> dict[str, measure.Row]:
    """The statutes."""
    tell("Skriver ut författningssamlingen")
    written = texts.of_statutes(bench.folder, most)
    if "fyrlots" not in bench.only:
        return compared(bench, written, bench.folder, {"failed": "mättes inte"})
    tell("Bygger indexet över författningssamlingen")
    index, ingest = measure.ingested(bench, written.source, "statutes")
    return compared(bench, written, index, ingest)


def compared(bench: measure.Bench, written: texts.Texts, index: Path, ingest: measure.Row) -> dict[str, measure.Row]:
    """Ours first, then the others."""
    rows: dict[str, measure.Row] = {}
    if "fyrlots" in bench.only:
        tell(f"Fyrlots ({written.name})")
        rows = {"fyrlots_search": ingest} if "failed" in ingest else dict(measure.ours(bench, index, ingest))
    for key, system in OTHERS.items():
        if key in bench.only:
            tell(f"{system.name} ({written.name})")
            rows[key] = measure.other(bench, key, system, written)
    return rows


def tell(what: str) -> None:
    """Says on stderr how far it has come."""
    print(f"{what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
