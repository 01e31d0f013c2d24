"""Duties, glossary, survey, collaborations and the reading path."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.domain import Metadata
from assistant.engine import open_engine
from assistant.settings import Settings
from web import duties, exports, knowledge, timeline

TODAY = date(2026, 11, 21)
LAW = Metadata("lag", "Lagen (2025:1)", "regulation", 1, status="in_force")


ROW = {
    "id": "lag-ett", "regulation": "lag", "title": "Anmäla", "who": "Kommunen", "what": "Kommunen ska anmäla.",
    "legal_place": "1 §", "binding": "binding", "areas": ["IT"], "date": "2026-01-15",
}  # fmt: skip


def made(**changes: Any) -> duties.Duty:
    return duties.duty(ROW | changes, LAW, TODAY)


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        ("2026-11-21", "in_force", "applies"),
        ("2026-11-22", "in_force", "coming"),
        (None, "in_force", "undated"),
        ("2020-01-01", "proposed", "proposed"),
        (None, "unconfirmed", "proposed"),
    ],
)
def test_a_duty_has_the_state_of_its_day_and_law(day: str | None, status: str, expected: str) -> None:
    law = Metadata("lag", "Lagen", status=status)
    assert duties.duty(ROW | {"date": day}, law, TODAY).state == expected


def test_a_duty_of_another_law_than_the_documents_has_the_state_of_its_own() -> None:
    bill = Metadata("lag", "Lagen", status="unconfirmed")
    assert duties.duty(ROW | {"law_status": "in_force"}, bill, TODAY).state == "applies"
    assert duties.duty(ROW | {"law_status": "proposed"}, LAW, TODAY).state == "proposed"


def test_the_duty_to_take_e_invoices_applies_and_no_bill_does(bundled_index: Path) -> None:
    engine = open_engine(Settings(index=bundled_index, today="2026-11-21"))
    states = {duty.id: duty.state for duty in duties.register(engine)}
    assert states["io-e-faktura"] == "applies"
    assert {states[id] for id in ("io-foreskrivna-krav", "dp-forslag-krav", "off-forslag-informationsutbyte")} == {
        "proposed"
    }


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        ({}, True),
        ({"area": "IT"}, True),
        ({"area": "HR"}, False),
        ({"regulation": "gdpr"}, False),
        ({"state": "applies", "binding": "binding"}, True),
        ({"since": "2026-01-15", "until": "2026-01-15"}, True),
        ({"since": "2026-01-16"}, False),
        ({"until": "2026-01-14"}, False),
    ],
)
def test_the_filter_lets_through_what_is_wanted(wanted: dict[str, str], passes: bool) -> None:
    assert duties.Wanted(**wanted).passes(made()) is passes


def test_a_duty_without_a_day_is_not_within_days() -> None:
    assert duties.Wanted().passes(made(date=None))
    assert not duties.Wanted(since="2020-01-01").passes(made(date=None))
    assert not duties.Wanted(until="2030-01-01").passes(made(date=None))


def test_the_timeline_places_days_in_order_and_old_ones_at_the_edge() -> None:
    rows = [made(date=d) for d in ("1991-07-01", "2025-01-01", "2026-11-21", "2030-08-02")]
    drawing = timeline.draw(rows, TODAY)
    assert drawing is not None
    xs = [dot.x for dot in drawing.rows[0].dots]
    assert xs == sorted(xs)
    assert xs[0] == timeline.LEFT
    assert xs[2] == drawing.today
    assert xs[-1] < timeline.WIDTH
    assert [dot.applies for dot in drawing.rows[0].dots] == [True, True, True, False]
    assert timeline.draw([made(date=None)], TODAY) is None


def test_a_calendar_is_folded_escaped_and_whole() -> None:
    text = exports.calendar([made(what="Anmäl; genast, åäö " * 20, title="En, två"), made(date=None)], TODAY)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 1
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260115\r\nDTEND;VALUE=DATE:20260116" in unfolded
    assert "SUMMARY:Börjar gälla: En\\, två (Lagen (2025:1))" in unfolded
    assert "Anmäl\\; genast\\, åäö Anmäl" in unfolded


def test_a_table_holds_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(exports.table([made(title="=SUM(A1)")]).lstrip("\ufeff")), delimiter=";"))
    assert rows[0][:2] == ["Regelverk", "Skyldighet"]
    assert rows[1][1] == "'=SUM(A1)"
    assert rows[1][exports.COLUMNS.index("state")] == "Gäller"


def test_the_register_is_filtered_by_a_form(client: TestClient) -> None:
    every = client.get("/skyldigheter").text
    some = client.get("/skyldigheter", params={"regelverk": "nis2", "omrade": "IT"}).text
    assert every.count('class="duty"') > some.count('class="duty"') > 5
    assert 'value="nis2" selected' in some
    assert "<svg" in some
    assert "2 kap. 2 § cybersäkerhetslagen" in some
    nothing = client.get("/skyldigheter", params={"omrade": "Rymdfart"})
    assert nothing.status_code == 200
    assert "Inga skyldigheter passar" in nothing.text
    assert 'class="duty"' not in nothing.text


def test_the_files_follow_the_filter(client: TestClient) -> None:
    page = client.get("/skyldigheter", params={"regelverk": "sdk"}).text
    address = unescape(re.findall(r'href="(/skyldigheter\.csv[^"]*)"', page)[0])
    response = client.get(address)
    rows = list(csv.reader(io.StringIO(response.text.lstrip("\ufeff")), delimiter=";"))
    assert "attachment" in response.headers["content-disposition"]
    assert len(rows) - 1 == page.count('class="duty"')
    calendar = client.get("/skyldigheter.ics", params={"regelverk": "nis2"})
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert calendar.text.count("BEGIN:VEVENT") > 5


def test_a_filter_with_html_is_shown_as_text(client: TestClient) -> None:
    text = client.get("/skyldigheter", params={"fran": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text


def test_swedish_letters_come_last() -> None:
    words = ["Öppna data", "API", "ärende", "Zon", "åtgärd", "applikation"]
    assert sorted(words, key=knowledge.alphabetical) == ["API", "applikation", "Zon", "åtgärd", "ärende", "Öppna data"]


def test_the_glossary_is_searched_by_name_before_definition(client: TestClient) -> None:
    text = client.get("/ordlista", params={"q": "sdk"}).text
    terms = re.findall(r"<dt>(.*?)</dt>", text)
    assert "Säker digital kommunikation" in terms[0]
    assert len(terms) < len(re.findall("<dt>", client.get("/ordlista").text))
    assert "Inget ord passar" in client.get("/ordlista", params={"q": "xyzzy"}).text


def test_every_figure_is_drawn_with_its_numbers_beside(client: TestClient) -> None:
    text = client.get("/enkat").text
    assert len(re.findall(r'class="figure"', text)) == 2
    widths = re.findall(r'class="fill" width="([\d.]+)"', text)
    numbers = re.findall(r'<td class="number-cell">([\d.]+) %</td>', text)
    assert widths == numbers
    assert "17" in widths


def test_collaborations_are_compared_by_choice(client: TestClient) -> None:
    text = client.get("/samverkan", params={"jamfor": ["samverkan-sml"]}).text
    assert text.count("data-label=") == len(knowledge.FACTS)
    assert "Lysekil är värdkommun sedan 2012" in text
    assert "Källan säger inget om det." in text
    assert client.get("/samverkan", params={"jamfor": "finns-inte"}).status_code == 200


def test_the_reading_path_leads_from_step_to_step(client: TestClient) -> None:
    addresses = re.findall(r'href="(/introduktion/\d)"', client.get("/introduktion").text)
    assert len(addresses) == 8
    for n, address in enumerate(addresses, 1):
        text = client.get(address).text
        assert f"Steg {n} av 8" in text
        assert (f'href="/introduktion/{n + 1}"' in text) is (n < 8)
    assert text.count('<li><a href="/?fraga=') == 10
    for wrong in ("0", "9", "x", "²"):
        assert client.get(f"/introduktion/{wrong}").status_code == 404
