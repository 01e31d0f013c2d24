"""The example conversations are what the program answers today."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from evals import examples

TALKS = yaml.safe_load((examples.FOLDER / "samtal.yaml").read_text(encoding="utf-8"))
RENEW = "är inte vad programmet svarar nu. Förnya bladen med `python -m evals.examples INDEX` och läs igenom dem."


@pytest.fixture(scope="module")
def pages(bundled_index: Path) -> Iterator[dict[str, str]]:
    """Every page as it is answered now, on the day of the conversations."""
    engine: Engine = open_engine(Settings(index=bundled_index, today=examples.TODAY))
    yield examples.pages(engine)
    engine.index.close()


def test_there_are_ten_conversations_each_with_its_page_and_no_page_without_one() -> None:
    assert len(TALKS) == 10
    assert {path.name for path in examples.FOLDER.glob("*.md")} == {f"{talk['file']}.md" for talk in TALKS}


@pytest.mark.parametrize("name", [f"{talk['file']}.md" for talk in TALKS])
def test_the_page_is_exactly_what_is_answered_now(pages: dict[str, str], name: str) -> None:
    kept = (examples.FOLDER / name).read_text(encoding="utf-8")
    assert kept == pages[name], f"docs/examples/{name} {RENEW}"
