"""Passages to candidate sentences, each with the readable features that ranking and abstention weigh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.attribute import Attribute, gives, wanted
from assistant.domain import UNCONFIRMED, Metadata, Passage
from assistant.encoder import Encoder
from assistant.gaps import NONE, Near, dice
from assistant.retrieve import CONTEXT, Query, Retriever
from assistant.swedish import content_words, grams_of, normalise, statements, stem, words
from assistant.understand import OTHER, Intent, kinds, patterns

_LABEL = re.compile(r"([^:.!?\d]{2,60}): \S")
SHORTEST_NAME = 6
"""A shorter stem is not taken for the first part of a name."""
PASSAGES = 10
"""Passages whose sentences may answer."""


@dataclass(frozen=True)
class Candidate:
    """A sentence or a list item that might answer."""

    passage: Passage
    start: int
    end: int
    """Span in the document's text."""
    text: str
    features: Mapping[str, float]
    score: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A question ready to be matched: its words with how rare each is, and its vector."""

    intent: Intent
    query: Query
    rarity: Mapping[str, float]
    """Content word → idf in this index, 0 and up."""
    attribute: Attribute | None = None
    """The kind of value that is asked for, where the question tells."""
    gap: Near = NONE
    """What the sources are known not to say, nearest to the question."""


def asked(intent: Intent, query: Query, retriever: Retriever) -> Asked:
    """Looks the question's words up in the index."""
    rarity = {}
    for word in query.own:
        said = query.other_names(word) if query.language != "sv" else ()
        idf = min(retriever.rarity(w) for w in said or (word,))
        rarity[word] = (CONTEXT if word in query.leaned else 1.0) * idf
    attribute = wanted(intent.text, retriever.lexicon, intent.language)
    return Asked(intent, query, rarity, attribute)


def candidates(
    given: Asked, passages: Sequence[Passage], texts: Mapping[str, str], encoder: Encoder
) -> list[Candidate]:
    """Every sentence of the best passages with its features. `texts`: document id → text."""
    found = [(p, a, b) for p in passages[:PASSAGES] for a, b in spans(p, texts[p.chunk.document_id])]
    if not found:
        return []
    lines = [texts[p.chunk.document_id][a:b] for p, a, b in found]
    similar = encoder.passages(lines) @ given.query.vector(encoder)
    shared = {p.chunk.id: of_passage(given, p, passages[0]) for p in passages[:PASSAGES]}
    made = []
    for (p, a, b), line, likeness in zip(found, lines, similar, strict=True):
        bullet = texts[p.chunk.document_id][max(0, a - 2) : a] == "- "
        own = of_sentence(given, p, line, float(likeness), bullet) | of_questions(given, p, a)
        own["asked_opens"] = own["opens"] * max(0.0, p.asked.get(-1, 0.0))
        own["unit"] = carried(given, given.rarity, together(p, a, line))
        made.append(Candidate(p, a, b, line, shared[p.chunk.id] | own))
    return made


def spans(passage: Passage, text: str) -> Iterator[tuple[int, int]]:
    """The sentences and list items of a passage, as spans in the document; bullets and fragments left out."""
    for start, end in statements(text, passage.chunk.start, passage.chunk.end):
        if end - start >= 15 and not text.startswith(("Figur ", "Andra namn:"), start):
            yield start, end


def of_passage(given: Asked, passage: Passage, best: Passage) -> dict[str, float]:
    """What speaks for every sentence of a passage; each 0 to 1."""
    heading = " ".join(passage.chunk.path)
    return {
        "covered_heading": covered(given, heading),
        "covered_passage": covered(given, passage.chunk.text, heading),
        "passage": passage.similarity,
        "behind": best.similarity - passage.similarity,
        "first": 1.0 / passage.rank,
        "asked_alike": max(0.0, passage.parts.get("questions", 0.0)),
        "text_alike": max(0.0, passage.parts.get("texts", 0.0)),
        "reference": 1.0 if passage.document.extra.get("reference") else 0.0,
        "law": 1.0 if passage.document.rank == 1 else 0.0,
        "names_passage": share_named(named(given), passage.chunk.text, heading),
    }


def of_questions(given: Asked, passage: Passage, start: int) -> dict[str, float]:
    """How near the question is to those that the sentence is known to answer; each 0 to 1."""
    shared = {question: alike(given, question) for question in own_questions(passage, start)}
    here, words = max(0.0, passage.asked.get(start, 0.0)), max(shared.values(), default=0.0)
    return {
        "asked_here": here,
        "asked_words": words,
        "asked_both": here * words,
        "asked_kin": max((n for question, n in shared.items() if kind_of(question) == given.intent.kind), default=0.0),
    }


def together(passage: Passage, start: int, line: str) -> tuple[str, ...]:
    """The sentence at `start`, its headings and the questions that it is known to answer: they stand together."""
    return (line, " ".join(passage.chunk.path), *own_questions(passage, start))


def own_questions(passage: Passage, start: int) -> list[str]:
    """The questions that the passage's sentence at `start` is known to answer."""
    chunk = passage.chunk
    return [q for q, target in zip(chunk.questions, chunk.targets, strict=True) if target == start]


@lru_cache(maxsize=60_000)
def kind_of(question: str) -> str:
    """The kind of a known question."""
    return next(kinds(normalise(question)), OTHER)


def alike(given: Asked, question: str) -> float:
    """How many of both questions' four-grams they share (Dice's coefficient)."""
    other = bag(question).grams
    return max(dice(bag(text).grams, other) for text in given.query.sayings)


def of_sentence(given: Asked, passage: Passage, line: str, similarity: float, bullet: bool) -> dict[str, float]:
    """What speaks for one sentence; each 0 to 1."""
    heading = " ".join(passage.chunk.path)
    kind = given.intent.kind
    pattern = patterns()["values"].get(kind)
    value = 1.0 if pattern is None or pattern.search(line) else 0.0
    here = covered(given, line)
    return {
        "covered_here": here,
        "covered_around": covered(given, line, heading),
        "similarity": max(0.0, similarity),
        "value": value,
        "value_number": value if kind == "number" else 0.0,
        "value_when": value if kind == "when" else 0.0,
        "value_who": value if kind == "who" else 0.0,
        "value_why": value if kind == "why" else 0.0,
        "value_duty": value if kind in ("duty", "yesno") else 0.0,
        "attribute": 1.0 if given.attribute is None or gives(given.attribute, line) else 0.0,
        "digits": 1.0 if kind in ("number", "when") and re.search(r"\d", line) else 0.0,
        "names": share_named(named(given), line, heading),
        "item": 1.0 if bullet else 0.0,
        "item_listed": 1.0 if bullet and kind in ("list", "overview") else 0.0,
        "enumerates": min(1.0, line.count(",") / 5) if kind == "list" else 0.0,
        "leads_in": 1.0 if line.endswith(":") else 0.0,
        "label_who": other_label(given, line) if kind == "who" else 0.0,
        "unconfirmed": 1.0 if UNCONFIRMED in line else 0.0,
        "opens": 1.0 if passage.chunk.text.startswith(line) else 0.0,
        "short": min(1.0, 60 / max(len(line), 1)),
        "long": min(1.0, len(line) / 400),
    }


def other_label(given: Asked, line: str) -> float:
    """The share of a leading label's words that the question does not have: 'Transporter: …' limits what it says."""
    found = _LABEL.match(line)
    if found is None:
        return 0.0
    asked = frozenset().union(*(bag(text).stems for text in given.query.sayings))
    label = frozenset(map(stem, content_words(found.group(1))))
    return len(label - asked) / max(1, len(label))


@dataclass(frozen=True)
class Bag:
    """The stems and the four-grams of a text."""

    stems: frozenset[str]
    grams: frozenset[str]


@lru_cache(maxsize=60_000)
def bag(text: str) -> Bag:
    """The words of a text, kept between questions."""
    every = words(text)
    return Bag(frozenset(map(stem, every)), frozenset(g for w in every for g in grams_of(w)))


def covered(given: Asked, *texts: str) -> float:
    """The share, by rarity, of the question's words that the texts together carry; near forms count in part."""
    return carried(given, given.rarity, texts) if any(given.rarity.values()) else 0.0


def carried(given: Asked, sought: Mapping[str, float], texts: Sequence[str]) -> float:
    """The share, by weight, of the words sought that the texts have; 1 where none is sought."""
    total = sum(sought.values())
    bags = [bag(text) for text in texts]
    return sum(weight * present(word, given.query, bags) for word, weight in sought.items()) / total if total else 1.0


def present(word: str, query: Query, bags: Sequence[Bag]) -> float:
    """1 where the word's stem is there, less for a part of a compound or another name, 0 where nothing is."""
    wanted, own, others = looked_for(word, query.other_names(word))
    if any(wanted in b.stems for b in bags):
        return 1.0
    share = max((len(own & b.grams) for b in bags), default=0) / len(own)
    near = share if share >= 0.6 and len(word) > 3 else 0.0
    return max(near, 0.85 if any(not others.isdisjoint(b.stems) for b in bags) else 0.0)


@lru_cache(maxsize=20_000)
def looked_for(word: str, others: tuple[str, ...]) -> tuple[str, frozenset[str], frozenset[str]]:
    """The word's stem, its four-grams, and the stems of its other names."""
    return stem(word), frozenset(grams_of(word)), frozenset(map(stem, others))


Name = tuple[frozenset[str], ...]
"""A named thing: for each of its words the stems that may stand for it."""


def named(given: Asked) -> list[Name]:
    """The question's named things."""
    return [name_of(name, given.query) for name in given.intent.names]


def name_of(name: str, query: Query) -> Name:
    """One named thing, each word with its other names."""
    return tuple(frozenset(stem(other) for other in (word, *query.other_names(word))) for word in words(name))


def share_named(names: Sequence[Name], *texts: str) -> float:
    """How many of the named things the texts speak of; 1 where none is named."""
    if not names:
        return 1.0
    stems = frozenset().union(*(bag(text).stems for text in texts))
    return sum(all(any(is_name(t, forms) for t in stems) for forms in name) for name in names) / len(names)


def is_name(stem: str, forms: frozenset[str]) -> bool:
    """Whether the stem is the name or begins with it, or the name is a compound of it: 'Dalslandskommunernas'."""
    return stem.startswith(tuple(forms)) or (len(stem) >= SHORTEST_NAME and any(f.startswith(stem) for f in forms))


def year_fits(intent: Intent, meta: Metadata, text: str) -> bool:
    """Whether every year of the question stands in the text or is the document's own."""
    years = [n for n in intent.numbers if re.fullmatch(r"(19|20)\d{2}", n)]
    return all(y in normalise(text) or (meta.date or "").startswith(y) for y in years)
