"""The parts with rules of their own: marking, markers, personal data, pool, engine, address."""

from __future__ import annotations

import asyncio
import gc
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant import encoder
from assistant.domain import Answer, Block, Claim, Document, Metadata, Outcome
from assistant.errors import IndexUnusable
from assistant.settings import Settings
from ingest.build import build
from web import privacy, reading, shield, spans, wording
from web.app import create_app
from web.dates import day
from web.engines import Engines
from web.problems import Problem
from web.texts import swedish
from web.workers import Busy, Workers

TEXT = "Rubrik\n\nEn mening. En till.\n\n- ett\n- två\n\na | b\nc | d"
BLOCKS = (
    Block("heading", 0, 6, 1),
    Block("paragraph", 8, 27),
    Block("list", 29, 40),
    Block("table", 42, 53),
)
DOCUMENT = Document(Metadata("prov", "Prov"), TEXT, BLOCKS)


def marked(start: int, end: int) -> list[str]:
    """The marked pieces, the first in capitals."""
    blocks = spans.shown(DOCUMENT, spans.Span(start, end))
    found = [p for b in blocks for line in b.lines for cell in line for p in cell if p.marked]
    assert [p.first for p in found] == [n == 0 for n in range(len(found))]
    return [p.text for p in found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (8, 18, ["En mening."]),
        (19, 34, ["En till.", "ett"]),
        (0, 40, ["Rubrik", "En mening. En till.", "ett", "två"]),
        (6, 10, ["En"]),
        (46, 49, ["b", "c"]),
        (42, 53, ["a", "b", "c", "d"]),
        (27, 29, []),
        (10, 10, []),
        (40, 99, []),
    ],
)
def test_a_mark_follows_its_span_over_blocks(start: int, end: int, expected: list[str]) -> None:
    assert marked(start, end) == expected


def test_a_document_is_shown_whole_whatever_is_marked() -> None:
    for span in (spans.Span(), spans.Span(3, 50)):
        blocks = list(spans.shown(DOCUMENT, span))
        cells = [["".join(p.text for p in cell) for cell in line] for b in blocks for line in b.lines]
        assert cells == [["Rubrik"], ["En mening. En till."], ["ett"], ["två"], ["a", "b"], ["c", "d"]]


def test_headings_have_anchors_of_their_own() -> None:
    used: set[str] = set()
    names = [spans.anchor(h, used) for h in ("Krav på kommunen", "Krav på kommunen", "Citat", "???")]
    assert names == ["krav-pa-kommunen", "krav-pa-kommunen-2", "citat-2", "rubrik"]


def answer(text: str, *claims: Claim) -> Answer:
    return Answer(Outcome.PARTIAL, text, claims)


def test_only_markers_of_citations_become_numbers(engine: object) -> None:
    line = "Källorna svarar inte helt. Ett påstående. [1] Se [12] och [9]. [2]"
    claims = (Claim("Ett påstående.", (1,), True), Claim("Se [12] och [9].", (2,), False))
    found = list(reading.statements(line, claims, {1, 2}))
    assert [(s.frame, s.text, s.numbers, s.verified) for s in found] == [
        ("Källorna svarar inte helt.", "Ett påstående.", (1,), True),
        ("", "Se [12] och [9].", (2,), False),
    ]


def test_lines_with_dashes_are_a_list() -> None:
    parts = reading.parts(answer("Tre saker:\n- ett\n- två\nOch så var det bra."))
    assert [(p.is_list, [[s.text for s in row] for row in p.rows]) for p in parts] == [
        (False, [["Tre saker:"]]),
        (True, [["ett"], ["två"]]),
        (False, [["Och så var det bra."]]),
    ]


def test_a_quote_is_shown_in_its_own_item_or_paragraph() -> None:
    assert reading.around(DOCUMENT, 37, 40) == ("", "")
    assert reading.around(DOCUMENT, 8, 18) == ("", " En till.")
    assert reading.shortened("ord " * 100).endswith("ord …")


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("811218-9876", ["personnummer"]),
        ("19811218-9876", ["personnummer"]),
        ("198112189876", ["personnummer"]),
        ("8112189876", ["personnummer"]),
        ("811218+9876", ["personnummer"]),
        ("Ring 701063-2391 nu", ["personnummer"]),  # samordningsnummer: 3 + 60
        ("811218-9877", []),
        ("811318-9876", []),
        ("lag (2025:1506) och 2022/2555", []),
        ("15 januari 2026, 2026-01-15", []),
        ("0521-72 10 00", ["telefon"]),
        ("+46 70 123 45 67", ["telefon"]),
        ("070-1234567", ["telefon"]),
        ("17 % av 11 kommuner, 0,5 procent", []),
        ("SOU 2020:8, sidan 100 200 300", []),
        ("anna.ek@kommun.se", ["epost"]),
        ("snabel@ utan adress", []),
        ("a@b.se 811218-9876 070-1234567", ["epost", "personnummer", "telefon"]),
    ],
)
def test_personal_data_is_found_and_nothing_else(text: str, sorts: list[str]) -> None:
    assert [f.sort for f in privacy.search(text)] == sorts
    assert not privacy.search(privacy.mask(text))


def test_dates_are_written_as_readers_do() -> None:
    assert [day(swedish(), d) for d in ("2026-01-15", "2019-10", None, "snart", "2026-13-01")] == [
        "15 januari 2026",
        "oktober 2019",
        "",
        "snart",
        "2026-13-01",
    ]


def test_places_are_told_in_words() -> None:
    assert (
        wording.place(swedish().place, "3.2.2", "Portföljstyrning", 25) == "avsnitt 3.2.2, ”Portföljstyrning”, sidan 25"
    )
    assert wording.place(swedish().place, "Sammanfattning", None, 2) == "Sammanfattning, sidan 2"
    assert wording.place(swedish().place, None, None, None) == ""


def test_a_missing_text_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(AttributeError, match=r"chat\.finns_inte"):
        _ = swedish().chat.finns_inte


def test_a_full_pool_refuses_and_recovers() -> None:
    async def scenario() -> None:
        workers = Workers(concurrency=1, waiting=1)
        hold = threading.Event()
        held = [asyncio.create_task(workers.run(hold.wait)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await workers.run(lambda: 1)
        with pytest.raises(Busy):
            workers.stream(lambda: iter([1]))
        hold.set()
        assert await asyncio.gather(*held) == [True, True]
        assert await workers.run(lambda: 2) == 2
        workers.close()

    asyncio.run(scenario())


def test_it_is_quiet_for_one_who_has_been_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario(pause_s: float) -> list[bool]:
        workers = Workers(concurrency=1, waiting=1)
        quiet = []
        for _ in range(2):
            quiet.append(await workers.run(workers.is_quiet))
            await asyncio.sleep(pause_s)
        workers.close()
        return quiet

    assert asyncio.run(scenario(0.0)) == [True, False]
    monkeypatch.setattr("web.workers.QUIET_S", 0.01)
    assert asyncio.run(scenario(0.05)) == [True, True]


def test_it_is_not_quiet_while_another_waits() -> None:
    async def scenario() -> list[bool]:
        workers = Workers(concurrency=1, waiting=1)
        go = threading.Event()
        first = asyncio.create_task(workers.run(lambda: go.wait(5) and workers.is_quiet()))
        second = asyncio.create_task(workers.run(workers.is_quiet))
        await asyncio.sleep(0.05)
        go.set()
        return await asyncio.gather(first, second)

    assert asyncio.run(scenario()) == [False, False]


def test_a_stream_stops_when_its_reader_goes_away() -> None:
    async def scenario() -> list[int]:
        workers = Workers(concurrency=1, waiting=0)
        made: list[int] = []
        go = threading.Semaphore(2)

        def numbers() -> Iterator[int]:
            for n in range(1000):
                go.acquire(timeout=5)
                made.append(n)
                yield n

        stream = workers.stream(numbers)
        assert await anext(stream) == 0
        await stream.aclose()  # type: ignore[attr-defined]
        go.release(10)
        workers.close()
        return made

    assert len(asyncio.run(scenario())) < 10


def test_a_fault_in_a_stream_reaches_its_reader() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("trasig")

    async def scenario() -> None:
        workers = Workers(concurrency=1, waiting=0)
        stream = workers.stream(broken)
        assert await anext(stream) == 1
        with pytest.raises(ValueError, match="trasig"):
            await anext(stream)
        workers.close()

    asyncio.run(scenario())


def test_a_full_house_is_a_429_that_says_when_to_come_back(settings: Settings) -> None:
    app = create_app(settings)
    workers: Workers = app.state.site.workers
    with TestClient(app) as client:
        hold = threading.Event()
        for _ in range(workers._most):
            workers._submit(hold.wait)
        response = client.post("/api/ask", json={"question": "Vad är SDK?"})
        page = client.post("/", data={"fraga": "Vad är SDK?"})
        hold.set()
    assert response.status_code == 429
    assert response.headers["retry-after"]
    assert response.headers["content-type"] == "application/problem+json"
    assert page.status_code == 429
    assert "Många frågar just nu" in page.text


def test_an_unexpected_fault_is_a_500_without_its_insides(settings: Settings) -> None:
    class Broken(Engines):
        def current(self) -> object:  # type: ignore[override]
            raise RuntimeError("hemlig sökväg")

    app = create_app(settings)
    object.__setattr__(app.state.site, "engines", Broken(settings))
    client = TestClient(app)
    for response in (client.post("/api/ask", json={"question": "Vad är SDK?"}), client.get("/dokument")):
        assert response.status_code == 500
        assert "hemlig" not in response.text
        assert "content-security-policy" in response.headers


def test_the_engine_is_opened_again_when_the_index_changes(settings: Settings, corpus: Path, tmp_path: Path) -> None:
    index, more = tmp_path / "index", tmp_path / "mer"
    shutil.copytree(settings.index, index)
    engines = Engines(Settings(index=index))
    first = engines.current()
    assert engines.current() is first
    assert gc.get_freeze_count() > 0
    more.mkdir()
    (more / "ny.txt").write_text("En ny text om kvastar.", encoding="utf-8")
    build([more], index, encoder.load(""))
    second = engines.current()
    assert second is not first
    assert second.find("ny") is not None


def test_an_index_that_cannot_be_opened_leaves_the_old_one_answering(settings: Settings, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(settings.index, index)
    engines = Engines(Settings(index=index))
    first = engines.current()
    (index / "gen-000009").mkdir()
    (index / "CURRENT").write_text("gen-000009", encoding="utf-8")
    assert engines.current() is first
    assert engines.current() is first
    with pytest.raises(IndexUnusable):
        Engines(Settings(index=index)).current()


def test_an_index_built_after_the_start_is_found(settings: Settings, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with TestClient(create_app(Settings(index=index, feedback=tmp_path / "f.sqlite"))) as client:
        assert client.get("/readyz").status_code == 503
        shutil.copytree(settings.index, index)
        assert client.get("/readyz").status_code == 200


def test_a_slow_body_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> dict[str, object]:
        await asyncio.sleep(10)
        return {}

    monkeypatch.setattr(shield, "BODY_TIMEOUT_S", 0.01)
    gate = shield.BodyGate(app=None, most_bytes=10)  # type: ignore[arg-type]
    with pytest.raises(Problem) as caught:
        asyncio.run(gate._checked(shield.Headers({}), never))
    assert caught.value.status == 408
