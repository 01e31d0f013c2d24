"""Public Swedish question sets over our own search, with the same metrics, where `../shared/data` is present."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import pipeline
from assistant.domain import Question
from assistant.engine import Engine
from assistant.settings import Settings
from evals import ablation, indexes, metrics
from evals.figures import Figure, unscored
from evals.indexes import Build
from evals.records import Ranked

SETS = {"swefaq": "swefaq-dev", "swequad": "swequad-train"}
"""Name of the figures → files. Sources: SuperLim-2 and SweQUAD-MC, CC BY 4.0; `../shared/data/README.md`."""
NO_DATA = "../shared/data finns inte på den här datorn."
CANDIDATES = 60
"""Chunks fetched so that ten different passages are among them."""
KNOWN = {
    "BM25, engelsk stemning": 0.535,
    "statisk flerspråkig": 0.501,
    "KBLab:s svenska SBERT": 0.733,
    "e5-small": 0.712,
    "e5-large": 0.800,
    "bästa av alla storlekar": 0.868,
}
"""nDCG@10 on SweFaq's test part, which we do not have. Source: public MTEB results, `../shared/anchors.md`."""


@dataclass(frozen=True)
class Asked:
    """A public question and the passages that answer it."""

    text: str
    relevant: frozenset[str]


def measure(settings: Settings, build: Build, runs: Path = indexes.RUNS) -> dict[str, dict[str, Figure]]:
    """The search figures on each set, of all parts together and of each alone; unscored where the data is not there.

    `swefaq`, `swefaq_grams`, `swefaq_texts` …: a part that finds nothing there is left out.
    """
    if not indexes.DATA.is_dir():
        return {name: {"ndcg_at_10": unscored(NO_DATA)} for name in SETS}
    found: dict[str, dict[str, Figure]] = {}
    for name, stem in SETS.items():
        engine = engine_of(name, list(rows(indexes.DATA / f"{stem}-passages.jsonl.gz")), settings, build, runs)
        asked = [Asked(r["text"], frozenset(r["relevant"])) for r in rows(indexes.DATA / f"{stem}-queries.jsonl.gz")]
        found |= {f"{name}{part}": figures for part, figures in in_parts(engine, asked)}
    return found


def in_parts(engine: Engine, asked: Sequence[Asked]) -> Iterator[tuple[str, dict[str, Figure]]]:
    """("", the figures of the whole), then ("_" and the name of a part, the figures of that part alone)."""
    whole = ablation.remembering(engine.retriever)
    yield "", counted(replace(engine, retriever=whole), asked)
    for name, part in ablation.alone(whole):
        figures = counted(replace(engine, retriever=part), asked)
        if figures["recall_at_10"].value:
            yield f"_{name.removeprefix('only_')}", figures


def counted(engine: Engine, asked: Sequence[Asked]) -> dict[str, Figure]:
    """The search figures of one way of searching."""
    figures = metrics.search(rank(engine, question) for question in asked)
    return {key: figure for key, figure in figures.items() if key != "facts_at_5"}


def engine_of(name: str, passages: Sequence[dict[str, Any]], settings: Settings, build: Build, runs: Path) -> Engine:
    """An engine over the passages, each a document of its own."""
    with TemporaryDirectory() as folder:
        for row in passages:
            text = f"{row['title']}\n\n{row['text']}" if row.get("title") else str(row["text"])
            (Path(folder) / f"{row['id']}.txt").write_text(text, encoding="utf-8")
        return indexes.opened(name, [Path(folder)], settings, build, runs)


def rank(engine: Engine, asked: Asked) -> Ranked:
    """Where the ten best passages hold what answers; a passage counts by its best chunk."""
    found = pipeline.find(engine, Question(asked.text), CANDIDATES)
    documents = list(dict.fromkeys(p.chunk.document_id for p in found))[:10]
    ranks = tuple(n for n, id in enumerate(documents, 1) if id in asked.relevant)
    return Ranked(ranks, len(asked.relevant), None, distinct=len({p.chunk.id for p in found}) == len(found))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a compressed JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
