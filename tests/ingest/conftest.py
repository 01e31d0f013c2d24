"""What the tests of ingest share."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import put
from small import FILES, ORIGINAL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three documents."""
    made = tmp_path / "dokument"
    made.mkdir()
    for name, text in (
        ("fyr", "Fyren lyser om natten."),
        ("lots", "Lotsen leder båten in."),
        ("hamn", "Hamnen är full."),
    ):
        put(made, f"{name}.md", text)
    return made


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small corpus that keeps every rule."""
    for name, text in FILES.items():
        (tmp_path / "corpus" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "analysrapport-2024.txt").write_text(ORIGINAL, encoding="utf-8")
    return tmp_path / "corpus"
