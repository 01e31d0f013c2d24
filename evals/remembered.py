"""An encoder whose vectors are kept on disk by content: what was embedded once is never embedded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.encoder import Encoder, Vectors


class Remembered:
    """Gives the same vectors as the encoder that it asks."""

    def __init__(self, model: Encoder, folder: Path) -> None:
        self.name = model.name
        self._model = model
        self._file = folder / f"{model.name}.npz"
        self._known: dict[str, Vectors] = {}

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dimensions)."""
        return self._of("q", texts, self._model.queries)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts, shape (n, dimensions)."""
        return self._of("p", texts, self._model.passages)

    def _of(self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        known = self._read()
        keys = {f"{kind}{hashlib.sha256(text.encode()).hexdigest()[:24]}": text for text in texts}
        new = [key for key in keys if key not in known]
        if new:
            vectors = embed([keys[key] for key in new])
            known.update(zip(new, vectors, strict=True))
            self._file.parent.mkdir(parents=True, exist_ok=True)
            scratch = self._file.with_suffix(".part.npz")
            np.savez(scratch, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
            scratch.replace(self._file)
        found = {text: key for key, text in keys.items()}
        return np.stack([known[found[text]] for text in texts])

    def _read(self) -> dict[str, Vectors]:
        if not self._known and self._file.exists():
            kept = np.load(self._file)
            self._known.update(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        return self._known
