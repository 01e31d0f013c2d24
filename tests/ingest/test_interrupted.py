"""An ingest that the disk or the system stops leaves the old index whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import HashEncoder, put

from assistant.index import current, open_index
from ingest.build import build

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs `interrupted.py` as a program of its own."""
    paths = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    program = [sys.executable, str(Path(__file__).with_name("interrupted.py")), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": paths}
    return subprocess.run(program, capture_output=True, text=True, check=False, env=environment, timeout=300)


@pytest.mark.parametrize("size", [1_000, 100_000, 250_000])
def test_a_full_disk_is_told_in_one_line_and_the_old_index_answers(
    folder: Path, index: Path, encoder: HashEncoder, size: int
) -> None:
    build([folder], index, encoder)
    before = current(index)
    put(folder, "stor.md", "Fyren lyser över havet. " * 40_000)
    done = run("full", folder, index, size)
    assert done.returncode == 3, done.stderr
    assert "kan inte skrivas" in done.stderr
    assert "orört" in done.stderr
    assert current(index) == before
    assert not [p for p in index.glob("gen-*") if p != before]


def test_killed_at_twenty_random_moments_the_old_index_answers(folder: Path, index: Path) -> None:
    done = run("killed", folder, index, 20, 1506)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 10
    opened = open_index(index)
    opened.close()
    assert {"0", "4", "fyr"} <= set(opened.metadata)
