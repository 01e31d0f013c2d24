"""How common words are in general."""

from __future__ import annotations

import pytest

from assistant.frequency import zipf


@pytest.mark.parametrize(("common", "rare", "language"), [
    ("och", "kommun", "sv"), ("kommun", "portfölj", "sv"), ("the", "municipality", "en"), ("ikke", "kommune", "no"),
])  # fmt: skip
def test_a_common_word_has_a_higher_figure_in_each_language(common: str, rare: str, language: str) -> None:
    assert 8 > zipf(common, language) > zipf(rare, language) > 0


def test_a_word_that_nobody_writes_has_none() -> None:
    assert zipf("portföljkvastlykta", "sv") == 0.0
