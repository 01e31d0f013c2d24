"""The corpus's data for readers: glossary, survey, collaborations. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain import Metadata
from assistant.swedish import normalise
from web.dates import number
from web.texts import swedish

FACTS = ("who", "since", "form", "shared", "gained", "hard")
"""What collaborations are compared by."""
SHORT_CHARS = 3
"""A word searched for that is no longer than this must begin a word of the glossary."""
_ORDER = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c", "é": "e", "ü": "u"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary."""

    term: str
    definition: str
    synonyms: tuple[str, ...]
    """Other names that mean exactly the same, in Swedish."""
    colloquial: tuple[str, ...]
    """What people say, which may mean other things too."""
    english: tuple[str, ...]
    see: tuple[str, ...]
    confidence: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every other name in Swedish."""
        return (*self.synonyms, *self.colloquial)


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of a survey question."""

    text: str
    share: float | None
    """Per cent, 0 to 100; None where the report gives no figure."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, or one statement of it."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the report with everything said about it."""

    number: int
    id: str
    title: str
    question: str
    source: str
    respondents: str
    section: str
    charts: tuple[Chart, ...]
    conclusion: tuple[str, ...]
    remarks: tuple[str, ...]


def glossary(rows: Iterable[Mapping[str, Any]]) -> list[Term]:
    """The terms in Swedish alphabetical order."""
    return sorted((term(row) for row in rows), key=lambda t: alphabetical(t.term))


def term(row: Mapping[str, Any]) -> Term:
    """One row of the data."""
    return Term(
        term=str(row["term"]),
        definition=str(row["definition"]),
        synonyms=tuple(map(str, row.get("synonyms") or ())),
        colloquial=tuple(map(str, row.get("colloquial") or ())),
        english=tuple(map(str, row.get("english") or ())),
        see=tuple(row.get("see") or ()),
        confidence=str(row.get("confidence") or "seen"),
    )


def alphabetical(text: str) -> str:
    """A key that puts å, ä, ö last, as Swedish does."""
    return text.casefold().translate(_ORDER)


def matching(terms: Sequence[Term], text: str) -> list[Term]:
    """The terms that hold every word of the text: first those of that very name, then by name, then by definition."""
    wanted = normalise(text).split()
    found = [t for t in terms if holds(f"{named(t)} {t.definition}", wanted)]
    return sorted(found, key=lambda t: (not is_called(t, text), not holds(named(t), wanted)))


def named(term: Term) -> str:
    """All names of the term."""
    return " ".join((term.term, *term.names, *term.english))


def is_called(term: Term, text: str) -> bool:
    """Whether the text is one of the term's names."""
    return normalise(text).strip() in (normalise(name) for name in (term.term, *term.names, *term.english))


def holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether every wanted word stands in the text; a short one must begin a word, for it stands inside many."""
    plain = normalise(text)
    return all(re.search(("" if len(word) > SHORT_CHARS else r"\b") + re.escape(word), plain) for word in wanted)


def figure(row: Mapping[str, Any]) -> Figure:
    """One figure of the survey."""
    respondents = row.get("respondents") or {}
    own = Chart("", bars(row.get("options") or ()))
    groups = [Chart(str(g["statement"]), bars(g.get("options") or ())) for g in row.get("groups") or ()]
    return Figure(
        number=int(row["figure"]),
        id=f"figur-{int(row['figure']):02d}",
        title=str(row["title"]),
        question=str(row.get("question") or ""),
        source=f"{row.get('source') or ''}",
        respondents=f"{respondents['count']} {respondents['unit']}" if respondents else "",
        section=str(row.get("section") or ""),
        charts=tuple(c for c in (own, *groups) if c.bars),
        conclusion=tuple(row.get("conclusion") or ()),
        remarks=tuple(row.get("remarks") or ()),
    )


def bars(options: Iterable[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """The answers, in the order of the figure."""
    return tuple(Bar(sentence(o), o.get("share")) for o in options)


def sentence(option: Mapping[str, Any]) -> str:
    """What the answer says, with its share where it has one."""
    text = str(option.get("text") or option["label"])
    share = option.get("share")
    return text.replace("{share}", number(swedish(), share) if share is not None else "?")


def collaborations(metas: Iterable[Metadata]) -> list[Metadata]:
    """The examples that can be compared, by title."""
    return sorted((m for m in metas if m.extra.get("facts")), key=lambda m: alphabetical(m.title))
