"""Opinions of answers: the form with and without JavaScript, what is kept, and what the editor sees."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chromium import answered, violations
from starlette.testclient import TestClient

import fyrlots
from assistant.engine import Engine
from assistant.errors import InputError
from assistant.settings import Settings
from web import ledger, opinions
from web.app import create_app

SDK = "Vad är Säker digital kommunikation (SDK)?"
WHOLE = {
    "fraga": "Vilka är med i det?", "historik": ["Vad är SML-IT?"], "omdome": "ner", "skal_ner": "missing",
    "ord": "Munkedal saknas.", "utfall": "answered",
}  # fmt: skip
OPINION = opinions.Opinion("2026-11-20T09:30:00+01:00", "down", "wrong", "Fel år.", SDK, (), "answered", "v1")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where this test's opinions are kept."""
    return tmp_path / "mapp" / "feedback.sqlite"


@pytest.fixture
def visitor(settings: Settings, engine: Engine, kept: Path) -> TestClient:
    """A client of an application with a file of its own."""
    return TestClient(create_app(replace(settings, feedback=kept), engine))


def test_an_opinion_is_kept_whole(visitor: TestClient, kept: Path) -> None:
    page = visitor.post("/synpunkt", data=WHOLE)
    assert page.status_code == 200
    assert "Tack. Synpunkten är sparad." in page.text
    (found,) = opinions.read(kept)
    assert (found.verdict, found.reason, found.words) == ("down", "missing", "Munkedal saknas.")
    assert (found.question, found.history) == ("Vilka är med i det?", ("Vad är SML-IT?",))
    assert (found.outcome, bool(found.version)) == ("answered", True)
    assert kept.stat().st_mode & 0o077 == 0


def test_every_answer_has_the_form_but_not_one_that_was_stopped_for_personal_data(client: TestClient) -> None:
    for question in (SDK, "Hur många bibliotek har Göteborg?"):
        text = client.post("/", data={"fraga": question}).text
        assert text.count('action="/synpunkt"') == 1
    assert 'action="/synpunkt"' not in client.post("/", data={"fraga": "Vem är 811218-9876?"}).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"omdome": ""}, "Välj Ja eller Nej."),
        ({"omdome": "kanske"}, "Välj Ja eller Nej."),
        ({"fraga": " "}, "Välj Ja eller Nej."),
        ({"ord": "Ring 0522-12 34 56."}, "Ta bort personnumret"),
        ({"ord": "a" * 1001}, "har 1001 tecken"),
        ({"fraga": "a" * 1001}, "Texten eller filen är för stor. Korta den och försök igen."),
    ],
)
def test_a_form_with_a_fault_says_which_and_keeps_the_rest(
    visitor: TestClient, kept: Path, change: dict[str, str], words: str
) -> None:
    page = visitor.post("/synpunkt", data=WHOLE | change)
    assert page.status_code == 422
    assert words in page.text
    assert 'value="Vad är SML-IT?"' in page.text
    assert not kept.exists()


def test_a_reason_that_is_not_ours_or_of_the_other_verdict_is_left_out(visitor: TestClient, kept: Path) -> None:
    visitor.post("/synpunkt", data=WHOLE | {"skal_ner": "<script>"})
    visitor.post("/synpunkt", data=WHOLE | {"omdome": "upp"})
    assert [o.reason for o in opinions.read(kept)] == ["", ""]


def test_personal_data_in_the_question_is_hidden(visitor: TestClient, kept: Path) -> None:
    visitor.post("/synpunkt", data=WHOLE | {"fraga": "Vem är 811218-9876?"})
    assert opinions.read(kept)[0].question == "Vem är ▒▒▒?"


def test_an_opinion_from_another_site_or_with_html_does_no_harm(visitor: TestClient, kept: Path) -> None:
    assert visitor.post("/synpunkt", data=WHOLE, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    page = visitor.post("/synpunkt", data=WHOLE | {"ord": "</textarea><script>alert(1)</script>", "omdome": ""})
    assert "<script>alert" not in page.text
    assert not kept.exists()


def test_a_file_that_cannot_be_written_is_told_without_its_path(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "skräp").write_bytes(b"inte sqlite " * 100)
    page = TestClient(create_app(replace(settings, feedback=tmp_path / "skräp"), engine)).post("/synpunkt", data=WHOLE)
    assert page.status_code == 503
    assert "Synpunkten är inte sparad" in page.text
    assert str(tmp_path) not in page.text


def test_the_editor_sees_the_days_asked_for(kept: Path) -> None:
    for day in ("2026-11-19", "2026-11-20", "2026-11-21"):
        opinions.keep(kept, replace(OPINION, at=f"{day}T23:59:59+01:00"))
    assert [o.at[:10] for o in opinions.read(kept, since="2026-11-20")] == ["2026-11-20", "2026-11-21"]
    assert [o.at[:10] for o in opinions.read(kept, until="2026-11-20")] == ["2026-11-19", "2026-11-20"]
    with pytest.raises(InputError, match="inga synpunkter"):
        opinions.read(kept.with_name("annan"))
    kept.write_bytes(b"inte sqlite " * 100)
    with pytest.raises(ledger.LedgerUnusable, match="kan inte användas"):
        opinions.read(kept)


def test_what_is_too_old_is_not_left_in_the_file(kept: Path) -> None:
    opinions.sweep(kept, 10)
    assert not kept.exists()
    for day, words in (("2026-11-10", "Gammalt och hemligt."), ("2026-11-11", "Nytt.")):
        opinions.keep(kept, replace(OPINION, at=f"{day}T00:30:00+01:00", words=words))
    opinions.sweep(kept, 10, date(2026, 11, 21))
    assert [o.words for o in opinions.read(kept)] == ["Nytt."]
    assert b"Gammalt och hemligt." not in kept.read_bytes()
    opinions.sweep(kept, 10**9, date(2026, 11, 21))
    assert len(opinions.read(kept)) == 1


def test_the_server_deletes_what_is_too_old_and_says_for_how_long_it_is_kept(
    settings: Settings, engine: Engine, kept: Path
) -> None:
    today = datetime.now().astimezone()
    for age in (366, 300, 20):
        opinions.keep(kept, replace(OPINION, at=(today - timedelta(age)).isoformat(timespec="seconds")))
    for days, left in ((None, 2), (30, 1)):
        given = (
            replace(settings, feedback=kept) if days is None else replace(settings, feedback=kept, feedback_days=days)
        )
        with TestClient(create_app(given, engine)) as client:
            assert f"i {given.feedback_days} dagar, utan ditt namn" in client.get("/om").text
            wait_until(lambda left=left: len(opinions.read(kept)) == left)


def wait_until(true: Callable[[], bool]) -> None:
    """Waits for what another thread does."""
    for _ in range(200):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("det hände inte")


def test_the_command_prints_a_table_and_json(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FYRLOTS_FEEDBACK", str(kept))
    assert fyrlots.main(["feedback"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    opinions.keep(kept, replace(OPINION, words="[red]Fel\x1b[2J år."))
    assert fyrlots.main(["feedback"]) == 0
    table = capsys.readouterr().out
    assert "\x1b" not in table
    assert re.search(r"2026-11-20 09:30 .* Nej .* Svaret är fel .*\[red\]Fel", table)
    assert "1 synpunkter: 0 ja, 1 nej." in table
    assert fyrlots.main(["feedback", "--json", "--since", "2026-11-20"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["reason"] == "wrong"
    assert fyrlots.main(["feedback", "--until", "igår"]) == 2
    assert "--until är 'igår'." in capsys.readouterr().err


@pytest.mark.browser
@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], ids=["js", "utan"], indirect=True)
def test_a_reader_says_what_is_missing(page: Any, settings: Settings) -> None:
    page.get_by_label("Din fråga").fill(SDK)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer:not([aria-busy]) .opinion")
    assert not page.get_by_label("Berätta mer").is_visible()
    page.get_by_role("radio", name="Nej").check()
    assert not page.get_by_label("Svaret var rätt").is_visible()
    page.get_by_label("Något viktigt saknas").check()
    words = "Kostnaden saknas."
    page.get_by_label("Berätta mer").fill(f"{words} Mejla a@b.se")
    page.get_by_role("button", name="Skicka synpunkten").click()
    page.get_by_text("Ta bort personnumret, e-postadressen eller telefonnumret ur texten.").wait_for()
    page.get_by_label("Berätta mer").fill(words)
    page.get_by_role("button", name="Skicka synpunkten").click()
    page.locator(".thanks").wait_for()
    latest = opinions.read(settings.feedback)[-1]
    assert (latest.question, latest.verdict, latest.reason, latest.words) == (SDK, "down", "missing", words)


@pytest.mark.browser
@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"}, {}], indirect=True
)
def test_axe_finds_nothing_in_the_open_form_nor_in_its_fault(page: Any) -> None:
    page.get_by_label("Din fråga").fill(SDK)
    page.keyboard.press("Enter")
    answered(page)
    for verdict in ("Ja", "Nej"):
        page.get_by_role("radio", name=verdict).check()
        assert violations(page) == []
    page.get_by_label("Berätta mer").fill("a@b.se")
    page.get_by_role("button", name="Skicka synpunkten").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


@pytest.mark.browser
def test_the_form_is_filled_in_and_sent_by_keyboard_alone(page: Any, settings: Settings) -> None:
    page.locator("#fraga").fill(SDK)
    page.keyboard.press("Enter")
    answered(page)
    page.locator("#fraga").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.name") == "omdome"
    assert page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle") == "solid"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Bra.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".thanks").wait_for()
    assert opinions.read(settings.feedback)[-1].words == "Bra."
