"""The pages, as a reader without JavaScript meets them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from web import styles

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
PAGES = [
    "/", "/dokument", "/dokument/nis2", "/om", "/tillganglighet", "/skyldigheter", "/ordlista", "/enkat", "/samverkan",
    "/introduktion", "/introduktion/1", "/introduktion/8",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_title_a_heading_and_a_way_past_the_menu(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert '<html lang="sv">' in response.text
    assert response.text.count("<h1") == 1
    assert 'href="#innehall"' in response.text


@pytest.mark.parametrize("path", [*PAGES, "/finns-inte"])
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', response.text)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=|@import|url\(", response.text)


@pytest.mark.parametrize("path", [*PAGES, "/finns-inte"])
def test_a_style_in_the_page_is_let_through_only_by_its_own_hash(client: TestClient, path: str) -> None:
    response = client.get(path)
    allowed = re.findall(r"style-src ([^;]*);", response.headers["content-security-policy"])[0].split()
    sent = {styles.source(style) for style in re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)}
    assert len(sent) == response.text.count("<style") >= 2
    assert sent <= set(allowed)
    assert all(source.startswith("'sha256-") for source in allowed)


def test_the_start_page_has_a_label_and_three_examples_for_each_reader(client: TestClient) -> None:
    text = client.get("/").text
    assert '<label for="fraga">' in text
    assert len(re.findall(r'class="example"', text)) == 9
    assert "inte juridisk rådgivning" in text


def test_a_posted_question_gives_the_whole_answer(client: TestClient) -> None:
    text = client.post("/", data={"fraga": NIS}).text
    assert "24 timmar" in text
    assert 'href="#kalla-1-1"' in text
    assert 'id="kalla-1-1"' in text
    for shown in ("Regelverk", "Lag eller EU-rättsakt", "Gäller från", "15 januari 2026", "<mark>"):
        assert shown in text


def test_a_link_with_a_question_shows_its_answer(client: TestClient) -> None:
    assert "24 timmar" in client.get("/", params={"fraga": NIS}).text


def test_a_draft_fills_the_field_without_asking(client: TestClient) -> None:
    text = client.get("/", params={"utkast": "Vad är SDK?"}).text
    assert ">Vad är SDK?</textarea>" in text
    assert "<article" not in text.split("<template")[0]


def test_a_list_is_shown_as_a_list(client: TestClient) -> None:
    question = "Vilka organisatoriska hinder för digitalisering finns i kommunerna?"
    reply = client.post("/", data={"fraga": question}).text.split('class="reply"')[1]
    assert reply.split("</ul>")[0].count("<li>") >= 3


def test_a_follow_up_carries_the_conversation(client: TestClient) -> None:
    first = client.post("/", data={"fraga": "Vad är SML-IT?"}).text
    kept = re.findall(r'name="historik" form="fragor" value="([^"]*)"', first)
    assert kept == ["Vad är SML-IT?"]
    second = client.post("/", data={"fraga": "Vilka kommuner är med i det?", "historik": kept}).text
    assert "Sotenäs" in second
    assert re.findall(r'name="historik" form="fragor" value="([^"]*)"', second) == [
        "Vad är SML-IT?",
        "Vilka kommuner är med i det?",
    ]


def test_a_source_is_opened_with_its_quote_marked(client: TestClient) -> None:
    text = client.post("/", data={"fraga": NIS}).text
    address = unescape(re.findall(r'class="open" href="([^"]*)"', text)[0])
    assert address.endswith("#citat")
    page = client.get(address).text
    quote = re.findall(r"<mark>(.*?)</mark>", text)[0]
    assert f'<mark id="citat">{quote}</mark>' in page


def test_an_empty_question_keeps_the_form_and_says_so(client: TestClient) -> None:
    response = client.post("/", data={"fraga": " ", "historik": ["Vad är SML-IT?"]})
    assert response.status_code == 422
    assert "Frågan är tom" in response.text
    assert 'value="Vad är SML-IT?"' in response.text


def test_a_personal_number_is_caught_and_can_be_taken_out(client: TestClient) -> None:
    text = client.post("/", data={"fraga": "Vem är 811218-9876?"}).text
    assert "Ta bort personnumret" in text
    assert ">Vem är 811218-9876?</textarea>" in text
    assert "historik" not in text
    assert text.count("811218") == 1


def test_a_question_with_html_is_shown_as_text(client: TestClient) -> None:
    question = '<script>alert(1)</script> "> <img src=x onerror=alert(1)> Vad är SDK?'
    text = client.post("/", data={"fraga": question}).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_document_with_html_is_shown_as_text(client: TestClient) -> None:
    for path in ("/dokument", "/dokument/elakt"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        assert "javascript:" not in text
    text = client.get("/dokument/elakt").text
    assert "<img src=x" not in text
    assert "<td>Hink</td>" in text


def test_a_span_that_is_wrong_shows_the_text_without_a_mark(client: TestClient) -> None:
    for query in ("fran=5&till=2", "fran=0&till=99999999", "fran=a&till=b", "fran=-1&till=4", "fran=3"):
        response = client.get(f"/dokument/nis2?{query}")
        assert response.status_code == 200
        assert "<mark" not in response.text
        assert "finns inte i dokumentet" in response.text


@pytest.mark.parametrize("path", ["/dokument/finns-inte", "/dokument/..%2f..%2fetc%2fpasswd", "/finns-inte"])
def test_unknown_pages_are_told_in_swedish(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "finns inte" in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_without_an_index_the_pages_say_what_to_do(empty: TestClient) -> None:
    assert empty.get("/").status_code == 200
    assert empty.get("/om").status_code == 200
    for response in (empty.get("/dokument"), empty.post("/", data={"fraga": NIS})):
        assert response.status_code == 503
        assert "fyrlots ingest" in response.text
        assert "<h1>Fyrlots är inte redo</h1>" in response.text


def test_a_form_from_another_site_is_refused(client: TestClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elak.example"}, {"Origin": "null"}):
        response = client.post("/", data={"fraga": NIS}, headers=headers)
        assert response.status_code == 403
        assert "annan webbplats" in response.text
    assert client.post("/", data={"fraga": NIS}, headers={"Origin": "http://testserver"}).status_code == 200


def test_a_form_that_is_too_large_is_a_page(client: TestClient) -> None:
    response = client.post("/", data={"fraga": "a" * 100_000})
    assert response.status_code == 413
    assert "<h1>Begäran är för stor</h1>" in response.text


def test_files_that_carry_their_mark_may_be_kept_and_pages_may_not(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["cache-control"] == "no-store"
    script = re.findall(r'src="(/static/chat.js[^"]*)"', page.text)[0]
    assert "immutable" in client.get(script).headers["cache-control"]
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_the_first_page_is_small(client: TestClient) -> None:
    page = client.get("/").text
    names = [*re.findall(r'(/static/[^"]*)"', page), "/static/privacy.js", "/static/stream.js"]
    assert sum(len(client.get(n).content) for n in set(names)) + len(page) < 100_000
