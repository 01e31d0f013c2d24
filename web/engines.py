"""The open engine: opened at the first need, and again when the index has a new generation."""

from __future__ import annotations

import gc
import logging
import threading
from pathlib import Path

from assistant import index
from assistant.engine import Engine, open_engine
from assistant.errors import FyrlotsError
from assistant.settings import Settings

log = logging.getLogger(__name__)


class Engines:
    """Gives every thread the same engine. One that is handed in is kept as it is."""

    def __init__(self, settings: Settings, given: Engine | None = None) -> None:
        self._settings = settings
        self._given = given
        self._opened: Engine | None = None
        self._refused: Path | None = None
        self._lock = threading.Lock()

    def current(self) -> Engine:
        """The engine over the current generation. Raises: IndexUnusable, DataMissing.

        Where a new generation cannot be opened, the old one answers on.
        """
        if self._given is not None:
            return self._given
        generation = index.current(self._settings.index)
        opened = self._opened
        if opened is not None and generation in (opened.index.folder, self._refused, None):
            return opened
        with self._lock:
            return self._open(generation)

    def _open(self, generation: Path | None) -> Engine:
        if self._opened is not None and self._opened.index.folder == generation:
            return self._opened
        try:
            self._opened = open_engine(self._settings)
        except FyrlotsError as error:
            if self._opened is None:
                raise
            self._refused = generation
            log.warning("Det nya indexet kan inte öppnas, det gamla används: %s", error)
        else:
            set_aside()
        return self._opened


def set_aside() -> None:
    """Keeps what is opened once out of every later garbage collection, so that none of them delays an answer."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
