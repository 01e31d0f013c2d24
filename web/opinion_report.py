"""Readers' opinions for an editor at a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from web.opinions import Opinion, as_row
from web.texts import swedish

PIPE_COLUMNS = 160
"""Width where the output is no terminal."""


def as_json(opinions: Sequence[Opinion]) -> str:
    """The opinions as a JSON list."""
    return json.dumps([as_row(o) for o in opinions], ensure_ascii=False, indent=1)


def print_table(opinions: Sequence[Opinion]) -> None:
    """The opinions as a table on stdout, and their number by verdict."""
    copy = swedish().feedback
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_COLUMNS
    table = Table(*(copy.columns[name] for name in ("at", "verdict", "reason", "words", "question", "outcome")))
    for opinion in opinions:
        table.add_row(*map(Text, cells(opinion)))
    if opinions:
        console.print(table)
    up = sum(o.verdict == "up" for o in opinions)
    console.print(copy.total.format(len(opinions), up, len(opinions) - up))


def cells(opinion: Opinion) -> tuple[str, ...]:
    """One row in words; earlier questions of the conversation stand before the question."""
    copy = swedish().feedback
    return (
        opinion.at[:16].replace("T", " "),
        copy[opinion.verdict].label,
        copy[opinion.verdict].reasons.named(opinion.reason),
        opinion.words,
        " → ".join((*opinion.history, opinion.question)),
        swedish().outcomes.named(opinion.outcome),
    )
