"""The example conversations in `docs/examples`: asked of the engine, written as pages, checked to be current.

`python -m evals.examples INDEX` writes them anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from assistant import pipeline
from assistant.domain import Answer, Question
from assistant.engine import Engine, open_engine
from assistant.settings import load

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "examples"
TODAY = "2026-11-22"
"""The day that the conversations are held on: what is coming depends on it."""


def pages(engine: Engine, folder: Path = FOLDER) -> dict[str, str]:
    """File name → the page of each conversation, as it is answered now."""
    talks = yaml.safe_load((folder / "samtal.yaml").read_text(encoding="utf-8"))
    return {f"{talk['file']}.md": "\n".join(page(engine, talk)) + "\n" for talk in talks}


def page(engine: Engine, talk: Mapping[str, Any]) -> Iterator[str]:
    """The lines of one conversation."""
    yield from (f"# {talk['title']}", "", f"{talk['who']} Samtalet är ställt till Fyrlots utan språkmodell {TODAY}.")
    history: list[str] = []
    for question in talk["questions"]:
        answer = pipeline.ask(engine, Question(question, tuple(history)))
        yield from ("", f"## {question}", "", *told(answer))
        history.append(question)


def told(answer: Answer) -> Iterator[str]:
    """An answer with its outcome, sources and notices."""
    yield from (answer.text, "", f"*Utfall: `{answer.outcome.value}`*")
    if answer.citations:
        yield ""
    for cited in answer.citations:
        place = ", ".join(filter(None, (cited.document.title, f"sidan {cited.page}" if cited.page else "")))
        yield f"{cited.number}. {place}: ”{cited.quote}”"
    yield from (line for notice in answer.notices for line in ("", f"> {notice}"))


def main() -> None:
    """Writes every page from the index named on the command line."""
    engine = open_engine(load(index=Path(sys.argv[1]), today=TODAY))
    for name, text in pages(engine).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
