"""A real engine over a small corpus, and the application on top of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import CHROMIUM, FLAGS, served
from starlette.testclient import TestClient

from assistant import encoder
from assistant.engine import Engine, open_engine
from assistant.settings import Settings, bundled_corpus
from ingest.build import build
from web.app import create_app

DOCUMENTS = (
    "regulations/nis2.md",
    "regulations/sdk.md",
    "report/3.2.2-styrning-av-digitalisering.md",
    "survey/figur-03.yaml",
    "survey/figur-12.yaml",
    "collaboration/samverkan-sml.md",
    "collaboration/samverkan-dalsland.md",
)
HOSTILE = """---
id: elakt
title: <script>alert("titel")</script> & företag
kind: local
rank: 5
url: "javascript:alert(1)"
status: published
---
# <script>alert("titel")</script> & företag

Kvastrummet i Bullaren `<img src=x onerror=alert(2)>` öppnar klockan sju & stänger klockan nio.

- Första punkten handlar om kvastar.
- Andra punkten handlar om "hinkar".

| Redskap | Antal |
| --- | --- |
| Kvast | 3 |
| Hink | 4 |
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few real documents, and one that tries to break the page."""
    folder = tmp_path_factory.mktemp("korpus")
    for name in DOCUMENTS:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(bundled_corpus() / name, folder / name)
    (folder / "elakt.md").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def settings(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose index is built from the small corpus."""
    index = tmp_path_factory.mktemp("index")
    build([corpus], index, encoder.load(""))
    kept = tmp_path_factory.mktemp("sparat")
    return Settings(index=index, feedback=kept / "feedback.sqlite", today="2026-11-21")


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Engine:
    """The open engine."""
    return open_engine(settings)


@pytest.fixture(scope="session")
def client(settings: Settings, engine: Engine) -> Iterator[TestClient]:
    """A client of the application."""
    with TestClient(create_app(settings, engine)) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """A client of an application that has no index."""
    with TestClient(create_app(Settings(index=tmp_path / "inget", feedback=tmp_path / "f.sqlite"))) as made:
        yield made


@pytest.fixture(scope="session")
def base(settings: Settings, engine: Engine) -> Iterator[str]:
    """The address of a running server."""
    with served(create_app(settings, engine)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, let go after each module: its event loop bars others. Missing, tests are skipped but fail in CI."""
    if not CHROMIUM.exists():
        message = f"Chromium finns inte i {CHROMIUM}; installera det eller sätt CHROMIUM. Webbläsarproven hoppas över."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as runner:
        opened = runner.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, base: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page at the start; parametrised indirectly with options of the context. No error may reach the console."""
    context = browser.new_context(base_url=base, **getattr(request, "param", {}))
    context.set_default_timeout(15_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    opened.on("request", lambda sent: None if sent.url.startswith(base) else faults.append(f"anrop till {sent.url}"))
    opened.goto("/")
    yield opened
    context.close()
    assert faults == []
