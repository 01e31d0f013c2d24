"""The report of the last evaluation, as the web application shows it."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from assistant.engine import Engine
from assistant.settings import Settings
from evals.report import published
from web import shield
from web.app import create_app
from web.site import Quality


def test_the_published_report_is_shown_under_a_policy_that_lets_its_own_style_through(engine: Engine) -> None:
    told = published()
    assert told is not None
    app = create_app(engine.settings, engine, Quality(told.html, told.style_source))
    with TestClient(app) as client:
        shown = client.get("/kvalitet")
    assert shown.status_code == 200 and shown.text == told.html
    policy = shown.headers["content-security-policy"]
    assert told.style_source in policy and "default-src 'none'" in policy and "unsafe" not in policy


def test_without_a_report_the_reader_comes_to_the_page_about_fyrlots(engine: Engine) -> None:
    with TestClient(create_app(engine.settings, engine)) as client:
        moved = client.get("/kvalitet", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, "/om")


def test_other_pages_keep_the_strict_policy(engine: Engine, tmp_path: Path) -> None:
    with TestClient(create_app(Settings(index=tmp_path, feedback=tmp_path / "f.sqlite"), engine)) as client:
        assert client.get("/om").headers["content-security-policy"] == shield.POLICY
