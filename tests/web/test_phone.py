"""What a phone is sent, and what the measuring of it says. No test looks at how long anything takes."""

from __future__ import annotations

import asyncio
import json
import os

import pytest

from web import phone

ONE = phone.Load(20_000, 7, 0, 700.0, 800.0, 750.0, 0.0, 40.0)
OTHER = phone.Load(30_000, 8, 1, 900.0, 1200.0, 950.0, 0.25, 20.0)
MOST_BYTES = 100_000


@pytest.mark.browser
def test_the_first_page_and_an_answer_are_light_and_come_from_one_server(base: str) -> None:
    if not phone.CHROMIUM.exists():
        message = f"Chromium finns inte i {phone.CHROMIUM}. Sidornas vikt prövas inte."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    for (load,) in asyncio.run(phone.visits(base, list(phone.PAGES.values()), 1)):
        assert 5_000 < load.bytes <= MOST_BYTES
        assert 1 < load.requests <= 10
        assert load.elsewhere == 0
        assert load.shift == 0


def test_requests_to_other_servers_are_counted() -> None:
    class Session:
        def on(self, event: str, heed: object) -> None:
            pass

    wire = phone.Wire(Session(), "http://127.0.0.1:8000")  # type: ignore[arg-type]
    for url in ("http://127.0.0.1:8000/", "data:,", "http://127.0.0.1:8000.elak.example/", "https://font.example/a"):
        wire.ask({"request": {"url": url}})
    assert wire.elsewhere() == 2


def test_the_typical_load_is_the_median_of_each_figure() -> None:
    assert phone.typical([ONE, OTHER, ONE]) == ONE
    assert phone.typical([ONE, OTHER]).usable_ms == 1000


def test_the_table_has_every_figure_as_swedes_write_it(capsys: pytest.CaptureFixture[str]) -> None:
    phone.print_table({"första sidan": [ONE], "svaret": [OTHER]})
    table = capsys.readouterr().out
    for shown in ("20,0", "30,0", "0,250", "1200", "högst 1000", "median av 1"):
        assert shown in table
    assert set(phone.FIGURES) == set(phone.Load.__slots__)


def test_the_figures_are_json() -> None:
    made = json.loads(json.dumps(phone.figures({"första sidan": [ONE, OTHER]})))
    assert made["första sidan"]["bytes"] == 25_000
    assert len(made["första sidan"]["loads"]) == 2
