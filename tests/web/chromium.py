"""What browser tests share: where Chromium is, and how a page is read."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from web.serve import bound, config

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Runs the application; gives its address."""
    listening = bound("127.0.0.1", 0)
    server = uvicorn.Server(config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


def answered(page: Any) -> Any:
    """The latest answer, when it is complete."""
    page.wait_for_selector(".answer:last-child:not([aria-busy]) .reply")
    return page.locator(".answer").last


def wait_in_view(page: Any, selector: str) -> None:
    """Waits until the element stands within the window."""
    for _ in range(50):
        box = page.locator(selector).bounding_box()
        if box and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{selector} syns inte")


def violations(page: Any) -> list[str]:
    """What axe-core finds on the page as it is, all rules on."""
    spec = find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-playwright-python är inte installerat.")
    page.evaluate(Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8") + "; 0")
    found = page.evaluate("axe.run(document).then(r => r.violations)")
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]
