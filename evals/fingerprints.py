"""What a run was made with, as hashes and plain values: the same fingerprint means the same answers."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant import linear
from assistant.engine import Engine
from assistant.index import Index
from assistant.settings import Settings
from evals.cases import Case

ROOT = Path(__file__).resolve().parent.parent
INDEXING = ("ingest", "assistant/swedish.py", "assistant/index.py", "assistant/store.py", "assistant/encoder.py")
"""Code that decides what an index holds."""
ANSWERING = (
    "assistant",
    "evals/judging.py",
    "evals/grading.py",
    "evals/authority.py",
    "evals/reasons.py",
    "evals/mutations.py",
)
"""Code that decides an answer and its verdict."""


def files(paths: Iterable[Path]) -> list[Path]:
    """The files under the paths, sorted, without what Python leaves behind."""
    found = [f for p in paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
    return [f for f in found if f.is_file() and "__pycache__" not in f.parts and not f.name.startswith(".")]


def of_files(paths: Iterable[Path]) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for file in files(paths):
        total.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


def of_code(names: Sequence[str]) -> str:
    """One hash over parts of the program."""
    return of_files(ROOT / name for name in names if (ROOT / name).exists())


def of_index(index: Index) -> str:
    """One hash over all chunks and data of an index: what answering reads, however it was built."""
    total = hashlib.sha256(index.manifest.encoder.encode())
    for id in sorted(index.metadata):
        for chunk in index.store.chunks_of(id):
            total.update(json.dumps(asdict(chunk), sort_keys=True).encode())
    for key in ("glossary", "errata", "thesaurus"):
        total.update(json.dumps(index.store.data(key), sort_keys=True).encode())
    return total.hexdigest()[:16]


def of_case(case: Case) -> str:
    """A hash of the question and all that is required of its answer."""
    return digest(json.dumps(asdict(case), sort_keys=True))


def digest(text: str) -> str:
    """A short hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def made_with(engine: Engine, cases: Sequence[Case]) -> dict[str, Any]:
    """Everything that a figure depends on, for the head of a result file."""
    return {
        "commit": commit(),
        "corpus": engine.index.manifest.version,
        "index": asdict(engine.index.manifest) | {"content": of_index(engine.index)},
        "cases": digest("".join(map(of_case, cases))),
        "settings": settings(engine.settings),
        "weights": dict(sorted(vars(engine.retriever.weights).items())),
        "models": {
            path.stem: linear.load(path.stem).run for path in sorted(linear.FOLDER.glob("*.json")) if is_linear(path)
        },
        "code": of_code(ANSWERING),
        "machine": machine(),
    }


def is_linear(path: Path) -> bool:
    """Whether the file holds one of our small linear models."""
    body = json.loads(path.read_text(encoding="utf-8"))
    return isinstance(body, dict) and "coefficients" in body


def settings(given: Settings) -> dict[str, str]:
    """The settings that decide answers; folders are named by content elsewhere, and the day is the run's."""
    names = ("encoder", "llm", "question_chars")
    return {name: str(getattr(given, name)) for name in names} | {"today": given.date.isoformat()}


def machine() -> dict[str, Any]:
    """The machine in a few words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "cores": cores,
    }


def commit() -> str:
    """The commit, with '+' where files differ from it; 'okänd' outside a checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return "okänd"
    head = _git(git, "rev-parse", "--short=12", "HEAD")
    changed = _git(git, "status", "--porcelain", "--untracked-files=no")
    return f"{head}{'+' if changed else ''}" or "okänd"


def _git(git: str, *arguments: str) -> str:
    done = subprocess.run([git, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
    return done.stdout.strip()
