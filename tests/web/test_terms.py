"""Words of the glossary in answers: which are found, and how their definition is reached."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
import yaml
from chromium import answered, violations
from starlette.testclient import TestClient

from assistant.settings import bundled_corpus
from web import knowledge, terms
from web.knowledge import Term
from web.reading import Part, Run, Statement
from web.site import Site
from web.texts import swedish

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"


def term(name: str, *synonyms: str, definition: str = "En förklaring.") -> Term:
    return Term(name, definition, synonyms, ("vardagsord",), (), (), "seen")


KNOWN = terms.terms(
    [term("Artificiell intelligens", "AI"), term("AI-förordningen"), term("Federation"), term("Digital tvilling")]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AI kräver regler.", ["AI"]),
        ("Ai-rum och ai är inget.", []),
        ("AI-förordningen gäller AI.", ["AI-förordningen", "AI"]),
        ("Federationens regler, federationen.", ["Federationens"]),
        ("Konfederation och federationsavtal.", []),
        ("SDK-federation", []),
        ("En digital tvilling och artificiell intelligens (AI).", ["digital tvilling", "artificiell intelligens"]),
        ("Ett vardagsord.", []),
        ("", []),
    ],
)
def test_each_term_is_marked_where_it_first_stands(text: str, found: list[str]) -> None:
    (part,) = terms.explained([Part(((Statement(text, (1,)),),), False)], KNOWN)
    runs = part.rows[0][0].runs
    assert "".join(r.before + r.text + r.after for r in runs) == text
    assert [r.text for r in runs if r.term] == found


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Om (AI), alltså.", "(", "),"),
        ("Det är AI.", "", "."),
        ("”AI” – AI", "”", "”"),
        ("AI/ML och mer", "", ""),
        ("Federation, AI.", "", ","),
        ("AI", "", ""),
    ],
)
def test_signs_close_to_a_term_belong_to_it(text: str, before: str, after: str) -> None:
    (part,) = terms.explained([Part(((Statement(text, (1,)),),), False)], KNOWN)
    first = next(r for r in part.rows[0][0].runs if r.term)
    assert (first.before, first.after) == (before, after)


@pytest.mark.parametrize(
    "text",
    [
        "Rådets roll och bidrag är abstrakta.",
        "Kommunen utser en person för mänsklig tillsyn.",
        "Utredningen arbetade enligt direktiv 2024:83 och en svensk förordning.",
        "Integration av nyanlända är ett skäl för kommuner att samverka.",
        "Ett biträde, ett säkerhetsråd och en förvaltningsmodell i omvärlden.",
        "En digital tjänst för den som har tystnadsplikt, med robotar och robotisering.",
        "Adressboken visar vem som har en digital brevlåda och självbetjäning.",
        "Projektledning kräver en projektmodell.",
    ],
)
def test_everyday_words_are_not_explained_as_terms(text: str) -> None:
    rows = yaml.safe_load((bundled_corpus() / "glossary.yaml").read_text(encoding="utf-8"))
    assert [term.term for _, _, term in terms.terms(map(knowledge.term, rows)).find(text)] == []


def test_a_term_is_marked_once_in_the_whole_answer() -> None:
    parts = [Part(((Statement("AI här.", (1,)),), (Statement("AI där.", (2,)),)), True)]
    rows = terms.explained(parts, KNOWN)[0].rows
    assert [bool(r.term) for row in rows for s in row for r in s.runs] == [True, False, False]


def test_a_definition_that_is_the_answer_is_not_repeated() -> None:
    known = terms.terms([term("Vite", definition="Vite är ett hot om avgift. Det beslutas av en myndighet.")])
    (part,) = terms.explained([Part(((Statement("Vite är ett hot om avgift.", (1,)),),), False)], known)
    assert [r.term for r in part.rows[0][0].runs] == [None]


def test_no_glossary_marks_nothing() -> None:
    (part,) = terms.explained([Part(((Statement("AI.", ()),),), False)], terms.terms(()))
    assert [r.text for r in part.rows[0][0].runs] == ["AI."]


def test_the_answer_names_each_definition_and_keeps_the_claims_text(client: TestClient) -> None:
    text = client.post("/", data={"fraga": NIS}).text
    buttons = re.findall(r'popovertarget="([^"]+)" aria-describedby="([^"]+)"', text)
    assert buttons
    for popover, description in buttons:
        assert text.count(f'popover id="{popover}"') == 1
        assert text.count(f'id="{description}"') == 1
    reply = text.split('class="reply"')[1].split("</p>")[0]
    shown = re.sub(r'<span class="definition".*?</a></span>', "", reply)
    plain = " ".join(unescape(re.sub(r"<[^>]+>", "", shown)).split())
    for claim in client.post("/api/ask", json={"question": NIS}).json()["claims"]:
        assert claim["text"] in plain


def test_a_glossary_with_html_is_shown_as_text(client: TestClient) -> None:
    evil = term("<b>AI</b>", definition='<script>alert("ord")</script>')
    run = Run("<b>AI</b>", evil)
    made = {
        "turn": 1, "question": "?", "personal": True, "family": "answered", "language": "sv", "claims": 0,
        "verified": 0, "notices": (), "sources": (), "follow_ups": (), "history": (),
        "parts": [Part(((Statement("<b>AI</b>", (), runs=(run,)),),), False)],
    }  # fmt: skip
    site: Site = client.app.state.site  # type: ignore[attr-defined]
    text = site.render(swedish(), "_answer.html", answer=made)
    assert "<script>" not in text
    assert "<b>AI" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"java_script_enabled": False}, {}], ids=["utan", "js"], indirect=True)
def test_a_definition_is_read_by_keyboard(page: Any) -> None:
    page.goto(f"/?fraga={NIS}")
    button = page.locator(".term").first
    popover = page.locator(".definition").first
    assert not popover.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert popover.is_visible()
    assert "ordlistan" in popover.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not popover.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 320, "height": 700}, "has_touch": True, "color_scheme": "dark"}], indirect=True
)
def test_a_definition_is_read_by_touch_and_axe_finds_nothing(page: Any) -> None:
    page.goto(f"/?fraga={NIS}")
    page.locator(".term").first.tap()
    box = page.locator(".definition").first.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 320
    assert violations(page) == []
    page.touchscreen.tap(10, 10)
    assert not page.locator(".definition").first.is_visible()


@pytest.mark.browser
def test_no_line_begins_with_the_comma_after_a_word_nor_ends_with_the_bracket_before_it(page: Any) -> None:
    """A button may else be parted from its comma at any width."""
    page.goto(f"/?fraga={NIS}")
    page.evaluate("""() => {
        const word = document.querySelector('.word').cloneNode(true);
        const button = word.querySelector('.term');
        button.textContent = 'Ordet';
        word.replaceChildren('(', button, '),');
        document.querySelector('.reply p').replaceChildren('Text före ord ', word, ' text efter ord.');
    }""")
    heights = page.evaluate("""() => [...Array(120).keys()].map(n => {
        document.querySelector('.reply p').style.width = `${n + 90}px`;
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('.word'));
        const tops = [...range.getClientRects()].filter(r => r.width).map(r => r.bottom);
        return Math.max(...tops) - Math.min(...tops);
    })""")
    assert max(heights) < 12


@pytest.mark.browser
def test_a_definition_is_the_words_description(page: Any) -> None:
    """What a screen reader says when the word is reached."""
    page.goto(f"/?fraga={NIS}")
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect(page.locator(".term").first).to_have_accessible_description(re.compile(r"\w+\. .+"))


@pytest.mark.browser
@pytest.mark.parametrize("page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_copying_the_answer_leaves_definitions_out(page: Any) -> None:
    page.get_by_role("link", name=NIS).first.click()
    answered(page).get_by_role("button", name="Kopiera svaret med källor").click()
    page.locator("#besked", has_text="Svaret är kopierat.").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert page.locator(".definition strong").first.text_content() not in copied
    assert "[1]" in copied
