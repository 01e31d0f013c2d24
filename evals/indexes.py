"""The indexes that are measured: built by the function that is passed in, kept by content, opened as engines."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant import encoder
from assistant.engine import Engine, open_engine
from assistant.index import current
from assistant.settings import Settings
from evals import fingerprints

Build = Callable[[list[Path], Path], None]
"""(what to read, the index's folder). Passed in by the composition root; evals do not know ingest."""
RUNS = Path(__file__).with_name("runs")
"""Run files, indexes and answers that can be made again; not committed."""
SHARED = fingerprints.ROOT.parent / "shared"
ORIGINALS = SHARED / "originals"
DATA = SHARED / "data"


def opened(name: str, paths: Sequence[Path], settings: Settings, build: Build, runs: Path = RUNS) -> Engine:
    """The engine over an index of the paths. Built where sources, indexing code or encoder are new; older ones go."""
    model = encoder.load(settings.encoder).name
    key = f"{fingerprints.of_files(paths)[:8]}{fingerprints.of_code(fingerprints.INDEXING)[:8]}-{model[-8:]}"
    folder = runs / "indexes" / f"{name}-{key.replace('/', '_')}"
    if current(folder) is None:
        for old in folder.parent.glob(f"{name}-*"):
            shutil.rmtree(old, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        build(list(paths), folder)
    return open_engine(replace(settings, index=folder))
