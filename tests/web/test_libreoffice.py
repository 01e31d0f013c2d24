"""The strategist's job from start to end: a plan is chosen, written and kept, and LibreOffice opens the Word file."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pdfplumber
import pytest
from starlette.testclient import TestClient
from test_files import footnotes

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) finns inte; Word-filen öppnas inte.")


def printed(file: Path) -> str:
    """The letters of the pages that LibreOffice makes of the file: lines break anywhere, so without any space."""
    profile = f"-env:UserInstallation={(file.parent / 'profil').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(file.with_suffix(".pdf")) as opened:
        return spaceless("".join(page.extract_text() for page in opened.pages))


def spaceless(text: str) -> str:
    """The text without spaces and line breaks."""
    return re.sub(r"\s", "", text)


def test_the_plan_opens_in_libreoffice_with_its_footnotes(client: TestClient, tmp_path: Path) -> None:
    page = client.post("/handlingsplan", data={"titel": "Digitalt 2027", "val": ["nis2", "samverkan-sml"]}).text
    texts = [unescape(t) for t in re.findall(r'name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)]
    fields = {
        "titel": "Digitalt 2027",
        "mal": "Alla incidenter rapporteras i tid.",
        "avsnitt": ["nis2", "samverkan-sml"],
        "text": texts,
        "atgarder": "- Vi anställer en samordnare.",
    }
    blob = client.post("/handlingsplan/word", data=fields).content
    (tmp_path / "plan.docx").write_bytes(blob)
    text = printed(tmp_path / "plan.docx")
    for shown in ("Digitalt 2027", "Alla incidenter rapporteras i tid.", "Vi anställer en samordnare.", "Källor"):
        assert spaceless(shown) in text
    notes = footnotes(blob).values()
    assert len(notes) > 5
    for note in notes:
        assert spaceless(note) in text


def test_an_answer_opens_in_libreoffice_with_its_footnotes(client: TestClient, tmp_path: Path) -> None:
    nis = "När måste kommunen rapportera en incident enligt NIS 2?"
    (tmp_path / "svar.docx").write_bytes(client.post("/svar/word", data={"fraga": nis}).content)
    text = printed(tmp_path / "svar.docx")
    assert spaceless(nis) in text
    for citation in client.post("/api/ask", json={"question": nis}).json()["citations"]:
        assert spaceless(f"”{citation['quote']}”") in text
