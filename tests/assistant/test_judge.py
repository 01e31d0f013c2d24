"""Whether the evidence answers: one chance, two thresholds, and what is missing."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fakes import HashEncoder
from made import LOCAL, passage, query

from assistant import linear
from assistant.attribute import wanted
from assistant.compose import choose, ranked
from assistant.domain import Outcome
from assistant.evidence import Asked, candidates
from assistant.gaps import NONE, Gap, Near
from assistant.judge import Verdict, judge, prepared
from assistant.lexicon import Lexicon

TEXT = "Kommunen ska märka varje boj i Lysekils hamn inom 24 timmar. Bojen ska vara röd och synas väl."


def weigh(question: str, text: str = TEXT, gap: Near = NONE, **features: float) -> Verdict:
    """The verdict on a question with that one passage; `features` replace the best sentence's."""
    intent, words = query(question)
    given = Asked(intent, words, dict.fromkeys(words.own, 1.0), wanted(question, Lexicon(), "sv"), gap)
    passages = [passage(text, parts={"questions": 0.5, "texts": 0.5})]
    chosen = choose(ranked(candidates(given, passages, {LOCAL.id: text}, HashEncoder())), intent)
    if chosen:
        chosen[0] = replace(chosen[0], features={**chosen[0].features, **features})
    return judge(given, chosen, passages)


def lever(question: str, chance: float, text: str = TEXT, gap: Near = NONE) -> dict[str, float]:
    """A value of the name feature at which the model gives the question that chance; the model is linear in it."""
    zero, one = (logit(weigh(question, text, gap, names=value).chance) for value in (0.0, 1.0))
    return {"names": (logit(chance) - zero) / (one - zero)}


def logit(chance: float) -> float:
    return math.log(chance / (1 - chance))


def test_without_evidence_there_is_no_answer_and_the_names_are_missing() -> None:
    assert weigh("Vad gör Lysekil?", text="") == Verdict(Outcome.NO_EVIDENCE, 0.0, {}, ("Lysekil",))


def test_texts_without_questions_of_their_own_are_judged_by_a_model_of_their_own() -> None:
    gap = Near(Gap("Källorna säger inte vad bojen kostar.", ("Vad kostar bojen?",)), 0.2, 0.2)
    asked, words = query("Hur ska varje boj i hamn märkas?")
    given = Asked(asked, words, dict.fromkeys(words.own, 1.0), None, gap)
    plain = passage(TEXT)
    known = replace(plain, chunk=replace(plain.chunk, questions=("Hur märks bojar?",), targets=(0,)))
    best = candidates(given, [plain], {LOCAL.id: TEXT}, HashEncoder())[0]
    assert not prepared(given, best)
    assert prepared(given, replace(best, passage=known))
    assert not prepared(replace(given, gap=NONE), replace(best, passage=known))


@pytest.mark.parametrize("above", [True, False])
def test_the_thresholds_decide(above: bool) -> None:
    question = "Hur ska varje boj i hamn märkas?"
    thresholds = linear.load("abstain_plain").thresholds
    step = 0.001 if above else -0.001
    at = {name: weigh(question, **lever(question, level + step)).outcome for name, level in thresholds.items()}
    assert at["answered"] == (Outcome.ANSWERED if above else Outcome.PARTIAL)
    assert at["partial"] == (Outcome.PARTIAL if above else Outcome.NO_EVIDENCE)


@pytest.mark.parametrize(
    ("question", "outcome", "missing"),
    [
        ("Hur ska varje boj i hamn märkas?", Outcome.NO_EVIDENCE, ()),
        ("Hur ska varje boj i Sotenäs hamn märkas?", Outcome.NEAR_MISS, ("Sotenäs",)),
        ("Hur ska varje boj i Sotenäs märkas av Digg?", Outcome.NEAR_MISS, ("Sotenäs", "Digg")),
        ("Hur ska varje boj i hamn sprängas?", Outcome.NEAR_MISS, ("sprängas",)),
        ("Vem vann melodifestivalen i Malmös arena?", Outcome.OFF_SUBJECT, ("Malmö",)),
    ],
)
def test_below_them_the_reader_is_told_why_there_is_no_answer(
    question: str, outcome: Outcome, missing: tuple[str, ...]
) -> None:
    verdict = weigh(question, **lever(question, 0.0001))
    assert verdict.outcome == outcome
    assert set(verdict.missing) == set(missing)


def test_the_features_are_those_that_the_model_weighs() -> None:
    facts = weigh("Hur ska varje boj i hamn märkas?").features
    assert all(set(linear.load(name).coefficients) <= set(facts) for name in ("abstain", "abstain_plain"))
    assert all(0 <= value <= 1 + 1e-6 for value in facts.values())


@pytest.mark.parametrize(
    ("question", "feature", "expected"),
    [
        ("Hur ska varje boj märkas i Lysekil?", "names", 1.0),
        ("Hur ska varje boj märkas i Sotenäs?", "names", 0.0),
        ("Vad kostar en boj i kronor?", "attribute_best", 0.0),
        ("Varför märks varje boj?", "unmet_reason", 1.0),
        ("Hur ska varje boj märkas i Lysekil?", "names_one", 1.0),
        ("Hur ska varje boj märkas 2023?", "years", 0.0),
        ("Hur ska varje boj märkas?", "years", 1.0),
        ("Vem vann melodifestivalen?", "unknown", 1.0),
        ("boj hamn", "unknown", 0.0),
        ("Ska varje boj märkas inom 48 timmar?", "contradicted", 1.0),
        ("Ska varje boj märkas inom 24 timmar?", "contradicted", 0.0),
    ],
)
def test_each_feature_says_what_it_means(question: str, feature: str, expected: float) -> None:
    assert weigh(question).features[feature] == expected


@pytest.mark.parametrize(("alike", "least", "most"), [(0.9, 0.99, 1.0), (0.0, 0.49, 0.51)])
def test_a_gap_is_nearer_than_the_known_questions_or_not(alike: float, least: float, most: float) -> None:
    assert least <= weigh("Hur märks varje boj?", gap=Near(KNOWN, alike, 0.5)).features["gap_nearer"] <= most


UNSAID = "Källorna anger inte vad bojarna kostar."
KNOWN = Gap(UNSAID, ("Vad kostar en boj?", "Vad kostade bojarna 2023?"))
LYSEKIL = Gap("Källorna anger inte vad bojarna i Lysekil kostar.", ("Vad kostar en boj i Lysekil?",))


@pytest.mark.parametrize(
    ("question", "gap", "said"),
    [
        ("Vad kostar en boj?", Near(KNOWN, 0.9, 0.9), UNSAID),
        ("Vad kostade en boj 2023?", Near(KNOWN, 0.9, 0.9), UNSAID),
        ("Vad kostade en boj 1912?", Near(KNOWN, 0.9, 0.9), ""),  # another year
        ("Vad kostar en boj enligt Digg?", Near(KNOWN, 0.9, 0.9), ""),  # another thing
        ("Vad kostar en boj i Sotenäs?", Near(KNOWN, 0.9, 0.9), UNSAID),  # wherever it lies
        ("Vad kostar en boj?", Near(LYSEKIL, 0.9, 0.9), ""),  # another place
        ("Vad kostar en boj i Lysekil?", Near(LYSEKIL, 0.9, 0.9), LYSEKIL.says),
        ("Vad kostar en boj?", Near(KNOWN, 0.6, 0.9), ""),
        ("Vad kostar en boj?", Near(KNOWN, 0.9, 0.4), ""),
        ("Vad kostar en boj?", NONE, ""),
    ],
)
def test_a_question_held_back_is_told_the_known_gap_that_it_asks_for(question: str, gap: Near, said: str) -> None:
    held = weigh(question, gap=gap, **lever(question, 0.0001, gap=gap))
    assert held.gap == said
    assert held.outcome == Outcome.NEAR_MISS or not said


def test_a_question_that_is_answered_is_told_no_gap() -> None:
    near = Near(KNOWN, 0.9, 0.9)
    question = "Vad kostar en boj?"
    priced = "En boj kostar 900 kronor."
    answered = weigh(question, priced, near, **lever(question, 0.9999, priced, near))
    assert (answered.outcome, answered.gap) == (Outcome.ANSWERED, "")


@pytest.mark.parametrize(
    ("question", "text", "outcome"),
    [
        ("Vad kostar en boj?", "En boj kostar 900 kronor.", Outcome.ANSWERED),
        ("Vad kostar en boj?", "Kostnaden för en boj ligger hos hamnen.", Outcome.PARTIAL),
        ("Hur märks en boj?", "Kostnaden för en boj ligger hos hamnen.", Outcome.ANSWERED),
    ],
)
def test_a_sum_that_no_sentence_gives_leaves_the_answer_short(question: str, text: str, outcome: Outcome) -> None:
    assert weigh(question, text, **lever(question, 0.9999, text)).outcome == outcome


@pytest.mark.parametrize(
    ("question", "text", "outcome"),
    [
        ("Hur många bojar finns det?", "Källorna anger inte hur många bojar det finns.", Outcome.NEAR_MISS),
        ("Har varje boj märkts?", "Källorna anger inte om varje boj har märkts.", Outcome.ANSWERED),
        ("Hur många bojar finns det?", "Det finns 24 bojar i Lysekils hamn.", Outcome.ANSWERED),
    ],
)
def test_a_best_sentence_that_tells_of_silence_is_told_as_the_reason(
    question: str, text: str, outcome: Outcome
) -> None:
    verdict = weigh(question, text, **lever(question, 0.9999, text))
    assert (verdict.outcome, verdict.gap) == (outcome, text if outcome == Outcome.NEAR_MISS else "")
