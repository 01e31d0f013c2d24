"""Programs run in processes of their own, with the seconds from their start to their end and their peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from evals.fingerprints import ROOT

QUIET = {
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONWARNINGS": "ignore",
}
"""Nothing that is measured may reach for a network."""
TAIL_CHARS = 400


@dataclass(frozen=True)
class Child:
    """What came of one process."""

    seconds: float
    """From its start to its end."""
    peak_mb: float
    """Most memory that it had in use."""
    out: str
    failed: str | None
    """The end of what it said on stderr, or that it took too long; None where it went well."""

    def json(self) -> dict[str, Any]:
        """The last line that it wrote, as JSON; empty where it failed."""
        return dict(json.loads(self.out.strip().splitlines()[-1])) if self.failed is None else {}


def python(arguments: Sequence[str], limit_s: float) -> Child:
    """Runs `python …` in the project's folder, and ends it where it takes longer than `limit_s`."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *arguments], stdout=out, stderr=err, cwd=ROOT, env={**os.environ, **QUIET}
        )
        timer = Timer(limit_s, child.kill)
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        late = not timer.is_alive()
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        failed = (
            f"blev inte klar inom {limit_s:g} s" if late else err.read()[-TAIL_CHARS:] if child.returncode else None
        )
        return Child(seconds, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2), out.read(), failed)


def size_mb(folder: Path) -> float:
    """What the files of a folder take on disk."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
