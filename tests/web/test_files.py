"""Answers and plans as files, and the workbench that makes the plans."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from starlette.testclient import TestClient

from assistant.domain import Metadata
from assistant.engine import Engine
from web import papers, plan, word

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LAW = Metadata("lag", "Lagen <&>", "regulation", 1, publisher="Riksdagen", date="2025-12-11")
PAPER = papers.Paper(
    "Plan & mål",
    ("Inledning.",),
    (
        papers.Chapter(
            "Del *ett*",
            (
                papers.Paragraph(
                    (
                        papers.Written("Det står i lagen.", (papers.Note(LAW, "avsnitt 1", "Det står <i> lagen."),)),
                        papers.Written("Det har jag skrivit.", own=True),
                    )
                ),
                papers.Paragraph((papers.Written("En punkt.", (papers.Note(LAW, "", "En punkt."),)),), item=True),
            ),
        ),
    ),
)


def footnotes(blob: bytes) -> dict[str, str]:
    """Number → text of a Word file's footnotes, the separators left out."""
    with zipfile.ZipFile(io.BytesIO(blob)) as file:
        root = ElementTree.fromstring(file.read("word/footnotes.xml"))  # noqa: S314 - made by ourselves
    texts = {n.get(f"{W}id") or "": "".join(t.text or "" for t in n.iter(f"{W}t")) for n in root}
    return {number: text.strip() for number, text in texts.items() if text}


def references(blob: bytes) -> list[str]:
    """The numbers of the footnotes that the text refers to, in order."""
    body = docx.Document(io.BytesIO(blob)).element.body
    return [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]


def test_a_word_file_has_real_footnotes_styles_and_sources() -> None:
    blob = word.write(PAPER)
    opened = docx.Document(io.BytesIO(blob))
    styles = [(p.style.name, p.text) for p in opened.paragraphs]
    assert ("Title", "Plan & mål") in styles
    assert ("Heading 1", "Del *ett*") in styles
    assert ("List Bullet", "En punkt.") in styles
    assert styles[-1] == ("List Bullet", "Lagen <&>. Riksdagen. 11 december 2025. Lag eller EU-rättsakt")
    assert [r.text for p in opened.paragraphs for r in p.runs if r.style.name == "Egen text"] == [
        " Det har jag skrivit."
    ]
    assert references(blob) == ["1", "2"]
    assert footnotes(blob) == {
        "1": "Lagen <&>, avsnitt 1: ”Det står <i> lagen.”",
        "2": "Lagen <&>: ”En punkt.”",
    }


def test_a_word_file_without_notes_needs_no_footnotes() -> None:
    blob = word.write(papers.Paper("Tom", (), ()))
    assert "word/footnotes.xml" not in zipfile.ZipFile(io.BytesIO(blob)).namelist()


def test_markdown_has_footnotes_and_shows_text_as_it_stands() -> None:
    text = papers.markdown(PAPER)
    assert "## Del \\*ett\\*" in text
    assert "Det står i lagen.[^1] *Det har jag skrivit.*" in text
    assert "- En punkt.[^2]" in text
    assert "[^1]: Lagen \\<&\\>, avsnitt 1: ”Det står \\<i\\> lagen.”" in text


def test_an_answer_is_kept_as_word_and_markdown(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": NIS}).json()
    quotes = [c["quote"] for c in answer["citations"]]
    blob = client.post("/svar/word", data={"fraga": NIS}).content
    notes = footnotes(blob)
    assert len(notes) == len(quotes) == len(references(blob))
    assert all(quote in note for quote, note in zip(quotes, notes.values(), strict=True))
    text = client.post("/svar/markdown", data={"fraga": NIS}).text
    assert "24 timmar" in text
    assert text.count("]: ") == len(quotes)


def bench(client: TestClient, **fields: Any) -> str:
    return client.post("/handlingsplan/utkast", data=fields).text


def statements(page: str) -> list[tuple[str, str]]:
    """(stands or own, text) of each sentence that the workbench judged."""
    found = re.findall(r'<li class="(stands|own)">(.*?)\n', page)
    return [(state, unescape(text)) for state, text in found]


def test_a_plan_begins_with_statements_that_all_stand_in_a_source(client: TestClient) -> None:
    chosen = ["rapport-3.2.2", "nis2", "samverkan-sml"]
    page = client.post("/handlingsplan", data={"titel": "Plan 2027", "val": chosen}).text
    assert "<h1>Plan 2027</h1>" in page
    found = statements(page)
    assert len(found) > 10
    assert {state for state, _ in found} == {"stands"}


def test_a_sentence_edited_away_from_its_source_loses_its_mark(client: TestClient, engine: Engine) -> None:
    true = plan.drawn(engine.document("nis2"))[0]
    changed = f"{true[:-1]} inte."
    page = bench(client, avsnitt=["nis2"], text=[f"{true}\n{changed}"], mal="Vi blir klara 2027.")
    found = {text: state for state, text in statements(page)}
    assert found[true] == "stands"
    assert found[changed] == "own"
    assert found["Vi blir klara 2027."] == "own"


def test_every_mark_leads_to_the_sentence_it_marks(client: TestClient) -> None:
    page = client.post("/handlingsplan", data={"val": ["nis2"]}).text
    text = client.get("/api/documents/nis2").json()["text"]
    for start, end in re.findall(r"/dokument/nis2\?fran=(\d+)&amp;till=(\d+)", page):
        assert ("stands", text[int(start) : int(end)]) in statements(page)


def test_a_plan_is_kept_as_word_with_its_own_text_marked(client: TestClient) -> None:
    page = client.post("/handlingsplan", data={"titel": "Plan", "val": ["nis2"]}).text
    drawn = unescape(re.findall(r'name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)[0])
    fields = {
        "titel": "Plan",
        "mal": "Klart 2027.",
        "avsnitt": ["nis2"],
        "text": [drawn],
        "atgarder": "- Vi anställer.",
    }
    blob = client.post("/handlingsplan/word", data=fields).content
    text = client.get("/api/documents/nis2").json()["text"]
    for note in footnotes(blob).values():
        assert note.split("”", 1)[1].rstrip("”") in text
    own = [r.text for p in docx.Document(io.BytesIO(blob)).paragraphs for r in p.runs if r.style.name == "Egen text"]
    assert own == ["Klart 2027.", "Vi anställer."]
    assert "*Klart 2027.*" in client.post("/handlingsplan/markdown", data=fields).text


def test_a_draft_is_saved_and_resumed_whole(client: TestClient) -> None:
    fields = {
        "titel": "Plan",
        "mal": "Klart.",
        "avsnitt": ["nis2", "sdk"],
        "text": ["En.\nTvå.", "Tre."],
        "atgarder": "Gör.",
    }
    saved = client.post("/handlingsplan/spara", data=fields)
    assert "attachment" in saved.headers["content-disposition"]
    page = client.post("/handlingsplan/oppna", files={"utkast": ("utkast.json", saved.content)}).text
    areas = [unescape(a).strip() for a in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    assert [a.split() for a in areas] == [["Klart."], ["En.", "Två."], ["Tre."], ["Gör."]]


@pytest.mark.parametrize(
    "content", [b"", b"nej", b"{}", b"[]", b"\xff\xfe", json.dumps({"fyrlots_utkast": 2}).encode()]
)
def test_a_file_that_is_no_draft_is_refused(client: TestClient, content: bytes) -> None:
    response = client.post("/handlingsplan/oppna", files={"utkast": ("x.json", content)})
    assert response.status_code == 422
    assert "inte ett utkast" in response.text


def test_a_plan_of_unknown_documents_or_html_is_harmless(client: TestClient) -> None:
    page = bench(
        client, titel="<script>alert(1)</script>", avsnitt=["../etc"], text=["</textarea><script>alert(2)</script>"]
    )
    assert "<script>alert" not in page
    assert client.post("/handlingsplan", data={"val": ["finns-inte"]}).status_code == 200
    assert client.post("/handlingsplan/utkast", data={}).status_code == 200
