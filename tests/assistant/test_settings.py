"""Settings: from the environment, overruled by what is given."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import Settings, bundled_corpus, load


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in fields(Settings):
        monkeypatch.delenv(f"FYRLOTS_{setting.name.upper()}", raising=False)


def test_without_an_environment_the_defaults_hold_and_name_no_model() -> None:
    settings = load()
    assert settings == Settings()
    assert (settings.llm, settings.encoder, settings.question_chars) == ("", "", 1000)
    assert settings.corpus == bundled_corpus()
    assert (bundled_corpus() / "report").is_dir()


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("FYRLOTS_INDEX", "/tmp/annat", "index", Path("/tmp/annat")),
        ("FYRLOTS_CORPUS", "~/korpus", "corpus", Path.home() / "korpus"),
        ("FYRLOTS_QUESTION_CHARS", "50", "question_chars", 50),
        ("FYRLOTS_LLM_TIMEOUT_S", "2.5", "llm_timeout_s", 2.5),
        ("FYRLOTS_LLM", "openai:modell", "llm", "openai:modell"),
        ("FYRLOTS_TODAY", "2026-11-21", "date", date(2026, 11, 21)),
    ],
)
def test_each_setting_is_read_in_its_own_type(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, field: str, value: object
) -> None:
    monkeypatch.setenv(name, text)
    assert getattr(load(), field) == value


def test_what_is_given_overrules_the_environment_and_none_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FYRLOTS_INDEX", "/tmp/miljö")
    assert load(index=Path("/tmp/given")).index == Path("/tmp/given")
    assert load(index=None).index == Path("/tmp/miljö")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FYRLOTS_CONCURRENCY", "många"),
        ("FYRLOTS_QUESTION_CHARS", ""),
        ("FYRLOTS_LLM_TIMEOUT_S", "tjugo"),
        ("FYRLOTS_TODAY", "i morgon"),
        ("FYRLOTS_TODAY", "2026-02-30"),
    ],
)
def test_a_bad_value_is_told_with_its_name_and_itself(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(InputError, match=rf"{name} är '{text}'\. Skriv"):
        load()


def test_without_a_given_day_today_is_the_computer_s() -> None:
    before = date.today()
    assert before <= Settings().date <= date.today()


def test_every_setting_explains_itself() -> None:
    assert all(setting.metadata["help"].endswith(".") for setting in fields(Settings))
