"""A conversation as a whole: shared, edited, printed, kept as files, and still there after a look at a source."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import docx
import pytest
from chromium import answered, violations
from starlette.testclient import TestClient

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
SDK = "Vad är Säker digital kommunikation (SDK)?"
NEXT = "Hur långt har kommunerna kommit med det?"


def link(page: str, name: str) -> dict[str, list[str]]:
    """The fields of the address that a link of that name leads to."""
    address = unescape(re.findall(rf'href="([^"]*)"[^>]*>{name}', page)[-1])
    fields: dict[str, list[str]] = {}
    for key, value in parse_qsl(address.removeprefix("/?")):
        fields.setdefault(key, []).append(value)
    return fields


def test_an_answer_in_a_conversation_is_shared_with_what_came_before(client: TestClient) -> None:
    page = client.post("/", data={"fraga": NEXT, "historik": [SDK]}).text
    assert link(page, "Länk till svaret") == {"historik": [SDK], "fraga": [NEXT]}
    shared = client.get("/", params={"historik": [SDK], "fraga": NEXT}).text
    assert re.findall(r'class="reply">(.*?)</div>', shared, re.DOTALL) == re.findall(
        r'class="reply">(.*?)</div>', page, re.DOTALL
    )


def test_editing_keeps_the_conversation_without_javascript(client: TestClient) -> None:
    page = client.post("/", data={"fraga": NEXT, "historik": [SDK]}).text
    fields = link(page, "Ändra frågan")
    assert fields == {"historik": [SDK], "utkast": [NEXT]}
    again = client.get("/", params=fields).text
    assert f">{NEXT}</textarea>" in again
    assert f'name="historik" form="fragor" value="{SDK}"' in again
    assert "<article" not in again.split("<template")[0]


def test_a_link_that_would_be_too_long_is_not_offered(client: TestClient) -> None:
    page = client.post("/", data={"fraga": SDK, "historik": ["fråga " * 300]}).text
    assert "Länk till svaret" not in page
    assert link(page, "Ändra frågan") == {"utkast": [SDK]}


def test_the_whole_conversation_is_one_page(client: TestClient) -> None:
    page = client.post("/samtal", data={"historik": [SDK, NEXT], "fraga": "halvskriven"}).text
    assert re.findall(r'class="question" id="fraga-\d+" tabindex="-1">([^<]*)<', page) == [SDK, NEXT]
    assert re.findall(r'name="historik" form="fragor" value="([^"]*)"', page) == [SDK, NEXT]
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))


def test_the_whole_conversation_is_kept_as_word_and_markdown(client: TestClient) -> None:
    blob = client.post("/samtal/word", data={"historik": [SDK, NIS]}).content
    headings = [p.text for p in docx.Document(io.BytesIO(blob)).paragraphs if p.style.name == "Heading 1"]
    assert headings == [SDK, NIS, "Källor"]
    text = client.post("/samtal/markdown", data={"historik": [SDK, NIS]}).text
    assert text.index("## Vad är Säker") < text.index("## När måste") < text.index("24 timmar")
    assert text.count("]: ") == len(re.findall(r"\[\^\d+\](?!:)", text))


def test_a_long_conversation_gives_every_answer_a_name_of_its_own(client: TestClient) -> None:
    names = [
        re.findall(
            r'<article [^>]*data-turn="(\d+)"', client.post("/", data={"fraga": SDK, "historik": [NIS] * n}).text
        )
        for n in (24, 25)
    ]
    assert names == [["25"], ["26"]]


@pytest.mark.parametrize("path", ["/samtal", "/samtal/word", "/samtal/markdown"])
def test_a_conversation_without_questions_says_what_to_do(client: TestClient, path: str) -> None:
    response = client.post(path, data={"historik": [" "]})
    assert response.status_code == 422
    assert "Ställ en fråga först." in response.text
    assert client.post(path, data={}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_personal_data_in_a_conversation_is_neither_answered_nor_kept_in_a_file(client: TestClient) -> None:
    data = {"historik": [SDK, "Vem är 811218-9876?"]}
    for path in ("/samtal", "/samtal/markdown"):
        text = client.post(path, data=data).text
        assert "9876" not in text.replace('value="Vem är 811218-9876?"', "")


def ask_twice(page: Any) -> None:
    for question in (SDK, NEXT):
        page.locator("#fraga").fill(question)
        page.get_by_role("button", name="Fråga", exact=True).click()
        page.locator(".answer .question", has_text=question).wait_for()
        answered(page)


@pytest.mark.browser
@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], ids=["js", "utan"], indirect=True)
def test_a_conversation_is_shown_whole_and_taken_home(page: Any, tmp_path: Path) -> None:
    assert not page.get_by_role("button", name="Visa hela samtalet").is_visible()
    ask_twice(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara samtalet som Word").click()
    download.value.save_as(tmp_path / "samtal.docx")
    assert SDK in [p.text for p in docx.Document(str(tmp_path / "samtal.docx")).paragraphs]
    page.get_by_role("button", name="Visa hela samtalet").click()
    page.wait_for_url("**/samtal")
    assert page.locator(".answer").count() == 2
    page.emulate_media(media="print")
    for hidden in (".opinion", ".actions", ".ask", ".top", ".further", ".whole"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".sources").first.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"}], indirect=True)
def test_axe_finds_nothing_in_a_conversation(page: Any) -> None:
    ask_twice(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


@pytest.mark.browser
def test_the_conversation_is_still_there_after_a_look_at_a_source(page: Any) -> None:
    ask_twice(page)
    page.get_by_role("link", name="Visa i dokumentet").first.click()
    page.wait_for_url("**/dokument/**")
    page.go_back()
    page.locator(".answer").nth(1).wait_for()
    page.get_by_role("link", name="Fråga", exact=True).click()
    page.locator(".answer").nth(1).wait_for()
    page.locator("#fraga").fill("Vad används det till?")
    page.keyboard.press("Enter")
    page.locator(".answer").nth(2).wait_for()
    answered(page)
    assert page.locator("[name=historik][form=fragor]").count() == 3
    page.get_by_role("link", name="Börja ett nytt samtal").click()
    page.get_by_role("heading", name="Vad vill du veta?").wait_for()
    assert page.locator(".answer").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_a_link_is_copied_and_opens_the_same_answer(page: Any) -> None:
    ask_twice(page)
    reply = answered(page).locator(".reply").inner_text()
    answered(page).get_by_role("button", name="Kopiera länken").click()
    page.locator("#besked", has_text="Länken är kopierad.").wait_for(state="attached")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    assert page.locator(".answer").count() == 1
    assert answered(page).locator(".reply").inner_text() == reply


@pytest.mark.browser
def test_editing_drops_what_came_after_and_asks_again(page: Any) -> None:
    ask_twice(page)
    page.locator(".answer").first.get_by_role("link", name="Ändra frågan").click()
    assert page.locator(".answer").count() == 0
    assert not page.get_by_role("button", name="Visa hela samtalet").is_visible()
    page.locator("#fraga").fill(NIS)
    page.keyboard.press("Enter")
    answered(page)
    assert page.locator(".answer .question").all_inner_texts() == [NIS]
