"""What the sources are known not to say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from fakes import HashEncoder

from assistant import gaps
from assistant.gaps import NONE, Gaps, dice

ROWS = [
    {"says": "Källorna anger inte fyrens höjd.", "questions": ["Hur hög är fyren?", "Vilken höjd har fyrtornet?"]},
    {"says": "Källorna anger inga löner.", "questions": ["Vad tjänar en lots?"]},
]


@pytest.fixture
def known(encoder: HashEncoder) -> Gaps:
    return gaps.build(ROWS, encoder)


def near(known: Gaps, *texts: str) -> gaps.Near:
    return known.near(texts, known.encoder.queries(texts[:1])[0])


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Hur hög är fyren?", ROWS[0]["says"]),
        ("vilken höjd har fyrtornen", ROWS[0]["says"]),
        ("Vad tjänar lotsen?", ROWS[1]["says"]),
    ],
)
def test_the_nearest_gap_is_found(known: Gaps, question: str, says: str) -> None:
    found = near(known, question)
    assert found.gap is not None
    assert found.gap.says == says


def test_the_very_question_is_as_near_as_can_be_and_another_is_not(known: Gaps) -> None:
    assert (near(known, "Vad tjänar en lots?").alike, near(known, "Vad tjänar en lots?").words) == pytest.approx((1, 1))
    other = near(known, "Vilken färg har bojen?")
    assert 0 <= other.alike < 0.7
    assert 0 <= other.words < 0.5


def test_another_way_to_say_the_question_counts_too(known: Gaps) -> None:
    assert near(known, "How high is the tower?", "Hur hög är fyren?").words == 1.0


@pytest.mark.parametrize("rows", [[], ROWS])
def test_where_nothing_is_known_or_nothing_is_said_there_is_no_gap(
    encoder: HashEncoder, rows: Sequence[dict[str, object]]
) -> None:
    question = "?!" if rows else "Hur hög är fyren?"
    assert near(gaps.build(rows, encoder), question) == NONE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [({"a", "b"}, {"b", "c"}, 0.5), ({"a"}, {"a"}, 1.0), ({"a"}, set(), 0.0), (set(), set(), 0.0)],
)
def test_what_two_sets_have_in_common(one: set[str], other: set[str], expected: float) -> None:
    assert dice(one, other) == expected
