"""Structure found in plain text, step by step, and over the whole report where it is at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.domain import Document
from ingest import load
from ingest.chunk import chunks
from ingest.plaintext import (
    Contents,
    Line,
    blocks,
    drafts,
    footnotes_last,
    front_matter,
    groups,
    heading_level,
    in_capitals,
    is_heading,
    join_cut,
    read_contents,
    strip_marks,
    table,
    unwrap,
    without_page_headers,
)
from ingest.structure import Draft

LONG = "Den här meningen är så lång att ingen kan ta den för en rubrik, och den slutar med punkt som sig bör."


def lines(text: str) -> list[Line]:
    return [Line(line) for line in text.splitlines()]


def read(text: str) -> list[tuple[str, str]]:
    return [(d.kind, d.text) for d in drafts(lines(text))]


def test_front_matter_reads_the_page_header() -> None:
    text = "\tPubliceringsdatum 2024-05-17\tSida 1 (67)\n\tFörfattare Sara Herrman\tVersion 0.9\nTitel Status\tUnder X"
    assert front_matter(text) == {
        "title": "Status",
        "author": "Sara Herrman",
        "date": "2024-05-17",
        "version": "0.9",
    }
    assert front_matter("Bara text") == {}


def test_page_headers_go_and_the_next_line_knows_its_page() -> None:
    kept = without_page_headers(lines("A\n\tDatum 2024\tSida 7 (67)\nTitel X\tFörfattare Y\n\nB\nC"))
    assert kept == [Line("A"), Line(""), Line("B", 7), Line("C")]


def test_the_word_sida_in_running_text_is_no_header() -> None:
    text = "Sida 7 (67) " + LONG + LONG
    assert without_page_headers([Line(text)]) == [Line(text)]


def test_contents_are_read_and_taken_out() -> None:
    text = "Innehållsförteckning\n1\tBAKGRUND.....\t5\n1.1\t<i>Syfte</i>\t6\n2\tMETOD\t7\n\n1 Bakgrund"
    kept, contents = read_contents(lines(text))
    assert contents.sections == {"1": ("BAKGRUND", 5), "1.1": ("Syfte", 6), "2": ("METOD", 7)}
    assert contents.page("1.1") == 6
    assert contents.page("9") is None
    assert [line.text for line in kept] == ["", "1 Bakgrund"]


def test_two_lines_with_numbers_are_no_contents() -> None:
    text = lines("1\tRad\t5\n2\tRad\t6")
    assert read_contents(text) == (text, Contents())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("**Fet** text¹² med <i>märken</i> .", "Fet text med märken."),
        ("Se <https://exempel.se/a> här", "Se https://exempel.se/a här"),
        ("a   b\tc", "a b c"),
    ],
)
def test_strip_marks(given: str, expected: str) -> None:
    assert strip_marks(given) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2 Syfte med analys", True),
        ("KOMMUNERNAS PORTFÖLJSTYRNING", True),
        ("Administration och kommunikation", True),
        ("IT", True),
        (LONG, False),
        ("med liten bokstav", False),
        ("En fråga?", False),
        ("Figur 3: Resultat", False),
        ("Källa Fyrbodal", False),
        ("a\tb", False),
        ("", False),
        ("1.2 Något som slutar med punkt.", False),
    ],
)
def test_is_heading(text: str, expected: bool) -> None:
    assert is_heading(text) is expected


def test_heading_levels() -> None:
    assert [heading_level(t) for t in ("1 A", "1.2 A", "1.2.3 A", "STORT SOM ETT HUS", "Vanlig")] == [2, 3, 4, 5, 6]


def test_capitals_are_more_than_a_short_word() -> None:
    assert in_capitals("IT-STYRNING")
    assert not in_capitals("IT")
    assert not in_capitals("Blandat ORD")


def test_a_broken_bullet_or_tag_is_joined() -> None:
    assert [x.text for x in unwrap(lines("- punkt som\nfortsätter här\n- nästa"))] == [
        "- punkt som fortsätter här",
        "- nästa",
    ]


def test_a_list_is_one_group_across_empty_lines() -> None:
    assert [[x.text for x in g] for g in groups(lines("- a\n\n- b\n- c\n\nText"))] == [["- a", "- b", "- c"], ["Text"]]


def test_wrapped_lines_become_one_paragraph() -> None:
    wrapped = "Det här är en rad i ett stycke som har brutits av ett program när\nFyrbodal skrev ut den på papper."
    assert read(wrapped) == [("paragraph", wrapped.replace("\n", " "))]


def test_what_ends_with_a_comma_goes_on_even_with_a_name() -> None:
    cut = [Draft("paragraph", "Bengtsfors, Trollhättan,"), Draft("paragraph", "Uddevalla och Åmål.")]
    assert [d.text for d in join_cut(cut)] == ["Bengtsfors, Trollhättan, Uddevalla och Åmål."]


def test_a_footnote_right_below_a_heading_does_not_unmake_it() -> None:
    assert read(f"{LONG}\n\nEn rubrik\n\n² (Lundin, 2021)\n\n{LONG}")[1:] == [
        ("heading", "En rubrik"),
        ("paragraph", LONG),
        ("footnote", "(Lundin, 2021)"),
    ]


def test_footnotes_references_and_lists_are_told_apart() -> None:
    text = f"{LONG}\n\n¹ (Herrman, 2021)\n\n- ett\n- två\n\nLitteraturförteckning\n\nBrimark, J., 2023. *Titel*."
    assert read(text) == [
        ("paragraph", LONG),
        ("list", "- ett\n- två"),
        ("footnote", "(Herrman, 2021)"),
        ("heading", "Litteraturförteckning"),
        ("reference", "Brimark, J., 2023. Titel."),
    ]


def test_a_single_bullet_is_a_line_of_speech() -> None:
    assert read(f"{LONG}\n\n– Vi har det bra.\n\n- Det säger hon.") == [
        ("paragraph", LONG),
        ("paragraph", "– Vi har det bra."),
        ("paragraph", "Det säger hon."),
    ]


def test_a_table_repeats_its_head_in_every_row_and_after_a_page_break() -> None:
    found = list(blocks(lines("Val\tStyrka\tSvaghet\nA\tbra\tdålig\n\nB\tbäst\tsämst\nC\tx\ty")))
    assert [d.kind for d in found] == ["table", "table"]
    assert found[0].text == "Val | Styrka | Svaghet\nA – Styrka: bra. Svaghet: dålig"
    assert found[1].text == "Val | Styrka | Svaghet\nB – Styrka: bäst. Svaghet: sämst\nC – Styrka: x. Svaghet: y"


def test_table_leaves_empty_cells_out() -> None:
    assert table(["Val", "Plus"], [["A", ""]]) == "Val | Plus\nA – "


def test_sections_and_pages_follow_the_contents() -> None:
    text = (
        f"Rapport\n\n1\tBAKGRUND...\t5\n1.1\tSYFTE...\t6\n2\tMETOD...\t7\n\n1 Bakgrund\n\n{LONG}\n\n"
        f"1.1 Syfte\n\n{LONG}\n\n"
        f"9 Okänt nummer\n\n{LONG}\n\n2 Metod\n\n{LONG}"
    )
    found = drafts(lines(text))
    assert [(d.section, d.page) for d in found if d.text == LONG] == [("1", 5), ("1.1", 6), ("1.1", 6), ("2", 7)]
    assert next(d.kind for d in found if d.text.startswith("9 Okänt")) == "paragraph"
    assert found[0].section == "front"


def test_a_heading_stands_over_text() -> None:
    text = f"{LONG}\n\nRubrik utan text\n\nFigur 3: Resultat av enkäten.\n\nRubrik med text\n\n{LONG}\n\nSist i texten"
    assert [kind for kind, _ in read(text)] == [
        "paragraph",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_a_paragraph_cut_by_a_footnote_is_joined_and_the_footnote_stands_after() -> None:
    cut = [Draft("paragraph", "Texten bröts"), Draft("footnote", "(X)"), Draft("paragraph", "mitt i en mening.")]
    assert [(d.kind, d.text) for d in join_cut(footnotes_last(cut))] == [
        ("paragraph", "Texten bröts mitt i en mening."),
        ("footnote", "(X)"),
    ]


@pytest.fixture(scope="module")
def report(originals: Path) -> Document:
    return load.load(originals / "analysrapport-2024.txt")


def text_of(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_the_report_has_every_section_with_its_page(report: Document) -> None:
    pages = {b.section: b.page for b in report.blocks if b.numbered}
    assert len(pages) == 31  # thirty numbered ones and the summary
    assert (pages["1"], pages["3.1.1"], pages["3.2.2"], pages["4.2.2"], pages["5.6"]) == (5, 7, 25, 57, 64)
    assert {"front", "Sammanfattning"} <= {b.section for b in report.blocks}


def test_the_report_has_all_its_headings_in_capitals(report: Document, originals: Path) -> None:
    raw = (originals / "analysrapport-2024.txt").read_text(encoding="utf-8")
    printed = {
        strip_marks(line) for line in raw.splitlines() if in_capitals(line) and not re.search("[\t¹²³⁴-⁹⁰]", line)
    }
    found = {h for h in text_of(report, "heading") if h.isupper()}
    assert printed <= found
    assert len([h for h in text_of(report, "heading") if h.isupper()]) == 38


def test_the_reports_front_matter(report: Document) -> None:
    meta = report.meta
    assert (meta.title, meta.author, meta.date, meta.version, meta.kind) == (
        "Status för digitalisering i Fyrbodals kommuner",
        "Sara Herrman",
        "2024-05-17",
        "0.9",
        "report",
    )


def test_no_chunk_of_a_section_has_footnotes_or_bibliography(report: Document) -> None:
    body = [c for c in chunks(report) if c.section]
    footnotes = [f for f in text_of(report, "footnote") if len(f) > 12]
    assert footnotes
    for chunk in body:
        assert "[Online]" not in chunk.text
        assert "Available at:" not in chunk.text
        assert not [f for f in footnotes if f in chunk.text]
        assert "Sida " not in chunk.text or "(67)" not in chunk.text


def test_the_reports_table_of_ways_forward_has_its_head_in_every_row(report: Document) -> None:
    tables = [t for t in text_of(report, "table") if "Sammanläggning" in t]
    assert tables
    for row in [line for t in tables for line in t.splitlines()[1:] if line.startswith("Sammanläggning")]:
        assert row.count(": ") >= 2


def test_blocks_of_the_report_lie_in_order(report: Document) -> None:
    spans = [(b.start, b.end) for b in report.blocks]
    assert spans == sorted(spans)
    assert all(report.text[a:b].strip() == report.text[a:b] for a, b in spans)
