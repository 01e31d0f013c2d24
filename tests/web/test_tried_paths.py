"""What new readers stumbled on: a text that was cut, a word unsaid, a document without a way on."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from chromium import answered, wait_in_view
from starlette.testclient import TestClient

from assistant.domain import Block
from web import introduction, knowledge

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"


def test_a_part_of_the_report_leads_to_the_parts_around_it(client: TestClient) -> None:
    section = client.get("/dokument/rapport-3.2.2").text
    assert 'rel="prev"' not in section
    assert re.search(r'rel="next" href="/dokument/figur-03">Figur 3', section)
    figure = client.get("/dokument/figur-03").text
    assert re.search(r'rel="prev" href="/dokument/rapport-3.2.2">3.2.2 Kommunernas', figure)
    assert 'href="/enkat#figur-03"' in figure
    assert 'class="neighbours"' not in client.get("/dokument/nis2").text


def test_a_question_without_an_answer_is_led_on(client: TestClient) -> None:
    for question in ("Hur många bibliotek har Göteborg?", NIS):
        text = client.get("/", params={"fraga": question}).text
        assert ("Pröva gärna med andra ord" in text) is (question != NIS)


def test_a_column_without_a_value_is_left_out(client: TestClient) -> None:
    text = client.get("/dokument").text
    groups = re.findall(r'<section aria-labelledby="slag-(.*?)">(.*?)</section>', text, re.DOTALL)
    assert {kind for kind, rows in groups if "Gäller från" in rows} == {"regulation", "guidance"}


def test_one_minute_is_a_minute_and_the_test_is_no_further_question(client: TestClient) -> None:
    pages = [client.get(f"/introduktion/{n}").text for n in range(1, 9)]
    assert not re.search(r"\b1 minuter", "".join(pages))
    assert "Frågorna</h2>" in pages[-1]
    assert "Fråga vidare</h2>" in pages[0]


@pytest.mark.parametrize(
    ("second", "points"), [("list", ("Första.", "Andra.")), ("paragraph", ())], ids=["lista", "ingen-lista"]
)
def test_a_beginning_that_ends_with_a_colon_has_its_list(second: Any, points: tuple[str, ...]) -> None:
    text = "Det finns två:\n- Första.\n- Andra."
    blocks = (Block("paragraph", 0, 14), Block(second, 15, len(text)))
    document: Any = SimpleNamespace(text=text, blocks=blocks)
    assert introduction.opening(document) == ("Det finns två:", points)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("Organisation", ["nis"], False),
        ("Det nya (NIS-direktivet)", ["nis"], True),
        ("NIS 2", ["nis2"], True),
        ("Portföljstyrning", ["styrning"], True),
    ],
)
def test_a_short_word_must_begin_a_word(text: str, wanted: list[str], expected: bool) -> None:
    assert knowledge.holds(text, wanted) is expected


def test_a_word_that_is_not_in_the_glossary_can_be_asked_about(client: TestClient) -> None:
    assert 'href="/?utkast=xyzzy">Fråga Fyrlots' in client.get("/ordlista", params={"q": "xyzzy"}).text


@pytest.mark.browser
def test_blanks_are_told_to_be_no_question(page: Any) -> None:
    page.get_by_label("Din fråga").fill("   ")
    page.keyboard.press("Enter")
    assert "Frågan är tom" in page.get_by_role("alert").inner_text()


@pytest.mark.browser
def test_a_text_that_was_cut_is_told(page: Any) -> None:
    advice = page.locator("#fraga-hjalp").inner_text()
    page.get_by_label("Din fråga").click()
    page.keyboard.insert_text("Vad är NIS 2? " * 400)
    assert page.locator("#fraga-hjalp").inner_text().startswith("Frågan har nått gränsen på 1000 tecken")
    page.get_by_label("Din fråga").fill("Vad är NIS 2?")
    assert page.locator("#fraga-hjalp").inner_text() == advice


@pytest.mark.browser
def test_what_is_wrong_is_told_beside_the_field_however_long_the_conversation(page: Any) -> None:
    page.get_by_label("Din fråga").fill(NIS)
    page.keyboard.press("Enter")
    answered(page)
    page.locator("#fraga").fill("Vem är 19811218-9876?")
    page.keyboard.press("Enter")
    wait_in_view(page, "#fel")


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_a_copy_is_confirmed_to_those_who_see(page: Any) -> None:
    page.get_by_label("Din fråga").fill(NIS)
    page.keyboard.press("Enter")
    answered(page).get_by_role("button", name="Kopiera svaret med källor").click()
    page.locator("#besked.told", has_text="Svaret är kopierat.").wait_for()
    wait_in_view(page, "#besked")
    numbers = re.findall(r"^\[(\d+)\]", page.evaluate("navigator.clipboard.readText()"), re.MULTILINE)
    assert numbers == sorted(numbers, key=int)
