"""Other names for the same thing: synonyms from the glossary, and Swedish words for English ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.swedish import STOP_WORDS, stem, words


@dataclass(frozen=True)
class Lexicon:
    """Phrases, as tuples of stems, and what else they are called."""

    names: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """Phrase → the other names of the same term."""
    translations: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    """English word → Swedish words with their probability."""
    longest: int = 1

    def expand(self, text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The phrases of the text that the lexicon knows, longest first, each with the other names' words."""
        stemmed = [stem(w) for w in words(text)]
        found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        at = 0
        while at < len(stemmed):
            for length in range(min(self.longest, len(stemmed) - at), 0, -1):
                phrase = tuple(stemmed[at : at + length])
                if phrase in self.names:
                    found.append((phrase, self.names[phrase]))
                    at += length
                    break
            else:
                at += 1
        return found


def build(glossary: Iterable[Mapping[str, Any]], translations: Mapping[str, Any] | None = None) -> Lexicon:
    """A lexicon of glossary entries. Every name of an entry leads to all its other names."""
    names: dict[tuple[str, ...], set[str]] = {}
    for entry in glossary:
        every = list(_names(entry))
        for name in every:
            phrase = tuple(stem(w) for w in words(name))
            if phrase and not all(w in STOP_WORDS for w in words(name)):
                names.setdefault(phrase, set()).update(other for other in every if other != name)
    return Lexicon(
        {phrase: tuple(sorted(others)) for phrase, others in names.items() if others},
        {k: tuple((w, float(p)) for w, p in v) for k, v in (translations or {}).items()},
        max((len(phrase) for phrase in names), default=1),
    )


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    yield str(entry["term"])
    for key in ("synonyms", "colloquial", "english"):
        given = entry.get(key) or ()
        yield from ([str(given)] if isinstance(given, str) else map(str, given))
