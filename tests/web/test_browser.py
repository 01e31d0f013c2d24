"""The chat in real Chromium: with JavaScript, without it, by keyboard, on a narrow screen; axe on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chromium import answered, violations, wait_in_view

pytestmark = pytest.mark.browser
NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
LIST = "Vilka organisatoriska hinder för digitalisering finns i kommunerna?"
PAGES = {
    "start": "/",
    "svar": f"/?fraga={NIS}",
    "avstår": "/?fraga=Hur många bibliotek har Göteborg?",
    "stoppad": "/?fraga=Vem är 811218-9876?",
    "källor": "/dokument",
    "dokument": "/dokument/nis2?fran=10&till=900#citat",
    "tabell": "/dokument/elakt",
    "skyldigheter": "/skyldigheter",
    "skyldigheter-urval": "/skyldigheter?regelverk=sdk",
    "ordlista": "/ordlista?q=sdk",
    "enkät": "/enkat",
    "samverkan": "/samverkan",
    "introduktion": "/introduktion",
    "steg": "/introduktion/3",
    "handlingsplan": "/handlingsplan",
    "om": "/om",
    "tillgänglighet": "/tillganglighet",
    "saknas": "/finns-inte",
}


def test_a_question_is_typed_streamed_and_led_to_its_source(page: Any) -> None:
    page.evaluate("""() => { window.seen = [];
        new MutationObserver(changes => { for (const c of changes) for (const n of c.addedNodes)
            if (n.classList?.contains('claim')) window.seen.push(n.textContent.trim()); })
        .observe(document.getElementById('samtal'), {childList: true, subtree: true}); }""")
    page.get_by_label("Din fråga").fill(NIS)
    page.get_by_role("button", name="Fråga", exact=True).click()
    answer = answered(page)
    claims = page.evaluate("window.seen")
    assert "24 timmar" in answer.inner_text()
    assert claims and all(claim in answer.locator(".reply").inner_text() for claim in claims)
    assert page.locator("#besked").inner_text().startswith("Svaret är klart.")
    assert page.get_by_label("följdfråga").input_value() == ""
    quote = answer.locator(".quotes mark").first.inner_text()
    answer.get_by_role("link", name="Källa 1").first.click()
    answer.get_by_role("link", name="Visa i dokumentet").first.click()
    page.wait_for_url("**/dokument/**")
    assert page.locator("mark#citat").inner_text() == quote
    wait_in_view(page, "mark#citat")


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_the_same_without_javascript(page: Any) -> None:
    page.get_by_label("Din fråga").fill(NIS)
    page.get_by_role("button", name="Fråga", exact=True).click()
    answer = page.locator(".answer")
    assert "24 timmar" in answer.inner_text()
    quote = answer.locator(".quotes mark").first.inner_text()
    answer.get_by_role("link", name="Visa i dokumentet").first.click()
    assert page.locator("mark#citat").inner_text() == quote
    wait_in_view(page, "mark#citat")


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_a_conversation_goes_on(page: Any) -> None:
    page.get_by_role("link", name="Vilka kommuner ingår i SML-IT?").click()
    page.wait_for_selector(".answer .reply")
    page.get_by_label("följdfråga").fill("Vilka är med i det?")
    page.get_by_role("button", name="Fråga", exact=True).click()
    page.get_by_role("heading", name="Vilka är med i det?").wait_for()
    page.locator(".answer:last-child .reply").wait_for()
    assert "som en följd av: ”Vilka kommuner ingår i SML-IT?”" in page.locator(".answer").last.inner_text()


def test_personal_data_is_caught_before_it_is_sent(page: Any) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_label("Din fråga").fill("Vem är 19811218-9876?")
    page.get_by_role("button", name="Fråga", exact=True).click()
    assert "Ta bort personnumret" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Din fråga").input_value() == "Vem är 19811218-9876?"
    assert sent == []


def test_a_question_can_be_edited_and_asked_again(page: Any) -> None:
    page.get_by_role("link", name=LIST).click()
    answered(page).get_by_role("link", name="Ändra frågan").click()
    assert page.locator(".answer").count() == 0
    assert page.locator("#fraga").input_value() == LIST


def test_a_refusal_is_shown_and_the_question_kept(page: Any) -> None:
    page.route("**/fraga/strom", lambda route: route.abort())
    page.get_by_label("Din fråga").fill(NIS)
    page.keyboard.press("Enter")
    page.get_by_text("Det gick inte att nå Fyrlots").wait_for()
    assert page.get_by_label("Din fråga").input_value() == NIS
    assert page.locator(".answer").count() == 0


def test_the_whole_way_by_keyboard(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "fraga"
    page.keyboard.type(NIS)
    page.keyboard.press("Enter")
    answered(page)
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.cite')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.locator(".answer:last-child .reply").wait_for()
    page.keyboard.press("Tab")
    assert "Visa i dokumentet" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokument/**")
    wait_in_view(page, "mark#citat")


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize(
    "page",
    [
        {"viewport": {"width": 1280, "height": 900}},
        {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark", "reduced_motion": "reduce"},
    ],
    ids=["bred", "smal-mörk"],
    indirect=True,
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Any, address: str) -> None:
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_axe_finds_nothing_while_the_answer_is_on_its_way(page: Any) -> None:
    page.route("**/fraga/strom", lambda route: None)
    page.get_by_label("Din fråga").fill(NIS)
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-busy=true]")
    assert violations(page) == []
    page.get_by_role("button", name="Avbryt").click()
    page.get_by_text("Frågan avbröts").wait_for()


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_a_plan_is_chosen_written_and_kept_as_word(page: Any, tmp_path: Path) -> None:
    """One job from start to end, with and without JavaScript."""
    page.goto("/handlingsplan")
    page.get_by_label("Planens namn").fill("Digitalt 2027")
    page.get_by_label("NIS 2 och cybersäkerhetslagen (2025:1506)").check()
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Text om: Mål").fill("Alla incidenter rapporteras i tid 2027.")
    page.get_by_role("button", name="Granska meningarna").click()
    page.get_by_text("Så står det till med meningarna").first.click()
    assert "Egen text" in page.locator(".judged .own").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som Word").click()
    download.value.save_as(tmp_path / "plan.docx")
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("page", [{"viewport": {"width": 320, "height": 700}}], indirect=True)
def test_axe_finds_nothing_on_the_workbench(page: Any) -> None:
    page.goto("/handlingsplan")
    page.get_by_label("NIS 2 och cybersäkerhetslagen (2025:1506)").check()
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_text("Så står det till med meningarna").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
