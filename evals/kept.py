"""Records kept by content, so that a question whose answer cannot have changed is not asked again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEWEST = 8
"""Files kept; each belongs to one state of code, index and settings."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """One file of results: key of the case → result."""

    path: Path

    def read(self) -> dict[str, Row]:
        """What is kept; nothing where the file is missing or was cut short."""
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, rows: dict[str, Row]) -> None:
        """Replaces the file in one rename, and lets go of the oldest ones."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        scratch = self.path.with_suffix(".part")
        scratch.write_text(json.dumps(rows, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        scratch.replace(self.path)
        every = sorted(self.path.parent.glob("*.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in every[NEWEST:]:
            old.unlink(missing_ok=True)
