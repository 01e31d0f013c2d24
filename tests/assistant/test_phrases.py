"""What Fyrlots says in its own voice."""

from __future__ import annotations

import pytest

from assistant import phrases
from assistant.domain import Outcome


@pytest.mark.parametrize(
    ("missing", "language", "expected"),
    [
        ((), "sv", "Källorna svarar inte helt på frågan. Det här säger de:"),
        (("SDK",), "sv", "Källorna svarar inte helt på frågan: de nämner inte ”SDK”. Det här säger de:"),
        (("SDK",), "en", "The sources do not fully answer the question: they do not mention ”SDK”."),
        (("a", "b", "c"), "sv", "Källorna svarar inte helt på frågan: de nämner inte ”a” och ”b”."),
    ],
)
def test_a_partial_answer_says_first_what_is_missing(missing: tuple[str, ...], language: str, expected: str) -> None:
    assert phrases.partial(missing, language).startswith(expected)


@pytest.mark.parametrize(
    ("missing", "language", "off_subject", "expected"),
    [
        ((), "sv", False, "Källorna svarar inte på frågan. Det som ligger närmast räcker inte som svar."),
        (("SDK",), "sv", False, "Källorna svarar inte på frågan. Jag hittar inget om ”SDK” i det sammanhanget."),
        (("SDK",), "sv", True, "Källorna svarar inte på frågan. De handlar om kommunal digitalisering i Fyrbodal"),
        ((), "en", False, "The sources do not answer the question."),
        (("SDK",), "en", True, "The sources do not answer the question. They say nothing about ”SDK”"),
    ],
)
def test_an_abstention_says_what_is_missing(
    missing: tuple[str, ...], language: str, off_subject: bool, expected: str
) -> None:
    assert phrases.abstention(missing, language, off_subject).startswith(expected)


def test_every_outcome_without_a_source_has_its_sentence_in_both_languages() -> None:
    without = {o for o in Outcome if o.family in ("blocked", "clarify")} | {Outcome.FAILED}
    assert set(phrases.CANNED) == set(phrases.CANNED_EN) == without
    assert all(phrases.canned(o, "sv") != phrases.canned(o, "en") for o in without)
