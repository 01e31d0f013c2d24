"""What is asked or presumed of the things named, and whether the evidence says it of them in one place.

'Varför lämnade Uddevalla förbundet?' uses words that the sources have, and presumes what they do not say.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Asked, Candidate, alike, carried, kind_of, own_questions, together
from assistant.frequency import zipf
from assistant.swedish import normalise, stem, words
from assistant.understand import patterns

EVERYDAY, SPAN, LEAST = 6.5, 3.5, 0.15
"""A word weighs by how far its general frequency lies below EVERYDAY, over SPAN, and never less than LEAST."""


def features(given: Asked, chosen: Sequence[Candidate]) -> dict[str, float]:
    """What the chosen sentences, each with its heading and known questions, carry of it; each 0 to 1."""
    sought = predicate(given)
    shares = [carried(given, sought, unit(c)) for c in chosen]
    said = [carried(given, dict.fromkeys(given.rarity, 1.0), unit(c)) for c in chosen]
    asked = [(alike(given, q), q) for c in chosen for q in own_questions(c.passage, c.start)]
    kind = given.intent.kind
    return {
        "predicate_best": shares[0],
        "predicate": max(shares),
        "said_best": said[0],
        "said": max(said),
        "whole": max(c.features["unit"] for c in chosen),
        "event": max(event(given, c) for c in chosen),
        "kin": max(c.features["asked_kin"] for c in chosen),
        "kin_best": float(kind_of(max(asked, default=(0.0, ""))[1]) == kind) if asked else 0.0,
    }


def predicate(given: Asked) -> dict[str, float]:
    """The question's words that name nothing, with their weights: what is asked of the things named."""
    named = {stem(word) for name in given.intent.names for word in words(name)}
    return {w: rarity * general(w) for w, rarity in given.rarity.items() if stem(w) not in named}


def general(word: str) -> float:
    """How much a word says, by how rare it is in general Swedish."""
    return min(1.0, max(LEAST, (EVERYDAY - zipf(word, "sv")) / SPAN))


def unit(candidate: Candidate) -> tuple[str, ...]:
    """What stands together with a candidate: itself, its headings and its known questions."""
    return together(candidate.passage, candidate.start, candidate.text)


def event(given: Asked, candidate: Candidate) -> float:
    """The share of the events and superlatives in the question that the unit speaks of; 1 where there is none."""
    asked = " ".join(map(normalise, dict.fromkeys((given.query.original, given.query.text))))
    kinds = [pattern for pattern in patterns()["events"].values() if pattern.search(asked)]
    text = normalise(" ".join(unit(candidate)))
    return sum(bool(pattern.search(text)) for pattern in kinds) / len(kinds) if kinds else 1.0
