"""The Nu HTML checker, the one behind validator.w3.org/nu: where it is, and what it says about pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
JAR = ROOT / ".venv" / "html-checker" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = (
    "Java eller {} saknas, så HTML prövas inte. Installera Java 11 eller nyare och npm, och kör: make html-checker"
)
CHECK_S = 300
NEWER = ("anchor-scope", "field-sizing", "position-area", "position-try-fallbacks")
"""Properties of CSS that browsers have and the checker, version 26.9.27, has not."""


def required() -> bool:
    """Whether pages must be checked here: in CI, unless no npm registry was reached."""
    return os.environ.get("CI") == "true" and os.environ.get("NO_HTML_CHECKER") != "true"


def faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What is wrong with the pages by their names: errors and warnings. Missing, tests are skipped but fail in CI."""
    if not JAR.exists() or shutil.which("java") is None:
        (pytest.fail if required() else pytest.skip)(MISSING.format(JAR))
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    files = sorted(map(str, folder.glob("*.html")))
    command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", *files]
    run = subprocess.run(command, check=True, capture_output=True, timeout=CHECK_S)
    return [told(message) for message in json.loads(run.stdout)["messages"] if not is_newer(message)]


def is_newer(message: Mapping[str, str]) -> bool:
    """Whether the checker only does not know the property."""
    return message["message"] in {f"CSS: “{name}”: Property “{name}” doesn't exist." for name in NEWER}


def told(message: Mapping[str, str]) -> str:
    """One message with its page and its place."""
    page = Path(message.get("url", "")).stem
    return f"{page}, rad {message.get('lastLine')}: {message['message']} «{message.get('extract', '')}»"
