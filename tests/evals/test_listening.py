"""A run with a language model over HTTP: which of its claims were shown, which were not and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import corpora
import pytest
from samples import CASE

from assistant import encoder
from assistant.errors import InputError
from assistant.settings import Settings
from evals import cli, records, report, run
from evals.cases import Place
from ingest.build import build as ingest
from tests.assistant.fake_llm import REPLIES, Evidence, FakeLlm, key, line, running

ASKED = replace(
    CASE,
    id="l-1",
    question="När måste kommunen rapportera ett haveri i fyren?",
    facts=(("24 timmar",),),
    evidence=(Place("fyrlagen", None, None),),
)
TRUE = "Kommunen ska rapportera ett haveri i fyren senast 24 timmar efter upptäckten."
FINAL = "Slutrapporten om haveriet ska lämnas inom en månad."


def said(first: str) -> Callable[[Evidence], str]:
    """Two claims under the law's key."""
    return lambda evidence: "".join(line(claim, key(evidence, "24 timmar")) for claim in (first, FINAL))


REPLIES.update(true=said(TRUE), untrue=said(TRUE.replace("24", "48")))


def build(paths: list[Path], folder: Path) -> None:
    ingest(paths, folder, encoder.load(""))


@pytest.fixture(scope="module")
def server() -> Iterator[FakeLlm]:
    with running() as fake:
        yield fake


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus, and one question to it."""
    made = tmp_path_factory.mktemp("modell")
    corpora.write(made / "corpus")
    (made / "cases").mkdir()
    row = {**vars(ASKED), "evidence": [vars(p) for p in ASKED.evidence]}
    (made / "cases" / "one.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return made


def measured(folder: Path, server: FakeLlm, name: str) -> dict[str, Any]:
    server.requests.clear()
    settings = Settings(corpus=folder / "corpus", today="2026-11-21", llm=f"openai:{name}", llm_url=server.url)
    return run.measure(run.Plan(settings, ("answers",), jobs=1, folder=folder / "cases", runs=folder / "runs"), build)


def test_a_claim_that_does_not_stand_is_recorded_with_the_reason(folder: Path, server: FakeLlm) -> None:
    made = measured(folder, server, "untrue")
    model = records.read(made["records"][0]).model
    assert model is not None and model.spoke and model.said == 2
    (withheld,) = model.withheld
    assert "48 timmar" in withheld.text and withheld.reasons
    assert "48 timmar" not in made["records"][0]["answer"]
    assert made["figures"]["llm"]["claims_withheld"] | {"low": 0, "high": 0} == {
        "value": 0.5,
        "low": 0,
        "high": 0,
        "n": 2,
    }
    assert made["figures"]["answers"]["determinism"]["n"] == 0
    assert made["made_with"]["settings"]["llm"] == "openai:untrue"
    assert "Språkmodellen sade också: ”" in report.page(made)


def test_a_good_model_has_nothing_withheld_and_is_asked_once(folder: Path, server: FakeLlm) -> None:
    made = measured(folder, server, "true")
    model = records.read(made["records"][0]).model
    assert model is not None and (model.spoke, model.said, model.withheld) == (True, 2, ())
    assert len(server.requests) == 1
    assert made["records"] == measured(folder, server, "true")["records"] and server.requests == [], "it was kept"


def test_a_model_that_fails_is_asked_again_the_next_time(folder: Path, server: FakeLlm) -> None:
    made = measured(folder, server, "500")
    model = records.read(made["records"][0]).model
    assert model is not None and (model.spoke, model.said, model.withheld) == (False, 0, ())
    assert made["figures"]["llm"]["model_spoke"]["value"] == 0
    assert "24 timmar" in made["records"][0]["answer"]
    measured(folder, server, "500")
    assert server.requests, "nothing was kept"


def test_a_model_is_used_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FYRLOTS_LLM", "openai:x")
    assert cli.chosen_settings(llm=False).llm == ""
    assert cli.chosen_settings(llm=True).llm == "openai:x"
    monkeypatch.delenv("FYRLOTS_LLM")
    with pytest.raises(InputError, match="FYRLOTS_LLM"):
        cli.chosen_settings(llm=True)
