"""The pages on paper: what is to be read stands there whole and in black, and nothing to press."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from test_browser import NIS, PAGES

pytestmark = pytest.mark.browser
A4 = {"viewport": {"width": 680, "height": 1000}, "color_scheme": "dark"}
"""The width between margins of 15 mm, for a reader whose screen is dark."""
FOR_THE_SCREEN = "header.top, footer, .submenu, .skip, .actions, .ask, .opinion, .filter, .pager, button:not(.term)"


def printed(page: Any, file: Path) -> str:
    """The letters on the paper, without any space: lines break anywhere."""
    page.pdf(path=str(file), format="A4")
    with pdfplumber.open(file) as opened:
        return spaceless("".join(sheet.extract_text() for sheet in opened.pages))


def spaceless(text: str) -> str:
    """The text without spaces and line breaks."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("page", [A4], ids=["a4"], indirect=True)
def test_every_page_is_printed_without_its_controls_in_black_and_within_the_paper(page: Any, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    shown = page.locator(FOR_THE_SCREEN)
    assert not any(shown.nth(n).is_visible() for n in range(shown.count()))
    assert len(page.locator("main").inner_text()) > 50
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')") == "#fbfaf7"


def test_what_is_folded_on_the_screen_is_printed(page: Any, tmp_path: Path) -> None:
    page.goto("/skyldigheter")
    titles = page.locator(".duty h3").all_text_contents()
    assert titles and not page.locator(".duty h3").first.is_visible()
    text = printed(page, tmp_path / "skyldigheter.pdf")
    assert all(spaceless(title) in text for title in titles)


def test_an_answer_is_printed_with_its_quotes_and_the_addresses_of_its_sources(page: Any, tmp_path: Path) -> None:
    page.goto(f"/?fraga={NIS}")
    quotes = page.locator(".quotes mark").all_text_contents()
    definition = page.locator(".definition strong + *, .definition span").first.text_content()
    text = printed(page, tmp_path / "svar.pdf")
    assert quotes and all(spaceless(quote) in text for quote in quotes)
    assert spaceless(f"({page.locator('.original a').first.get_attribute('href')})") in text
    assert spaceless(definition) not in text


def test_a_table_is_printed_as_a_table(page: Any) -> None:
    page.set_viewport_size({"width": 680, "height": 1000})
    page.goto("/dokument")
    page.emulate_media(media="print")
    assert page.locator(".rows thead").first.is_visible()
    assert page.locator(".rows td").first.evaluate("e => getComputedStyle(e).display") == "table-cell"


def test_the_whole_of_a_plan_is_printed(page: Any, tmp_path: Path) -> None:
    page.goto("/handlingsplan")
    page.get_by_label("NIS 2 och cybersäkerhetslagen (2025:1506)").check()
    page.get_by_role("button", name="Börja skriva").click()
    lines = [f"Rad {n} i planens mål." for n in range(40)]
    page.get_by_label("Text om: Mål").fill("\n".join(lines))
    text = printed(page, tmp_path / "plan.pdf")
    assert all(spaceless(line) in text for line in lines)
