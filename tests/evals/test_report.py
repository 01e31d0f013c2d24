"""The page: everything on it, nothing from elsewhere, text escaped, well formed."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nu
import pytest
from samples import CASE, cited, record, unanswerable

from evals import metrics, names, plots, report
from evals.breakdown import Seen
from evals.figures import share
from evals.records import wire
from evals.run import add_figures, wired

MISSING = {"unscored": "Saknas.", "n": 0}
RECORDS = [
    record(question="Vad är <b>SDK</b> & varför?", answer="Ett svar [1].\n- en punkt [2]", history=("Förut?",)),
    record(id="a-2", right=False, facts=0.0, citations=(cited(right=False, exact=False, placed=False),), reason="Fel."),
    record(id="a-3", outcome="abstained_near_miss", right=False, citations=()),
    unanswerable(id="u-1"),
]


def divided() -> dict[str, Any]:
    """Groups and halves as a run has them."""
    halves = ("tune", "report", "report", "report")
    pairs = list(zip(halves, RECORDS, strict=True))
    cases = [replace(CASE, id=r.id, answerable=r.answerable, stratum=r.stratum, half=half) for half, r in pairs]
    seen = [Seen(case, r) for case, r in zip(cases, RECORDS, strict=True)]
    made: dict[str, Any] = {"figures": {}}
    add_figures(made, seen, {})
    return {"groups": made["groups"], "halves": made["halves"]}


@pytest.fixture
def run() -> dict[str, Any]:
    return {
        "half": "all",
        "made_with": {
            "commit": "abc", "corpus": "def", "cases": "ghi", "settings": {"today": "2026-11-21"},
            "index": {"documents": 3, "chunks": 9, "encoder": "e"},
            "machine": {"system": "Linux", "processor": "x86_64", "cores": 2, "python": "3.11"},
        },
        "figures": {"answers": wired(metrics.answers(RECORDS)), "swefaq": {"ndcg_at_10": MISSING}},
        **divided(),
        "curve": metrics.curve(RECORDS),
        "records": [wire(r) for r in RECORDS],
        "baselines": {"corpus": {"ours": wired({"recall_at_5": share([True])}), "tutorial": {}}},
        "times": {
            "started": "2026-11-21T10:00:00+00:00",
            "answer_ms": {"p50": 40, "p95": 90},
            "each_ms": {"a-1": 40.0, "a-2": 90.0},
        },
    }  # fmt: skip


class Tree(HTMLParser):
    """Checks that tags are closed in order, and keeps ids, references and names."""

    VOID = frozenset({"meta", "link", "br", "path", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids += [str(given["id"])] if "id" in given else []
        self.refers += str(given.get("aria-labelledby") or "").split()
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def read(page: str) -> Tree:
    tree = Tree()
    tree.feed(page)
    assert tree.open == []
    return tree


def test_the_page_is_well_formed_and_needs_nothing_else(run: dict[str, Any]) -> None:
    page = report.page(run)
    tree = read(page)
    assert len(tree.ids) == len(set(tree.ids)) and set(tree.refers) <= set(tree.ids)
    assert not {tag for tag, _ in tree.tags} & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?://|url\(|@import", page)
    assert not [a for _, attributes in tree.tags for a in attributes if a == "style" or a.startswith("on")]
    assert ("html", {"lang": "sv"}) in tree.tags
    assert len([t for t, _ in tree.tags if t == "h1"]) == len([t for t, _ in tree.tags if t == "main"]) == 1


def test_the_page_shows_every_question_with_its_verdict(run: dict[str, Any]) -> None:
    page = report.page(run)
    assert page.count("<details") == 4
    assert "Vad är &lt;b&gt;SDK&lt;/b&gt; &amp; varför?" in page
    for words in (
        "Mätt 21 november 2026 med 4 frågor",
        "Fel svar (1)",
        "Avstod i onödan (1)",
        "Rätt svar (1)",
        "Avstod rätt (1)",
    ):
        assert words in page
    for words in (
        "bär inte svaret",
        "citatet står inte i texten",
        "fel plats",
        "Ej mätt: Saknas.",
        "hälften inom 40 ms",
    ):
        assert words in page
    assert 'href="/dokument/nis2?fran=0&amp;till=4#citat"' in page


def test_the_page_divides_the_figures_by_half_kind_and_stratum(run: dict[str, Any]) -> None:
    page = report.page(run)
    for words in ("De två halvorna", "Slag av fråga", "Frågor utan svar", "inte i källorna", "Rätt svar, redovisning"):
        assert words in page
    assert "De två halvorna" not in report.page({**run, "halves": {}})


def test_the_page_works_without_questions(run: dict[str, Any]) -> None:
    left = report.without_questions(run)
    assert "records" not in left and "each_ms" not in left["times"] and "records" in run
    page = report.page(left)
    assert "<details" not in page and "Rätt svar" in page
    read(page)


def test_the_published_page_goes_with_the_hash_of_its_own_style(run: dict[str, Any], tmp_path: Path) -> None:
    assert report.published(tmp_path / "inget.html") is None
    (tmp_path / "rapport.html").write_text(report.page(run), encoding="utf-8")
    published = report.published(tmp_path / "rapport.html")
    assert published is not None and published.html == report.page(run)
    style = re.search(r"<style>(.*?)</style>", published.html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert published.style_source == f"'sha256-{digest}'"


def test_plots_say_in_words_what_they_show() -> None:
    bars = plots.bars("p", "Titel", [("a < b", share([True] * 9 + [False]).wire()), ("c", MISSING)])
    assert '<desc id="p-d">a &lt; b 90\u00a0%</desc>' in bars and bars.count("<rect") == 1
    assert "Vid 50\u00a0% är den 20\u00a0%" in plots.line("l", "T", [(0.5, 0.2), (1.0, 0.4)], ("Täckning", "Fel"))
    assert "99 av 100 högst 50" in plots.histogram("h", "T", [10, 20, 50])
    assert plots.line("l", "T", [], ("a", "b")) == plots.histogram("h", "T", []) == ""


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (0.854, "share", "85\u00a0%"),
        (0.998, "share", "99,8\u00a0%"),
        (1.0, "share", "100\u00a0%"),
        (0.0, "share", "0\u00a0%"),
        (0.002, "share", "0,2\u00a0%"),
        (-0.125, "number", "−0,12"),
        (0.6, "number", "0,60"),
        (None, "share", "ej mätt"),
    ],
)
def test_numbers_are_written_as_swedes_write_them(number: float | None, form: names.Form, text: str) -> None:
    assert names.written(number, form) == text


def test_every_figure_has_a_swedish_name() -> None:
    measured = {*metrics.answers(RECORDS), *metrics.search([])}
    assert measured <= set(names.FIGURES)


def test_it_is_valid_html_with_and_without_its_questions(run: dict[str, Any], tmp_path: Path) -> None:
    bare = {name: value for name, value in run.items() if name != "records"}
    assert nu.faults({"hel": report.page(run), "utan-fragor": report.page(bare)}, tmp_path) == []
