"""A whole run through its real entrance, on a few questions: the same every time, kept, compared, shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Small
from fakes import HashEncoder

from assistant import encoder, pipeline
from assistant.domain import Question
from assistant.errors import DataMissing, InputError
from assistant.settings import Settings
from evals import ablation, cli, gate, indexes, names, report, run
from evals.cases import Case
from evals.remembered import Remembered
from ingest.build import build as ingest


def build(paths: list[Path], folder: Path) -> None:
    ingest(paths, folder, encoder.load(""))


def refuse(paths: list[Path], folder: Path) -> None:
    raise AssertionError("the index is kept")


@pytest.fixture(scope="module")
def plan(small: Small, tmp_path_factory: pytest.TempPathFactory) -> run.Plan:
    folder = tmp_path_factory.mktemp("matning")
    write(folder / "cases" / "few.jsonl", small.cases[::4])
    settings = Settings(corpus=small.bench.engine.settings.corpus, today="2026-11-21")
    return run.Plan(settings, ("answers",), jobs=1, folder=folder / "cases", runs=folder / "runs")


def write(path: Path, every: tuple[Case, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{**vars(c), "evidence": [vars(p) for p in c.evidence]} for c in every]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


@pytest.fixture(scope="module")
def made(plan: run.Plan) -> dict[str, Any]:
    return run.measure(plan, build)


def without_times(body: dict[str, Any]) -> str:
    return run.as_json({key: value for key, value in body.items() if key != "times"})


def test_a_run_says_what_it_was_made_with(made: dict[str, Any]) -> None:
    with_ = made["made_with"]
    assert len(with_["corpus"]) == 16 and with_["index"]["chunks"] > 50
    assert with_["settings"]["today"] == "2026-11-21"
    assert with_["machine"]["cores"] >= 1 and with_["weights"] and with_["models"]
    assert made["figures"]["answers"]["right"]["value"] == 1
    assert made["figures"]["answers"]["determinism"]["n"] == 1


def test_two_runs_give_the_same_bytes_but_for_times(plan: run.Plan, made: dict[str, Any], tmp_path: Path) -> None:
    kept = run.measure(plan, refuse)
    assert without_times(kept) == without_times(made)
    for file in (plan.runs / "kept").glob("*.json"):
        file.unlink()
    fresh = run.measure(plan, refuse)
    assert without_times(fresh) == without_times(made)


def test_a_kept_answer_that_is_no_longer_given_shows_as_not_deterministic(plan: run.Plan, made: dict[str, Any]) -> None:
    (file,) = (plan.runs / "kept").glob("answer-*.json")
    before = file.read_text(encoding="utf-8")
    rows = json.loads(before)
    for row in rows.values():
        row["record"]["digest"] = "annan"
    file.write_text(json.dumps(rows), encoding="utf-8")
    changed = run.measure(plan, refuse)
    file.write_text(before, encoding="utf-8")
    assert any(p.startswith("answers.determinism ") for p in gate.check(changed, {}))


def test_the_search_alone_is_measured_where_there_are_originals(plan: run.Plan, tmp_path: Path) -> None:
    found = run.measure(run.Plan(**vars(plan) | {"suites": ("retrieval",), "originals": tmp_path / "inga"}), refuse)
    assert found["figures"]["corpus"]["recall_at_1"]["value"] == 1
    assert found["figures"]["originals"]["recall_at_5"]["unscored"] == run.NO_ORIGINALS
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "a.txt").write_text("En rad om ingenting särskilt alls.\n", encoding="utf-8")
    other = run.measure(run.Plan(**vars(plan) | {"suites": ("retrieval",), "originals": tmp_path / "originals"}), build)
    assert other["figures"]["originals"]["mrr"]["unscored"] == "Indexet har inget belägg för någon av frågorna."


def test_runs_are_saved_and_found_again(made: dict[str, Any], tmp_path: Path) -> None:
    path = run.save(made, tmp_path)
    assert run.load("latest", tmp_path) == json.loads(run.as_json(made))
    assert run.load(path.stem, tmp_path) == run.load(str(path)) == run.load("latest", tmp_path)
    with pytest.raises(InputError, match="saknad"):
        run.load("saknad", tmp_path)
    (tmp_path / "annan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="format 1"):
        run.load("annan", tmp_path)


def test_no_questions_is_told(plan: run.Plan, tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="inga frågor"):
        run.measure(run.Plan(**vars(plan) | {"folder": tmp_path}), refuse)


def test_an_index_is_built_anew_when_its_sources_change(plan: run.Plan, tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "a.txt").write_text("En rad om digitala tjänster.\n", encoding="utf-8")
    one = indexes.opened("prov", [tmp_path / "k"], plan.settings, build, tmp_path)
    assert indexes.opened("prov", [tmp_path / "k"], plan.settings, refuse, tmp_path).settings == one.settings
    (tmp_path / "k" / "a.txt").write_text("En annan rad om digitala tjänster.\n", encoding="utf-8")
    two = indexes.opened("prov", [tmp_path / "k"], plan.settings, build, tmp_path)
    assert two.settings.index != one.settings.index and not one.settings.index.exists()


def test_components_are_left_out_in_turn(small: Small) -> None:
    found = ablation.measure(small.bench, small.cases[::4])
    weights = [f"without_{name}" for name, _ in small.bench.engine.retriever.weights.items()]
    other = {"without_weighting", "without_sentences", "without_lexicon", "without_speller", "without_conversation"}
    alone = {name.replace("without", "only") for name in weights}
    assert set(found) == {"ours", *weights, *alone, *other}
    assert found["ours"]["recall_at_5_in_number"].n > 0
    assert found["ours"]["recall_at_5_lost"].value == 0
    figure = found["only_texts"]
    assert figure["mrr_lost"].value == pytest.approx((found["ours"]["mrr"].value or 0) - (figure["mrr"].value or 0))
    assert found["ours"]["recall_at_1"].value == 1
    assert set(found) <= set(names.SYSTEMS)


def test_a_component_left_out_finds_what_the_search_finds_without_it(small: Small) -> None:
    engine, case = small.bench.engine, small.cases[0]
    whole = ablation.remembering(engine.retriever)
    ((_, query),) = ablation.read(engine, [case])
    for _, weights in (*ablation.left_out(whole.weights), ("ours", whole.weights)):
        alone = replace(engine, retriever=replace(engine.retriever, weights=weights))
        expected = pipeline.find(alone, Question(case.question, case.history), 10)
        assert replace(whole, weights=weights).search(query, 10) == expected
    assert ablation.read(engine, [replace(case, question="a" * 2000)]) == []


def test_what_was_embedded_once_is_not_embedded_again(tmp_path: Path) -> None:
    model = HashEncoder()
    first = Remembered(model, tmp_path).passages(["a b c d", "e f g h", "a b c d"])
    assert model.embedded == 2 and (first[0] == first[2]).all()
    again = Remembered(model, tmp_path)
    assert (again.passages(["e f g h"]) == first[1:2]).all() and model.embedded == 2
    again.queries(["e f g h"])
    assert model.embedded == 3


def test_the_command_measures_compares_shows_and_publishes_nothing(
    plan: run.Plan,
    made: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FYRLOTS_CORPUS", str(plan.settings.corpus))
    monkeypatch.setenv("FYRLOTS_TODAY", "2026-11-21")
    before = run.save(made, plan.runs)
    page = tmp_path / "rapport.html"
    given = ["--suite", "answers", "--cases", str(plan.folder), "--runs", str(plan.runs), "--jobs", "1"]
    assert cli.main([*given, "--compare", "latest", "--html", str(page)], refuse) == 0
    out = capsys.readouterr().out
    assert "Rätt svar" in out and "0 bättre, 0 sämre" in out and "Sparad:" in out
    assert page.read_text(encoding="utf-8") == report.page(run.load("latest", plan.runs))
    assert cli.main([*given, "--json"], refuse) == 0
    assert without_times(json.loads(capsys.readouterr().out)) == without_times(made)
    assert cli.main(["diff", before.name, "latest", "--runs", str(plan.runs)], refuse) == 0
    assert capsys.readouterr().out.startswith("0 bättre")


def test_lint_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint"], refuse) == 0
    assert capsys.readouterr().out.endswith("0 fel.\n")
    with pytest.raises(InputError, match="finns inte"):
        cli.main(["lint", str(tmp_path / "saknas")], refuse)
