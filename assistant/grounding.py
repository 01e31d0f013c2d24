"""Whether a text carries a claim: pure, fast, explained word by word. No model and no similarity of vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
TRIED, EXPLAINED = 4, 2
"""Sentences that are read closely, and of them those read to the end where none carries the claim: the likest ones."""
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
    failures, sentence = _best(said, near, over, names)
    support = [sentence]
    if failures and (second := _joined(said, failures, sentence, near, over, names)):
        failures, support = (), [sentence, second]
    return Judgement(not failures, tuple(failures), tuple((s.evidence, s.start, s.end) for s in support))


def _best(said: Facts, near: Sequence[_Sentence], over: Facts, names: _Names) -> tuple[tuple[Failure, ...], _Sentence]:
    """The sentence that carries the claim; else, of the two nearest, the one that fails it least, with the failures."""
    for sentence in near[:TRIED]:
        if not any(True for _ in _against(said, sentence.facts, over, names)):
            return (), sentence
    tried = [(tuple(_against(said, s.facts, over, names)), s) for s in near[:EXPLAINED]]
    return min(tried, key=lambda row: sum(WEIGHT[f.kind] for f in row[0]))


def _nearest(said: Facts, names: _Names, evidence: Sequence[str]) -> list[_Sentence]:
    """The sentences of the evidence, those first that share most with the claim."""
    own = {w.stem for w in said.words}
    other = frozenset[str]().union(*(alternatives for _, alternatives, _ in names))
    values = {f.value for f in said.facts}
    found = [_Sentence(n, a, b, facts) for n, text in enumerate(evidence) for a, b, facts in _read_all(text)]

    def worth(sentence: _Sentence) -> float:
        facts = sum(f.value in values for f in sentence.facts.facts)
        return len(own & sentence.facts.stems) + 0.5 * len(other & sentence.facts.stems) + facts

    return sorted(found, key=worth, reverse=True)


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


def _against(said: Facts, source: Facts, over: Facts, names: _Names) -> Iterator[Failure]:
    """Everything in which one sentence fails the claim, the cheapest to find first."""
    yield from _facts_failing(said, source)
    yield from _negations_failing(said, source)
    yield from _modals_failing(said, source)
    yield from _words_failing(said, source, over, names)


def _facts_failing(said: Facts, source: Facts) -> Iterator[Failure]:
    for fact in said.facts:
        if fact.kind == "article":
            yield from _article_failing(fact, source)
        elif not (agreeing := [f for f in source.facts if _agree(fact, f)]):
            yield Failure(fact.kind, fact.text, _why(fact, source))
        elif not _well_placed(fact, agreeing, source) or _too_often(fact, said, source):
            yield Failure(fact.kind, fact.text, f"”{fact.text}” står i källan, men om något annat.")


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
    best = max(_overlap(claimed.near, f.near) for f in agreeing)
    counted = claimed.kind == "number" and not claimed.unit and bool(claimed.near)
    return (best > 0 or not counted) and best >= max((_overlap(claimed.near, f.near) for f in rivals), default=0)


def _too_often(claimed: Fact, said: Facts, source: Facts) -> bool:
    """Whether the claim says the number more often than a source that has other numbers beside it."""
    times = sum((f.kind, f.value, f.unit) == (claimed.kind, claimed.value, claimed.unit) for f in said.facts)
    alike = _alike(claimed, source)
    return sum(_equal(claimed, f) for f in alike) < times and not all(_equal(claimed, f) for f in alike)


def _alike(claimed: Fact, source: Facts) -> list[Fact]:
    """The source's facts of the claimed one's kind and measure."""
    series = claimed.value[0] if claimed.kind == "reference" else None
    return [f for f in source.facts if f.kind == claimed.kind and f.unit == claimed.unit and (series is None or f.value[0] == series)]


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
        yield Failure("name" if word.name else "word", word.text, f"”{word.text}” har inget stöd i meningen.")


def _uncovered(said: Facts, source: Facts, over: Facts, names: _Names) -> Iterator[Word]:
    """The content words of the claim that neither the sentence nor its headings carry."""
    groups = {m.group for m in source.markers}
    left = [w for w in said.words if w.stem not in source.stems and w.stem not in over.stems and not likeness.marks(w.text, groups)]
    renamed: set[str] = set()
    if left:
        held = (source.plain, over.plain)
        renamed = {s for own, _, others in names for s in own if any(_stands(o, plain) for o in others for plain in held)}
    for word in left:
        if word.stem not in renamed and not any(_carries(word, stems, said.stems) for stems in (source.stems, over.stems)):
            yield word


def _carries(word: Word, stems: frozenset[str], together: frozenset[str]) -> bool:
    """A name stands as it is; other words may be derived, compounds or synonyms."""
    return likeness.named(word.stem, stems) if word.name else likeness.carried(word.stem, stems, together)


def _stands(phrase: str, plain: str) -> bool:
    """Whether the phrase stands in the text, and not with a digit after it: 'NIS' is not in 'NIS 2'."""
    at = plain.find(phrase)
    while at >= 0:
        following = plain[at + len(phrase) : at + len(phrase) + 2]
        if not (following[:1].isdigit() and following.endswith(" ")):
            return True
        at = plain.find(phrase, at + 1)
    return False


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
    otherwise = [c for c in claimed if not c.always and not any(c.text.casefold() == m.text.casefold() for m in given)]
    for marker in (m for m in left if m.always):
        if _spoken_of(marker, said) and not any(_beside(c, marker) for c in otherwise):
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
