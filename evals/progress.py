"""How far a run has come: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[], None]
Progress = Callable[[str, int], AbstractContextManager[Step]]
"""(what is done, how many steps) → a context whose value is called once a step."""


@contextmanager
def silent(label: str, total: int) -> Iterator[Step]:
    """Shows nothing."""
    yield lambda: None


def shown() -> Progress:
    """A bar on stderr where that is a terminal."""
    return bar if sys.stderr.isatty() else silent


@contextmanager
def bar(label: str, total: int) -> Iterator[Step]:
    """One line that fills up and then goes away."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as lines:
        task = lines.add_task(label, total=total)
        yield lambda: lines.advance(task)
