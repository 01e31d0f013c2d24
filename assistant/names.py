"""Named things in a text: bodies and laws, people, and Sweden's municipalities."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from assistant.swedish import STOP_WORDS, normalise, words

_NAME = re.compile(r"(?<![.!?…] )(?<!^)(?<![\w-])[A-ZÅÄÖ][\w&-]*(?:[- ][A-ZÅÄÖ\d][\w-]*)*")
_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{2,}[\w-]*\b")
_PERSON = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+ (?:[A-ZÅÄÖ]\. )?[A-ZÅÄÖ][a-zåäöé]+")


def names(text: str) -> tuple[str, ...]:
    """Named things: capitals inside the sentence, abbreviations, and municipalities however they are written."""
    unique: dict[str, str] = {}
    for name in (*_NAME.findall(text), *_ABBREVIATION.findall(text), *places(text)):
        bare = name.removesuffix("s") if normalise(name).removesuffix("s") in municipalities() else name
        part = any(name in longer.split() for longer in unique.values())
        if normalise(bare) not in STOP_WORDS and len(bare) > 1 and not part:
            unique.setdefault(normalise(bare), bare)
    return tuple(unique.values())


def persons(text: str) -> list[str]:
    """What looks like a person's name: two words with a capital, an initial between them or none."""
    return _PERSON.findall(text)


def places(text: str) -> list[str]:
    """The municipalities that a text names, normalised, also in the genitive; in order, each once."""
    every = words(text)
    forms = [form for n, word in enumerate(every) for form in (*(m.join(every[n : n + 2]) for m in " -"), word)]
    known = municipalities()
    return list(dict.fromkeys(bare for form in forms for bare in (form, form.removesuffix("s")) if bare in known))


def is_place(name: str) -> bool:
    """Whether the name is a municipality's, also in the genitive."""
    plain = normalise(name)
    return plain in municipalities() or plain.removesuffix("s") in municipalities()


@lru_cache(maxsize=1)
def municipalities() -> frozenset[str]:
    """Sweden's 290 municipalities, normalised. Those whose name is also a common word are left out."""
    path = Path(__file__).with_name("municipalities.txt")
    return frozenset(normalise(line.strip()) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
