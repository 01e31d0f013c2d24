"""Whether a text carries a claim: pure, fast, explained word by word. No model and no similarity of vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant import likeness
from assistant.facts import Fact, Facts, Marker, Word, read
from assistant.lexicon import Lexicon
from assistant.swedish import sentences, stem

FailureKind = Literal["source", "number", "date", "reference", "name", "negation", "modality", "word"]
WEIGHT = {"word": 1.0, "modality": 1.5, "negation": 1.5, "name": 2.0, "number": 2.0, "date": 2.0, "reference": 2.0, "source": 9.0}
"""How far from carrying a claim a sentence is, by what it lacks; only used to choose which sentence to explain."""
TRIED = 3
"""Sentences that are read closely: those that share most words with the claim."""
AGREEING_SIGNS = frozenset({("~", ""), ("", "")})
"""Signs of comparison, claim's and source's, that agree without being the same: 'cirka 50' is carried by '50'."""
SAYS = {
    "not": "nekar",
    "must": "säger ska eller måste",
    "should": "säger bör",
    "may": "säger får eller kan",
    "need": "säger behöver",
    "proposed": "talar om ett förslag",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What in a claim the source does not carry."""

    kind: FailureKind
    words: str
    """The words of the claim (or, for what the claim leaves out, of the source)."""
    reason: str
    """In Swedish, for the reader."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a claim stands, on what, and if not why."""

    stands: bool
    failures: tuple[Failure, ...]
    support: tuple[tuple[int, int, int], ...]
    """(evidence number, start, end) of the sentences that carry the claim or come nearest, at most two."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    evidence: int
    start: int
    end: int
    facts: Facts


def check(claim: str, evidence: Sequence[str], lexicon: Lexicon | None = None, context: str = "") -> Judgement:
    """Stands only where one sentence carries every number, date, reference, name, negation, modality and content word.

    A second sentence of the same evidence may add two content words or more, in a row, and nothing else. `context` is
    the title and headings over the evidence: it may carry names and content words, never numbers.
    Source: issue 5, points 10 and 11; decisions are the figures of tests/assistant/test_mutations.py.
    """
    said = read(claim)
    names = _other_names(claim, lexicon)
    over = read(context)
    near = _nearest(said, names, evidence)
    if not near:
        return Judgement(False, (Failure("source", claim, "Det finns ingen källtext att pröva påståendet mot."),), ())
    if not said.words and not said.facts:
        return Judgement(False, (Failure("source", claim, "Påståendet säger inget som går att pröva."),), ())
    tried = [(_against(said, s.facts, over, names), s) for s in near[:TRIED]]
    failures, sentence = min(tried, key=lambda row: sum(WEIGHT[f.kind] for f in row[0]))
    support = [sentence]
    if failures and (second := _joined(said, failures, sentence, near, over, names)):
        failures, support = (), [sentence, second]
    return Judgement(not failures, tuple(failures), tuple((s.evidence, s.start, s.end) for s in support))


def _nearest(said: Facts, names: _Names, evidence: Sequence[str]) -> list[_Sentence]:
    """The sentences of the evidence, those first that share most with the claim."""
    wanted = {w.stem for w in said.words}.union(*(alternatives for _, alternatives, _ in names))
    values = {f.value for f in said.facts}
    found = [_Sentence(n, a, b, facts) for n, text in enumerate(evidence) for a, b, facts in _read_all(text)]
    return sorted(found, key=lambda s: -len(wanted & s.facts.stems) - len(values & {f.value for f in s.facts.facts}))


@lru_cache(maxsize=2_000)
def _read_all(text: str) -> tuple[tuple[int, int, Facts], ...]:
    return tuple((a, b, read(text[a:b])) for a, b in sentences(text))


_Names = tuple[tuple[frozenset[str], frozenset[str], tuple[str, ...]], ...]
"""For each phrase of the claim that has other names: its stems, the others' stems, the others as ' stem stem '."""


def _other_names(claim: str, lexicon: Lexicon | None) -> _Names:
    if lexicon is None:
        return ()
    return tuple(_entry(tuple(phrase), others) for phrase, others in lexicon.others(claim))


@lru_cache(maxsize=4_000)
def _entry(phrase: tuple[str, ...], others: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    plain = tuple(read(other).plain for other in others)
    own = frozenset({*map(stem, phrase), "".join(phrase)})
    return own, frozenset(s for other in plain for s in other.split()), plain


def _against(said: Facts, source: Facts, over: Facts, names: _Names) -> tuple[Failure, ...]:
    """Everything in which one sentence fails the claim."""
    same = likeness.same
    return (
        *_facts_failing(said, source),
        *_words_failing(said, source, over, names),
        *_markers_failing(said, source, same),
    )


def _facts_failing(said: Facts, source: Facts) -> Iterator[Failure]:
    for fact in said.facts:
        if fact.kind == "article":
            yield from _article_failing(fact, source)
        elif not (agreeing := [f for f in source.facts if _agree(fact, f)]):
            yield Failure(fact.kind, fact.text, _why(fact, source))
        elif not _well_placed(fact, agreeing, source):
            yield Failure(fact.kind, fact.text, f"”{fact.text}” står i källan, men om något annat.")


def _agree(claimed: Fact, given: Fact) -> bool:
    """The same number, date or reference; a year is carried by its date, an article by its point."""
    if claimed.kind != given.kind:
        return False
    if claimed.kind == "date":
        parts = zip(claimed.value, given.value, strict=True)
        return all(c is None or c == g for c, g in parts) and claimed.sign == given.sign
    if claimed.kind == "reference":
        return given.value == claimed.value or (claimed.value[0] == "art" and given.value[:2] == claimed.value)
    signs = claimed.sign == given.sign or (claimed.sign, given.sign) in AGREEING_SIGNS
    return claimed.value == given.value and claimed.unit == given.unit and signs


def _well_placed(claimed: Fact, agreeing: Sequence[Fact], source: Facts) -> bool:
    """Whether the fact is said of the same thing: no other fact of its kind stands nearer to the claim's words."""
    rivals = [f for f in source.facts if f.kind == claimed.kind and f.unit == claimed.unit and f not in agreeing]
    best = max(_overlap(claimed.near, f.near) for f in agreeing)
    counted = claimed.kind == "number" and not claimed.unit and bool(claimed.near)
    return (best > 0 or not counted) and best >= max((_overlap(claimed.near, f.near) for f in rivals), default=0)


def _overlap(claimed: Iterable[str], given: Iterable[str]) -> int:
    given = tuple(given)
    return sum(any(likeness.same(c, g) for g in given) for c in claimed)


def _article_failing(fact: Fact, source: Facts) -> Iterator[Failure]:
    """'En kommun' fails where the source counts another number of the same thing and nowhere says 'en'."""
    thing = fact.near[0]
    counted = [f for f in source.facts if f.kind == "number" and not f.unit and thing and thing in f.near[-2:]]
    if counted and not any(f.kind == "article" and f.near[0] == thing for f in source.facts):
        yield Failure("number", fact.text, f"Källan säger {counted[0].text}.")


def _why(fact: Fact, source: Facts) -> str:
    same = [f for f in source.facts if f.kind == fact.kind]
    if not same:
        what = {"number": "något tal", "date": "något datum"}.get(fact.kind, "någon hänvisning")
        return f"Meningen i källan har inte {what} som motsvarar ”{fact.text}”."
    if any(f.value == fact.value and f.unit == fact.unit for f in same):
        return f"Källan säger inte detsamma om ”{fact.text}”: minst, högst, före eller efter skiljer sig."
    return f"”{fact.text}” står inte i meningen. Källan säger {', '.join(dict.fromkeys(f.text for f in same))}."


def _words_failing(said: Facts, source: Facts, over: Facts, names: _Names) -> Iterator[Failure]:
    for word in _uncovered(said, source, over, names):
        kind: FailureKind = "name" if word.name else "word"
        yield Failure(kind, word.text, f"”{word.text}” har inget stöd i meningen.")


def _uncovered(said: Facts, source: Facts, over: Facts, names: _Names) -> list[Word]:
    """The content words of the claim that neither the sentence nor its headings carry."""
    groups = {m.group for m in source.markers}
    renamed = {s for own, _, others in names for s in own if any(o in source.plain or o in over.plain for o in others)}
    claimed = said.stems
    return [
        word
        for word in said.words
        if word.stem not in source.stems
        and word.stem not in over.stems
        and word.stem not in renamed
        and not likeness.marks(word.text, groups)
        and not (likeness.named(word.stem, source.stems | over.stems) if word.name else likeness.carried(word.stem, source.stems, claimed) or likeness.carried(word.stem, over.stems, claimed))
    ]


def _markers_failing(said: Facts, source: Facts, same: Callable[[str, str], bool]) -> Iterator[Failure]:
    yield from _negations_failing(said, source)
    yield from _modals_failing(said, source)


def _split(markers: Iterable[Marker], negation: bool) -> list[Marker]:
    return [m for m in markers if (m.group == "not") == negation]


def _negations_failing(said: Facts, source: Facts) -> Iterator[Failure]:
    """Every negation of the claim has one of its own in the source, and the other way round where the claim speaks of it."""
    claimed, given = _split(said.markers, True), _split(source.markers, True)
    left = [m for m in given if m.always or not any(c.text.casefold() == m.text.casefold() for c in claimed)]
    for marker in (m for m in claimed if m.always):
        match = max(left, key=lambda m: _beside(marker, m), default=None)
        if match is None or _beside(marker, match) == 0:
            yield Failure("negation", marker.text, f"Källan nekar inte det som ”{marker.text}” gäller.")
        else:
            left.remove(match)
    for marker in (m for m in left if m.always):
        if _spoken_of(marker, said) and not any(_beside(c, marker) for c in claimed if not c.always):
            yield Failure("negation", marker.text, f"Källan säger ”{marker.text}”, men påståendet gör det inte.")


def _modals_failing(said: Facts, source: Facts) -> Iterator[Failure]:
    """What is said to be a duty, advice, permission, need or proposal is said so in the source, and the other way round."""
    claimed, given = _split(said.markers, False), _split(source.markers, False)
    for marker in (m for m in claimed if m.always):
        best = max((_beside(marker, m) for m in given), default=0)
        nearest = [m for m in given if _beside(marker, m) == best]
        if not any(m.group == marker.group for m in nearest):
            there = nearest[0].text if nearest else ""
            said_so = f"Källan säger ”{there}”." if there else "Källan säger det inte."
            yield Failure("modality", marker.text, f"Påståendet {SAYS[marker.group]}. {said_so}")
    for marker in given:
        if marker.group == "proposed":
            missing = not any(c.group == "proposed" for c in claimed)
        else:
            missing = marker.always and _spoken_of(marker, said) and not any(c.group == marker.group for c in claimed)
        if missing:
            yield Failure("modality", marker.text, f"Källan {SAYS[marker.group]} (”{marker.text}”), men påståendet gör det inte.")


def _beside(one: Marker, other: Marker) -> int:
    """How many of the words beside one marker stand beside the other; the word before counts as well."""
    return _overlap((*one.after, one.before) if one.before else one.after, (*other.after, other.before) if other.before else other.after)


def _spoken_of(marker: Marker, said: Facts) -> bool:
    """Whether the claim speaks of what the source's marker is about: the word after it, else the word before."""
    word = marker.after[0] if marker.after else marker.before
    return bool(word) and any(likeness.same(word, w.stem) for w in said.words)


def _joined(
    said: Facts, failures: Sequence[Failure], first: _Sentence, near: Sequence[_Sentence], over: Facts, names: _Names
) -> _Sentence | None:
    """A second sentence of the same evidence that carries the rest, where only plain words in a row are missing."""
    missing = {f.words for f in failures}
    row = [n for n, word in enumerate(said.words) if word.text in missing]
    if any(f.kind != "word" for f in failures) or len(row) < 2 or row[-1] - row[0] >= len(row):
        return None
    for sentence in near:
        if sentence.evidence != first.evidence or sentence is first:
            continue
        lacking = {w.text for w in _uncovered(said, sentence.facts, over, names)}
        if not missing & lacking and not any(_negations_failing(said, _both(first.facts, sentence.facts))):
            return sentence
    return None


def _both(one: Facts, other: Facts) -> Facts:
    return Facts(
        one.facts, one.markers + other.markers, one.words + other.words, one.stems | other.stems, one.plain + other.plain
    )
