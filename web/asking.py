"""A question on its way to the core: bounded, free of personal data, answered in a worker."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from assistant import phrases
from assistant.domain import Answer, Claim, Outcome, Question
from assistant.pipeline import check, stream
from web import privacy
from web.site import Site
from web.texts import swedish

log = logging.getLogger(__name__)
HISTORY = 20
"""Earlier questions that an answer may lean on, and that a call of a program may carry."""
T = TypeVar("T")


async def answer(site: Site, question: Question, finish: Callable[[Answer], T]) -> T:
    """What `finish` makes of the answer, in the worker that found it. Raises: Busy, QuestionError, IndexUnusable."""
    return await site.workers.run(lambda: finish([s for s in steps(site, question) if isinstance(s, Answer)][-1]))


async def stepwise(site: Site, question: Question, finish: Callable[[Answer], T]) -> AsyncIterator[Claim | T]:
    """Claims as they are ready, what `finish` makes of the answer last. What can be refused is refused before this
    returns.

    Raises: Busy, QuestionError, IndexUnusable.
    """
    rest = site.workers.stream(lambda: (finish(s) if isinstance(s, Answer) else s for s in steps(site, question)))
    first = await anext(rest)
    return _from(first, rest, finish)


def itself(answer: Answer) -> Answer:
    """The answer as it is."""
    return answer


def steps(site: Site, question: Question) -> Iterator[Claim | Answer]:
    """The core's steps, or one answer that asks for personal data to be taken out."""
    check(question, site.settings.question_chars)
    if names_somebody(question.text, *question.history):
        yield Answer(Outcome.PRIVATE, swedish().privacy.blocked, timings_ms={"total": 0.0})
        return
    yield from stream(site.engines.current(), replace(question, history=question.history[-HISTORY:]))


def event(name: str, data: Any) -> str:
    """One server-sent event; JSON keeps the data on one line."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def names_somebody(*texts: str) -> bool:
    """Whether any of the texts holds personal data."""
    return any(map(privacy.search, texts))


def is_blocked(answer: Answer, *texts: str) -> bool:
    """Whether the answer asks for personal data to be taken out of any of the texts."""
    return answer.outcome == Outcome.PRIVATE and names_somebody(*texts)


async def _from(
    first: Claim | T, rest: AsyncIterator[Claim | T], finish: Callable[[Answer], T]
) -> AsyncIterator[Claim | T]:
    yield first
    try:
        async for step in rest:
            yield step
    except Exception:
        log.exception("Svaret avbröts.")
        yield finish(Answer(Outcome.FAILED, phrases.canned(Outcome.FAILED, "sv"), timings_ms={"total": 0.0}))
