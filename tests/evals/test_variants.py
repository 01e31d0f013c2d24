"""Other ways of writing: what is drawn is the same every time, and is what its name says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import Small
from samples import CASE

from evals import cases, figures, robust, variants
from evals.asking import Desk
from evals.progress import silent
from evals.records import Ranked
from evals.workers import Crew

KNOWN = frozenset("digitalisering råden digital mognad kommun kommunen portfölj styrning".split())


@pytest.mark.parametrize(
    ("change", "word", "possible"),
    [
        (variants.swapped, "abca", {"acba", "abac"}),
        (variants.swapped, "aaaa", {None}),
        (variants.doubled, "digital", {"diggital", "digittal", "digitall"}),
        (variants.undoubled, "kommun", {"komun"}),
        (variants.undoubled, "digital", {None}),
        (variants.undotted, "åtgärd", {"atgard"}),
        (variants.undotted, "plan", {None}),
        (variants.slipped, "ab", {"av", "ag", "ah", "an"}),
    ],
)
def test_an_error_is_of_its_kind(change: variants.Change, word: str, possible: set[str | None]) -> None:
    assert {change(word, Random(n)) for n in range(60)} <= possible


def test_one_or_two_words_are_misspelt_and_never_a_short_one_or_an_abbreviation() -> None:
    text = "Vad är SDK för en kommun?"
    seen = {variants.misspelt(text, Random(n)) for n in range(50)}
    assert all(s is not None and s.startswith("Vad är SDK för en ") and s.endswith("?") and s != text for s in seen)
    assert variants.misspelt("Vad är SDK?", Random(1)) is None
    two = {len([1 for a, b in zip(t.split(), "Varför digital samverkan".split(), strict=True) if a != b])
           for n in range(40) if (t := variants.misspelt("Varför digital samverkan", Random(n)))}  # fmt: skip
    assert two == {1, 2}


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Vad gör digitaliseringsråden?", "Vad gör digitaliserings råden?"),
        ("Hur är portföljstyrning?", "Hur är portfölj styrning?"),
        ("Hur är kommunen?", None),
        ("Hur är digitalfond?", None),
    ],
)
def test_a_compound_is_split_between_known_words(text: str, split: str | None) -> None:
    assert variants.split(text, KNOWN, Random(1)) == split


def test_two_names_or_a_hyphen_are_joined() -> None:
    assert (
        variants.joined("Hur är digital mognad i en kommun?", KNOWN, Random(1)) == "Hur är digitalmognad i en kommun?"
    )
    assert variants.joined("Vad är e-arkiv?", KNOWN, Random(1)) == "Vad är earkiv?"
    assert variants.joined("Hur går det?", KNOWN, Random(1)) is None


def test_the_same_is_drawn_every_time_and_once() -> None:
    long = replace(CASE, question="Hur stor andel av kommunerna saknar portföljstyrning?")
    one, two = (list(variants.drawn([long], "misspelt", variants.misspelt, 3)) for _ in range(2))
    assert one == two and len({c.question for c in one}) == len(one) == 3
    assert [variants.original(c.id) for c in one] == ["a-1"] * 3
    assert [c.id for c in one] == ["a-1~misspelt1", "a-1~misspelt2", "a-1~misspelt3"]


def test_english_questions_have_swedish_twins() -> None:
    english = [c for c in cases.load() if c.style == "english" and c.evidence]
    twins = list(variants.swedish(english))
    asked = {c.id: c for c in english}
    assert len(twins) >= 60
    assert all(t.question != asked[variants.original(t.id)].question and t.evidence for t in twins)
    changed = replace(english[0], question="Something else?")
    assert list(variants.swedish([changed])) == []


def test_a_loss_is_counted_by_question_and_never_without_width() -> None:
    first, none, elsewhere = (Ranked(r, n, None, distinct=True) for r, n in (((1,), 1), ((), 1), ((), 0)))
    found = {"a": first, "a~1": none, "a~2": first, "b": none, "b~1": first, "c": elsewhere, "c~1": elsewhere}
    lost = robust.lost([("a", ["a~1", "a~2"]), ("b", ["b~1"]), ("c", ["c~1"])], found)
    assert (lost.value, lost.n) == ((0.5 - 1) / 2, 2)
    same = figures.difference([0.0] * 50)
    assert same.value == 0 and same.low is not None and same.low < 0 < (same.high or 0)
    assert figures.difference([]).unscored


def test_the_search_is_measured_in_every_way_of_writing(small: Small, tmp_path: Path) -> None:
    desk = Desk(small.bench.engine.settings, tmp_path, Crew(), silent)
    found = robust.measure(desk, small.bench.engine, small.cases, "Skriver om")
    plain = found["plain"]
    assert plain.value == 1 and plain.n >= 10
    assert found["misspelt"].n > found["misspelt_lost"].n >= 0.6 * plain.n
    again = robust.measure(desk, small.bench.engine, small.cases, "Skriver om")
    assert again == found
    assert robust.in_english([], [], {})["english_lost"].unscored == robust.NO_PAIRS
