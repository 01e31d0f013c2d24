"""Conversations kept on the server: off unless set, found only by their reader, deleted in time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chromium import answered, served, violations
from starlette.testclient import TestClient

from assistant.engine import Engine
from assistant.settings import Settings
from web.app import create_app
from web.conversations import MOST_QUESTIONS, Conversations, new_key
from web.reader import COOKIE

SDK = "Vad är Säker digital kommunikation (SDK)?"
NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
NEXT = "Vem tar emot rapporten?"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    """A file where conversations lie for ten days."""
    return Conversations(tmp_path / "mapp" / "samtal.sqlite", 10)


@pytest.fixture
def keeping(settings: Settings, kept: Conversations) -> Settings:
    """Settings of a municipality that keeps conversations."""
    return replace(settings, conversations=kept.path, conversation_days=kept.days)


@pytest.fixture
def visitor(keeping: Settings, engine: Engine) -> Iterator[TestClient]:
    """A reader of such a server."""
    with TestClient(create_app(keeping, engine)) as client:
        yield client


def questions(found: Conversations, key: str, now: datetime = NOON) -> list[tuple[str, ...]]:
    return [c.questions for c in found.of(key, now)]


def test_a_conversation_goes_on_and_another_begins(kept: Conversations) -> None:
    for n, asked in enumerate(((SDK,), (SDK, NEXT), (NIS,), (NIS, NEXT), (NIS, NEXT), (SDK, NEXT, NIS))):
        kept.keep("läsare", asked, NOON + timedelta(seconds=n))
    assert questions(kept, "läsare") == [(SDK, NEXT, NIS), (NIS, NEXT)]
    assert questions(kept, "annan") == []


def test_a_long_conversation_keeps_its_latest_questions_as_one(kept: Conversations) -> None:
    asked = tuple(f"Fråga {n}?" for n in range(MOST_QUESTIONS + 5))
    for n in range(len(asked)):
        kept.keep("läsare", asked[max(0, n - MOST_QUESTIONS) : n + 1], NOON)
    assert questions(kept, "läsare") == [asked[-MOST_QUESTIONS:]]


def test_what_is_too_old_is_neither_shown_nor_left_in_the_file(kept: Conversations) -> None:
    kept.keep("läsare", ("Hemlighetsfull fråga?",), NOON)
    kept.keep("läsare", (SDK,), NOON + timedelta(days=9))
    assert questions(kept, "läsare", NOON + timedelta(days=11)) == [(SDK,)]
    kept.sweep(NOON + timedelta(days=11))
    assert questions(kept, "läsare") == [(SDK,)]
    assert b"Hemlighetsfull" not in kept.path.read_bytes()


def test_only_the_reader_can_delete(kept: Conversations) -> None:
    for asked in (SDK, NIS):
        kept.keep("läsare", (asked,), NOON)
    first = kept.of("läsare", NOON)[0].id
    kept.delete("annan", first)
    kept.delete("annan")
    assert len(questions(kept, "läsare")) == 2
    kept.delete("läsare", first)
    assert questions(kept, "läsare") == [(SDK,)]
    kept.delete("läsare")
    assert questions(kept, "läsare") == []


def test_the_file_names_no_key_and_only_its_owner_reads_it(kept: Conversations) -> None:
    key = new_key()
    kept.keep(key, ("Vem är 811218-9876?",))
    assert key.encode() not in kept.path.read_bytes()
    assert b"9876" not in kept.path.read_bytes()
    assert kept.path.stat().st_mode & 0o077 == 0
    assert len({new_key() for _ in range(100)}) == 100


def test_by_default_nothing_is_kept_and_no_cookie_is_set(client: TestClient, settings: Settings) -> None:
    response = client.post("/", data={"fraga": SDK})
    assert "set-cookie" not in response.headers
    assert "Dina sparade samtal" not in response.text
    assert client.get("/samtal").status_code == 404
    assert client.post("/samtal/radera").status_code == 404
    assert "använder inga kakor" in client.get("/om").text
    assert settings.conversation_days == 0


def test_a_reader_finds_opens_and_deletes_their_conversations(visitor: TestClient, kept: Conversations) -> None:
    first = visitor.post("/", data={"fraga": SDK})
    cookie = first.headers["set-cookie"]
    assert all(part in cookie for part in (f"{COOKIE}=", "HttpOnly", "SameSite=lax", "Max-Age=864000"))
    assert "sparas på servern i 10 dagar" in first.text
    visitor.post("/fraga/strom", data={"fraga": NEXT, "historik": [SDK]})
    page = visitor.get("/samtal").text
    assert re.findall(r"<h2>(.*?)</h2>", page) == [SDK]
    fields = re.findall(r'name="historik" value="([^"]*)"', page)
    assert fields == [SDK, NEXT]
    assert visitor.post("/samtal", data={"historik": fields}).text.count("<article") == 3
    stranger = TestClient(visitor.app)
    assert SDK not in stranger.get("/samtal").text
    (id,) = re.findall(r'name="id" value="(\d+)"', page)
    stranger.post("/samtal/radera", data={"id": id})
    assert SDK in visitor.get("/samtal").text
    assert (
        visitor.post("/samtal/radera", data={"id": id}, headers={"Origin": "https://elak.example"}).status_code == 403
    )
    assert "inga sparade samtal" in visitor.post("/samtal/radera", data={"id": id}).text
    about = visitor.get("/om").text
    assert "i 10 dagar" in about
    assert "inga kakor" not in about


def test_links_faults_and_personal_data_are_not_kept(visitor: TestClient, kept: Conversations) -> None:
    visitor.get("/", params={"fraga": SDK})
    visitor.post("/", data={"fraga": " "})
    visitor.post("/", data={"fraga": "Vem är 811218-9876?"})
    with sqlite3.connect(kept.path) as file:
        assert file.execute("SELECT count(*) FROM conversations").fetchone() == (0,)


def test_a_key_that_we_have_not_made_is_not_taken(visitor: TestClient) -> None:
    visitor.cookies.set(COOKIE, "a")
    cookie = visitor.post("/", data={"fraga": SDK}).headers["set-cookie"]
    assert len(cookie.split(";")[0]) == len(COOKIE) + 44


def test_a_file_that_cannot_be_written_does_not_cost_the_reader_the_answer(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "skräp").write_bytes(b"inte sqlite " * 100)
    broken = replace(settings, conversations=tmp_path / "skräp", conversation_days=5)
    with TestClient(create_app(broken, engine)) as client:
        assert "SDK" in client.post("/", data={"fraga": SDK}).text
        assert client.get("/samtal").status_code == 500


@pytest.mark.browser
def test_a_reader_comes_back_to_a_conversation(keeping: Settings, engine: Engine, browser: Any) -> None:
    with served(create_app(keeping, engine)) as address:
        context = browser.new_context(base_url=address, viewport={"width": 320, "height": 700})
        page = context.new_page()
        page.goto("/")
        page.locator("#fraga").fill(SDK)
        page.keyboard.press("Enter")
        answered(page)
        page.close()
        page = context.new_page()
        page.goto("/")
        with page.expect_navigation():
            page.get_by_role("link", name="Dina sparade samtal").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Öppna samtalet").click()
        page.get_by_role("heading", name=SDK).wait_for()
        page.goto("/samtal")
        page.get_by_role("button", name="Radera samtalet").click()
        page.get_by_text("Det finns inga sparade samtal").wait_for()
        assert violations(page) == []
        context.close()
