"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach of one rule, in words that tell how to mend it."""

    file: str
    """Relative to the corpus."""
    what: str
    value: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}: {self.value}. {self.advice}"
