"""Question to passages: several searches, each with its own eye, fused by a weighted sum of scores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from assistant.domain import Metadata, Passage
from assistant.encoder import Encoder
from assistant.index import Index
from assistant.lexicon import Lexicon
from assistant.swedish import content_words, grams_of, language, stem

CANDIDATES = 120
"""Chunks that each search brings to the fusion."""
SYNONYM = 0.5
"""Weight of a word that only stands for the reader's own."""


@dataclass(frozen=True)
class Weights:
    """What each search counts in the sum. Source: `docs/decisions/0004-sokning.md`, run on the tune half."""

    grams: float = 0.30
    stems: float = 0.20
    heading_grams: float = 0.05
    texts: float = 0.25
    question_grams: float = 0.10
    questions: float = 0.10

    def items(self) -> Iterable[tuple[str, float]]:
        """Part and weight, those that count."""
        return ((name, value) for name, value in vars(self).items() if value > 0)


@dataclass(frozen=True)
class Filters:
    """Limits to what is searched; None lets everything through."""

    kinds: tuple[str, ...] | None = None
    ranks: tuple[int, ...] | None = None
    documents: tuple[str, ...] | None = None
    valid_on: str | None = None
    """Only what had begun to apply on that day, YYYY-MM-DD."""

    def among(self, metadata: Mapping[str, Metadata]) -> Collection[str] | None:
        """The ids of the documents that pass; None where nothing limits."""
        if self == Filters():
            return None
        return [m.id for m in metadata.values() if self._passes(m)]

    def _passes(self, meta: Metadata) -> bool:
        return (
            (self.kinds is None or meta.kind in self.kinds)
            and (self.ranks is None or meta.rank in self.ranks)
            and (self.documents is None or meta.id in self.documents)
            and (self.valid_on is None or (meta.valid_from or meta.date or "") <= self.valid_on)
        )


@dataclass(frozen=True)
class Query:
    """A question as the searches see it."""

    text: str
    language: str
    words: Mapping[str, float]
    """Normalised word → weight: the reader's own count 1, other names for them less."""
    own: tuple[str, ...] = field(default=())
    """The reader's own content words, in order."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Own word → words of its other names, and of its Swedish translations."""

    def other_names(self, word: str) -> tuple[str, ...]:
        """The words that may stand for the reader's own."""
        return self.others.get(word, ())

    def stems(self) -> dict[str, float]:
        """Stem → weight."""
        return _heaviest((stem(w), weight) for w, weight in self.words.items())

    def grams(self) -> dict[str, float]:
        """Four-gram → weight, the sum over the words it stands in."""
        total: dict[str, float] = {}
        for word, weight in self.words.items():
            for gram in grams_of(word):
                total[gram] = total.get(gram, 0.0) + weight
        return total


def analyse(text: str, lexicon: Lexicon) -> Query:
    """The question's words, with the glossary's other names and, for English words, Swedish ones."""
    own = content_words(text)
    weighted: dict[str, float] = dict.fromkeys(own, 1.0)
    others: dict[str, list[str]] = {word: [] for word in own}
    spoken = language(text)
    for phrase, names in lexicon.expand(text):
        parts = {part: 1 / len(content_words(name)) ** 0.5 for name in names for part in content_words(name)}
        for part, weight in parts.items():
            weighted[part] = max(weighted.get(part, 0.0), SYNONYM * weight)
        for word in own:
            if stem(word) in phrase:
                others[word] += parts
    for word in own if spoken == "en" else ():
        for swedish, probability in lexicon.translations.get(word, ()):
            weighted[swedish] = max(weighted.get(swedish, 0.0), probability)
            others[word].append(swedish)
    return Query(text, spoken, weighted, tuple(own), {k: tuple(v) for k, v in others.items() if v})


@dataclass(frozen=True)
class Retriever:
    """An index with the encoder it was made with, ready to be asked."""

    index: Index
    encoder: Encoder
    lexicon: Lexicon
    weights: Weights = Weights()

    def search(self, text: str, k: int = 10, filters: Filters = Filters()) -> list[Passage]:
        """The k best passages, best first; ties go by chunk id, so that the order is always the same."""
        query = analyse(text, self.lexicon)
        parts = self.parts(query, filters.among(self.index.metadata))
        fused = fuse(parts, self.weights)
        best = sorted(fused, key=lambda id: (-fused[id], id))[:k]
        found = self.index.store.chunks(best)
        return [
            Passage(
                rank=n,
                chunk=found[id],
                document=self.index.metadata[found[id].document_id],
                similarity=fused[id],
                parts={name: scores.get(id, 0.0) for name, scores in parts.items()},
            )
            for n, id in enumerate(best, 1)
        ]

    def parts(self, query: Query, among: Collection[str] | None) -> dict[str, dict[str, float]]:
        """What each search finds: name → chunk id → its own score."""
        stems, grams = query.stems(), query.grams()
        vector = self.encoder.queries([query.text])[0]
        found: dict[str, dict[str, float]] = {}
        for name, _ in self.weights.items():
            if name in ("texts", "questions"):
                k = CANDIDATES if name == "texts" else 3 * CANDIDATES
                found[name] = self.index.nearest(name, vector, k, among)
            else:
                found[name] = self.index.words(name, stems if name.endswith("stems") else grams, CANDIDATES, among)
        return found


def fuse(parts: Mapping[str, Mapping[str, float]], weights: Weights) -> dict[str, float]:
    """The weighted sum of each part's scores, stretched to 0–1 over what it found. Shape: chunk id → 0–1."""
    total = sum(weight for name, weight in weights.items() if parts.get(name))
    fused: dict[str, float] = {}
    for name, weight in weights.items():
        for id, score in stretched(parts.get(name, {})).items():
            fused[id] = fused.get(id, 0.0) + weight * score / total
    return fused


def stretched(scores: Mapping[str, float]) -> dict[str, float]:
    """Min–max: the best is 1, the worst 0; a single one is 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {id: (score - low) / (high - low) if high > low else 1.0 for id, score in scores.items()}


def _heaviest(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for key, weight in pairs:
        best[key] = max(weight, best.get(key, 0.0))
    return best
