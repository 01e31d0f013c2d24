"""Questions about the sources themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import HashEncoder, put

from assistant.domain import Outcome, Question
from assistant.engine import Engine
from assistant.index import open_index
from assistant.lexicon import Lexicon
from assistant.pipeline import ask
from assistant.retrieve import Retriever
from assistant.settings import Settings
from ingest.build import build


def test_what_there_is_is_told_by_kind_with_examples_that_can_be_opened(engine: Engine) -> None:
    answer = ask(engine, Question("Vilka källor har du?"))
    assert answer.outcome == Outcome.ANSWERED
    assert answer.text.startswith("Jag svarar utifrån 8 dokument:\n- 1 analysrapporten 2024")
    assert "- 2 regelverk, till exempel Fyrlagen (2025:1) [2], Mistlursakten [3]\n" in answer.text
    assert answer.text.endswith("Uppgifterna kontrollerades senast 2026-11-21.")
    for citation in answer.citations:
        assert engine.document(citation.document.id).text[citation.start : citation.end] == citation.quote
    assert [c.citations for c in answer.claims] == [(c.number,) for c in answer.citations]


@pytest.mark.parametrize(("question", "language"), [("Vad kan jag fråga om?", "sv"), ("What can I ask?", "en")])
def test_the_language_of_the_question_is_kept(engine: Engine, question: str, language: str) -> None:
    assert ask(engine, Question(question)).language == language


def test_at_most_three_of_a_kind_are_shown_and_no_day_where_none_is_known(tmp_path: Path) -> None:
    (tmp_path / "dokument").mkdir()
    for n in range(5):
        put(tmp_path / "dokument", f"fyr{n}.md", "Fyren lyser.")
    encoder = HashEncoder()
    build([tmp_path / "dokument"], tmp_path / "index", encoder)
    opened = open_index(tmp_path / "index")
    answer = ask(Engine(Settings(), Retriever(opened, encoder, Lexicon()), ()), Question("Vilka källor har du?"))
    opened.close()
    assert answer.text == (
        "Jag svarar utifrån 5 dokument:\n"
        "- 5 egna dokument och ordlista, till exempel fyr0.md [1], fyr1.md [2], fyr2.md [3]"
    )
