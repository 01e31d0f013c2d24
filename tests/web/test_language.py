"""Pages in two languages: the same copy in both, nothing Swedish left on an English page but what the sources say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from chromium import answered, violations
from starlette.testclient import TestClient

from assistant import phrases
from assistant.engine import Engine
from assistant.settings import Settings
from web.app import create_app
from web.dates import day, number
from web.languages import COOKIE
from web.texts import FOLDER, LANGUAGES, texts

NIS = "When must the municipality report an incident under NIS 2?"
SML = "Vilka kommuner samverkar i SML-IT?"
ENGLISH = {"Cookie": f"{COOKIE}=en"}
DATA = re.compile(r"\.(path|only)$|\.(documents|figures|known)\.\d+$")
"""Where the copy holds no text."""
PAGES = [
    "/", f"/?fraga={NIS}", f"/?fraga={SML}", "/?fraga=Hur många bibliotek har Göteborg?", "/?fraga=Vem är 811218-9876?",
    "/?utkast=SDK", "/dokument", "/dokument/nis2?fran=10&till=900", "/dokument/nis2?fran=9&till=1",
    "/dokument/rapport-3.2.2", "/dokument/elakt", "/skyldigheter", "/skyldigheter?regelverk=sdk",
    "/skyldigheter?fran=2999-01-01", "/ordlista", "/ordlista?q=sdk", "/ordlista?q=xyz", "/enkat", "/samverkan",
    "/introduktion", *(f"/introduktion/{n}" for n in range(1, 9)), "/handlingsplan", "/om", "/tillganglighet",
]  # fmt: skip
FORMS = {
    "answer": ("/", {"fraga": SML}, 200),
    "follow-up": ("/", {"fraga": "Vilka är med i det?", "historik": [SML]}, 200),
    "empty": ("/", {"fraga": " "}, 422),
    "too long": ("/", {"fraga": "a" * 1001}, 422),
    "personal": ("/", {"fraga": "Vem är 811218-9876?"}, 200),
    "personal before": ("/", {"fraga": SML, "historik": ["Vem är 811218-9876?"]}, 200),
    "conversation": ("/samtal", {"historik": [SML, NIS]}, 200),
    "no conversation": ("/samtal", {}, 422),
    "no file": ("/svar/word", {"fraga": " "}, 422),
    "thanks": ("/synpunkt", {"fraga": SML, "omdome": "upp"}, 200),
    "no verdict": ("/synpunkt", {"fraga": SML}, 422),
    "personal opinion": ("/synpunkt", {"fraga": SML, "omdome": "ner", "ord": "a@b.se"}, 422),
    "plan": ("/handlingsplan", {"val": ["nis2", "rapport-3.2.2"]}, 200),
    "own words": ("/handlingsplan/utkast", {"mal": "My own words.", "avsnitt": "nis2", "text": "NIS 2."}, 200),
    "empty plan": ("/handlingsplan", {}, 200),
    "too large": ("/", {"fraga": "a" * 100_000}, 413),
    "wrong method": ("/om", {}, 405),
}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of the copy with the way to it; a list's length is told by the ways."""
    if isinstance(value, dict | list):
        for name, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(below, f"{path}.{name}")
    else:
        yield path, value


def copy_in(language: str) -> dict[str, Any]:
    """Way → value, over all files of the language."""
    files = {f.stem: yaml.safe_load(f.read_text(encoding="utf-8")) for f in (FOLDER / language).glob("*.yaml")}
    return dict(leaves(files))


SWEDISH, OTHER = (copy_in(language) for language in LANGUAGES)


def placeholders(text: str) -> list[str]:
    """The places to fill, by name or number."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return sorted(name or str(n) for n, name in enumerate(names))


def swedish_only() -> list[str]:
    """What stands in the Swedish copy and not in the English: the longest piece of each text."""
    said = {path: max((p[0] for p in Formatter().parse(str(text))), key=len) for path, text in SWEDISH.items()}
    return [text for path, text in said.items() if len(text) > 12 and text not in str(OTHER[path])]


class Seen(HTMLParser):
    """What an English reader is told: text, and attributes that are read, outside what is marked as Swedish."""

    VOID = ("meta", "link", "img", "input", "br")
    READ = ("aria-label", "title", "alt", "placeholder", "content")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.languages: list[str] = ["sv"]
        self.told: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.languages[-1]
        if language == "en":
            self.told += [v or "" for n, v in attrs if n in self.READ or (n.startswith("data-") and n != "data-label")]
        if tag not in self.VOID:
            self.languages.append(language)

    def handle_endtag(self, tag: str) -> None:
        self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages[-1] == "en":
            self.told.append(data)


def left_in_swedish(html: str) -> list[str]:
    """The Swedish copy that an English page says."""
    told = "\n".join(Seen(html).told)
    return [text for text in swedish_only() if text in told]


def test_both_languages_have_the_same_texts_lists_and_placeholders() -> None:
    assert SWEDISH.keys() == OTHER.keys()
    for path, text in SWEDISH.items():
        assert type(text) is type(OTHER[path]), path
        if isinstance(text, str):
            assert placeholders(text) == placeholders(OTHER[path]), path
            assert text.strip() and OTHER[path].strip(), path


def test_what_is_no_text_is_the_same_in_both() -> None:
    named = [path for path in SWEDISH if DATA.search(path)]
    assert len(named) > 50
    assert [path for path in named if SWEDISH[path] != OTHER[path]] == []
    assert [texts(language).language for language in LANGUAGES] == list(LANGUAGES)


def test_the_core_s_standing_notices_are_known_word_for_word(client: TestClient) -> None:
    said = {phrases.LEGAL, phrases.REPORT, phrases.EXAMPLE, phrases.OPINION, phrases.GUIDANCE, phrases.UNSURE}
    assert {text for _, text in texts("sv").notices.pairs()} == said
    assert (
        "<li>The answer helps you find your way in the sources." in client.get(f"/?fraga={NIS}", headers=ENGLISH).text
    )


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_says_nothing_in_swedish_but_the_sources(client: TestClient, path: str) -> None:
    response = client.get(path, headers=ENGLISH)
    assert response.status_code == 200
    assert '<html lang="en">' in response.text
    assert response.headers["content-language"] == "en"
    assert left_in_swedish(response.text) == []


@pytest.mark.parametrize(("path", "fields", "status"), FORMS.values(), ids=FORMS)
def test_a_form_sent_from_an_english_page_is_answered_in_english(
    client: TestClient, path: str, fields: dict[str, Any], status: int
) -> None:
    response = client.post(path, data=fields, headers=ENGLISH)
    assert response.status_code == status
    assert '<html lang="en">' in response.text
    assert left_in_swedish(response.text) == []


def test_the_check_finds_swedish_copy_where_it_is(client: TestClient) -> None:
    page = client.get("/").text.replace('lang="sv"', 'lang="en"')
    assert len(left_in_swedish(page)) > 30


def test_faults_are_told_in_english(client: TestClient, empty: TestClient) -> None:
    forged = client.post("/", data={"fraga": NIS}, headers=ENGLISH | {"Origin": "https://elak.example"})
    for response, title in (
        (client.get("/finns-inte", headers=ENGLISH), "The page does not exist"),
        (client.get("/dokument/finns-inte", headers=ENGLISH), "The document does not exist"),
        (client.get("/samtal", headers=ENGLISH), "The page does not exist"),
        (client.get(f"/ordlista?q={'a' * 200}", headers=ENGLISH), "The request cannot be accepted"),
        (empty.get("/dokument", headers=ENGLISH), "Fyrlots is not ready"),
        (forged, "The request comes from another website"),
    ):
        assert f"<h1>{title}</h1>" in response.text
        assert left_in_swedish(response.text) == []


def test_pieces_of_an_answer_are_in_the_page_s_language(client: TestClient) -> None:
    streamed = client.post("/fraga/strom", data={"fraga": SML}, headers=ENGLISH).text
    assert 'class=\\"claim\\" lang=\\"sv\\"' in streamed
    assert "The answer is ready. Statements:" in streamed
    refused = client.post("/fraga/strom", data={"fraga": ""}, headers=ENGLISH)
    assert refused.json()["detail"] == "The question is empty. Write a question."


def test_saved_conversations_are_shown_in_english(settings: Settings, engine: Engine, tmp_path: Path) -> None:
    keeping = replace(settings, conversations=tmp_path / "samtal.sqlite", conversation_days=9)
    with TestClient(create_app(keeping, engine), cookies={COOKIE: "en"}) as client:
        assert left_in_swedish(client.get("/samtal").text) == []
        assert left_in_swedish(client.post("/", data={"fraga": SML}).text) == []
        assert "number of questions: 1" in client.get("/samtal").text
        assert left_in_swedish(client.get("/om").text) == []


def test_a_choice_is_remembered_and_can_be_taken_back(settings: Settings, engine: Engine) -> None:
    client = TestClient(create_app(settings, engine), follow_redirects=False)
    assert '<html lang="sv">' in client.get("/om").text
    link = re.findall(
        r'<a class="language" href="([^"]*)" lang="en" hreflang="en"[^>]*>English</a>', client.get("/om").text
    )
    assert link == ["/om?lang=en"]
    chosen = client.get(link[0])
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/om")
    cookie = chosen.headers["set-cookie"]
    assert all(part in cookie for part in (f"{COOKIE}=en", "HttpOnly", "SameSite=lax", "Max-Age=31536000", "Path=/"))
    page = client.get("/om")
    assert '<html lang="en">' in page.text
    assert "Cookie" in page.headers["vary"]
    assert client.get("/om?lang=sv").headers["location"] == "/om"
    assert '<html lang="sv">' in client.get("/om").text
    assert "set-cookie" not in client.get("/om").headers


def test_the_rest_of_the_address_is_kept(client: TestClient) -> None:
    address = "/?historik=a%26b&historik=%C3%A5&fraga=Vad+%C3%A4r+SDK%3F"
    response = client.get(f"{address}&lang=en", follow_redirects=False)
    assert response.headers["location"] == address
    client.cookies.clear()


def test_a_language_that_there_is_not_changes_nothing(client: TestClient) -> None:
    for asked in ("de", "EN", "", "../en", "en%00"):
        response = client.get(f"/om?lang={asked}", follow_redirects=False)
        assert response.status_code == 200
        assert '<html lang="sv">' in response.text
    assert '<html lang="sv">' in client.get("/om", headers={"Cookie": f"{COOKIE}=../../etc"}).text


@pytest.mark.parametrize(
    "path",
    ["//elak.example/", "///elak.example", "/\\elak.example", "/%5Celak.example", "/%2F%2Felak.example", "/%0d%0aa:b"],
)
def test_the_way_back_never_leaves_the_website(client: TestClient, path: str) -> None:
    response = client.get(f"http://testserver{path}?lang=en", follow_redirects=False)
    client.cookies.clear()
    assert response.status_code == 303
    assert re.match(r"/(?![/\\])", response.headers["location"])
    assert "a" not in response.headers


def test_programs_are_answered_as_before(client: TestClient) -> None:
    english = ENGLISH
    for address in ("/api/search?q=SDK&k=1&lang=en", "/healthz?lang=en", "/api/documents?lang=en"):
        response = client.get(address, headers=english, follow_redirects=False)
        assert response.status_code == 200
        assert "set-cookie" not in response.headers
    refused = client.post("/api/ask?lang=en", json={"question": ""}, headers=english).json()
    assert refused["detail"] == "question: Frågan är tom. Skriv en fråga."
    blocked = client.post("/api/ask", json={"question": "Vem är 811218-9876?"}, headers=english).json()
    assert blocked["answer"].startswith("Frågan ser ut att")


def test_the_browsers_settings_do_not_choose(client: TestClient) -> None:
    assert '<html lang="sv">' in client.get("/om", headers={"Accept-Language": "en-GB,en;q=0.9"}).text


def test_readers_of_two_languages_at_once_get_their_own(client: TestClient) -> None:
    wanted = ["sv", "en"] * 10

    def shown(language: str) -> str:
        return re.findall(r'<html lang="(..)">', client.get("/om", headers={"Cookie": f"{COOKIE}={language}"}).text)[0]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shown, wanted)) == wanted


def test_dates_and_numbers_are_written_as_in_the_language() -> None:
    swedish, english = map(texts, LANGUAGES)
    assert [day(english, d) for d in ("2026-01-15", "2019-10", None, "2026-02-30")] == [
        "15 January 2026",
        "October 2019",
        "",
        "2026-02-30",
    ]
    assert [number(copy, n) for copy in (swedish, english) for n in (5.5, 17)] == ["5,5", "17", "5.5", "17"]


@pytest.mark.browser
@pytest.mark.parametrize(
    "page",
    [{"viewport": {"width": w, "height": 800}} for w in (360, 1280)],
    ids=["360", "1280"],
    indirect=True,
)
@pytest.mark.parametrize(
    "address",
    ["/", f"/?fraga={NIS}", "/dokument", "/dokument/nis2", "/skyldigheter", "/ordlista?q=sdk", "/enkat", "/samverkan",
     "/introduktion", "/introduktion/3", "/handlingsplan", "/om", "/finns-inte"],
)  # fmt: skip
def test_axe_finds_nothing_on_english_pages(page: Any, address: str) -> None:
    page.goto(f"{address}{'&' if '?' in address else '?'}lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_a_conversation_is_kept_when_the_language_changes(page: Any) -> None:
    page.locator("#fraga").fill(SML)
    page.get_by_role("button", name="Fråga", exact=True).click()
    answered(page)
    page.locator(".language").click()
    page.get_by_text("supported by the source").first.wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".answer h2.question").all_inner_texts() == [SML]
    assert page.get_by_role("button", name="Ask", exact=True).is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_a_plan_is_kept_when_the_language_changes(page: Any) -> None:
    page.goto("/handlingsplan")
    page.get_by_label("NIS 2 och cybersäkerhetslagen (2025:1506)").check()
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Text om: Mål").fill("Mina egna ord.")
    page.get_by_role("button", name="English").click()
    assert page.get_by_label("Text on: Goals").input_value() == "Mina egna ord."
    page.goto("/om")
    assert page.locator("html").get_attribute("lang") == "en"
