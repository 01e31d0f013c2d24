"""A client that means harm: slow, endless, reaching outside the folder, from another site, with script in its words."""

from __future__ import annotations

import json
import re
import socket
import time
from typing import Any

import pytest
from chromium import answered
from starlette.testclient import TestClient

from web import connections, shield
from web.app import ROUTERS

SDK = "Vad är SDK?"
SCRIPT = '"><img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'


def sent(base: str, *pieces: bytes, wait_s: float = 0.0) -> bytes:
    """What the server answers to the pieces, until it closes the connection or is silent for five seconds."""
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as opened:
        answer = b""
        try:
            for piece in pieces:
                opened.sendall(piece)
                time.sleep(wait_s)
            while received := opened.recv(65_536):
                answer += received
        except (ConnectionError, TimeoutError) as error:
            return answer + type(error).__name__.encode()
        return answer


def head(path: str = "/", method: str = "GET", **fields: Any) -> bytes:
    """A request's line and headers; the connection ends with the answer."""
    lines = [f"{method} {path} HTTP/1.1", "Host: a", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


FORM = {"method": "POST", "Content_Type": "application/x-www-form-urlencoded"}


def test_a_client_that_sends_no_whole_head_is_let_go(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 0.3)
    assert sent(base) == b""
    assert sent(base, b"GET / HTTP/1.1\r\nHost: a\r\n", b"X-Slow: 1\r\n", wait_s=0.05) == b""
    whole = head("/healthz").replace(b"Connection: close\r\n", b"")
    answer = sent(base, whole, b"GET / HT", wait_s=0.1)
    assert answer.startswith(b"HTTP/1.1 200") and answer.count(b"HTTP/1.1") == 1


def test_a_client_slower_than_that_is_served_once_its_head_is_whole(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 0.3)
    body = f"fraga={SDK}".encode()
    answer = sent(base, head(**FORM, Content_Length=len(body)), body[:5], body[5:], wait_s=0.5)
    assert answer.startswith(b"HTTP/1.1 200")


def test_a_client_that_sends_no_whole_body_is_told_so(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shield, "BODY_TIMEOUT_S", 0.3)
    answer = sent(base, head(**FORM, Content_Length=1000), b"fraga=")
    assert answer.startswith(b"HTTP/1.1 408")
    assert "<h1>" in answer.decode()


def test_others_are_served_while_many_are_slow(base: str) -> None:
    host, port = base.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(100)]
    for n, opened in enumerate(slow):
        opened.sendall(b"GET / HT" if n % 2 else head(**FORM, Content_Length=1000))
    assert sent(base, head("/om")).startswith(b"HTTP/1.1 200")
    for opened in slow:
        opened.close()


@pytest.mark.parametrize(
    "pieces",
    [
        [b"GET /?" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n"],
        [b"GET / HTTP/1.1\r\n" + b"X-Much: much\r\n" * 10_000 + b"\r\n"],
        [b"GET / HTTP/1.1\r\nX-Long: ", *[b"a" * 10_000] * 20],
        [b"\x16\x03\x01\x00\xa5\x01\x00\x00"],
        [b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\naa"],
    ],
    ids=["adress", "huvuden", "huvud utan slut", "inte http", "två längder"],
)
def test_a_head_that_is_too_long_or_none_is_refused(base: str, pieces: list[bytes]) -> None:
    answer = sent(base, *pieces)
    assert answer.startswith((b"HTTP/1.1 400", b"ConnectionResetError", b"BrokenPipeError"))


def test_a_body_longer_than_it_says_or_without_end_is_refused(base: str) -> None:
    assert sent(base, head(**FORM, Content_Length=10**12)).startswith(b"HTTP/1.1 413")
    chunk = b"2710\r\n" + b"a" * 10_000 + b"\r\n"
    answer = sent(base, head(**FORM, Transfer_Encoding="chunked"), *[chunk] * 20)
    assert answer.startswith((b"HTTP/1.1 413", b"ConnectionResetError", b"BrokenPipeError"))


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/%2e%2e%2f%2e%2e%2fREADME.md",
        "/static//etc/passwd", "/static/..\\app.py", "/static/%5c..%5capp.py", "/static/chat.js%00.css",
        "/dokument/../../../etc/passwd", "/dokument/..%2f..%2fetc%2fpasswd", "/dokument/%2fetc%2fpasswd",
        "/api/documents/..%2f..%2f..%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_reached(base: str, path: str) -> None:
    answer = sent(base, head(path))
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"root:" not in answer and b"from __future__" not in answer


def test_no_address_takes_what_another_site_sends(client: TestClient) -> None:
    every: list[Any] = [route for router in ROUTERS for route in router.routes]
    writes = [route.path for route in every if "POST" in route.methods]
    assert len(writes) > 10
    for path in writes:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elak.example"}, {"Origin": "null"}):
            assert client.post(path, data={"fraga": SDK}, headers=headers).status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], ids=["js", "utan"], indirect=True)
def test_script_in_what_a_reader_writes_is_never_run(page: Any) -> None:
    page.locator("#fraga").fill(f"{SDK} {SCRIPT}")
    page.get_by_role("button", name="Fråga", exact=True).click()
    answered(page)
    page.locator("#fraga").fill(f"Vad kostar det? {SCRIPT}")
    page.get_by_role("button", name="Fråga", exact=True).click()
    page.get_by_role("heading", name="Vad kostar det?").wait_for()
    answered(page)
    harmless(page)
    for address in (f"/?utkast={SCRIPT}", f"/ordlista?q={SCRIPT}", f"/skyldigheter?fran={SCRIPT}", "/dokument/elakt"):
        page.goto(address)
        harmless(page)
    page.goto("/handlingsplan")
    page.get_by_label("Planens namn").fill(SCRIPT)
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Text om: Mål").fill(f"</textarea>{SCRIPT}")
    with page.expect_navigation():
        page.get_by_role("button", name="Granska meningarna").click()
    harmless(page)


def harmless(page: Any) -> None:
    """Nothing that was written has become an element or has been run."""
    assert page.locator("img[src=x], script:not([src])").count() == 0
    assert page.evaluate("window.harmed") is None


def test_script_in_a_question_is_text_in_the_stream_too(client: TestClient) -> None:
    events = client.post("/fraga/strom", data={"fraga": f"{SDK} {SCRIPT}", "historik": [SCRIPT]}).text
    htmls = [json.loads(line).get("html", "") for line in re.findall(r"^data: (.*)$", events, re.MULTILINE)]
    assert htmls and not any("<img" in html or "<script" in html for html in htmls)
