"""Plots as SVG of our own: a title, a description, text that can be read, colours from the page's style sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
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
        f'<title id="{id}-t">{escape(title)}</title><desc id="{id}-d">{escape(description)}</desc>{"".join(marks)}</svg>'
    )


def bars(id: str, title: str, rows: Sequence[Row], form: Form = "share", strong: str = "") -> str:
    """A bar with its interval for each figure, from 0 to 1. `strong`: the name of the row that stands out."""
    scored = [(name, f) for name, f in rows if f.get("value") is not None]
    said = "; ".join(f"{name} {value(f, form)}" for name, f in scored)
    height = TOP + ROW * len(scored) + BOTTOM
    return svg(id, title, said, height, _bars(scored, form, strong, height))


def _bars(rows: Sequence[Row], form: Form, strong: str, height: int) -> Iterator[str]:
    span = WIDTH - LEFT - RIGHT
    yield from _scale(span, height, form)
    for n, (name, f) in enumerate(rows):
        y = TOP + n * ROW
        x, low, high = (LEFT + span * max(0.0, float(f[k])) for k in ("value", "low", "high"))
        kind = "bar strong" if name == strong else "bar"
        yield f'<text class="label" x="{LEFT - 8}" y="{y + 19}" text-anchor="end">{escape(name)}</text>'
        yield f'<rect class="{kind}" x="{LEFT}" y="{y + 5}" width="{x - LEFT:.1f}" height="{ROW - 11}" rx="2"/>'
        yield f'<path class="noise" d="M{low:.1f} {y + 14.5}H{high:.1f}M{low:.1f} {y + 10}v9M{high:.1f} {y + 10}v9"/>'
        yield f'<text class="value" x="{LEFT + span + 10}" y="{y + 19}">{value(f, form)} ({interval(f, form)})</text>'


def _scale(span: int, height: int, form: Form) -> Iterator[str]:
    for step in range(0, 5):
        x = LEFT + span * step / 4
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{height - BOTTOM + 4}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{height - 12}" text-anchor="middle">{written(step / 4, form)}</text>'


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
    left, right, top, bottom = 60, WIDTH - 20, 14, 250
    high = max(0.1, *(p[1] for p in points[len(points) // 20 :]))
    high = min(1.0, -(-high // 0.1) * 0.1)
    for step in range(0, 5):
        x, y = left + (right - left) * step / 4, bottom - (bottom - top) * step / 4
        yield f'<path class="grid" d="M{x:.1f} {top}V{bottom}M{left} {y:.1f}H{right}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{written(step / 4, "share")}</text>'
        yield f'<text class="tick" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{written(high * step / 4, "share")}</text>'
    placed = [(left + (right - left) * c, bottom - (bottom - top) * min(r, high) / high) for c, r in points]
    yield f'<path class="curve" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in placed)}"/>'
    yield f'<text class="label" x="{(left + right) / 2}" y="{bottom + 40}" text-anchor="middle">{escape(axes[0])}</text>'
    yield f'<text class="label" x="{left}" y="{top - 3}">{escape(axes[1])}</text>'


def histogram(id: str, title: str, ms: Sequence[float], bins: int = 20) -> str:
    """How many questions took how long, up to the 99th percentile."""
    if not ms:
        return ""
    ordered = sorted(ms)
    top = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    width = max(top / bins, 1.0)
    counts = [sum(n * width <= v < (n + 1) * width for v in ms) for n in range(bins)]
    middle = ordered[len(ordered) // 2]
    said = f"Hälften av svaren tar högst {middle:.0f} millisekunder, 99 av 100 högst {top:.0f}."
    return svg(id, title, said, 240, _histogram(counts, width))


def _histogram(counts: Sequence[int], width: float) -> Iterator[str]:
    left, right, top, bottom = 50, WIDTH - 20, 14, 190
    step = (right - left) / len(counts)
    most = max(*counts, 1)
    for n, count in enumerate(counts):
        height = (bottom - top) * count / most
        yield f'<rect class="bar" x="{left + n * step + 1:.1f}" y="{bottom - height:.1f}" width="{step - 2:.1f}" height="{height:.1f}"/>'
    for n in range(0, len(counts) + 1, 5):
        yield f'<text class="tick" x="{left + n * step:.1f}" y="{bottom + 18}" text-anchor="middle">{n * width:.0f}</text>'
    yield f'<text class="tick" x="{left - 6}" y="{top + 8}" text-anchor="end">{most}</text>'
    yield f'<path class="axis" d="M{left} {bottom}H{right}"/>'
    yield f'<text class="label" x="{(left + right) / 2}" y="{bottom + 40}" text-anchor="middle">millisekunder för ett svar</text>'
