"""The attribute that is asked for, and whether a text gives a value of it: a sum, a count, a person, a place.

A question can use the sources' own words and still ask for what they lack: what a study cost, how many work at a body,
which municipality it was. A text answers only where the thing counted, or the kind of value, stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.lexicon import Lexicon
from assistant.names import persons, places
from assistant.swedish import STOP_WORDS, grams_of, normalise, stem, words
from assistant.understand import patterns

_NUMBER_WORDS = frozenset(
    "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton tjugo hälften ingen inga inget alla "
    "samtliga flesta få många majoriteten varannan enda".split()
)
_BEFORE, _AFTER = 5, 2
"""A number counts a thing when it stands at most so many words before or after it."""
CLOSEST = 2
"""Other names of the counted thing that count as it; the thesaurus puts the closest first."""
_MONEY = re.compile(
    r"\d[\d ]*,?\d* ?(kr|kronor|mnkr|mkr|miljon\w*|miljard\w*|euro|öre)\b"
    r"|\b(avgiftsfri\w*|gratis|kostnadsfri\w*|ingen avgift|inga avgifter)\b"
)
_CONTACT = re.compile(r"@|\b0\d{1,3}[- ]\d|\bwww\.|https?:")
_COUNTED = re.compile(
    r"(?:hur (?:pass )?många|antal(?:et)?|hvor mange|how many|andel(?:en)? av|procent av|% av|share of|"
    r"percent(?:age)? of|prosent av)"
    r" (?:olika |av |the |dom |de |svenska |svarande |stycken )*([\w-]+)"
)


@dataclass(frozen=True)
class Attribute:
    """What kind of value is asked for; for a count, of what."""

    kind: str
    """contact, money, person, municipality or count."""
    counted: tuple[str, ...] = ()
    """The counted thing's names, as stems."""
    said: frozenset[str] = frozenset()
    """The question's words: a name that is in it is no answer."""


def wanted(question: str, lexicon: Lexicon, language: str) -> Attribute | None:
    """The attribute asked for; None where the question does not tell."""
    plain = normalise(question)
    for kind, pattern in patterns()["attributes"].items():
        if pattern.search(plain):
            return Attribute(kind, said=frozenset(words(question)))
    counted = _COUNTED.search(plain)
    if counted is None or counted.group(1) in STOP_WORDS or counted.group(1).isdigit():
        return None
    return Attribute("count", tuple(sorted(names_of(counted.group(1), lexicon, language))))


def names_of(word: str, lexicon: Lexicon, language: str) -> set[str]:
    """The stems of a word and of what else it may be called."""
    if language == "sv":
        others = [name for _, names in lexicon.others(word) for name in names[:CLOSEST]]
    else:
        others = [name for _, names in lexicon.translate(word, language) for name in names[:CLOSEST]]
    return {stem(part) for name in (word, *others) for part in words(name) if part not in STOP_WORDS}


def gives(attribute: Attribute, text: str) -> bool:
    """Whether the text has a value of the attribute."""
    return _GIVES[attribute.kind](attribute, text)


def _counts(attribute: Attribute, text: str) -> bool:
    every = words(text)
    for at, word in enumerate(every):
        if any(near(name, stem(word)) for name in attribute.counted):
            around = every[max(0, at - _BEFORE) : at + _AFTER + 1]
            if any(w in _NUMBER_WORDS or (w[0].isdigit() and not re.fullmatch(r"(19|20)\d\d", w)) for w in around):
                return True
    return False


def near(one: str, other: str) -> bool:
    """The same stem, one inside the other's compound, or a slip of the keyboard apart."""
    if one == other or (len(one) > 4 and one in other) or (len(other) > 4 and other in one):
        return True
    a, b = set(grams_of(one, 3)), set(grams_of(other, 3))
    return len(one) > 4 and 2 * len(a & b) >= 1.2 * min(len(a), len(b)) and abs(len(one) - len(other)) <= 2


_GIVES: dict[str, Callable[[Attribute, str], bool]] = {
    "contact": lambda _, text: bool(_CONTACT.search(text)),
    "money": lambda _, text: bool(_MONEY.search(normalise(text))),
    "person": lambda wanted, text: any(wanted.said.isdisjoint(words(name)) for name in persons(text)),
    "municipality": lambda _, text: bool(places(text)),
    "count": _counts,
}
