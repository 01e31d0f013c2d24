"""Whether a sentence agrees with a claim in numbers, dates, references, negation and modality. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from assistant import likeness
from assistant.facts import Fact, Facts, Marker

FailureKind = Literal["source", "number", "date", "reference", "name", "negation", "modality", "word"]
AGREEING_SIGNS = frozenset({("~", ""), ("", "")})
"""Signs of comparison, claim's and source's, that agree without being the same: 'cirka 50' is carried by '50'."""
UNDONE = frozenset({"proposed", "told"})
"""What is proposed, or what somebody is told to say, is not so: a claim that leaves this out says more."""
SAYS = {
    "not": "nekar",
    "must": "säger ska eller måste",
    "should": "säger bör",
    "may": "säger får eller kan",
    "need": "säger behöver",
    "proposed": "talar om ett förslag",
    "told": "uppmanar någon att säga något",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What in a claim the source does not carry."""

    kind: FailureKind
    words: str
    """The words of the claim (or, for what the claim leaves out, of the source)."""
    reason: str
    """In Swedish, for the reader."""


def facts_failing(said: Facts, source: Facts, renamed: Mapping[str, Set[str]]) -> Iterator[Failure]:
    """Every number, date and reference of the claim that the sentence lacks, or has about something else.

    `renamed`: stem of the claim → stems of its other names.
    """
    for fact in said.facts:
        if fact.kind == "article":
            yield from _article_failing(fact, source)
        elif not (agreeing := [f for f in source.facts if _agree(fact, f)]):
            yield Failure(fact.kind, fact.text, _why(fact, source))
        elif not _well_placed(fact, agreeing, source) or _too_often(fact, said, source):
            yield Failure(fact.kind, fact.text, f"”{fact.text}” står i källan, men om något annat.")
        elif fact.of and not any(_same_law(fact.of, f.of, renamed) for f in agreeing):
            yield Failure(fact.kind, fact.text, f"”{fact.text}” hör i källan till en annan lag.")


def contradicted(said: Facts, source: Facts) -> bool:
    """Whether the sentence has other numbers, dates or references where the claim has some of the same kind."""
    return any(
        (alike := _alike(fact, source)) and not any(_equal(fact, f) for f in alike)
        for fact in said.facts
        if fact.kind != "article"
    )


def _agree(claimed: Fact, given: Fact) -> bool:
    """The same number, date or reference, with the same measure and sign of comparison."""
    signs = claimed.sign == given.sign or (claimed.sign, given.sign) in AGREEING_SIGNS
    return claimed.kind == given.kind and claimed.unit == given.unit and signs and _equal(claimed, given)


def _equal(claimed: Fact, given: Fact) -> bool:
    """The same value; a year is carried by its date, an article by its point."""
    if claimed.kind == "date":
        return all(c is None or c == g for c, g in zip(claimed.value, given.value, strict=True))
    return claimed.value == given.value or (claimed.kind == "reference" and _shorter(claimed.value, given.value))


def _shorter(claimed: tuple[object, ...], given: tuple[object, ...]) -> bool:
    """'Artikel 50' for 'artikel 50.2', '2026:1' for 'MCFFS 2026:1', 'SFS 2025:1506' for '2025:1506'."""
    if claimed[0] == "law" and given[0] == "law":
        return claimed[2] == given[2] and (claimed[1] == "" or (claimed[1], given[1]) == ("sfs", ""))
    return claimed[0] == "art" and given[: len(claimed)] == claimed


def _well_placed(claimed: Fact, agreeing: Sequence[Fact], source: Facts) -> bool:
    """Whether the fact is said of the same thing: no other fact of its kind stands nearer to the claim's words."""
    rivals = [f for f in _alike(claimed, source) if not _equal(claimed, f)]
    best = max(_nearness(claimed, f) for f in agreeing)
    counted = claimed.kind == "number" and not claimed.unit and bool(claimed.before or claimed.after)
    return (best > 0 or not counted) and best >= max((_nearness(claimed, f) for f in rivals), default=0)


def _nearness(claimed: Fact, given: Fact) -> int:
    """How much of what stands beside the one stands beside the other; the very next words count for more."""
    score = _overlap((*claimed.before, *claimed.after), (*given.before, *given.after))
    score += 3 * any(likeness.same(c, g) for c, g in zip(claimed.before[-1:], given.before[-1:], strict=False))
    return score + 2 * any(likeness.same(c, g) for c, g in zip(claimed.after[:1], given.after[:1], strict=False))


def _too_often(claimed: Fact, said: Facts, source: Facts) -> bool:
    """Whether the claim says the number more often than a source that has other numbers beside it."""
    times = sum((f.kind, f.value, f.unit) == (claimed.kind, claimed.value, claimed.unit) for f in said.facts)
    alike = _alike(claimed, source)
    return sum(_equal(claimed, f) for f in alike) < times and not all(_equal(claimed, f) for f in alike)


def _same_law(claimed: str, given: str, renamed: Mapping[str, Set[str]]) -> bool:
    return not given or likeness.same(claimed, given) or given in renamed.get(claimed, ())


def _alike(claimed: Fact, source: Facts) -> list[Fact]:
    """The source's facts of the claimed one's kind and measure."""
    series = claimed.value[0] if claimed.kind == "reference" else None
    return [
        f
        for f in source.facts
        if f.kind == claimed.kind and f.unit == claimed.unit and (series is None or f.value[0] == series)
    ]


def _overlap(claimed: Iterable[str], given: Iterable[str]) -> int:
    given = tuple(given)
    return sum(any(likeness.same(c, g) for g in given) for c in claimed)


def _article_failing(fact: Fact, source: Facts) -> Iterator[Failure]:
    """'En kommun' fails where the source counts another number of the same thing and nowhere says 'en'."""
    thing = fact.after[0]
    counted = [f for f in source.facts if f.kind == "number" and not f.unit and thing and thing in f.after]
    if counted and not any(f.kind == "article" and f.after[0] == thing for f in source.facts):
        yield Failure("number", fact.text, f"Källan säger {counted[0].text}.")


def _why(fact: Fact, source: Facts) -> str:
    same = [f for f in source.facts if f.kind == fact.kind]
    if not same:
        what = {"number": "något tal", "date": "något datum"}.get(fact.kind, "någon hänvisning")
        return f"Meningen i källan har inte {what} som motsvarar ”{fact.text}”."
    if any(f.value == fact.value and f.unit == fact.unit for f in same):
        return f"Källan säger inte detsamma om ”{fact.text}”: minst, högst, före eller efter skiljer sig."
    return f"”{fact.text}” står inte i meningen. Källan säger {', '.join(dict.fromkeys(f.text for f in same))}."


def _split(markers: Iterable[Marker], negation: bool) -> list[Marker]:
    return [m for m in markers if (m.group == "not") == negation]


def negations_failing(said: Facts, source: Facts) -> Iterator[Failure]:
    """Negations of the claim that the source lacks, and of the source, on what the claim speaks of, that it lacks."""
    claimed, given = _split(said.markers, True), _split(source.markers, True)
    left = [m for m in given if m.always or not any(c.text.casefold() == m.text.casefold() for c in claimed)]
    for marker in (m for m in claimed if m.always):
        match = max(left, key=lambda m: _beside(marker, m), default=None)
        if match is None or _beside(marker, match) == 0:
            yield Failure("negation", marker.text, f"Källan nekar inte det som ”{marker.text}” gäller.")
        else:
            left.remove(match)
    otherwise = [c for c in claimed if not c.always and not any(c.text.casefold() == m.text.casefold() for m in given)]
    for marker in (m for m in left if m.always):
        if _spoken_of(marker, said) and not any(_beside(c, marker) for c in otherwise):
            yield Failure("negation", marker.text, f"Källan säger ”{marker.text}”, men påståendet gör det inte.")


def modals_failing(said: Facts, source: Facts) -> Iterator[Failure]:
    """Duties, advice, permissions, needs and proposals of the claim that are none in the source, and the reverse."""
    claimed, given = _split(said.markers, False), _split(source.markers, False)
    for marker in (m for m in claimed if m.always):
        best = max((_beside(marker, m) for m in given), default=0)
        nearest = [m for m in given if _beside(marker, m) == best]
        if not any(m.group == marker.group for m in nearest):
            there = nearest[0].text if nearest else ""
            said_so = f"Källan säger ”{there}”." if there else "Källan säger det inte."
            yield Failure("modality", marker.text, f"Påståendet {SAYS[marker.group]}. {said_so}")
    for marker in given:
        if marker.group in UNDONE:
            missing = not any(c.group == marker.group for c in claimed)
        else:
            missing = marker.always and _spoken_of(marker, said) and not any(c.group == marker.group for c in claimed)
        if missing:
            yield Failure(
                "modality", marker.text, f"Källan {SAYS[marker.group]} (”{marker.text}”), men påståendet gör det inte."
            )


def _beside(one: Marker, other: Marker) -> int:
    """How many of the words beside one marker stand beside the other; the word before counts as well."""
    return _overlap(
        (*one.after, one.before) if one.before else one.after,
        (*other.after, other.before) if other.before else other.after,
    )


def _spoken_of(marker: Marker, said: Facts) -> bool:
    """Whether the claim speaks of what the source's marker is about: the word after it, else the word before."""
    word = marker.after[0] if marker.after else marker.before
    return bool(word) and any(likeness.same(word, w.stem) for w in said.words)
