"""What a follow-up is about: taken from the questions before it, and said to the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import Question
from assistant.names import is_place, names
from assistant.swedish import STOP_WORDS, normalise, stem, words
from assistant.understand import patterns

SHORT = 4
"""A question with at most so many content words may lean on what was said before."""
_HOME = frozenset({"fyrbodal", "fyrbodals", "vi", "oss"})


@dataclass(frozen=True)
class Resolved:
    """The question, and what it leans on."""

    text: str
    context: str
    """Words of the earlier questions that the question needs; empty where it stands alone."""
    about: str | None
    """The earlier question that it leans on, to be shown; None where it stands alone."""
    sure: bool = True
    """Whether its form tells that it leans on what was said; otherwise it is only short and names nothing."""


def calm(question: Question) -> Question:
    """The question without 'svara ändå': insisting changes nothing; alone it asks the last question again. Pure."""
    parts = re.split(r"(?<=[.!?])\s+", question.text)
    kept = [part for part in parts if not _insists(part)]
    if kept:
        return Question(" ".join(kept), question.history)
    earlier = [said for said in question.history if not _insists(said)]
    return Question(earlier[-1], tuple(earlier[:-1])) if earlier else question


def _insists(text: str) -> bool:
    return bool(patterns()["meta"]["insisting"].fullmatch(normalise(text).strip(" .!?,")))


def resolve(question: Question) -> Resolved:
    """Finds what a follow-up leans on; a question that stands alone gets no context. Pure."""
    if not question.history or not leans(question.text):
        return Resolved(question.text, "", None)
    history = question.history
    at = max((n for n, earlier in enumerate(history) if n == 0 or not leans(earlier)))
    earlier = " ".join(dict.fromkeys((history[at], history[-1])))
    sure = has(question.text, "opening") or has(question.text, "pointing") or content(question.text) <= 1
    return Resolved(question.text, kept(earlier, question.text), history[at], sure)


def leans(text: str) -> bool:
    """Whether the question, asked in a conversation, needs what was asked before it."""
    meaningful = content(text)
    if has(text, "opening"):
        return meaningful <= SHORT + 2
    if meaningful <= SHORT and has(text, "spoken_of"):
        return True
    if has(text, "alone") or meaningful > SHORT:
        return False
    named = [name for name in names(text) if normalise(name) not in _HOME]
    return not named or (has(text, "pointing") and meaningful <= 1)


def has(text: str, form: str) -> bool:
    """Whether the question has that form of the follow-ups in `patterns.toml`."""
    return bool(patterns()["followups"][form].search(normalise(text).strip()))


def content(text: str) -> int:
    """How many words of the text carry the subject."""
    return sum(w not in STOP_WORDS for w in words(text))


def kept(earlier: str, now: str) -> str:
    """The earlier question's content words, without its named things where the new one names others of that sort:
    'Och Orust?' asks of the same law, 'Och SDK?' of the same place."""
    sorts = {is_place(name) for name in names(now) if normalise(name) not in _HOME}
    gone = {stem(normalise(part)) for name in names(earlier) if is_place(name) in sorts for part in name.split()}
    small = STOP_WORDS | {"många", "stor", "andel", "länge", "mycket", "vanligt"}
    if has(now, "whole"):
        verbs = patterns()["followups"]["verb"].findall(normalise(earlier))
        gone |= {stem(verb) for found in verbs for verb in found if verb}
    found = re.findall(r"[\w&-]+", earlier)
    return " ".join(w for w in found if stem(normalise(w)) not in gone and normalise(w) not in small)
