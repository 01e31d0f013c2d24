"""The geometry of the timeline: years along the top, a row for each regulation, a dot for each day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.duties import Duty, by_day, by_law

WIDTH, LEFT, ROW, TOP = 960, 330, 30, 46
"""In the drawing's own units: its width, where the years begin, the height of a row, where the rows begin."""
BACK_YEARS = 3
"""Days further back than this before today stand at the left edge."""
LABEL_CHARS = 40


@dataclass(frozen=True, slots=True)
class Dot:
    """A day on which duties begin to apply."""

    x: float
    radius: float
    title: str
    applies: bool
    """Some of them apply today; the others are coming or proposed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A regulation's days."""

    y: int
    label: str
    regulation: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template draws."""

    height: int
    years: tuple[tuple[float, int], ...]
    rows: tuple[Row, ...]
    today: float


def draw(duties: Sequence[Duty], today: date) -> Drawing | None:
    """The drawing; None where no duty has a day."""
    dated = [d for d in duties if d.date]
    if not dated:
        return None
    first = max(int(min(d.date or "" for d in dated)[:4]), today.year - BACK_YEARS)
    last = max(int(max(d.date or "" for d in dated)[:4]), today.year) + 1
    span = Span(date(min(first, today.year), 1, 1), date(last, 1, 1))
    groups = by_law(dated).items()
    rows = tuple(row(n, law, listed, span) for n, (law, listed) in enumerate(groups))
    years = tuple((span.x(date(y, 1, 1)), y) for y in range(span.start.year, last))
    return Drawing(TOP + ROW * len(rows) + 8, years, rows, span.x(today))


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the drawing covers."""

    start: date
    end: date

    def x(self, day: date) -> float:
        """Where the day stands; earlier days stand at the left edge."""
        share = max(0.0, (day - self.start).days / (self.end - self.start).days)
        return round(LEFT + share * (WIDTH - LEFT - 20), 1)


def row(n: int, regulation: str, duties: Sequence[Duty], span: Span) -> Row:
    """The n-th regulation."""
    dots = tuple(
        Dot(span.x(date.fromisoformat(day)), min(5 + len(listed) / 3, 10), f"{day}: {len(listed)}", applies(listed))
        for day, listed in by_day(duties)
    )
    label = duties[0].law
    short = label if len(label) <= LABEL_CHARS else label[: LABEL_CHARS - 1].rpartition(" ")[0] + " …"
    return Row(TOP + ROW * n + ROW // 2, short, regulation, dots)


def applies(duties: Sequence[Duty]) -> bool:
    """Whether any of them applies today."""
    return any(d.state == "applies" for d in duties)
