"""What a question demands of its answer beyond the subject, and whether the evidence has it.

'Vilka tre kommuner använder ITIL?' is about what the sources tell of, and demands names that they do not give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.names import persons, places
from assistant.swedish import normalise, words
from assistant.understand import patterns

_NAME = re.compile(r"(?<![.:!?] )(?<!^)\b[A-ZÅÄÖ]\w+")


def demanded(question: str) -> tuple[str, ...]:
    """The demands of `patterns.toml` that the question makes."""
    plain = normalise(question)
    return tuple(name for name, pattern in patterns()["demanded"].items() if pattern.search(plain))


def met(demand: str, question: str, texts: Iterable[str]) -> bool:
    """Whether any of the texts has what is demanded; a name that stands in the question is none."""
    if demand in _NAMES:
        said = frozenset(words(question))
        return any(said.isdisjoint(words(name)) for text in texts for name in _NAMES[demand](text))
    return any(patterns()["met"][demand].search(normalise(text)) for text in texts)


def unmet(question: str, texts: list[str]) -> dict[str, float]:
    """Each demand: 1 where it is made and no text meets it, a half where only the first does not, else 0."""
    made = demanded(question)
    lacking = {name: 1 - (met(name, question, texts[:1]) + met(name, question, texts)) / 2 for name in made}
    return {f"unmet_{name}": lacking.get(name, 0.0) for name in patterns()["demanded"]}


_NAMES: dict[str, Callable[[str], list[str]]] = {"municipality": places, "person": persons, "product": _NAME.findall}
