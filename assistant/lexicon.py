"""Other names for the same thing: from the glossary, and from the thesaurus of everyday and foreign words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.swedish import STOP_WORDS, normalise, stem, words

Phrase = tuple[str, ...]
RENAMED = 3
"""Other ways of saying a question, at most."""
FOREIGN = {"en": "english", "no": "norwegian"}
"""Language of a question → the thesaurus's part that turns it into Swedish."""


@dataclass(frozen=True)
class Table:
    """Phrases, as stems or for foreign words as they are written, and what may be said instead."""

    names: Mapping[Phrase, tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1
    """Words in the longest phrase."""

    def find(self, keys: list[str]) -> list[tuple[range, tuple[str, ...]]]:
        """The phrases among the keys, longest first from the left, each with its place and its other names."""
        found: list[tuple[range, tuple[str, ...]]] = []
        at = 0
        while at < len(keys):
            length = next(
                (n for n in range(min(self.longest, len(keys) - at), 0, -1) if tuple(keys[at : at + n]) in self.names),
                0,
            )
            if length:
                found.append((range(at, at + length), self.names[tuple(keys[at : at + length])]))
            at += length or 1
        return found


@dataclass(frozen=True)
class Lexicon:
    """Synonyms in Swedish, and Swedish words for those of other languages."""

    synonyms: Table = Table()
    foreign: Mapping[str, Table] = field(default_factory=dict)
    """Language → its table."""
    exact: Table = Table()
    """The glossary's names alone: each may stand for the other."""

    def others(self, text: str) -> list[tuple[list[str], tuple[str, ...]]]:
        """The known phrases of a Swedish text, as their words, each with its other names."""
        every = words(text)
        found = self.synonyms.find([stem(w) for w in every])
        return [([every[i] for i in place], names) for place, names in found]

    def renamed(self, text: str) -> list[str]:
        """The text with a term of the glossary under another of its names: 'Cyber Resilience Act' as 'CRA'."""
        every = words(text)
        found = self.exact.find([stem(w) for w in every])
        return [
            " ".join((*every[: place.start], name, *every[place.stop :])) for place, names in found for name in names
        ][:RENAMED]

    def translate(self, text: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
        """Each word or phrase of a foreign text with its Swedish words, best first; none where it is unknown."""
        every = words(text)
        table = self.foreign.get(language, Table())
        found = {place.start: (place, names) for place, names in table.find(every)}
        out: list[tuple[str, tuple[str, ...]]] = []
        at = 0
        while at < len(every):
            place, names = found.get(at, (range(at, at + 1), ()))
            out.append((" ".join(every[i] for i in place), names or self._without_ending(table, every[at])))
            at = place.stop
        return out

    @staticmethod
    def _without_ending(table: Table, word: str) -> tuple[str, ...]:
        """The translation of an English word without its ending, where the word itself is not known."""
        for ending, back in (
            ("ies", "y"),
            ("es", ""),
            ("s", ""),
            ("ing", ""),
            ("ing", "e"),
            ("ed", ""),
            ("ed", "e"),
            ("d", ""),
            ("ly", ""),
        ):
            if word.endswith(ending) and (names := table.names.get((word.removesuffix(ending) + back,))):
                return names
        return ()


def build(glossary: Iterable[Mapping[str, Any]], thesaurus: Mapping[str, Any] | None = None) -> Lexicon:
    """A lexicon of the glossary's entries and the thesaurus."""
    given = thesaurus or {}
    entries = list(glossary)
    names: dict[Phrase, dict[str, None]] = {}
    for key, others in (given.get("swedish") or {}).items():
        names.setdefault(_phrase(str(key)), {}).update(dict.fromkeys(map(str, others)))
    for entry in entries:
        every = list(_names(entry))
        for name in every:
            names.setdefault(_phrase(name), {}).update(dict.fromkeys(other for other in every if other != name))
    foreign = {language: _foreign(given.get(part) or {}) for language, part in FOREIGN.items()}
    terms = {tuple(words(e)): (str(entry["term"]),) for entry in entries for e in _listed(entry, "english")}
    foreign["en"] = _table({**terms, **foreign["en"].names})
    exact = _table({_phrase(name): _others(entry, name) for entry in entries for name in _names(entry)})
    return Lexicon(_table({k: tuple(v) for k, v in names.items() if k and v}), foreign, exact)


def _foreign(part: Mapping[str, Any]) -> Table:
    return _table({tuple(words(str(k))): tuple(map(str, v)) for k, v in part.items() if v})


def _table(names: Mapping[Phrase, tuple[str, ...]]) -> Table:
    kept = {phrase: others for phrase, others in names.items() if phrase}
    return Table(kept, max(map(len, kept), default=1))


def _phrase(name: str) -> Phrase:
    found = words(name)
    return () if all(w in STOP_WORDS for w in found) else tuple(stem(w) for w in found)


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    yield str(entry["term"])
    yield from _listed(entry, "synonyms")
    yield from _listed(entry, "colloquial")


def _others(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The term and its synonyms but for the name itself, the shortest first."""
    return tuple(
        sorted(
            (
                n
                for n in (str(entry["term"]), *_listed(entry, "synonyms"))
                if n != name and (n.isupper() or name.isupper())
            ),
            key=len,
        )
    )


def _listed(entry: Mapping[str, Any], key: str) -> list[str]:
    given = entry.get(key) or ()
    return [str(given)] if isinstance(given, str) else [str(g) for g in given if normalise(str(g)).strip()]
