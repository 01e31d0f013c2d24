"""What every test may ask for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fakes import HashEncoder

from assistant import encoder as encoders
from assistant.settings import bundled_corpus
from ingest.build import build

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def encoder() -> HashEncoder:
    """A small encoder that gives the same vectors everywhere."""
    return HashEncoder()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The project's corpus."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def originals() -> Path:
    """The five originals; the test is skipped where they are not."""
    folder = ROOT.parent / "shared" / "originals"
    if not (folder / "analysrapport-2024.txt").exists():
        pytest.skip("../shared/originals finns inte här")
    return folder


@pytest.fixture(scope="session")
def bundled_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of everything that comes with the program, made with the bundled encoder."""
    folder = tmp_path_factory.mktemp("medföljande") / "index"
    build([bundled_corpus()], folder, encoders.load(""))
    return folder
