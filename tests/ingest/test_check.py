"""`fyrlots check`: each rule on a small corpus."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small import SENTENCE

from assistant.errors import InputError
from ingest import check as module
from ingest.check import check, coverage, run
from ingest.checks import copied, dates, law, numbers, spelling
from ingest.checks import corpus as reading


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def found(root: Path, originals: bool = True) -> set[tuple[str, str]]:
    """(file, what) of every finding, save those on spelling and on what the small corpus has not retold."""
    folder = root.parent / "originals" if originals else None
    return {
        (f.file, f.what) for f in check(root, folder) if "okänt ord" not in f.what and "saknas i korp" not in f.what
    }


def test_the_small_corpus_is_clean(small: Path) -> None:
    assert found(small) == set()
    assert found(small, originals=False) == set()


SCHEMA = [
    ("report/2.md", "rank: 3", "rank: 7", "går inte att läsa"),
    ("report/2.md", "id: rapport-2", "id: rapport 2", "går inte att läsa"),
    ("report/2.md", "date: 2024-05-17", "date: 2024-02-30", "går inte att läsa"),
    ("report/2.md", "---\nid", "id", "går inte att läsa"),
    ("survey/figur-04.yaml", "share: 17", "share: 170", "fältet options.0.share"),
    ("survey/figur-04.yaml", "{share} % saknar", "17 % saknar", "fältet options.0"),
    ("survey/figur-04.yaml", "year: 2024", "yaer: 2024", "fältet year"),
    ("duties/1.yaml", "areas: [IT]", "areas: [Data]", "fältet areas.0"),
    ("duties/1.yaml", "binding: binding", "binding: kanske", "fältet binding"),
    ("duties/1.yaml", "legal_place: 2 kap. 2 § lagen", "legal_place: ''", "fältet legal_place"),
    ("glossary.yaml", "see: [rapport-2]", "see: []", "fältet see"),
    ("errata.yaml", "kind: error", "kind: fel", "fältet kind"),
    (
        "errata.yaml",
        "{document: lagen, place: 2 §, note: null}",
        "{document: null, place: null, note: null}",
        "fältet source",
    ),
    ("bibliography.yaml", "https://exempel", "exempel", "fältet url"),
    ("bibliography.yaml", "- id: bok", "- id: [", "går inte att läsa"),
]
RULES = [
    (
        "regulations/lagen.md",
        "date: 2026-01-15, event: Lagen b",
        "date: 2024-01-15, event: Lagen b",
        "timeline är inte i",
    ),
    ("regulations/lagen.md", "valid_from: 2026-01-15", "valid_from: 2027-01-15", "valid_from passar inte status"),
    ("regulations/lagen.md", "status: in_force", "status: coming", "valid_from passar inte status"),
    ("report/2.md", "date: 2024-05-17", "date: 2027-05-17", "as_of är före date"),
    ("duties/1.yaml", "'2026-01-15'", "'2026-02-30'", "date i anmal är ingen dag"),
    ("glossary.yaml", "see: [rapport-2]", "see: [finns-inte]", "see i Styrning finns inte"),
    ("duties/1.yaml", "regulation: lagen", "regulation: rapport-2", "regulation i anmal finns inte"),
    ("errata.yaml", "{document: lagen", "{document: nej", "source.document i fel finns inte"),
    ("errata.yaml", "section: '2'", "section: '9'", "section i fel finns inte"),
    ("bibliography.yaml", "cited_in: ['2']", "cited_in: ['9']", "cited_in i bok finns inte"),
    ("survey/figur-04.yaml", "heading: Kommunernas styrning", "heading: Annan", "rubriken finns inte"),
    ("survey/figur-04.yaml", "page: 6", "page: 60", "sidan ligger utanför"),
    ("report/2.md", "  Kommunernas styrning:", "  Okänd rubrik:", "frågorna står under en rubrik som inte finns"),
    ("report/2.md", "    - Vem styr?\n", "", "rubriken har 2 frågor"),
    ("report/2.md", "\n---\n#", "\n  Styrning:\n    - vem  styr?\n---\n#", "frågan står flera gånger"),
    ("regulations/lagen.md", " (2 kap. 2 § lagen)", "", "lagrummet saknas"),
    ("duties/1.yaml", "2 kap. 2 § lagen", "enligt lagen", "lagrummet saknas i anmal"),
]
COMPARED = [
    ("report/2.md", "Enkäten gällde", "År 2019 gällde enkäten", "talet står inte i originalet"),
    ("report/2.md", "Enkäten gällde", "Av 14 kommuner gällde enkäten", "talet står inte i originalet"),
    ("report/2.md", "Enkäten gällde", SENTENCE, "ord eller fler i rad"),
    ("errata.yaml", "Så här är det.", SENTENCE, "ord eller fler i rad"),
    ("survey/figur-04.yaml", "share: 17", "share: 18", "andelen står inte i originalets text"),
    ("survey/figur-04.yaml", "share: 17", "share: 28", "andelen står i originalets text om figuren men inte här"),
    ("survey/figur-04.yaml", "share: 4", "share: 3", "andelen står inte i originalets text"),
    ("survey/figur-04.yaml", "share: 0", "share: 1", "andelen står i originalets text om figuren men inte här"),
    ("survey/figur-04.yaml", "share: 0", "share: 28", "andelen står fler gånger"),
    ("report/2.md", "as_of: 2026-11-21", "as_of: 2026-11-21\nsource: {document: okänd}", "source.document finns inte"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), SCHEMA + RULES)
def test_a_breach_is_found_without_the_originals(small: Path, file: str, old: str, new: str, expected: str) -> None:
    change(small, file, old, new)
    assert any(f.startswith(file) and expected in what for f, what in found(small, originals=False))


@pytest.mark.parametrize(("file", "old", "new", "expected"), COMPARED)
def test_a_breach_is_found_with_the_originals(small: Path, file: str, old: str, new: str, expected: str) -> None:
    change(small, file, old, new)
    assert any(f == file and expected in what for f, what in found(small))
    assert not any(expected in what for _, what in found(small, originals=False))


def test_ids_are_unique_across_files(small: Path) -> None:
    shutil.copy(small / "report/2.md", small / "report/andra.md")
    shutil.copy(small / "duties/1.yaml", small / "duties/2.yaml")
    assert {
        ("report/2.md, report/andra.md", "id står 2 gånger"),
        ("duties/1.yaml, duties/2.yaml", "id står 2 gånger"),
    } <= found(small)


def test_a_missing_data_file_is_a_finding(small: Path) -> None:
    (small / "glossary.yaml").unlink()
    assert ("glossary.yaml", "saknas") in found(small)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunen ska anmäla sig (artikel 26 AI-förordningen).",
        "Kommunen får inte behandla uppgifter (art. 9 GDPR).",
        "Kommunen måste svara (uppgiften är inte bekräftad).",
        "Kommunen kan svara.",
        "SOU 2025:101 föreslår att kommunen ska svara.",
    ],
)
def test_a_statement_of_law_may_stand_so(small: Path, sentence: str) -> None:
    change(small, "regulations/lagen.md", "Kommunen ska anmäla sig (2 kap. 2 § lagen).", sentence)
    assert found(small) == set()


def test_guidance_binds_nobody_and_other_headings_are_free(small: Path) -> None:
    change(small, "regulations/lagen.md", " (2 kap. 2 § lagen).", ".")
    change(small, "regulations/lagen.md", "kind: regulation", "kind: guidance")
    assert found(small) == set()
    change(small, "regulations/lagen.md", "kind: guidance", "kind: regulation")
    change(small, "regulations/lagen.md", "  Skyldigheter:", "  Det här gör kommunen först:")
    change(small, "regulations/lagen.md", "## Skyldigheter", "## Det här gör kommunen först")
    assert found(small) == set()


def test_statements_reach_below_subheadings_and_into_lists(small: Path) -> None:
    change(
        small,
        "regulations/lagen.md",
        "Kommunen ska anmäla",
        "### Anmälan\n\n- Kommunen ska svara.\n\nKommunen ska anmäla",
    )
    page = next(p for p in reading.read(small)[0].pages if p.head.id == "lagen")
    assert "- Kommunen ska svara." in list(law.statements(page))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5,5 % och 17%", ["5.5", "17"]),
        ("10 000 000 kronor", ["10000000"]),
        ("den 22 augusti 2023", ["22", "2023"]),
        ("åren 2018–2020", ["2018", "2020"]),
        ("(EU) 2022/2555 och 2025:1506", ["2022", "2555", "2025:1506"]),
        ("inga tal", []),
    ],
)
def test_numbers_in_their_plain_form(text: str, expected: list[str]) -> None:
    assert [number for number, _ in numbers.numbers(text)] == expected


def test_numbers_may_be_spelt_in_the_original() -> None:
    assert {"14", "3", "17"} <= numbers.stated("Fjorton kommuner, tre förbund och 17 %.")


def test_pointers_to_sections_and_addresses_are_no_numbers(small: Path) -> None:
    change(small, "report/2.md", "se avsnitt 1.", "se avsnitt 1.1 och 3.2.2 samt https://exempel.se/2019.")
    assert found(small) == set()


@pytest.mark.parametrize(
    ("day", "real"),
    [("2026", True), ("2026-11", True), ("2026-11-21", True), ("2026-13", False), ("2025-02-29", False)],
)
def test_real_days(day: str, real: bool) -> None:
    assert (dates.first(day) is not None) is real


def test_nine_words_in_a_row_are_nobodys_and_ten_are_copied() -> None:
    known = frozenset(copied.runs(copied.words(SENTENCE)))
    tokens = copied.words(SENTENCE)
    assert list(copied.copied(tokens[:9], known)) == []
    assert list(copied.copied(["och", *tokens[:10], "slut"], known)) == [" ".join(tokens[:10])]
    assert list(copied.copied(tokens, known)) == [" ".join(tokens)]


def test_titles_and_questions_of_the_survey_may_be_quoted(small: Path) -> None:
    change(small, "survey/figur-04.yaml", "question: Hur väl?", f"question: '{SENTENCE}'")
    change(small, "bibliography.yaml", "title: En bok", f"title: '{SENTENCE}'")
    assert found(small) == set()
    change(small, "bibliography.yaml", "in_list: true", f"in_list: true\n  note: '{SENTENCE}'")
    assert len(found(small)) == 1


def test_coverage_names_what_is_missing(small: Path, tmp_path: Path) -> None:
    table = {(row.what, row.section, row.name): row.file for row in coverage(small, tmp_path / "originals")}
    assert table["avsnitt", "2", "Styrning"] == "report/2.md"
    assert table["avsnitt", "3", "Slutsats"] is None
    assert table["rubrik", "2", "KOMMUNERNAS STYRNING"] == "report/2.md"
    assert table["figur", "2", "4 Hur väl etablerad styrningen är"] == "survey/figur-04.yaml"
    missing = {f.value for f in check(small, tmp_path / "originals") if f.what == "avsnitt saknas i korpusen"}
    assert {"1 Bakgrund", "3 Slutsats"} <= missing
    assert coverage(small, None) == []


def test_run_prints_what_is_wrong_and_what_was_not_looked_at(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(small, "glossary.yaml", "see: [rapport-2]", "see: [finns-inte]")
    assert run(small, None) == 1
    printed = capsys.readouterr().out
    assert "glossary.yaml: see i Styrning finns inte: finns-inte. Rätta det" in printed
    assert module.SKIPPED in printed
    assert run(small, tmp_path / "originals", coverage=True) == 1
    printed = capsys.readouterr().out
    assert "SAKNAS" in printed
    assert module.SKIPPED not in printed


def test_run_says_when_there_is_no_dictionary(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert run(small, None) == 0
    printed = capsys.readouterr().out
    assert spelling.MISSING in printed
    assert "Inga fel" in printed


def test_no_corpus_is_an_error_of_the_users(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="finns inte"):
        check(tmp_path / "nej", None)


@pytest.mark.skipif(not spelling.available(), reason="hunspell med svensk ordlista saknas")
def test_a_misspelling_is_found_and_an_accepted_word_is_not(small: Path) -> None:
    change(small, "glossary.yaml", "Styrning är att leda.", "Styrning är att ledda Goitloops felstaavade flöden.")
    unknown = {f.value for f in check(small, None) if f.what == "okänt ord"}
    assert {"felstaavade", "Goitloops"} <= unknown
    (small / "words.yaml").write_text("- Goitloop\n- felstaavade\n", encoding="utf-8")
    assert not {f.value for f in check(small, None) if f.what == "okänt ord"} & {"felstaavade", "Goitloops"}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("rapport-2", "Enkäten gällde styrningen (figur 4), se avsnitt 1.: [Vad gällde enkäten?]", None),
        ("ordlista", "Styrning är att leda.: [Vad är styrning?]", None),
        ("figur-04", "17 % saknar styrning.: [Hur många saknar styrning?]", None),
        ("rapport-2", "Enkäten gällde allt.: [Vad gällde enkäten?]", "meningen finns inte i dokumentet"),
        ("rapport-2", "Enkäten gällde styrningen (figur 4), se avsnitt 1.: []", "fel form"),
        ("okand", "En mening.: [Vad?]", "dokumentet finns inte"),
    ],
)
def test_questions_of_sentences(small: Path, name: str, content: str, expected: str | None) -> None:
    (small / "questions").mkdir()
    (small / "questions" / f"{name}.yaml").write_text(content, encoding="utf-8")
    whats = found(small)
    assert (whats == set()) if expected is None else any(expected in what for _, what in whats)


@pytest.mark.parametrize(
    ("content", "clean"),
    [
        ("swedish: {stålar: [pengar]}\nenglish: {}\nnorwegian: {}", True),
        ("swedish: {Stålar: [pengar]}\nenglish: {}\nnorwegian: {}", False),
        ("swedish: {stålar: []}\nenglish: {}\nnorwegian: {}", False),
        ("swedish: {}", False),
    ],
)
def test_the_thesaurus_has_its_form(small: Path, content: str, clean: bool) -> None:
    (small / "thesaurus.yaml").write_text(content, encoding="utf-8")
    assert (found(small) == set()) is clean
