"""Small stand-ins that tests pass in."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.encoder import Vectors
from assistant.swedish import grams

DIMENSIONS = 64


class HashEncoder:
    """Vectors that depend on nothing but the text: each four-gram adds one to a dimension."""

    def __init__(self, name: str = "hash-1") -> None:
        self.name = name
        self.embedded = 0
        """Texts embedded so far."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for gram in grams(text):
                row[zlib.crc32(gram.encode()) % DIMENSIONS] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-9)


def put(folder: Path, name: str, text: str) -> Path:
    """Writes a small Markdown document."""
    (folder / name).write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    return folder / name
