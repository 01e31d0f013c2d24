"""Cases asked once: what was kept of the same state is taken as it is, the rest is done by the crew and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.engine import Engine
from assistant.settings import Settings
from evals import fingerprints, workers
from evals.cases import Case
from evals.kept import Kept
from evals.progress import Progress

Row = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """Where questions are asked and answers are kept."""

    settings: Settings
    runs: Path
    crew: workers.Crew
    progress: Progress


@dataclass(frozen=True)
class Begun:
    """Cases that are being asked."""

    desk: Desk
    chosen: Sequence[Case]
    kept: Kept
    rows: dict[str, Row]
    """Fingerprint of the case → what was kept of it."""
    missing: Sequence[Case]
    made: Iterator[Row]
    """What comes of the missing ones, in order."""

    def finish(self, label: str) -> list[Row]:
        """One row for each case, in order; what is new is kept."""
        with self.desk.progress(label, len(self.missing)) as step:
            for case, row in zip(self.missing, self.made, strict=True):
                self.rows[fingerprints.of_case(case)] = row
                step()
        if self.missing:
            self.kept.write({key: row for key, row in self.rows.items() if lasting(row)})
        return [self.rows[fingerprints.of_case(c)] for c in self.chosen]


def lasting(row: Row) -> bool:
    """Whether a result may be kept: not where a language model failed, which it may not do the next time."""
    model = row.get("record", {}).get("model")
    return model is None or bool(model["spoke"])


def begin(desk: Desk, engine: Engine, what: str, chosen: Sequence[Case]) -> Begun:
    """Starts on the cases of which nothing is kept. `what`: `answer` or `search`."""
    kept = Kept(desk.runs / "kept" / f"{what}-{state(desk.settings, engine)}.json")
    rows = kept.read()
    missing = [c for c in chosen if fingerprints.of_case(c) not in rows]
    on = workers.bench(engine, desk.settings.date)
    return Begun(desk, chosen, kept, rows, missing, desk.crew.run(on, [(what, c) for c in missing]))


def state(settings: Settings, engine: Engine) -> str:
    """One hash over everything that decides an answer besides the case."""
    parts = [
        fingerprints.of_code(fingerprints.ANSWERING),
        fingerprints.of_index(engine.index),
        json.dumps(fingerprints.settings(settings), sort_keys=True),
        repr(engine.retriever.weights),
    ]
    return fingerprints.digest("\n".join(parts))
