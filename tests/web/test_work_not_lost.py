"""What a new reader stumbled on in the register, the plan and the kept conversations."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from starlette.testclient import TestClient

from assistant.domain import Metadata
from assistant.engine import Engine
from assistant.settings import Settings
from web import duties, exports, plan
from web.app import create_app

LAW = Metadata("lag", "Lagen (2025:1)", "regulation", 1, status="in_force")
ROW = {
    "id": "lag-ett", "regulation": "lag", "title": "Anmäla", "who": "Kommunen", "what": "Kommunen ska anmäla.",
    "legal_place": "1 §", "binding": "binding", "areas": ["IT", "Vård och omsorg"], "date": "2026-01-15",
}  # fmt: skip
TODAY = date(2026, 11, 21)
OWN = "Vi anställer en portföljledare."


def made(**changes: Any) -> duties.Duty:
    return duties.duty(ROW | changes, LAW, TODAY)


def test_days_tell_what_they_leave_out(client: TestClient) -> None:
    every = [made(), made(date="2027-03-01"), made(date=None), made(date="2029-01-01"), made(regulation="annan")]
    wanted = duties.Wanted(regulation="lag", since="2027-01-01", until="2027-12-31")
    assert wanted.left_out(every) == (1, 1)
    assert duties.Wanted(regulation="lag", until="2027-12-31").left_out(every) == (0, 1)
    page = client.get("/skyldigheter", params={"regelverk": "nis2", "fran": "2027-01-01"}).text
    assert "Utanför datumen finns fler" in page
    assert 'href="/skyldigheter?regelverk=nis2"' in page
    assert "Utanför datumen finns fler" not in client.get("/skyldigheter", params={"regelverk": "nis2"}).text


def test_days_that_cannot_be_are_told(client: TestClient) -> None:
    every = client.get("/skyldigheter").text.count('class="duty"')
    for given in ("2027-02-30", "1/1 2027", "\x00"):
        page = client.get("/skyldigheter", params={"fran": given}).text
        assert "gick inte att läsa" in page
        assert page.count('class="duty"') == every
    page = client.get("/skyldigheter", params={"fran": "2027-12-31", "till": "2027-01-01"}).text
    assert "tidigaste datumet kommer efter det senaste" in page
    assert "gick inte att läsa" not in page


def test_a_printed_selection_says_what_was_selected(page: Any) -> None:
    page.goto("/skyldigheter?omrade=IT&lage=applies&fran=2026-01-01")
    chosen = page.locator(".on-paper")
    assert not chosen.is_visible()
    page.emulate_media(media="print")
    assert chosen.inner_text() == ("Urval: Verksamhetsområde: IT; Läge: Gäller; Börjar gälla tidigast: 1 januari 2026")


def test_a_calendar_tells_what_is_only_proposed_or_unsure() -> None:
    bill = duties.duty(ROW | {"note": "Förslag.", "confidence": "uncertain"}, replace(LAW, status="proposed"), TODAY)
    text = exports.calendar([made(), bill], TODAY).replace("\r\n ", "")
    assert "SUMMARY:Börjar gälla: Anmäla (Lagen (2025:1))" in text
    assert "SUMMARY:Föreslaget eller inte bekräftat: Anmäla (Lagen (2025:1))" in text
    assert "(1 §) Förslag eller inte bekräftat. Osäker. Förslag." in text


def test_a_table_has_the_order_of_the_page_and_areas_that_can_be_told_apart(client: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(exports.table([made()]).lstrip("\ufeff")), delimiter=";"))
    assert rows[1][exports.COLUMNS.index("areas")] == "IT; Vård och omsorg"
    told = client.get("/skyldigheter.csv").text.lstrip("\ufeff")
    titles = [row[1] for row in csv.reader(io.StringIO(told), delimiter=";")][1:]
    shown = re.findall(r"<h3 id=[^>]*>(.*?)</h3>", client.get("/skyldigheter").text)
    assert titles == [unescape(t) for t in shown]


def test_no_heading_is_drawn_into_a_plan(engine: Engine) -> None:
    for id in engine.index.metadata:
        assert not [s for s in plan.drawn(engine.document(id)) if s.endswith(":")]


def test_a_check_counts_the_sentences_and_unfolds_where_some_are_the_writers(
    client: TestClient, engine: Engine
) -> None:
    true = plan.drawn(engine.document("nis2"))[0]
    fields = {"avsnitt": ["nis2", "sdk"], "text": [f"{true}\n{OWN}", plan.drawn(engine.document("sdk"))[0]]}
    page = client.post("/handlingsplan/utkast", data=fields).text
    assert "Meningar med fotnot: 2. Egna meningar: 1." in page
    assert page.count("<details open>") == 1
    begun = client.post("/handlingsplan", data={"val": ["nis2"]}).text
    assert "Granskningen är klar" not in begun
    assert "<details open>" not in begun


def test_sections_are_added_and_nothing_written_is_lost(client: TestClient) -> None:
    fields = {
        "titel": "Plan",
        "mal": "Klart.",
        "avsnitt": ["nis2"],
        "text": [OWN],
        "val": ["nis2", "sdk", "finns-inte"],
    }
    page = client.post("/handlingsplan/utkast", data=fields).text
    assert re.findall(r'name="avsnitt" value="([^"]*)"', page) == ["nis2", "sdk"]
    assert OWN in page
    assert 'value="sdk"' not in page.split("Lägg till fler avsnitt")[1]


def test_text_on_a_source_that_is_gone_is_kept(client: TestClient) -> None:
    draft = {"fyrlots_utkast": 1, "title": "T", "goals": "", "measures": "", "parts": [{"id": "borta", "text": OWN}]}
    page = client.post("/handlingsplan/oppna", files={"utkast": ("u.json", json.dumps(draft))}).text
    assert OWN in page
    assert "finns inte längre i Fyrlots" in page
    fields = {"avsnitt": ["borta"], "text": [OWN]}
    blob = client.post("/handlingsplan/word", data=fields).content
    assert OWN in [p.text for p in docx.Document(io.BytesIO(blob)).paragraphs]


def test_a_fault_in_the_plan_leads_back_to_it(client: TestClient) -> None:
    fault = client.post("/handlingsplan/oppna", files={"utkast": b"skrap"}).text
    assert '<a href="/handlingsplan">Tillbaka till handlingsplanen</a>' in fault
    assert "Tillbaka till handlingsplanen" not in client.get("/finns-inte").text


def test_a_plan_under_way_is_there_after_another_page(page: Any) -> None:
    page.goto("/handlingsplan")
    assert not page.get_by_text("Du har en påbörjad plan").is_visible()
    page.get_by_label("Planens namn").fill("Plan B")
    page.get_by_label("NIS 2 och cybersäkerhetslagen (2025:1506)").check()
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Text om: Åtgärder").fill(OWN)
    page.get_by_role("link", name="Källor", exact=True).click()
    page.get_by_role("link", name="Handlingsplan", exact=True).click()
    assert "Plan B" in page.locator("#pagaende").inner_text()
    page.get_by_role("button", name="Fortsätt skriva").click()
    assert page.get_by_label("Text om: Åtgärder").input_value() == OWN
    assert page.get_by_label("Planens namn").input_value() == "Plan B"


def test_a_plan_outlives_a_server_that_falls_silent(page: Any) -> None:
    page.goto("/handlingsplan")
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Text om: Mål").fill(OWN)
    page.route("**/*", lambda route: route.abort())
    for button in ("Granska meningarna", "Spara utkastet"):
        page.get_by_role("button", name=button).click()
        page.get_by_text("Det gick inte att nå Fyrlots").wait_for()
    assert page.get_by_label("Text om: Mål").input_value() == OWN
    page.unroute("**/*")
    page.get_by_role("button", name="Granska meningarna").click()
    page.get_by_text("Granskningen är klar").wait_for()
    page.goto("/handlingsplan")
    page.get_by_role("button", name="Fortsätt skriva").click()
    assert page.get_by_label("Text om: Mål").input_value() == OWN


def test_a_tab_with_unsaved_text_asks_before_it_closes(page: Any) -> None:
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto("/handlingsplan")
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Text om: Mål").fill(OWN)
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    with page.expect_download():
        page.get_by_role("button", name="Spara utkastet").click()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("fields", [{}, {"id": "1"}])
def test_deleting_kept_conversations_is_told(settings: Settings, engine: Engine, tmp_path: Path, fields: Any) -> None:
    kept = replace(settings, conversation_days=10, conversations=tmp_path / "s.sqlite")
    with TestClient(create_app(kept, engine)) as visitor:
        for question in ("Vad är SDK?", "Vad är NIS 2?"):
            visitor.post("/", data={"fraga": question})
        listed = visitor.get("/samtal").text
        assert "Det går inte att ångra" in listed
        assert "raderat" not in listed
        told = visitor.post("/samtal/radera", data=fields).text
        assert ("Samtalet är raderat." if fields else "Alla samtal är raderade.") in told


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_enter_in_the_plans_name_checks_the_plan_in_the_readers_language(page: Any) -> None:
    page.goto("/handlingsplan")
    page.get_by_role("button", name="Börja skriva").click()
    page.get_by_label("Planens namn").fill("Plan C")
    page.get_by_label("Planens namn").press("Enter")
    page.get_by_text("Granskningen är klar").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Plan C"
