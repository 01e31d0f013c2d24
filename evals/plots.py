"""Plots as SVG of our own: a title, a description, text that can be read, colours from the page's style sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil
from typing import Any

from evals.names import Form, interval, value, written

WIDTH = 640
ROW = 30
LEFT, RIGHT = 230, 150
TOP, BOTTOM = 8, 34
Row = tuple[str, Mapping[str, Any]]
"""(name, figure as in a result file)."""


def svg(id: str, title: str, description: str, height: int, marks: Iterator[str]) -> str:
    """The frame of a plot, with its name and description for those who do not see it."""
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" aria-labelledby="{id}-t {id}-d">'
        f'<title id="{id}-t">{escape(title)}</title><desc id="{id}-d">{escape(description)}</desc>'
        f"{''.join(marks)}</svg>"
    )


def bars(id: str, title: str, rows: Sequence[Row], form: Form = "share", strong: str = "") -> str:
    """A bar with its interval for each figure, from 0 to 1. `strong`: the name of the row that stands out."""
    scored = [(name, f) for name, f in rows if f.get("value") is not None]
    said = "; ".join(f"{name} {value(f, form)}" for name, f in scored)
    height = TOP + ROW * len(scored) + BOTTOM
    return svg(id, title, said, height, _bars(scored, form, strong, height))


def text(kind: str, x: float, y: float, content: str, anchor: str = "start") -> str:
    """A line of text. `kind`: its class in the style sheet."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'


def _bars(rows: Sequence[Row], form: Form, strong: str, height: int) -> Iterator[str]:
    span = WIDTH - LEFT - RIGHT
    for step in range(5):
        x = LEFT + span * step / 4
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{height - BOTTOM + 4}"/>'
        yield text("tick", x, height - 12, written(step / 4, form), "middle")
    for n, (name, f) in enumerate(rows):
        y = TOP + n * ROW
        x, low, high = (LEFT + span * max(0.0, float(f[k])) for k in ("value", "low", "high"))
        kind = "bar strong" if name == strong else "bar"
        yield text("label", LEFT - 8, y + 19, name, "end")
        yield f'<rect class="{kind}" x="{LEFT}" y="{y + 5}" width="{x - LEFT:.1f}" height="{ROW - 11}" rx="2"/>'
        yield f'<path class="noise" d="M{low:.1f} {y + 14.5}H{high:.1f}M{low:.1f} {y + 10}v9M{high:.1f} {y + 10}v9"/>'
        yield text("value", LEFT + span + 10, y + 19, f"{value(f, form)} ({interval(f, form)})")


def line(id: str, title: str, points: Sequence[Sequence[float]], axes: tuple[str, str]) -> str:
    """Risk against coverage, both 0 to 1."""
    if not points:
        return ""
    last = points[-1]
    said = f"{axes[1]} är {written(last[1], 'share')} vid {written(last[0], 'share')} {axes[0].casefold()}."
    half = next((p for p in points if p[0] >= last[0] / 2), last)
    said += f" Vid {written(half[0], 'share')} är den {written(half[1], 'share')}."
    return svg(id, title, said, 300, _line(points, axes))


def _line(points: Sequence[Sequence[float]], axes: tuple[str, str]) -> Iterator[str]:
    left, right, top, bottom = 60, WIDTH - 20, 20, 250
    high = min(1.0, ceil(10 * max(0.1, *(p[1] for p in points[len(points) // 20 :]))) / 10)
    for step in range(5):
        x, y = left + (right - left) * step / 4, bottom - (bottom - top) * step / 4
        yield f'<path class="grid" d="M{x:.1f} {top}V{bottom}M{left} {y:.1f}H{right}"/>'
        yield text("tick", x, bottom + 18, written(step / 4, "share"), "middle")
        yield text("tick", left - 8, y + 4, written(high * step / 4, "share"), "end")
    placed = [(left + (right - left) * c, bottom - (bottom - top) * min(r, high) / high) for c, r in points]
    yield f'<path class="curve" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in placed)}"/>'
    yield text("label", (left + right) / 2, bottom + 40, axes[0], "middle")
    yield text("label", left, top - 6, axes[1])


def histogram(id: str, title: str, ms: Sequence[float], bins: int = 20) -> str:
    """How many questions took how long, up to the 99th percentile."""
    if not ms:
        return ""
    ordered = sorted(ms)
    top = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    width = max(5.0, 5.0 * ceil(top / bins / 5))
    counts = [sum(n * width <= v < (n + 1) * width for v in ms) for n in range(bins)]
    middle = ordered[len(ordered) // 2]
    said = f"Hälften av svaren tar högst {middle:.0f} millisekunder, 99 av 100 högst {top:.0f}."
    return svg(id, title, said, 240, _histogram(counts, width))


def _histogram(counts: Sequence[int], width: float) -> Iterator[str]:
    left, right, top, bottom = 50, WIDTH - 20, 14, 190
    step = (right - left) / len(counts)
    most = max(*counts, 1)
    for n, count in enumerate(counts):
        x, height = left + n * step + 1, (bottom - top) * count / most
        size = f'width="{step - 2:.1f}" height="{height:.1f}"'
        yield f'<rect class="bar" x="{x:.1f}" y="{bottom - height:.1f}" {size}/>'
    for n in range(0, len(counts) + 1, 5):
        yield text("tick", left + n * step, bottom + 18, f"{n * width:.0f}", "middle")
    yield text("tick", left - 6, top + 8, str(most), "end")
    yield f'<path class="axis" d="M{left} {bottom}H{right}"/>'
    yield text("label", (left + right) / 2, bottom + 40, "millisekunder för ett svar", "middle")
