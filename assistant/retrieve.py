"""Question to passages: several searches, each with its own eye, fused by a weighted sum of scores."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from assistant import closer
from assistant.domain import Chunk, Metadata, Passage
from assistant.encoder import Encoder, Vectors
from assistant.frequency import zipf
from assistant.index import Index
from assistant.lexicon import Lexicon
from assistant.swedish import STOP_WORDS, content_words, grams_of, language, stem

CANDIDATES = 120
"""Chunks that each search brings to the fusion."""
NEAREST_QUESTIONS = 400
"""Questions of the corpus that are looked at; several may belong to one chunk."""
SYNONYM = 0.45
"""Weight of a word that only stands for the reader's own."""
CONTEXT = 0.5
"""Weight of a word from an earlier question that the present one leans on."""
COMMON = 4.5
"""From this frequency on, a foreign word without a translation says nothing of the subject."""
LEFT_FOREIGN = 0.3
"""Weight of a foreign word whose Swedish is known; names and loan words still match by it."""

REFERENCE_COST = 0.2
"""What glossary, corrections and bibliography lose. Source: `docs/decisions/0004-sokning.md`."""

OF_QUESTIONS = frozenset({"question_grams", "questions"})
"""The parts that search among readers' questions."""


@dataclass(frozen=True)
class Weights:
    """What each search counts in the sum. Source: `docs/decisions/0004-sokning.md`, run on the tune half."""

    grams: float = 0.1
    """Character four-grams of headings and text, BM25."""
    texts: float = 0.3
    """Cosine between the question's vector and the text's."""
    question_grams: float = 0.2
    """Four-grams of the questions that readers ask of the text, BM25."""
    questions: float = 0.4
    """Cosine between the question's vector and the nearest of those questions."""

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
        if self == NO_FILTERS:
            return None
        return [m.id for m in metadata.values() if self._passes(m)]

    def _passes(self, meta: Metadata) -> bool:
        return (
            (self.kinds is None or meta.kind in self.kinds)
            and (self.ranks is None or meta.rank in self.ranks)
            and (self.documents is None or meta.id in self.documents)
            and (self.valid_on is None or (meta.valid_from or meta.date or "") <= self.valid_on)
        )


NO_FILTERS = Filters()


@dataclass(frozen=True)
class Query:
    """A question as the searches see it."""

    text: str
    """In Swedish as far as the lexicon goes."""
    original: str
    """As it was asked."""
    language: str
    words: Mapping[str, float]
    """Normalised word → weight: the reader's own count 1, other names for them less."""
    own: tuple[str, ...] = field(default=())
    """The reader's own content words, in order."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Own word → words of its other names, or its Swedish translations."""
    leaned: frozenset[str] = frozenset()
    """The own words that come from an earlier question."""
    renamed: tuple[str, ...] = ()
    """The question with its terms under other names."""

    @property
    def sayings(self) -> tuple[str, ...]:
        """The question in every way it may be said."""
        return tuple(dict.fromkeys((self.text, self.original, *self.renamed)))

    def other_names(self, word: str) -> tuple[str, ...]:
        """The words that may stand for the reader's own."""
        return self.others.get(word, ())

    def vector(self, encoder: Encoder) -> Vectors:
        """The question's place, shape (dimensions,), of length one: between its Swedish and its own words."""
        return placed(tuple(dict.fromkeys((self.text, self.original))), encoder)

    def grams(self) -> dict[str, float]:
        """Four-gram → weight, the sum over the words it stands in."""
        total: dict[str, float] = {}
        for word, weight in self.words.items():
            for gram in grams_of(word):
                total[gram] = total.get(gram, 0.0) + weight
        return total


@lru_cache(maxsize=16)
def placed(texts: tuple[str, ...], encoder: Encoder) -> Vectors:
    """The mean of the texts' vectors, of length one; search, selection and gaps ask for the same one in turn."""
    mean: Vectors = encoder.queries(texts).mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / np.float32(length) if length else mean


def analyse(text: str, lexicon: Lexicon, context: str = "") -> Query:
    """The question's words, foreign ones turned to Swedish, with their other names; those of the context count less."""
    if context:
        return in_context(analyse(text, lexicon), analyse(context, lexicon))
    spoken = language(text)
    if spoken != "sv":
        return foreign(text, spoken, lexicon)
    own = content_words(text)
    weighted: dict[str, float] = dict.fromkeys(own, 1.0)
    others: dict[str, list[str]] = {}
    for phrase, names in lexicon.others(text):
        for name in names:
            parts = content_words(name)
            for part in parts:
                weighted[part] = max(weighted.get(part, 0.0), SYNONYM / len(parts) ** 0.5)
            for word in phrase:
                others.setdefault(word, []).extend(parts)
    renamed = tuple(lexicon.renamed(text))
    weighted |= {word: 1.0 for word in content_words(" ".join(renamed)) if word not in own}
    return Query(text, text, spoken, weighted, tuple(own), {k: tuple(v) for k, v in others.items()}, renamed=renamed)


def in_context(query: Query, context: Query) -> Query:
    """The question with what it leans on."""
    weighted = {word: CONTEXT * weight for word, weight in context.words.items()} | dict(query.words)
    own = tuple(dict.fromkeys((*query.own, *context.own)))
    leaned = frozenset(context.own) - frozenset(query.own)
    return Query(
        f"{query.text} {context.text}",
        f"{query.original} {context.original}",
        query.language,
        weighted,
        own,
        {**context.others, **query.others},
        leaned,
    )


def foreign(text: str, spoken: str, lexicon: Lexicon) -> Query:
    """A question in English or Norwegian: each word counts through its Swedish words, the first of them most."""
    weighted: dict[str, float] = {}
    others: dict[str, list[str]] = {}
    swedish: list[str] = []
    carrying: list[str] = []
    for phrase, names in lexicon.translate(text, spoken):
        swedish.append(names[0] if names else phrase)
        own = [w for w in phrase.split() if w not in STOP_WORDS]
        own = [w for w in own if names or zipf(w.removesuffix("'s").removesuffix("’s"), spoken) < COMMON]
        carrying += own
        for word in own:
            weighted[word] = max(weighted.get(word, 0.0), LEFT_FOREIGN if names else 1.0)
        for n, name in enumerate(names if own else ()):
            parts = content_words(name)
            for part in parts:
                weighted[part] = max(weighted.get(part, 0.0), (1.0 if n == 0 else SYNONYM) / len(parts) ** 0.5)
            for word in own:
                others.setdefault(word, []).extend(parts)
    return Query(
        " ".join(swedish),
        text,
        spoken,
        weighted,
        tuple(dict.fromkeys(carrying)) or tuple(content_words(text)),
        {k: tuple(v) for k, v in others.items()},
        renamed=tuple(lexicon.renamed(text)),
    )


@dataclass(frozen=True)
class Retriever:
    """An index with the encoder it was made with, ready to be asked."""

    index: Index
    encoder: Encoder
    lexicon: Lexicon
    weights: Weights = Weights()
    by_sentences: bool = True
    """Whether passages without questions of their own are read closer."""

    def search(self, query: Query, k: int = 10, filters: Filters = NO_FILTERS) -> list[Passage]:
        """The k best passages, best first; ties go by chunk id, so that the order is always the same.

        A passage that was read closer takes another's place and the score that goes with it.
        """
        parts, asked = self.parts(query, filters.among(self.index.metadata))
        fused = self.weighted(fuse(parts, self.weights, self.plain))
        best = sorted(fused, key=lambda id: (-fused[id], id))[: max(k, closer.READ)]
        found = self.index.store.chunks([id for n, id in enumerate(best) if n < k or self.plain(id)])
        read = self.read(query, best[: closer.READ], found, parts) if self.by_sentences else {}
        return [
            Passage(
                rank=n,
                chunk=found[id],
                document=self.index.metadata[found[id].document_id],
                similarity=fused[place],
                parts=read.get(id, {}) | {name: scores.get(id, 0.0) for name, scores in parts.items()},
                asked=by_sentence(found[id], asked),
            )
            for n, (id, place) in enumerate(zip(closer.reordered(best, read)[:k], best, strict=False), 1)
        ]

    def read(
        self, query: Query, best: Sequence[str], found: Mapping[str, Chunk], parts: closer.Parts
    ) -> dict[str, closer.Features]:
        """What the sentences say of those of the best that are plain; nothing where there is but one."""
        chunks = [found[id] for id in best if self.plain(id)]
        if len(chunks) < 2:
            return {}
        words = {word: weight * self.rarity(word) for word, weight in query.words.items()}
        return closer.features(closer.Wanted(query.vector(self.encoder), words), chunks, parts, self.encoder)

    def plain(self, id: str) -> bool:
        """Whether no reader's question has been written for the chunk.

        Reference works do not count, nor documents that try to instruct: neither is to be lifted.
        """
        document = self.index.metadata[id.rpartition("#")[0]]
        return id not in self.index.asked and not document.extra.get("reference") and not document.suspicious

    def rarity(self, word: str) -> float:
        """The word's idf in the index, 0 and up."""
        return math.log(1 + max(self.index.manifest.chunks, 1) / (1 + self.index.frequency("stems", stem(word))))

    def weighted(self, fused: Mapping[str, float]) -> dict[str, float]:
        """The scores, less for glossary, corrections and bibliography: sources come before what is said about them."""
        metadata = self.index.metadata
        return {
            id: score - (REFERENCE_COST if metadata[id.rpartition("#")[0]].extra.get("reference") else 0.0)
            for id, score in fused.items()
        }

    def parts(
        self, query: Query, among: Collection[str] | None
    ) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
        """What each search finds, name → chunk id → its own score; and the nearest questions, by question id."""
        grams = query.grams()
        vector = query.vector(self.encoder)
        asked = self.index.nearest("questions", vector, NEAREST_QUESTIONS, among)
        found = {
            "grams": self.index.words("grams", grams, CANDIDATES, among),
            "texts": self.index.nearest("texts", vector, CANDIDATES, among),
            "question_grams": self.index.words("question_grams", grams, CANDIDATES, among),
            "questions": by_chunk(asked),
        }
        return {name: found[name] for name, _ in self.weights.items()}, asked


def by_chunk(asked: Mapping[str, float]) -> dict[str, float]:
    """The best of each chunk's questions."""
    best: dict[str, float] = {}
    for id, similarity in asked.items():
        chunk = id.partition("?")[0]
        best[chunk] = max(similarity, best.get(chunk, similarity))
    return best


def by_sentence(chunk: Chunk, asked: Mapping[str, float]) -> dict[int, float]:
    """The best of each sentence's own questions; start of the sentence → similarity. -1: those of the heading."""
    best: dict[int, float] = {}
    for n, start in enumerate(chunk.targets):
        if (similarity := asked.get(f"{chunk.id}?{n}")) is not None:
            best[start] = max(similarity, best.get(start, similarity))
    return best


def fuse(
    parts: Mapping[str, Mapping[str, float]], weights: Weights, plain: Callable[[str], bool] = lambda _: False
) -> dict[str, float]:
    """The weighted mean of each part's scores, stretched to 0–1 over what it found. Shape: chunk id → 0–1.

    The mean is over the parts that found something. For a plain chunk, those that can find it count alike.
    """
    counting = {name: weight for name, weight in weights.items() if parts.get(name)}
    every = sum(counting.values())
    own = len(counting.keys() - OF_QUESTIONS)
    fused: dict[str, float] = {}
    for name, weight in counting.items():
        for id, score in stretched(parts[name]).items():
            fused[id] = fused.get(id, 0.0) + score * (1 / own if plain(id) else weight / every)
    return fused


def stretched(scores: Mapping[str, float]) -> dict[str, float]:
    """Min–max: the best is 1, the worst 0; a single one is 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {id: (score - low) / (high - low) if high > low else 1.0 for id, score in scores.items()}
