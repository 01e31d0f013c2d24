"""The measurement of many readers at once: what it counts, against a real server."""

from __future__ import annotations

import asyncio
import os

import pytest

from assistant.settings import Settings
from web import load

ASKED = ["Vad är SDK?", "Vem ansvarar för SDK?", "Hur många bibliotek har Göteborg?", "Vad är NIS 2?"]


def test_every_question_is_asked_once_and_timed(base: str) -> None:
    run = asyncio.run(load.many(base, os.getpid(), ASKED * 3, 4, 0.0))
    figures = run.summary()
    assert (figures["readers"], figures["questions"], figures["faults"]) == (4, 12, [])
    assert all(0 < w.first_ms <= w.whole_ms for w in run.waits)
    assert len(run.memory_mb) == load.SAMPLES


def test_a_question_that_is_refused_or_lost_is_a_fault(base: str) -> None:
    refused = asyncio.run(load.many(base, os.getpid(), [" ", "a" * 2000], 1, 0.0))
    assert [w.fault[:3] for w in refused.waits] == ["422", "422"]
    lost = asyncio.run(load.many("http://127.0.0.1:1", os.getpid(), ["Vad?"], 1, 0.0))
    assert lost.waits[0].fault.startswith("ConnectError")
    assert lost.summary()["first_claim_p95_ms"] is None


def test_the_same_questions_come_in_the_same_order(settings: Settings) -> None:
    first = load.questions(settings.index)
    assert len(first) > 20
    assert load.questions(settings.index) == first


@pytest.mark.parametrize(("values", "expected"), [([5.0], 5.0), ([1.0, 2.0], 1.95), (list(range(1, 102)), 96.0)])
def test_p95_is_what_19_of_20_do_not_exceed(values: list[float], expected: float) -> None:
    assert load.p95(values) == pytest.approx(expected)
