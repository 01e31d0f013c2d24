"""Everything that answering needs, opened once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from assistant import encoder
from assistant.engine import KEPT, Engine, open_engine
from assistant.errors import FyrlotsError, IndexUnusable, ModelError


def test_an_engine_holds_index_encoder_words_corrections_and_the_day(engine: Engine) -> None:
    assert set(engine.index.metadata) >= {"fyrlagen", "raddningsbat"}
    assert engine.encoder.name == engine.index.manifest.encoder == encoder.load("").name
    assert engine.today == date(2026, 11, 21)
    assert [e["id"] for e in engine.errata] == ["fyrforordningen"]
    assert engine.retriever.lexicon.others("SDK")
    assert engine.model is None


def test_numpy_works_in_one_thread(engine: Engine) -> None:
    assert engine.index.metadata
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_a_document_is_read_once(engine: Engine) -> None:
    found = engine.find("fyrlagen")
    assert found is not None
    assert engine.document("fyrlagen") is found


def test_an_unknown_document_is_none_or_a_fault(engine: Engine) -> None:
    assert engine.find("finns-inte") is None
    with pytest.raises(FyrlotsError, match="finns-inte finns inte i indexet"):
        engine.document("finns-inte")


def test_memory_is_bounded(engine: Engine) -> None:
    document = engine.document("fyrlagen")
    held = {str(n): document for n in range(KEPT)}
    full = replace(engine, _read=held)
    assert full.document("mistlursakten").meta.id == "mistlursakten"
    assert set(held) == {"mistlursakten"}


def test_a_language_model_that_is_set_is_opened_and_nothing_is_sent(engine: Engine) -> None:
    settings = replace(engine.settings, llm="openai:modell", llm_url="http://127.0.0.1:9/v1")
    opened = open_engine(settings)
    assert opened.model is not None
    assert opened.model.name == "openai:modell"
    opened.index.close()


def test_without_an_index_the_engine_says_how_to_build_one(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="fyrlots ingest --index"):
        open_engine(replace(engine.settings, index=tmp_path))


def test_another_encoder_than_the_index_s_is_refused(engine: Engine) -> None:
    with pytest.raises(IndexUnusable, match="är inställd"):
        open_engine(replace(engine.settings, encoder="en-annan-modell"))


def test_a_language_model_that_cannot_be_opened_is_told(engine: Engine) -> None:
    with pytest.raises(ModelError, match="kan inte öppnas"):
        open_engine(replace(engine.settings, llm="finns:inte"))
