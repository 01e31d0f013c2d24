"""The questions themselves, what lint finds in them, and that tuning never sees the half that is reported."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
from samples import CASE

from assistant.errors import DocumentError
from evals import cases

TUNE = Path(cases.__file__).with_name("tune.py")


def test_the_committed_questions_are_sound_and_many_enough() -> None:
    every = cases.load()
    assert cases.lint(every) == []
    assert len(every) >= 500
    without = [c for c in every if c.answerable == "no"]
    assert len(without) >= 120
    assert {c.stratum for c in without} == cases.STRATA
    assert {c.style for c in every} == cases.STYLES


def test_the_report_half_is_the_fresh_files_and_shares_no_question_with_the_other() -> None:
    tune, report = (cases.load(half=half) for half in ("tune", "report"))
    fresh = [case.id for path in cases.FOLDER.glob("fresh*.jsonl") for case in cases.read(path)]
    assert sorted(fresh) == [c.id for c in report]
    assert not {c.id for c in tune} & {c.id for c in report}
    assert {c.question for c in tune} & {c.question for c in report} == set()
    assert min(len(tune), len(report)) >= 200


def test_a_file_s_name_puts_its_questions_in_a_half(tmp_path: Path) -> None:
    row = {**vars(CASE), "facts": [list(f) for f in CASE.facts], "evidence": [vars(p) for p in CASE.evidence]}
    for name in ("fresh-x", "gammal"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row | {"id": name, "half": "tune"}), encoding="utf-8")
    assert [(c.id, c.half) for c in cases.load(tmp_path)] == [("fresh-x", "report"), ("gammal", "tune")]


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (replace(CASE, voice="chef"), "voice är 'chef'"),
        (replace(CASE, kind="gåta"), "kind är 'gåta'"),
        (replace(CASE, style="vers"), "style är 'vers'"),
        (replace(CASE, answerable="no"), "stratum är None"),
        (replace(CASE, facts=()), "minst ett faktum"),
        (replace(CASE, evidence=()), "minst ett faktum och ett ställe"),
        (replace(CASE, kind="followup"), "behöver ett samtal"),
    ],
)
def test_lint_finds(case: cases.Case, problem: str) -> None:
    assert any(problem in found for found in cases.lint([case]))


def test_lint_finds_an_id_used_twice() -> None:
    assert "id finns två gånger" in cases.lint([CASE, CASE])[0]


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('\n{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"x\.jsonl, rad 2"):
        cases.load(tmp_path)


def test_tuning_gives_the_tune_half_only(tmp_path: Path) -> None:
    assert {c.half for c in cases.tuning()} == {"tune"}
    assert len(cases.tuning()) == len(cases.load(half="tune"))


@pytest.mark.skipif(not TUNE.exists(), reason="evals/tune.py finns inte än")
def test_the_tuning_code_reaches_the_questions_only_through_tuning() -> None:
    text = TUNE.read_text(encoding="utf-8")
    tree = ast.parse(text)
    reached = {
        ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "cases"
    }
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "evals.cases"]
    loads = [ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "cases.load"]
    assert reached <= {"cases.load", "cases.tuning"}
    assert {a.name for n in imports for a in n.names} <= {"Case", "Place", "tuning"}
    assert all(call == "cases.load(half='tune')" for call in loads)
    assert "'report'" not in ast.unparse(tree) and ".jsonl" not in text


def test_cases_survive_the_way_through_json() -> None:
    row = {**vars(CASE), "facts": [list(f) for f in CASE.facts], "evidence": [vars(p) for p in CASE.evidence]}
    assert cases.parse(json.loads(json.dumps(row)), CASE.half) == CASE
