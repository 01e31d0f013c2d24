"""Whether a text carries a claim: pure, fast, explained word by word. No model and no similarity of vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import agreement, likeness
from assistant.agreement import Failure
from assistant.facts import Facts, Word, read
from assistant.lexicon import Lexicon
from assistant.markers import KEPT
from assistant.swedish import sentences, stem

WEIGHT = {
    "word": 1.0,
    "modality": 1.5,
    "negation": 1.5,
    "name": 2.0,
    "number": 2.0,
    "date": 2.0,
    "reference": 2.0,
    "source": 9.0,
}
"""How far from carrying a claim a sentence is, by what it lacks; only used to choose which sentence to explain."""
TRIED, EXPLAINED = 4, 2
"""Sentences that are read closely, and of them those read to the end where none carries the claim: the likest ones."""


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
    """Stands only where one sentence carries every number, date, reference, name, negation, modality and word.

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
    yield from agreement.facts_failing(said, source, {s: others for own, others, _ in names for s in own})
    yield from agreement.negations_failing(said, source)
    yield from agreement.modals_failing(said, source)
    yield from _repeated(said, source)
    yield from _words_failing(said, source, over, names)


def _words_failing(said: Facts, source: Facts, over: Facts, names: _Names) -> Iterator[Failure]:
    for word in _uncovered(said, source, over, names):
        yield Failure("name" if word.name else "word", word.text, f"”{word.text}” har inget stöd i meningen.")


def _repeated(said: Facts, source: Facts) -> Iterator[Failure]:
    """Small words that the claim says more often than the sentence: 'mindre … mindre' for 'mindre … större'."""
    claimed, given = (Counter(t for w in f.words if (t := w.text.casefold()) in KEPT) for f in (said, source))
    for small, times in claimed.items():
        if 0 < given[small] < times:
            yield Failure("word", small, f"Källan säger ”{small}” färre gånger.")


def _uncovered(said: Facts, source: Facts, over: Facts, names: _Names) -> Iterator[Word]:
    """The content words of the claim that neither sentence nor headings carry; a cited law is the sentence's."""
    groups = {m.group for m in source.markers}
    left = [w for w in said.words if w.stem not in source.stems and not likeness.marks(w.text, groups)]
    if not left:
        return
    here, above = (_renamed(names, facts.plain) for facts in (source, over))
    cited = {f.of for f in said.facts}
    for word in left:
        if word.stem in here or _carries(word, source.stems, said.stems):
            continue
        if word.stem in cited or not (word.stem in above or _carries(word, over.stems, said.stems)):
            yield word


def _renamed(names: _Names, plain: str) -> set[str]:
    """The claim's stems whose other names stand in the text."""
    return {s for own, _, others in names for s in own if any(_stands(other, plain) for other in others)}


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
        against = agreement.contradicted(said, sentence.facts)
        if not missing & lacking and not against and not any(agreement.negations_failing(said, _both(first, sentence))):
            return sentence
    return None


def _both(first: _Sentence, second: _Sentence) -> Facts:
    one, other = first.facts, second.facts
    return Facts(
        one.facts,
        one.markers + other.markers,
        one.words + other.words,
        one.stems | other.stems,
        one.plain + other.plain,
    )
