"""Every page and every state of it is valid HTML, without an error and without a warning, in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nu
import pytest
from chromium import answered
from starlette.responses import Response
from starlette.testclient import TestClient

from assistant.engine import Engine, open_engine
from assistant.settings import Settings
from evals.report import published
from web.app import create_app
from web.engines import Engines
from web.languages import COOKIE
from web.site import Quality
from web.texts import LANGUAGES

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
SDK = "Vad är Säker digital kommunikation (SDK)?"
PLAN = {"titel": "Digitalt 2027", "val": ["nis2", "samverkan-sml", "rapport-3-2-2"]}
DRAFT = {"titel": "", "mal": "Eget mål 2027.", "avsnitt": ["nis2"], "text": ["Egen text & mer."], "atgarder": "- En."}
SENT = {"fraga": SDK, "historik": [NIS], "omdome": "ner", "skal_ner": "missing", "ord": "<Mer>", "utfall": "answered"}
Asked = Callable[[TestClient], Any]
STATES: dict[str, tuple[int, Asked]] = {
    "start": (200, lambda c: c.get("/")),
    "utkast": (200, lambda c: c.get("/", params={"utkast": "Vad är <SDK>?", "historik": [NIS]})),
    "svar": (200, lambda c: c.get("/", params={"fraga": NIS})),
    "lista": (200, lambda c: ask(c, "Vilka organisatoriska hinder för digitalisering finns i kommunerna?")),
    "foljdfraga": (200, lambda c: ask(c, "Hur långt har kommunerna kommit med det?", SDK)),
    "jamforelse": (200, lambda c: ask(c, "Vad är skillnaden mellan NIS 2 och GDPR?")),
    "flera-fragor": (200, lambda c: ask(c, "Vad är SDK? Vad är NIS 2? Vilka är med i SML-IT?")),
    "engelsk-fraga": (200, lambda c: ask(c, "What is SDK?")),
    "avstar": (200, lambda c: ask(c, "Hur många bibliotek har Göteborg?")),
    "kand-lucka": (200, lambda c: ask(c, "Vad kostade det att ta fram analysrapporten?")),
    "stoppad": (200, lambda c: ask(c, "Vem är 811218-9876?")),
    "html-i-fragan": (200, lambda c: ask(c, "<b>\"Vad' är</b> &amp; SDK?", "<i>")),
    "tom-fraga": (422, lambda c: ask(c, " ", SDK)),
    "for-stor": (413, lambda c: ask(c, "a" * 100_000)),
    "annan-webbplats": (403, lambda c: c.post("/", data={"fraga": SDK}, headers={"Sec-Fetch-Site": "cross-site"})),
    "fel-metod": (405, lambda c: c.put("/om")),
    "saknas": (404, lambda c: c.get("/finns-inte")),
    "dokument-saknas": (404, lambda c: c.get("/dokument/finns-inte")),
    "steg-saknas": (404, lambda c: c.get("/introduktion/99")),
    "felaktigt-falt": (422, lambda c: c.get("/ordlista", params={"q": "a" * 101})),
    "synpunkt-tack": (200, lambda c: c.post("/synpunkt", data=SENT)),
    "synpunkt-fel": (422, lambda c: c.post("/synpunkt", data=SENT | {"omdome": ""})),
    "synpunkt-personuppgift": (422, lambda c: c.post("/synpunkt", data=SENT | {"ord": "Ring 0522-12 34 56."})),
    "hela-samtalet": (200, lambda c: c.post("/samtal", data={"historik": [SDK, NIS]})),
    "sparade-samtal": (200, lambda c: c.get("/samtal")),
    "raderade-samtal": (200, lambda c: c.post("/samtal/radera")),
    "kallor": (200, lambda c: c.get("/dokument")),
    "citat": (200, lambda c: c.get("/dokument/nis2?fran=10&till=900")),
    "citat-borta": (200, lambda c: c.get("/dokument/nis2?fran=5&till=2")),
    "skyldigheter": (200, lambda c: c.get("/skyldigheter")),
    "skyldigheter-urval": (200, lambda c: c.get("/skyldigheter?regelverk=nis2")),
    "skyldigheter-inga": (200, lambda c: c.get("/skyldigheter?till=1900-01-01")),
    "ordlista": (200, lambda c: c.get("/ordlista")),
    "ordlista-sokning": (200, lambda c: c.get("/ordlista", params={"q": "ai"})),
    "ordlista-inget": (200, lambda c: c.get("/ordlista", params={"q": '"><b>'})),
    "enkat": (200, lambda c: c.get("/enkat")),
    "samverkan": (200, lambda c: c.get("/samverkan")),
    "samverkan-val": (200, lambda c: c.get("/samverkan", params={"jamfor": ["samverkan-sml", "samverkan-dalsland"]})),
    "introduktion": (200, lambda c: c.get("/introduktion")),
    **{f"steg-{n}": (200, lambda c, n=n: c.get(f"/introduktion/{n}")) for n in range(1, 9)},
    "plan": (200, lambda c: c.get("/handlingsplan")),
    "plan-utkast": (200, lambda c: c.post("/handlingsplan", data=PLAN)),
    "plan-tom": (200, lambda c: c.post("/handlingsplan", data={"titel": ""})),
    "plan-granskad": (200, lambda c: c.post("/handlingsplan/utkast", data=DRAFT)),
    "plan-fel-fil": (422, lambda c: c.post("/handlingsplan/oppna", files={"utkast": b"skr\xc3\xa4p"})),
    "om": (200, lambda c: c.get("/om")),
    "tillganglighet": (200, lambda c: c.get("/tillganglighet")),
    "kvalitet": (200, lambda c: c.get("/kvalitet")),
}
"""Name → the status expected and how the state is reached. The documents, and states of an ill server, come to it."""


def ask(client: TestClient, question: str, *history: str) -> Any:
    return client.post("/", data={"fraga": question, "historik": list(history)})


@pytest.fixture(scope="module")
def whole(bundled_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of a site with everything on: the whole corpus, conversations kept, the report of the evaluation."""
    told = published()
    assert told is not None
    kept = tmp_path_factory.mktemp("sparat")
    settings = Settings(
        index=bundled_index,
        feedback=kept / "feedback.sqlite",
        conversations=kept / "samtal.sqlite",
        conversation_days=10,
        today="2026-11-21",
    )
    app = create_app(settings, open_engine(settings), Quality(told.html, told.style_source))
    with TestClient(app) as client:
        yield client


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    whole = "<!doctype html><html lang='sv'><title>Så</title><p id='a'>Ö</p>{}</html>"
    faults = nu.faults({"hel": whole.format(""), "trasig": whole.format("<p id='a'>Å</p>")}, tmp_path)
    assert faults and all(fault.startswith("trasig, rad 1: ") for fault in faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_state_is_valid(whole: TestClient, language: str, tmp_path: Path) -> None:
    whole.cookies.set(COOKIE, language)
    pages = {}
    for name, (status, reached) in STATES.items():
        response = reached(whole)
        assert (name, response.status_code) == (name, status)
        pages[name] = response.text
    assert f'<html lang="{language}">' in pages["start"]
    assert nu.faults(pages, tmp_path) == []


def test_every_document_is_valid(whole: TestClient, client: TestClient, engine: Engine, tmp_path: Path) -> None:
    pages = {"elakt": client.get("/dokument/elakt").text, "ogrupperade": client.get("/dokument").text}
    for row in whole.get("/api/documents").json():
        pages[row["id"]] = whole.get(f"/dokument/{row['id']}").text
    assert len(pages) > 50
    assert nu.faults(pages, tmp_path) == []


def test_the_pages_of_an_ill_server_are_valid(settings: Settings, empty: TestClient, tmp_path: Path) -> None:
    class Broken(Engines):
        def current(self) -> object:  # type: ignore[override]
            raise RuntimeError

    app = create_app(settings)
    object.__setattr__(app.state.site, "engines", Broken(settings))
    unwritable = create_app(replace(settings, feedback=tmp_path))
    answers: dict[str, tuple[int, Response]] = {
        "utan-index": (503, empty.get("/dokument")),
        "utan-index-start": (200, empty.get("/")),
        "utan-index-fraga": (503, ask(empty, SDK)),
        "ovantat-fel": (500, TestClient(app).get("/dokument")),
        "synpunkt-ej-sparad": (503, TestClient(unwritable).post("/synpunkt", data=SENT)),
    }
    assert {n: r.status_code for n, (_, r) in answers.items()} == {n: s for n, (s, _) in answers.items()}
    assert nu.faults({n: r.text for n, (_, r) in answers.items()}, tmp_path) == []


@pytest.mark.browser
def test_what_javascript_makes_of_the_page_is_valid(page: Any, tmp_path: Path) -> None:
    pages = {}
    page.route("**/fraga/strom", lambda route: None)
    page.locator("#fraga").fill(NIS)
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-busy=true]")
    pages["vantar"] = page.content()
    page.locator("[data-stop]").click()
    page.locator("#fel").wait_for()
    pages["avbruten"] = page.content()
    page.unroute("**/fraga/strom")
    for n, question in enumerate((NIS, SDK)):
        page.locator("#fraga").fill(question)
        page.keyboard.press("Enter")
        page.locator(".answer").nth(n).locator(".reply").wait_for()
        answered(page)
    pages["svar"] = page.content()
    page.locator(".answer").last.locator("[name=omdome]").first.check()
    page.locator(".answer").last.locator(".opinion [type=submit]").click()
    page.locator(".thanks").wait_for()
    pages["tack"] = page.content()
    assert nu.faults(pages, tmp_path) == []
