"""What a question demands of its answer beyond the subject, and whether the evidence has it.

'Vilka tre kommuner använder ITIL?' is about what the sources tell of, and demands names that they do not give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set

from assistant.swedish import normalise, words
from assistant.understand import municipalities, patterns

_PERSON = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+ (?:[A-ZÅÄÖ]\. )?[A-ZÅÄÖ][a-zåäöé]+")
_NAME = re.compile(r"(?<![.:!?] )(?<!^)\b[A-ZÅÄÖ]\w+")


def demanded(question: str) -> tuple[str, ...]:
    """The demands of `patterns.toml` that the question makes."""
    plain = normalise(question)
    return tuple(name for name, pattern in patterns()["demanded"].items() if pattern.search(plain))


def met(demand: str, question: str, texts: Iterable[str]) -> bool:
    """Whether any of the texts has what is demanded; a name that stands in the question is none."""
    if demand in _NAMES:
        said = frozenset(words(question))
        return any(_NAMES[demand](text, said) for text in texts)
    return any(patterns()["met"][demand].search(normalise(text)) for text in texts)


def unmet(question: str, texts: list[str]) -> dict[str, float]:
    """Each demand: 1 where it is made and no text meets it, a half where only the first does not, else 0."""
    made = demanded(question)
    lacking = {name: 1 - (met(name, question, texts[:1]) + met(name, question, texts)) / 2 for name in made}
    return {f"unmet_{name}": lacking.get(name, 0.0) for name in patterns()["demanded"]}


def _municipality(text: str, said: Set[str]) -> bool:
    known = municipalities()
    named = {form for word in words(text) for form in (word, word.removesuffix("s")) if form in known}
    return bool(named - said)


def _person(text: str, said: Set[str]) -> bool:
    return any(not said & set(words(found)) for found in _PERSON.findall(text))


def _product(text: str, said: Set[str]) -> bool:
    return any(not said & set(words(found)) for found in _NAME.findall(text))


_NAMES: dict[str, Callable[[str, Set[str]], bool]] = {
    "municipality": _municipality,
    "person": _person,
    "product": _product,
}
