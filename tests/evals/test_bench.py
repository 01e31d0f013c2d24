"""The bench through its real entrance on a few texts, and what its tables say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Small

from evals.bench import __main__ as command
from evals.bench import asked, measure, systems, table, texts
from evals.bench.children import python

PIECES = [f"Stycke {n} om digital samverkan och styrning av ärende {n * 7}." for n in range(20)]


def test_a_step_that_takes_too_long_is_ended_and_one_that_fails_says_why() -> None:
    late = python(["-c", "import time; time.sleep(30)"], 0.3)
    assert late.failed == "blev inte klar inom 0.3 s" and late.seconds < 10 and late.json() == {}
    wrong = python(["-c", "raise SystemExit('nej tack')"], 30)
    assert wrong.failed is not None and "nej tack" in wrong.failed
    fine = python(["-c", "print('först'); print('{\"a\": 1}')"], 30)
    assert fine.json() == {"a": 1} and fine.peak_mb > 1 and fine.seconds > 0


def test_another_stack_is_built_and_searched_in_processes_of_its_own(tmp_path: Path) -> None:
    questions = tmp_path / "questions.json"
    questions.write_text(json.dumps(["Vad är styrning?", "Hur samverkar de?"] * 5), encoding="utf-8")
    bench = measure.Bench(tmp_path, questions, 60)
    given = texts.Texts("prov", tmp_path, texts.write(tmp_path / "pieces.jsonl", PIECES))
    row = measure.other(bench, "bm25s", systems.OTHERS["bm25s"], given)
    assert "failed" not in row, row
    assert row["chunks"] == 20 and row["p95_ms"] >= row["p50_ms"] > 0 and row["first_s"] > 0
    absent = systems.System("saknas", ("finns_inte_alls",), systems.build_bm25s, systems.open_bm25s)
    assert measure.other(bench, "saknas", absent, given) == {"failed": "finns_inte_alls är inte installerat"}


def test_one_that_is_slow_is_asked_fewer_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "ENOUGH_S", 0.0)
    heard: list[str] = []
    assert len(asked.timed(heard.append, [str(n) for n in range(50)])) == asked.FEWEST
    assert len(heard) == asked.WARM + asked.FEWEST


def test_a_cold_start_that_fails_has_no_time(tmp_path: Path) -> None:
    assert measure.cold(measure.Bench(tmp_path, tmp_path, 60), ["-c", "raise SystemExit(1)"]) is None


def test_the_shares_of_the_steps_make_a_whole(small: Small) -> None:
    questions = [case.question for case in small.cases[:8]]
    for told in (asked.searched(small.bench.engine, questions), asked.answered(small.bench.engine, questions)):
        assert len(told["ms"]) == 8 and sum(told["steps"].values()) == pytest.approx(1, abs=0.01)
    assert set(asked.searched(small.bench.engine, questions)["steps"]) == {*asked.STEPS.values(), "övrigt"}


def test_where_not_all_was_embedded_the_whole_is_reckoned() -> None:
    told = {"pieces": 1000, "embedded": 100, "embedding_s": 5.0, "seconds": 7.0}
    assert measure.whole_s(told) == 52.0
    assert measure.whole_s({**told, "embedded": 0, "embedding_s": 0.0}) == 7.0


def test_a_statute_becomes_a_document_with_a_heading_for_each_paragraph() -> None:
    rows = [
        {"chapter": None, "section": "1", "text": "Först."},
        {"chapter": "2", "section": "3 a", "text": "Sedan."},
    ]
    assert texts.markdown("Lag (2020:1)", rows) == "# Lag (2020:1)\n\n## 1 §\n\nFörst.\n\n## 2 kap. 3 a §\n\nSedan.\n"


def test_the_table_says_what_was_met_missed_and_could_not_be_measured() -> None:
    ours = {"p50_ms": 4.0, "p95_ms": 12.0, "first_s": 0.8, "chunks": 1000, "steps": {"ord": 0.25, "övrigt": 0.75}}
    rows = {
        "fyrlots_search": ours,
        "tutorial": {"p50_ms": 8.0, "chunks": 900, "embedded": 100},
        "llamaindex": {"p50_ms": 9000.0, "chunks": 900, "asked": 7},
        "haystack": {"failed": "saknas"},
    }
    text = table.as_text({"questions": 9, "cores": 2, "load": 0.5, "places": {"corpus": rows}})
    assert "0,50" in text and "100 av bitarna kodade" in text and "(7 frågor)" in text and "gick inte: saknas" in text
    assert "Fyrlots, sökning: ord 25 %, övrigt 75 %" in text
    assert "p95 ms 12,0, mål 10,0: MISSAD" in text and "start s 0,80, mål 3,00: nådd" in text


def test_the_statutes_must_be_there(tmp_path: Path) -> None:
    assert "finns inte på den här datorn" in str(command.refusal(large=True, statutes=tmp_path / "inga"))
    assert command.refusal(large=False, statutes=tmp_path / "inga") is None
