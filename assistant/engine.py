"""Everything that answering needs, opened once and shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from threadpoolctl import threadpool_limits

from assistant import encoder, gaps, index, lexicon, llm
from assistant.domain import Document
from assistant.encoder import Encoder
from assistant.errors import FyrlotsError
from assistant.index import Index
from assistant.retrieve import Retriever
from assistant.settings import Settings
from assistant.spelling import Speller

KEPT = 512
"""Documents held in memory."""


@dataclass(frozen=True)
class Engine:
    """An open index with its encoder, lexicon and corrections."""

    settings: Settings
    retriever: Retriever
    errata: Sequence[Mapping[str, Any]]
    model: llm.Model | None = None
    """The municipality's language model, where one is set."""
    glossary: lexicon.Lexicon = field(default_factory=lexicon.Lexicon)
    """Exact synonyms only: what the guard may take for each other."""
    speller: Speller = field(default_factory=Speller)
    """Reads what was misspelt, abbreviated or split."""
    gaps: gaps.Gaps | None = None
    """What the sources are known not to say."""
    _read: dict[str, Document] = field(default_factory=dict)

    @property
    def index(self) -> Index:
        """The open index."""
        return self.retriever.index

    @property
    def encoder(self) -> Encoder:
        """The encoder that the index was made with."""
        return self.retriever.encoder

    @property
    def today(self) -> date:
        """The day that 'coming' is counted from."""
        return self.settings.date

    def document(self, id: str) -> Document:
        """A document of the index. Raises: FyrlotsError."""
        found = self.find(id)
        if found is None:
            raise FyrlotsError(f"Dokumentet {id} finns inte i indexet.")
        return found

    def find(self, id: str) -> Document | None:
        """A document of the index, or None. Those asked for are kept in memory."""
        if id not in self._read and (document := self.index.store.document(id)) is not None:
            if len(self._read) >= KEPT:
                self._read.clear()
            self._read[id] = document
        return self._read.get(id)


def open_engine(settings: Settings) -> Engine:
    """Opens the index that the settings name. Raises: IndexUnusable, DataMissing.

    From then on numpy's own threads rest: the tables are small, and threads that wait for each other cost an answer
    more than they give.
    """
    threadpool_limits(1, user_api="blas")
    model = encoder.load(settings.encoder)
    opened = index.open_index(settings.index, model.name)
    names = lexicon.build(opened.store.data("glossary"), opened.store.data("thesaurus") or None)
    exact = lexicon.build(opened.store.data("glossary"))
    searcher = Retriever(opened, model, names)
    written = (opened.store.data("thesaurus") or {}).get("abbreviations", {})
    speller = Speller(frozenset(opened.store.data("vocabulary")), written)
    known = gaps.build(opened.store.data("gaps"), model)
    return Engine(settings, searcher, opened.store.data("errata"), llm.open_model(settings), exact, speller, known)
