"""The small corpus, indexed twice: with the hashing encoder, and with the bundled one ready to answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import corpora
import pytest
from fakes import HashEncoder

from assistant import encoder as encoders
from assistant import lexicon
from assistant.engine import Engine, open_engine
from assistant.index import open_index
from assistant.lexicon import Lexicon
from assistant.retrieve import Retriever
from assistant.settings import Settings
from ingest.build import build


@pytest.fixture(scope="session")
def names() -> Lexicon:
    """A few other names, and two English words."""
    return lexicon.build(
        [{"term": "SDK", "synonyms": ["säker digital kommunikation"]}, {"term": "boj", "synonyms": ["sjömärke"]}],
        {"english": {"boat": ["båt", "gemensam lotsbåt"], "harbour": ["hamn"]}},
    )


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small corpus."""
    return corpora.write(tmp_path_factory.mktemp("korpus"))


@pytest.fixture(scope="session")
def retriever(small_corpus: Path, names: Lexicon, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Retriever]:
    """A retriever over the small corpus, with the hashing encoder."""
    folder, encoder = tmp_path_factory.mktemp("hash") / "index", HashEncoder()
    build([small_corpus], folder, encoder)
    opened = open_index(folder, encoder.name)
    yield Retriever(opened, encoder, names)
    opened.close()


@pytest.fixture(scope="session")
def engine(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the small corpus, on 21 November 2026."""
    folder = tmp_path_factory.mktemp("medföljande") / "index"
    build([small_corpus], folder, encoders.load(""))
    opened = open_engine(Settings(index=folder, today="2026-11-21"))
    yield opened
    opened.index.close()
