"""The same question written in other ways: misspelt, compounds split or joined, in Swedish instead of English. Pure.

What is drawn depends on the seed and the question alone, so that two runs ask the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from evals.cases import Case

SEED = 20261121
PAIRS = Path(__file__).with_name("pairs.jsonl")
"""English questions with the same in Swedish, translated by hand without a look at the corpus."""
SWEDISH = frozenset({"plain", "colloquial", "abbreviation"})
"""Styles that are Swedish and not yet misspelt or split."""
LETTERS = 4
"""Letters of the shortest word that is misspelt."""
PART = 4
"""Letters of the shortest part that a compound is split into."""
CONSONANTS = "bdfgklmnprst"
"""Consonants that Swedish doubles."""
ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = str.maketrans("åäöÅÄÖ", "aaoAAO")

Words = Collection[str]
"""The corpus's words, in lower case."""
Change = Callable[[str, Random], str | None]
"""A word → the word with one error; None where this kind of error does not fit."""


def neighbours() -> dict[str, str]:
    """Letter → the letters beside it, above and below on a Swedish keyboard."""
    at = {letter: (x + y / 2, y) for y, row in enumerate(ROWS) for x, letter in enumerate(row)}
    return {
        a: "".join(b for b, (u, v) in at.items() if a != b and abs(x - u) <= 1 and abs(y - v) <= 1)
        for a, (x, y) in at.items()
    }


NEIGHBOURS = neighbours()


def slipped(word: str, random: Random) -> str | None:
    """A letter hit beside: 'kommun' → 'kpmmun'."""
    n = random.randrange(1, len(word))
    beside = NEIGHBOURS.get(word[n])
    return f"{word[:n]}{random.choice(beside)}{word[n + 1 :]}" if beside else None


def swapped(word: str, random: Random) -> str | None:
    """Two letters in the wrong order: 'kommun' → 'kommnu'."""
    places = [n for n in range(1, len(word) - 1) if word[n] != word[n + 1]]
    if not places:
        return None
    n = random.choice(places)
    return f"{word[:n]}{word[n + 1]}{word[n]}{word[n + 2 :]}"


def doubled(word: str, random: Random) -> str | None:
    """A consonant doubled: 'digital' → 'digittal'."""
    single = [
        n for n in range(1, len(word)) if word[n] in CONSONANTS and word[n] not in (word[n - 1], word[n + 1 : n + 2])
    ]
    if not single:
        return None
    n = random.choice(single)
    return f"{word[:n]}{word[n]}{word[n:]}"


def undoubled(word: str, random: Random) -> str | None:
    """One of two consonants left out: 'kommun' → 'komun'."""
    twice = [n for n in range(1, len(word)) if word[n] == word[n - 1] and word[n] in CONSONANTS]
    if not twice:
        return None
    n = random.choice(twice)
    return f"{word[:n]}{word[n + 1 :]}"


def undotted(word: str, random: Random) -> str | None:
    """No dots and rings: 'åtgärd' → 'atgard'."""
    return None if word == word.translate(_PLAIN) else word.translate(_PLAIN)


CHANGES: Mapping[str, Change] = {
    "slipped": slipped, "swapped": swapped, "doubled": doubled, "undoubled": undoubled, "undotted": undotted,
}  # fmt: skip


def misspelt(text: str, random: Random) -> str | None:
    """The text with one or two errors, each in another word; None where no word is long enough."""
    places = [
        m.span() for m in _WORD.finditer(text) if m.end() - m.start() >= LETTERS and m.group() != m.group().upper()
    ]
    chosen = random.sample(places, min(random.choice((1, 2)), len(places)))
    for start, end in sorted(chosen, reverse=True):
        text = f"{text[:start]}{erred(text[start:end], random)}{text[end:]}"
    return text if chosen else None


def erred(word: str, random: Random) -> str:
    """The word with one error of a kind that fits it."""
    for change in random.sample(list(CHANGES.values()), len(CHANGES)):
        if (made := change(word, random)) is not None:
            return made
    return word[:-1]


def split(text: str, known: Words, random: Random) -> str | None:
    """One compound of the text written in two: 'digitaliseringsråd' → 'digitaliserings råd'; None without one."""
    found = [(m.start() + at) for m in _WORD.finditer(text) if (at := joint(m.group().casefold(), known))]
    if not found:
        return None
    at = random.choice(found)
    return f"{text[:at]} {text[at:]}"


def joint(word: str, known: Words) -> int | None:
    """Where a compound's two words meet, as even as can be; both are known, the first with or without an s."""
    places = [
        n
        for n in range(PART, len(word) - PART + 1)
        if word[n:] in known and (word[:n] in known or (word[n - 1] == "s" and word[: n - 1] in known))
    ]
    return min(places, key=lambda n: abs(len(word) - 2 * n), default=None)


def joined(text: str, known: Words, random: Random) -> str | None:
    """Two words written as one, or a hyphen left out: 'e-arkiv' → 'earkiv', 'digital mognad' → 'digitalmognad'."""
    hyphens = [m.span() for m in re.finditer(r"(?<=\w)-(?=\w)", text)]
    spaces = [m.span() for m in re.finditer(r"(?<=\w) (?=\w)", text) if names_one_thing(text, m.start(), known)]
    if not hyphens + spaces:
        return None
    start, end = random.choice(hyphens + spaces)
    return text[:start] + text[end:]


def names_one_thing(text: str, at: int, known: Words) -> bool:
    """Whether the words before and after the space are ones of the corpus, none of them short."""
    before, after = text[:at].rpartition(" ")[2].casefold(), _WORD.match(text, at + 1)
    return after is not None and all(len(w) > PART and w in known for w in (before, after.group().casefold()))


def drawn(cases: Iterable[Case], name: str, change: Callable[[str, Random], str | None], draws: int) -> Iterator[Case]:
    """Each case in so many different versions as were found, its id followed by '~', the change's name and a number."""
    for case in cases:
        made = (change(case.question, Random(f"{SEED} {name} {n} {case.id}")) for n in range(draws))
        texts = dict.fromkeys(text for text in made if text is not None and text != case.question)
        for n, text in enumerate(texts, 1):
            yield replace(case, id=f"{case.id}~{name}{n}", question=text)


def swedish(cases: Iterable[Case], path: Path = PAIRS) -> Iterator[Case]:
    """The Swedish twins of the English questions that have one; a question that was changed since has none."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = {(row["id"], row["english"]): row for row in rows}
    for case in cases:
        row = known.get((case.id, case.question))
        if row is not None and len(row["history"]) == len(case.history):
            yield replace(case, id=f"{case.id}~swedish", question=row["swedish"], history=tuple(row["history"]))


def original(id: str) -> str:
    """The id of the case that a version was made of."""
    return id.partition("~")[0]
