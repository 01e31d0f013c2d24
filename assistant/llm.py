"""The language model that the municipality has set, if any. The only module that knows langchain's chat models."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.errors import ModelError
from assistant.settings import Settings

FAULTS, OPEN_S = 3, 60.0
"""After so many faults in a row the model is left alone for so long. Source: issue 5, point 8."""
LONGEST_CHARS = 12_000
"""Text after which a model is taken to run on without end; four times the longest answer."""

Clock = Callable[[], float]


class Chat(Protocol):
    """What is used of a langchain chat model."""

    def stream(self, input: Any) -> Iterator[Any]:
        """Yields message chunks."""
        ...


@dataclass
class Breaker:
    """Counts faults in a row; open, it says so before the model is asked. Safe between threads."""

    clock: Clock = time.monotonic
    faults: int = 0
    opened_s: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def check(self) -> None:
        """Passes when closed, or when the pause is over: then one more fault opens it again. Raises: ModelError."""
        with self._lock:
            left = self.opened_s + OPEN_S - self.clock()
            if self.faults >= FAULTS and left > 0:
                raise ModelError(
                    f"Språkmodellen har svikit {self.faults} gånger i rad. Ett nytt försök görs om {left:.0f} s."
                )

    def note(self, worked: bool) -> None:
        """Books how a call went."""
        with self._lock:
            self.faults = 0 if worked else self.faults + 1
            self.opened_s = self.clock()


@dataclass(frozen=True)
class Model:
    """An opened language model. `name` is what the reader is told."""

    name: str
    chat: Chat = field(repr=False)
    timeout_s: float
    clock: Clock = time.monotonic
    breaker: Breaker = field(default_factory=Breaker)

    def stream(self, rules: str, question: str) -> Iterator[str]:
        """Yields the reply in pieces, whole or not at all: a cut or late one ends in ModelError. Raises: ModelError."""
        self.breaker.check()
        try:
            yield from self._attempts(rules, question)
        except ModelError:
            self.breaker.note(worked=False)
            raise
        except GeneratorExit:  # the listener has enough
            self.breaker.note(worked=True)
            raise
        self.breaker.note(worked=True)

    def _attempts(self, rules: str, question: str) -> Iterator[str]:
        """Asks once, and once more where nothing had come and half the time is left."""
        started = self.clock()
        said = False
        for last in (False, True):
            try:
                for piece in self._pieces(rules, question, started):
                    said = True
                    yield piece
                return
            except ModelError:
                if said or last or self.clock() - started > self.timeout_s / 2:
                    raise

    def _pieces(self, rules: str, question: str, started: float) -> Iterator[str]:
        chars, ended = 0, False
        with closing(_quiet(self.chat, [("system", rules), ("human", question)])) as chunks:
            for chunk in chunks:
                if self.clock() - started > self.timeout_s:
                    raise ModelError(f"Språkmodellen svarade inte färdigt inom {self.timeout_s:g} s.")
                ended = ended or _ends(chunk)
                piece = _text(chunk)
                chars += len(piece)
                if chars > LONGEST_CHARS:
                    raise ModelError(f"Språkmodellen slutade inte efter {LONGEST_CHARS} tecken.")
                if piece:
                    yield piece
        if not ended:
            raise ModelError("Språkmodellens svar bröts mitt i.")


def open_model(settings: Settings, clock: Clock = time.monotonic) -> Model | None:
    """The model that the settings name, or None where none is set. Nothing is sent. Raises: ModelError."""
    if not settings.llm:
        return None
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"timeout": settings.llm_timeout_s, "max_retries": 0}
    if settings.llm_url:
        given["base_url"] = settings.llm_url
        if settings.llm.startswith("openai:") and not os.environ.get("OPENAI_API_KEY"):
            given["api_key"] = "none"  # a server of one's own often wants no key, but the client always sends one
    try:
        chat: Any = init_chat_model(settings.llm, **given)
    except Exception as error:  # every provider's package has its own
        raise _wrapped(f"Språkmodellen {settings.llm} kan inte öppnas", error) from None
    return Model(settings.llm, chat, settings.llm_timeout_s, clock, Breaker(clock))


def _quiet(chat: Chat, messages: list[tuple[str, str]]) -> Generator[Any, None, None]:
    """The chunks of one reply, with langsmith's tracing off whatever the environment says. Raises: ModelError."""
    from langsmith import tracing_context

    try:
        with tracing_context(enabled=False):
            chunks = iter(chat.stream(messages))
            first = next(chunks, None)  # the callbacks are chosen when the first chunk is asked for
        if first is not None:
            yield first
            yield from chunks
    except Exception as error:  # every provider has its own tree of errors
        raise _wrapped("Språkmodellen svarade inte", error) from None


def _wrapped(what: str, error: Exception) -> ModelError:
    """Our own error with the kind of the other. Its message is left out: it may quote the key."""
    if isinstance(error, ImportError):
        return ModelError(f"{what}: {error}")
    status = getattr(error, "status_code", None)
    return ModelError(f"{what} ({type(error).__name__}{f', HTTP {status}' if status else ''}).")


def _ends(chunk: Any) -> bool:
    """Whether the provider says that the reply is over: finish_reason, stop_reason, done_reason, stopReason."""
    metadata = getattr(chunk, "response_metadata", None) or {}
    return any("reason" in key.casefold() and value for key, value in metadata.items())


def _text(chunk: Any) -> str:
    """The text of a chunk; reasoning and tool calls are left out."""
    content = getattr(chunk, "content", "")
    if isinstance(content, str):
        return content
    return "".join(
        str(part.get("text", "")) for part in content if isinstance(part, dict) and part.get("type") == "text"
    )
