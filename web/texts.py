"""All copy of the web application: a folder of `texts/` for each language, with the same names in each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("texts")
LANGUAGES = ("sv", "en")
"""What pages can be read in. The sources, the files to keep and the API are in Swedish."""


class Texts:
    """A branch of the copy. A missing text is an AttributeError, so that no page is shown with a hole in it."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._values = values
        self._path = path

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._values:
            raise AttributeError(f"Texten {self._path}{name} saknas i texts.")
        return self._branch(name)

    def __getitem__(self, name: str) -> Any:
        return getattr(self, str(name))

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def pairs(self) -> list[tuple[str, Any]]:
        """Every name here with its text or branch, in the order of the copy."""
        return [(name, self._branch(name)) for name in self._values]

    def named(self, key: object) -> str:
        """The text for a value from the data, or the value itself where there is no text for it."""
        return str(self._values.get(str(key), key))

    def _branch(self, name: str) -> Any:
        value = self._values[name]
        return Texts(value, f"{self._path}{name}.") if isinstance(value, dict) else value


@cache
def texts(language: str) -> Texts:
    """The copy in a language: each YAML file is a branch of its own name, and `common.yaml` the root."""
    values: dict[str, Any] = {}
    for path in sorted((FOLDER / language).glob("*.yaml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        values |= read if path.stem == "common" else {path.stem: read}
    return Texts(values)


def swedish() -> Texts:
    """The copy of what is always in Swedish: the command line, the API, the files to keep."""
    return texts("sv")
