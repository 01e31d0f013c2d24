"""Whether the evidence answers the question: readable features, one calibrated chance, two thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant import demands, linear, predicate, wording
from assistant.agreement import contradicted
from assistant.attribute import gives
from assistant.domain import Outcome, Passage
from assistant.evidence import Asked, Candidate, covered, name_of, named, share_named, year_fits
from assistant.facts import read
from assistant.frequency import zipf
from assistant.gaps import Gap
from assistant.names import places
from assistant.swedish import normalise
from assistant.understand import patterns

OFF_SUBJECT = 0.55
"""From this share of words that the whole index lacks, the question lies outside it."""
YEAR = 4
"""Digits."""
STEEP = 30.0
"""A gap that is 0.1 nearer by cosine than any known question counts as 0.95 nearer."""
SAME_WORDS = 0.5
SAME_GAP = 0.7
"""From this cosine on, a question held back is told what the sources are known not to say."""
PLAIN_VALUES = frozenset({"money", "contact"})
"""Attributes whose values a text shows beyond doubt; without one the answer is not whole."""
EVERYDAY = 4.3
"""A word as common as this is not told to be missing."""
GENERIC = frozenset(
    "många stor stort stora antal andel hela helt egentligen faktiskt blev jobbar nämn nämna heter steg namn senaste "
    "många anses används finnas bäst bästa brukar fick får görs many much does have people which now source".split()
)
"""Words that say nothing of what is missing."""


@dataclass(frozen=True)
class Verdict:
    """What the evidence is worth."""

    outcome: Outcome
    chance: float
    """That the sources answer, 0 to 1."""
    features: Mapping[str, float]
    missing: tuple[str, ...]
    """Named things and rare words of the question that the evidence does not speak of."""
    gap: str = ""
    """What the sources are known not to say, where the question is held back for it."""


def judge(given: Asked, chosen: Sequence[Candidate], passages: Sequence[Passage]) -> Verdict:
    """Weighs the chosen sentences against the question. Pure."""
    if not chosen or not passages:
        return Verdict(Outcome.NO_EVIDENCE, 0.0, {}, tuple(given.intent.names))
    facts = features(given, chosen, passages)
    model = linear.load("abstain" if prepared(given, chosen[0]) else "abstain_plain")
    chance = model.chance(facts)
    missing = lacking(given, chosen)
    whole = not places(" ".join(missing)) and not valueless(given, chosen)
    if whole and chance >= model.thresholds["answered"]:
        outcome = Outcome.ANSWERED
    elif chance >= model.thresholds["partial"] and facts["unknown"] < 1.0:
        outcome = Outcome.PARTIAL
    elif facts["unknown"] >= OFF_SUBJECT:
        outcome = Outcome.OFF_SUBJECT
    else:
        outcome = Outcome.NEAR_MISS if missing else Outcome.NO_EVIDENCE
    reason = silence(given, chosen[0]) if outcome in (Outcome.ANSWERED, Outcome.PARTIAL) else known_gap(given)
    return Verdict(Outcome.NEAR_MISS if reason else outcome, chance, facts, missing, reason)


def silence(given: Asked, best: Candidate) -> str:
    """The best sentence, where it says that the sources lack what is asked; to yes or no it may be the answer."""
    return best.text if says(best, "unknown") and "yesno" not in given.intent.kinds else ""


def known_gap(given: Asked) -> str:
    """What the nearest known gap says, where the question asks for it."""
    return given.gap.gap.says if given.gap.gap is not None and same(given, given.gap.gap) else ""


def valueless(given: Asked, chosen: Sequence[Candidate]) -> bool:
    """Whether a sum or an address is asked for and no sentence gives one."""
    sought = given.attribute
    return sought is not None and sought.kind in PLAIN_VALUES and not any(gives(sought, c.text) for c in chosen)


def prepared(given: Asked, best: Candidate) -> bool:
    """Whether readers' questions are written for the passage, and gaps for the index; own files have neither."""
    passage = best.passage
    return given.gap.gap is not None and bool(passage.chunk.questions or passage.document.extra.get("reference"))


def features(given: Asked, chosen: Sequence[Candidate], passages: Sequence[Passage]) -> dict[str, float]:
    """What speaks for and against an answer; each 0 to 1. What must stand together is looked for in one place."""
    best = chosen[0]
    text = spoken(chosen)
    total = sum(given.rarity.values()) or 1.0
    unknown = sum(r for w, r in given.rarity.items() if not known(given, w, passages)) / total
    here = max(c.features["asked_here"] for c in chosen)
    near = max((cosine for p in passages for cosine in p.asked.values()), default=0.0)
    return {
        "best": best.score,
        "together": max(c.features["covered_passage"] for c in chosen),
        "unknown": unknown,
        "names": max(c.features["names_passage"] for c in chosen),
        "names_best": best.features["names"],
        "names_one": float(any(all_named(given, c) for c in chosen)),
        "contradicted": float(contradicted(read(given.query.original), read(best.text))),
        "years": float(year_fits(given.intent, best.passage.document, text)),
        "attribute_best": best.features["attribute"],
        "similarity": best.features["similarity"],
        "asked_here": here,
        "asked_best": best.features["asked_here"],
        "asked_words": max(c.features["asked_words"] for c in chosen),
        "asked_near": near,
        "far": unknown * (1.0 - here),
        "gap_alike": given.gap.alike,
        "gap_words": given.gap.words,
        "gap_nearer": nearer(given.gap.alike, near),
        "united": sum(c.passage.document.id == best.passage.document.id for c in chosen) / len(chosen),
        "text_alike": max(p.parts.get("texts", 0.0) for p in passages),
        **predicate.features(given, chosen),
        **demands.unmet(given.intent.text, [c.text for c in chosen]),
        "unit_best": best.features["unit"],
        "silent": says(best, "silent"),
        "unknown_told": says(best, "unknown"),
        "wording": wording.answerable(given.intent.text),
        "margin": passages[0].similarity - passages[min(9, len(passages) - 1)].similarity,
    }


def same(given: Asked, gap: Gap) -> bool:
    """Whether the question asks for that gap: nearly its words, and of the same things and years."""
    texts = " ".join((gap.says, *gap.questions))
    near = given.gap.alike >= SAME_GAP and given.gap.words >= SAME_WORDS
    years = all(n in texts for n in given.intent.numbers if len(n) == YEAR)
    other = set(places(gap.says)).difference(places(given.query.original), places(given.query.text))
    things = [name for name in given.intent.names if not places(name)]
    return near and years and not other and share_named([name_of(t, given.query) for t in things], texts) == 1.0


def says(candidate: Candidate, how: str) -> float:
    """1 where the sentence tells that the sources lack something, in the way of that name in `patterns.toml`."""
    return float(bool(patterns()["silence"][how].search(normalise(candidate.text))))


def all_named(given: Asked, candidate: Candidate) -> bool:
    """Whether the sentence, its headings and its document's title speak of all that the question names."""
    passage = candidate.passage
    return share_named(named(given), candidate.text, " ".join(passage.chunk.path), passage.document.title) == 1.0


def nearer(gap: float, asked: float) -> float:
    """Whether the nearest known gap lies nearer than the nearest question with an answer; 0.5 where as near."""
    return linear.logistic(STEEP * (gap - asked))


def spoken(chosen: Sequence[Candidate]) -> str:
    """The chosen sentences with their headings."""
    return " ".join([*(c.text for c in chosen), *(" ".join(c.passage.chunk.path) for c in chosen)])


def alone(given: Asked, word: str) -> Asked:
    """The question as if it had only that word."""
    return Asked(given.intent, given.query, {word: 1.0})


def known(given: Asked, word: str, passages: Sequence[Passage]) -> bool:
    """Whether any of the best passages carries the word in some form."""
    one = alone(given, word)
    return any(covered(one, p.chunk.text, " ".join(p.chunk.path)) > 0 for p in passages[:5])


def lacking(given: Asked, chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """The named things, else the rarest words, that the chosen sentences do not carry."""
    text = spoken(chosen)
    names = [name for name in given.intent.names if share_named([name_of(name, given.query)], text) < 1.0]
    if names:
        return tuple(names)
    spoken_in = given.query.language
    telling = [w for w in given.rarity if len(w) > 3 and w not in GENERIC and zipf(w, spoken_in) < EVERYDAY]
    absent = [w for w in telling if covered(alone(given, w), text) == 0]
    return tuple(sorted(absent, key=lambda w: -given.rarity[w])[:2])
