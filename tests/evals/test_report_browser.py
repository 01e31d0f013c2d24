"""The report in real Chromium, wide and narrow, light and dark: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from samples import record, unanswerable
from test_report import run as run_fixture

from evals import report
from evals.records import wire

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
LONG = "Personuppgiftsbiträdesavtalsförhandlingsprotokollsutdragsbestyrkandeförfarandereglementet"
run = run_fixture


@pytest.fixture
def address(run: dict[str, Any], tmp_path: Path) -> str:
    """A page with a very long word in a question."""
    rows = [wire(record(question=f"{LONG}?", answer=LONG)), wire(unanswerable(id="u-1"))]
    (tmp_path / "rapport.html").write_text(report.page({**run, "records": rows}), encoding="utf-8")
    return (tmp_path / "rapport.html").as_uri()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(address: str, width: int, scheme: str) -> None:
    spec = find_spec("axe_playwright_python")
    if not CHROMIUM.exists() or spec is None or spec.origin is None:
        message = f"Chromium ({CHROMIUM}) eller axe-playwright-python saknas. Provet hoppas över."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    with playwright.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.evaluate(Path(str(spec and spec.origin)).with_name("axe.min.js").read_text(encoding="utf-8") + "; 0")
        found = page.evaluate("axe.run(document).then(r => r.violations)")
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        browser.close()
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert sideways == 0
