"""The data of the corpus as documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.domain import Document
from assistant.errors import DocumentError
from ingest import corpus_data

FIGURE: dict[str, Any] = {
    "figure": 4,
    "title": "Hur väl etablerad projektstyrningen är",
    "question": "Hur väl?",
    "section": "3.2.2",
    "heading": "Kommunernas projektstyrning",
    "page": 26,
    "respondents": {"count": 11, "unit": "kommuner"},
    "year": 2024,
    "source": "enkät 2024",
    "options": [
        {"label": "a", "share": 5.5, "text": "{share} % har en delvis etablerad styrning."},
        {"label": "b", "share": None, "text": "Några vet inte."},
    ],
    "groups": [{"statement": "Påstående", "options": [{"label": "c", "share": 17, "text": "{share} % instämmer."}]}],
    "conclusion": ["Slutsats ett.", "Slutsats två."],
    "remarks": ["Summan är inte 100 %."],
    "questions": ["Hur många?"],
}


def put(folder: Path, name: str, data: object) -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def render(folder: Path, name: str, data: object) -> Document:
    document = corpus_data.load(put(folder, name, data))
    assert document is not None
    return document


def test_a_figure_is_told_in_sentences_with_its_shares(tmp_path: Path) -> None:
    document = render(tmp_path, "figur-04.yaml", FIGURE)
    assert "- 5,5 % har en delvis etablerad styrning.\n- Några vet inte." in document.text
    assert "- 17 % instämmer." in document.text
    assert "om ”Påstående”" in document.text
    assert "Rapporten anger att 11 kommuner svarade." in document.text
    assert "Slutsats ett. Slutsats två." in document.text
    assert "Summan är inte 100 %." in document.text


def test_a_figure_stands_in_its_section(tmp_path: Path) -> None:
    document = render(tmp_path, "figur-04.yaml", FIGURE)
    assert (document.meta.id, document.meta.section, document.meta.kind) == ("figur-04", "3.2.2", "report")
    assert {(b.section, b.page) for b in document.blocks} == {("3.2.2", 26)}
    assert document.questions == {"Kommunernas projektstyrning": ("Hur många?",)}


def test_a_figure_without_answers_has_no_empty_list(tmp_path: Path) -> None:
    bare = FIGURE | {"options": [], "groups": [], "question": None, "respondents": None, "remarks": []}
    document = render(tmp_path, "figur-02.yaml", bare)
    assert "fördelar sig" not in document.text
    assert "Frågan var" not in document.text


def test_the_glossary_has_a_heading_for_each_term(tmp_path: Path) -> None:
    entry = {"term": "Digg", "definition": "Digg är en myndighet.", "synonyms": ["DIGG"], "colloquial": []}
    document = render(tmp_path, "glossary.yaml", [entry])
    assert document.text == "Ordlista\n\nDigg\n\nDigg är en myndighet. Andra namn: DIGG."
    assert document.questions["Digg"][0] == "Vad är Digg?"


def test_the_bibliography_says_where_a_work_is_cited(tmp_path: Path) -> None:
    work = {"authors": ["A. B", "C. D"], "year": None, "title": "Bok", "cited_in": ["3.1.1", "5.6"]}
    document = render(tmp_path, "bibliography.yaml", [work])
    assert document.text.endswith(
        "A. B, C. D (utan år): Bok. Analysrapporten hänvisar till arbetet i avsnitt 3.1.1, 5.6."
    )


def test_errata_say_what_is_wrong_and_what_is_right(tmp_path: Path) -> None:
    erratum = {"topic": "nIS 2", "says": "Rapporten säger A.", "correction": "Det är B."}
    assert render(tmp_path, "errata.yaml", [erratum]).text.endswith("NIS 2\n\nRapporten säger A. Det är B.")


def test_data_that_is_only_data_is_no_document(tmp_path: Path) -> None:
    assert corpus_data.load(put(tmp_path, "duties.yaml", [])) is None


@pytest.mark.parametrize(("share", "expected"), [(17, "17"), (5.5, "5,5"), (0, "0"), (17.0, "17"), (100, "100")])
def test_numbers_are_written_the_swedish_way(share: float, expected: str) -> None:
    assert corpus_data.number(share) == expected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [", "giltig YAML"),
        (b"\xff\xfe\x00", "giltig YAML"),
        (b"date: 2026-02-30", "giltig YAML"),
        (b"figure: 1", "fel form"),
        (b"- en lista", "fel form"),
        (b"", "fel form"),
    ],
)
def test_bad_data_names_the_file(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "figur-01.yaml").write_bytes(content)
    with pytest.raises(DocumentError, match=said) as raised:
        corpus_data.load(tmp_path / "figur-01.yaml")
    assert str(raised.value).startswith("figur-01.yaml:")


def test_every_figure_of_the_corpus_gives_its_shares_as_text(corpus: Path) -> None:
    for path in sorted(corpus.glob("survey/*.yaml")):
        document = corpus_data.load(path)
        data = corpus_data.read(path)
        assert document is not None
        assert "{share}" not in document.text
        options = [*data["options"], *(o for g in data["groups"] for o in g["options"])]
        for option in options:
            if option["share"] is not None:
                assert f"{corpus_data.number(option['share'])} %" in document.text
