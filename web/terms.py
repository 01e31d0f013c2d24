"""Words of the glossary where they stand in an answer: the first of each is shown with its definition. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.index import Index
from web import knowledge
from web.knowledge import Term
from web.reading import Part, Run, Statement

_ENDING = r"(?:e?[nt]s?|s|[aeo]r(?:na)?s?|na)?"
"""The Swedish endings of nouns, near enough: 'federationen', 'direktivets', 'robotarna'."""
_BEFORE = re.compile(r"[(\[”’»–]*$")
_AFTER = re.compile(r"[.,;:!?…)\]”’»%]*")
"""Signs that belong to the word they stand close to."""


@dataclass(frozen=True)
class Terms:
    """The glossary's names, ready to be looked for."""

    pattern: re.Pattern[str]
    by_name: Mapping[str, Term]
    """Abbreviations as they are written, other names in small letters."""

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Where the names stand in the text, the longest first at each place."""
        for match in self.pattern.finditer(text):
            name = match["name"]
            term = self.by_name.get(name) or self.by_name.get(name.lower())
            if term is not None:
                yield match.start(), match.end(), term


def terms(glossary: Iterable[Term]) -> Terms:
    """The names of the terms: the term itself and its synonyms, not the loose everyday words."""
    by_name: dict[str, Term] = {}
    for term in glossary:
        for name in (term.term, *term.synonyms):
            by_name.setdefault(name if is_abbreviation(name) else name.lower(), term)
    longest_first = "|".join(map(re.escape, sorted(by_name, key=len, reverse=True))) or "(?!)"
    return Terms(re.compile(rf"(?<![\w-])(?P<name>{longest_first}){_ENDING}(?![\w-])", re.IGNORECASE), by_name)


def is_abbreviation(name: str) -> bool:
    """Whether the name means something only as it is written: 'AI', 'PTS', 'SoL'."""
    return len(name) <= 5 and sum(c.isupper() for c in name) >= 2


NONE = terms(())


@lru_cache(maxsize=1)
def of_index(index: Index) -> Terms:
    """The terms of the index's glossary."""
    return terms(knowledge.glossary(index.store.data("glossary")))


def explained(parts: Sequence[Part], known: Terms) -> list[Part]:
    """The parts, each term marked where it first stands. A definition that is itself the answer is not repeated."""
    texts = [s.text for part in parts for row in part.rows for s in row]
    used = {
        t.term
        for text in texts
        for _, _, t in known.find(text)
        if any(x in t.definition or t.definition in x for x in texts)
    }
    return [
        replace(part, rows=tuple(tuple(marked(s, known, used) for s in row) for row in part.rows)) for part in parts
    ]


def marked(statement: Statement, known: Terms, used: set[str]) -> Statement:
    """The statement in runs; the terms found are added to those used."""
    runs: list[Run] = []
    text, at = statement.text, 0
    for start, end, term in known.find(text):
        if term.term not in used:
            used.add(term.term)
            close = close_to(text, at, start, end)
            runs += [Run(text[at : start - len(close[0])]), Run(text[start:end], term, *close)]
            at = end + len(close[1])
    runs.append(Run(text[at:]))
    return replace(statement, runs=tuple(r for r in runs if r.text))


def close_to(text: str, at: int, start: int, end: int) -> tuple[str, str]:
    """The signs close before the word, from `at`, and close after it."""
    before, after = _BEFORE.search(text, at, start), _AFTER.match(text, end)
    return (before[0] if before else ""), (after[0] if after else "")
