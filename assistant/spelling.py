"""What the reader meant to write: abbreviations written out, split compounds joined, misspelt words mended.

Only words that neither the index nor general Swedish knows are mended, and only to words of the index.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import accumulate, chain, takewhile
from operator import itemgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.frequency import zipf
from assistant.swedish import STOP_WORDS, language, normalise, stem, words

KNOWN = 2.0
"""From this frequency on a word is taken to be Swedish."""
SHORTEST = 4
"""Shorter words are left as they are: too many others lie near."""
SHORTEST_COMPOUND = 8
CANDIDATES = 40
LONGEST = 40
"""Longer ones too: no word of the index is."""
MOST_COST = ((5, 0.7), (8, 1.0), (LONGEST, 1.6))
"""(letters up to, cost): how far a word may lie from what is written."""
NAME_COST = 0.5
"""The same for what is written as a name."""
DOUBLED = SWAPPED = 0.5
SOUND = 0.3
"""What it costs to write a word as it sounds."""
NEAR = 0.7
"""What it costs to strike the key beside."""
KEYS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
ALIKE = ("åao", "äea", "öoø", "kc", "cs", "vw", "uo", "iy", "jg", "æä", "zs", "td", "pb")
"""Letters that are taken for each other by ear or for want of dots."""
DOTTED = 1.0
"""How much commoner (zipf) the word with its dots must be, in a question without any."""
_UNDOTTED = str.maketrans("åäöé", "aaoe")
_WORD = re.compile(r"[^\W\d_]+(?:[.:][^\W\d_]+)*\.?")
_NEW = re.compile(r"\s+[A-ZÅÄÖ]")
"""A new sentence begins."""
_SOUNDS = (
    (re.compile("stj|skj|sch|sj|sh|sk(?=[eiyäö])|ch"), "ʃ"),
    (re.compile("tj|kj"), "ɕ"),
    (re.compile("^(hj|gj|lj|dj)"), "j"),
    (re.compile("^hv"), "v"),
    (re.compile("c(?=[eiyé])|z"), "s"),
    (re.compile("c|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("å"), "o"),
    (re.compile("ä|æ"), "e"),
    (re.compile("ø"), "ö"),
    (re.compile(r"(.)\1"), r"\1"),
)


@dataclass(frozen=True)
class Mended:
    """A question as it was meant."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()
    """(as written, as read), for misspelt words; the reader is told."""


@dataclass(frozen=True)
class Speller:
    """The words of an index, against which questions are read."""

    vocabulary: Collection[str] = ()
    """Normalised words of the texts and of the questions that readers ask of them."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _words(self) -> dict[int, list[str]]:
        """The words that may be meant, by length."""
        found: dict[int, list[str]] = {}
        for word in self._in_order:
            if word.isalpha() and len(word) >= SHORTEST:
                found.setdefault(len(word), []).append(word)
        return found

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.vocabulary)

    def _stem_known(self, word: str) -> bool:
        """Whether a word of the index has the same stem; only those that begin with it can have, so few are stemmed."""
        wanted = stem(word)
        from_here = (self._in_order[at] for at in range(bisect_left(self._in_order, wanted), len(self._in_order)))
        return any(stem(w) == wanted for w in takewhile(lambda w: w.startswith(wanted), from_here))

    def mend(self, text: str) -> Mended:
        """The question as it was meant; one in another language as it stands. Pure."""
        if not self.vocabulary or language(text) != "sv":
            return Mended(text)
        text = self._dotted(text)
        changes: list[tuple[str, str]] = []

        def mended(match: re.Match[str]) -> str:
            written = match.group()
            ends = bool(_NEW.match(whole, match.end())) or match.end() == len(whole)
            read = self._read(written, match.start() > 0, ends)
            if read != written and normalise(written) not in self.abbreviations:
                changes.append((written, read))
            return read

        whole = _WORD.sub(self._written_out, text)
        whole = self._joined(whole)
        return Mended(_WORD.sub(mended, whole), tuple(changes))

    @cached_property
    def _dots(self) -> dict[str, str]:
        """Words without their dots → the commonest of those with."""
        dotted = (w for w in (*self.vocabulary, *STOP_WORDS) if w.translate(_UNDOTTED) != w)
        return {w.translate(_UNDOTTED): w for w in sorted(dotted, key=lambda w: (zipf(w, "sv"), w))}

    def _dotted(self, text: str) -> str:
        """'hur manga ar med' as 'hur många är med', where nothing in the question has dots."""
        return text if text.translate(_UNDOTTED) != text else _WORD.sub(self._dot, text)

    def _dot(self, match: re.Match[str]) -> str:
        written = match.group()
        meant = self._dots.get(normalise(written))
        if meant is None or zipf(meant, "sv") < max(zipf(normalise(written), "sv"), KNOWN - DOTTED) + DOTTED:
            return written
        return meant.capitalize() if written[:1].isupper() else meant

    def _written_out(self, match: re.Match[str]) -> str:
        written = match.group()
        bare = normalise(written)
        return self.abbreviations.get(bare, self.abbreviations.get(bare.rstrip("."), written))

    def _joined(self, text: str) -> str:
        """'cyber säkerhets lagen' as 'cybersäkerhetslagen', where the index has it so."""
        pieces = re.split(r"(\s+)", text)
        at = 0
        while at < len(pieces):
            for length in (3, 2):
                parts = pieces[at : at + 2 * length - 1 : 2]
                tail = re.search(r"\W*$", parts[-1]).group() if parts else ""  # type: ignore[union-attr]
                bare = [*parts[:-1], parts[-1].removesuffix(tail) if tail else parts[-1]] if parts else []
                if len(bare) == length and self._compound(bare):
                    pieces[at : at + 2 * length - 1] = ["".join(bare) + tail]
                    break
            at += 2
        return "".join(pieces)

    def _compound(self, parts: list[str]) -> bool:
        joined = normalise("".join(parts))
        return (
            all(p.isalpha() for p in parts)
            and not all(normalise(p) in STOP_WORDS for p in parts)
            and not (parts[0][0].isupper() and parts[0].endswith("s"))
            and len(joined) >= SHORTEST_COMPOUND
            and joined in self.vocabulary
        )

    def _read(self, written: str, inside: bool, ends: bool) -> str:
        """One word as it was meant: itself where nothing lies near. `ends`: its point ends a sentence."""
        word = normalise(written.rstrip("."))
        if written.endswith(".") and not ends and (whole := self._completed(word)):
            return whole
        named = inside and written[:1].isupper()
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or written.isupper() or self._known(word):
            return written
        best = min(self._near(word), default=None)
        if best is None or (named and best[0] > NAME_COST):
            return written
        meant = best[2].capitalize() if written[:1].isupper() else best[2]
        return meant + written[len(word) :]

    def _completed(self, word: str) -> str | None:
        """'projektstyrn.' as 'projektstyrning': the commonest word of the index that begins so, where none is whole."""
        if len(word) < SHORTEST or self._stem_known(word) or zipf(word, "sv") >= KNOWN + 1:
            return None
        found = [w for words in self._words.values() for w in words if w.startswith(word)]
        return max(found, key=lambda w: (zipf(w, "sv"), -len(w), w), default=None)

    def _known(self, word: str) -> bool:
        if word in self.vocabulary or word in STOP_WORDS or self._stem_known(word):
            return True
        if max(zipf(word, "sv"), zipf(word.removesuffix("s"), "sv")) >= KNOWN:
            return True
        return any(self._part(first) and self._part(last) for first, last in halves(word))

    def _part(self, word: str) -> bool:
        return word in self.vocabulary or zipf(word, "sv") >= KNOWN + 1

    def _near(self, word: str) -> Iterator[tuple[float, float, str]]:
        """The words that may be meant: (cost, how rare, word)."""
        most = next(cost for letters, cost in MOST_COST if len(word) <= letters)
        lengths = [self._words.get(n, []) for n in range(len(word) - 2, len(word) + 3)]
        alike = partial(process.extract, word, scorer=OSA.distance, score_cutoff=3, limit=CANDIDATES)
        for other, _, _ in sorted(chain.from_iterable(map(alike, lengths)), key=itemgetter(1))[:CANDIDATES]:
            if (cost := distance(word, other)) <= most:
                yield cost, -zipf(other, "sv"), other


def halves(word: str) -> Iterator[tuple[str, str]]:
    """The ways to see a word as a compound of two, with or without a joining s."""
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        yield word[:at], word[at:]
        if word[at - 1] == "s" and at > SHORTEST:
            yield word[: at - 1], word[at:]


def distance(written: str, meant: str) -> float:
    """What it costs to have written the one for the other: little for a slip of the finger or of the ear."""
    if sound(written) == sound(meant):
        return SOUND
    dropped, added = ([left_out(word, at) for at in range(len(word))] for word in (written, meant))
    rows = [[0.0, *accumulate(added)]]
    for i, letter in enumerate(written):
        above = rows[i]
        row = [above[0] + dropped[i]]
        for j, other in enumerate(meant):
            best = min(above[j + 1] + dropped[i], row[j] + added[j], above[j] + taken_for(letter, other))
            if i and j and letter == meant[j - 1] and written[i - 1] == other:
                best = min(best, rows[i - 1][j - 1] + SWAPPED)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def left_out(word: str, at: int) -> float:
    """What a letter too many or too few costs."""
    return DOUBLED if at and word[at] == word[at - 1] else 1.0


@lru_cache(maxsize=4096)
def taken_for(written: str, meant: str) -> float:
    """What one letter for another costs."""
    if written == meant:
        return 0.0
    if any(written in letters and meant in letters for letters in ALIKE):
        return DOUBLED
    return NEAR if beside(written, meant) else 1.0


def beside(one: str, other: str) -> bool:
    """Whether two letters are neighbours on a Swedish keyboard."""
    places = [(row, keys.find(letter)) for letter in (one, other) for row, keys in enumerate(KEYS) if letter in keys]
    return len(places) == 2 and max(abs(places[0][0] - places[1][0]), abs(places[0][1] - places[1][1])) == 1


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A word about as it sounds: 'samvärkan' and 'samverkan' are one."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def vocabulary(texts: Iterable[str]) -> set[str]:
    """The words of the texts that a reader may have meant."""
    return {word for text in texts for word in words(text) if word.isalpha() and len(word) >= SHORTEST}
