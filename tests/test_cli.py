"""The command line, as a user calls it: what it prints, and what it says when something is wrong."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import corpora
import pytest

import fyrlots
from assistant.settings import Settings

BREAKDOWN = "När måste kommunen rapportera ett haveri i fyren?"
BUOY = "Vilken färg bör en boj ha?"
KEYS = {"outcome", "answer", "claims", "citations", "passages", "notices", "language", "timings_ms"}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine's; one day for all."""
    for setting in fields(Settings):
        monkeypatch.delenv(f"FYRLOTS_{setting.name.upper()}", raising=False)
    monkeypatch.setenv("FYRLOTS_TODAY", "2026-11-21")


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index of the small corpus, made by the command."""
    folder = tmp_path_factory.mktemp("cli")
    assert fyrlots.main(["ingest", str(corpora.write(folder / "korpus")), "--index", str(folder / "index")]) == 0
    yield folder / "index"


class Said:
    """What a command printed and returned."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal:
    """Calls commands and reads what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        self._capsys.readouterr()
        code = fyrlots.main([str(a) for a in arguments])
        printed = self._capsys.readouterr()
        return Said(code, printed.out, printed.err)

    def refused(self, *arguments: object) -> str:
        """The one line of a command that ends with 2."""
        said = self(*arguments)
        assert said.code == 2
        assert said.out == ""
        assert said.err.startswith("fyrlots: ")
        assert said.err.count("\n") == 1
        assert "Traceback" not in said.err
        return said.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The command line."""
    return Terminal(capsys)


# ingest


def test_ingest_tells_what_it_did_and_a_second_time_that_nothing_was_embedded(run: Terminal, tmp_path: Path) -> None:
    folder, index = corpora.write(tmp_path / "korpus"), tmp_path / "index"
    first = run("ingest", folder, "--index", index)
    assert first.code == 0
    assert first.out.startswith("8 dokument, ")
    again = run("ingest", folder, "--index", index, "--json")
    assert again.code == 0
    assert {k: again.json[k] for k in ("documents", "embedded", "added", "removed", "skipped")} == {
        "documents": 8,
        "embedded": 0,
        "added": 0,
        "removed": 0,
        "skipped": [],
    }
    assert again.json["seconds"] >= 0
    assert again.json["chunks"] > 8


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_in(run: Terminal, tmp_path: Path) -> None:
    (tmp_path / "fyr.md").write_text("# Fyr\n\nFyren lyser om natten.\n", encoding="utf-8")
    (tmp_path / "trasig.pdf").write_bytes(b"%PDF-1.4 inte en pdf")
    (tmp_path / "tom.txt").write_text("")
    told = run("ingest", tmp_path, "--index", tmp_path / "index", "--json")
    assert told.code == 1
    assert told.json["documents"] == 1
    assert {Path(s["file"]).name for s in told.json["skipped"]} == {"trasig.pdf", "tom.txt"}
    assert all(s["reason"] for s in told.json["skipped"])
    again = run("ingest", tmp_path, "--index", tmp_path / "index")
    assert again.code == 1
    assert again.out.count("Hoppade över ") == 2
    assert "tom.txt" in again.out


def test_ingest_of_nothing_that_exists_says_so_and_leaves_the_old_index(run: Terminal, index: Path) -> None:
    assert "finns inte" in run.refused("ingest", "/finns/inte", "--index", index)
    assert run("ask", "--index", index, BREAKDOWN).code == 0


# ask


def test_ask_prints_answer_sources_and_notices(run: Terminal, index: Path) -> None:
    said = run("ask", "--index", index, BREAKDOWN)
    assert (said.code, said.err) == (0, "")
    answer, sources = said.out.split("\n\nKällor:\n")
    assert "24 timmar" in answer
    assert sources.startswith("[1] Fyrlagen (2025:1) (Rapportering): ”Kommunen ska rapportera")
    assert "\n\nObs: " in sources


def test_ask_tells_section_and_page_of_the_report(run: Terminal, index: Path) -> None:
    said = run("ask", "--index", index, "Hur stor andel av kommunerna saknar hamnstyrning?")
    assert "(avsnitt 9.1, Kommunernas hamnstyrning, sidan 40): ”Av kommunerna saknar 17 %" in said.out


def test_an_abstention_has_neither_sources_nor_notices(run: Terminal, index: Path) -> None:
    said = run("ask", "--index", index, "Hur många invånare har Lysekil?")
    assert said.code == 0
    assert said.out.startswith("Källorna svarar inte på frågan.")
    assert len(said.out.splitlines()) == 1


def test_ask_as_json_has_the_contract_s_keys(run: Terminal, index: Path) -> None:
    body = run("ask", "--index", index, "--json", BREAKDOWN).json
    assert set(body) >= KEYS
    assert "id" not in body
    assert body["outcome"] == "answered"
    assert body["citations"][0]["document_id"] == "fyrlagen"


def test_history_is_taken_oldest_first(run: Terminal, index: Path) -> None:
    said = run("ask", "--index", index, "--json", "Och slutrapporten?", "--history", BUOY, "--history", BREAKDOWN)
    assert "en månad" in said.json["answer"]


BATCH = [
    {"id": "b", "question": BREAKDOWN},
    {"id": "a", "question": "Och slutrapporten?", "history": [BREAKDOWN]},
    {"id": 7, "question": ""},
    {"id": "lång", "question": "x" * 1001},
    {"question": BUOY, "history": None},
]
ROWS = (
    "\n".join(json.dumps(row, ensure_ascii=False) for row in BATCH[:2])
    + "\n\n"
    + "\n".join(json.dumps(row, ensure_ascii=False) for row in BATCH[2:])
)


@pytest.mark.parametrize("standard_input", [True, False])
def test_a_batch_is_answered_in_order_each_with_its_id(
    run: Terminal, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, standard_input: bool
) -> None:
    (tmp_path / "frågor.jsonl").write_text(ROWS, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(ROWS))
    said = run("ask", "--index", index, "--batch", "-" if standard_input else tmp_path / "frågor.jsonl")
    assert said.code == 0
    assert [row["id"] for row in said.lines[:4]] == ["b", "a", 7, "lång"]
    assert [row["outcome"] for row in said.lines] == [
        "answered", "answered", "failed_input", "failed_input", "answered",
    ]  # fmt: skip
    assert all(set(row) >= KEYS for row in said.lines)
    assert "id" not in said.lines[4]
    assert "1001 tecken" in said.lines[3]["answer"]


# search


def test_search_gives_k_passages_best_first(run: Terminal, index: Path) -> None:
    found = run("search", "--index", index, "-k", 3, "--json", BUOY).json
    assert [p["rank"] for p in found] == [1, 2, 3]
    assert found[0]["document_id"] == "vagledning-bojar"
    assert "parts" not in found[0]
    assert {"rank", "document_id", "section", "heading", "page", "text", "similarity"} <= set(found[0])


def test_search_for_a_reader_explains_itself_where_asked(run: Terminal, index: Path) -> None:
    plain = run("search", "--index", index, "-k", 1, BUOY).out
    assert plain.startswith("1. ")
    assert "Vägledning om bojar – Färg på bojar\n   En boj i farleden" in plain
    explained = run("search", "--index", index, "-k", 1, "--explain", BUOY).out
    assert explained.startswith(plain.rstrip("\n"))
    assert "grams " in explained
    assert "parts" in run("search", "--index", index, "--json", "--explain", BUOY).json[0]


@pytest.mark.parametrize(
    ("limits", "documents"),
    [
        (("--kind", "report", "--kind", "article"), {"rapport-9.1", "artikel-tang"}),
        (("--document", "finns-inte"), set()),
        (("--kind", "report", "--rank", "1"), set()),
        (("--rank", "1", "--valid-on", "2026-11-21"), {"fyrlagen"}),
        (("--rank", "1", "--valid-on", "2027-08-02"), {"fyrlagen", "mistlursakten"}),
    ],
)
def test_search_may_be_limited(run: Terminal, index: Path, limits: tuple[str, ...], documents: set[str]) -> None:
    found = run("search", "--index", index, "-k", 50, "--json", BUOY, *limits)
    assert found.code == 0
    assert {p["document_id"] for p in found.json} == documents


def test_search_that_finds_nothing_says_so(run: Terminal, index: Path) -> None:
    assert run("search", "--index", index, "--document", "finns-inte", BUOY).out == "Inget hittades.\n"


def test_search_takes_a_batch(run: Terminal, index: Path, tmp_path: Path) -> None:
    (tmp_path / "frågor.jsonl").write_text("\n".join(json.dumps(r) for r in BATCH[:2]), encoding="utf-8")
    rows = run("search", "--index", index, "-k", 1, "--json", "--batch", tmp_path / "frågor.jsonl").lines
    assert [row["id"] for row in rows] == ["b", "a"]
    assert all(row["passages"][0]["document_id"] == "fyrlagen" for row in rows)


# errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Frågan saknas. Skriv den inom citattecken, eller ange --batch FIL."),
        (("",), "Frågan är tom. Skriv en fråga."),
        (("a" * 1001,), "Frågan har 1001 tecken. Den får ha högst 1000. Korta den."),
        (("--batch", "/finns/inte.jsonl"), "/finns/inte.jsonl finns inte eller är ingen fil. Kontrollera sökvägen."),
        (("--batch", "/tmp"), "/tmp finns inte eller är ingen fil."),
    ],
)
def test_a_question_that_cannot_be_taken_is_told_in_one_line(
    run: Terminal, index: Path, arguments: tuple[str, ...], words: str
) -> None:
    assert words in run.refused("ask", "--index", index, *arguments)


@pytest.mark.parametrize("arguments", [(), ("",)])
def test_so_is_one_that_cannot_be_searched_for(run: Terminal, index: Path, arguments: tuple[str, ...]) -> None:
    run.refused("search", "--index", index, *arguments)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{inte json", "rad 2: inte giltig JSON"),
        ('["en", "lista"]', "rad 2: raden är inte ett objekt."),
        ('{"question": "Och då?", "history": "fyr"}', "rad 2: history är ingen lista."),
    ],
)
def test_a_bad_line_of_a_batch_is_told_with_its_number(
    run: Terminal, index: Path, tmp_path: Path, row: str, words: str
) -> None:
    (tmp_path / "frågor.jsonl").write_text(json.dumps(BATCH[0]) + f"\n{row}\n", encoding="utf-8")
    said = run("ask", "--index", index, "--batch", tmp_path / "frågor.jsonl")
    assert said.code == 2
    assert words in said.err
    assert said.err.count("\n") == 1
    assert len(said.lines) == 1


def test_a_batch_in_another_encoding_is_told(run: Terminal, index: Path, tmp_path: Path) -> None:
    (tmp_path / "frågor.jsonl").write_bytes('{"question": "Fråga?"}'.encode("latin-1"))
    assert "är inte text i UTF-8" in run.refused("search", "--index", index, "--batch", tmp_path / "frågor.jsonl")


def test_an_interrupted_batch_ends_without_a_traceback(
    run: Terminal, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(io.StringIO):
        def __next__(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())
    said = run("ask", "--index", index, "--batch", "-")
    assert (said.code, said.out, said.err) == (130, "", "fyrlots: avbrutet.\n")


@pytest.mark.parametrize("rank", ["ett", "0", "6"])
def test_a_rank_that_is_none_is_told(run: Terminal, index: Path, rank: str) -> None:
    assert f"--rank är {rank!r}." in run.refused("search", "--index", index, "--rank", rank, BUOY)


@pytest.mark.parametrize("day", ["i går", "2026-13-01", "2026"])
def test_a_day_that_is_none_is_told(run: Terminal, index: Path, day: str) -> None:
    assert f"--valid-on är {day!r}." in run.refused("search", "--index", index, "--valid-on", day, BUOY)


@pytest.mark.parametrize("k", ["0", "-1", "101"])
def test_k_has_its_limits(run: Terminal, index: Path, k: str) -> None:
    assert f"-k är {k}. Välj ett tal från 1 till 100." in run.refused("search", "--index", index, "-k", k, BUOY)


@pytest.mark.parametrize("command", [("ask", "Hej"), ("search", "boj")])
def test_a_missing_index_is_told_with_the_command_that_builds_it(
    run: Terminal, tmp_path: Path, command: tuple[str, str]
) -> None:
    told = run.refused(command[0], "--index", tmp_path / "inget", command[1])
    assert f"Det finns inget index i {tmp_path / 'inget'}. Bygg det med: fyrlots ingest" in told


def test_an_index_named_by_a_setting_is_not_built_behind_the_reader_s_back(
    run: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FYRLOTS_INDEX", str(tmp_path / "inget"))
    assert "Det finns inget index" in run.refused("ask", "Hej")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("FYRLOTS_CONCURRENCY", "många", "FYRLOTS_CONCURRENCY är 'många'. Skriv ett tal."),
        ("FYRLOTS_TODAY", "igår", "FYRLOTS_TODAY är 'igår'. Skriv ett datum"),
        ("FYRLOTS_ENCODER", "finns-inte", "finns-inte"),
        ("FYRLOTS_LLM", "finns:inte", "Språkmodellen finns:inte kan inte öppnas"),
    ],
)
def test_a_bad_setting_is_told(
    run: Terminal, index: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, words: str
) -> None:
    monkeypatch.setenv(name, text)
    assert words in run.refused("ask", "--index", index, BREAKDOWN)


def test_the_setting_for_the_longest_question_holds(
    run: Terminal, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FYRLOTS_QUESTION_CHARS", "10")
    assert "Den får ha högst 10." in run.refused("ask", "--index", index, BREAKDOWN)


def test_a_folder_that_may_not_be_written_is_told(run: Terminal, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("en fil, ingen mapp")
    corpora.write(tmp_path / "korpus")
    assert "orört" in run.refused("ingest", tmp_path / "korpus", "--index", tmp_path / "fil")


# serve, check, eval


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_a_port_that_is_none_is_told(run: Terminal, index: Path, port: str) -> None:
    assert f"--port är {port}. Välj ett tal från 1 till 65535." in run.refused(
        "serve", "--index", index, f"--port={port}"
    )


def test_a_port_in_use_is_told(run: Terminal, index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run.refused("serve", "--index", index, "--port", port)
    assert f"Porten {port} används redan av ett annat program." in told


def test_a_host_that_is_none_is_told(run: Terminal, index: Path) -> None:
    told = run.refused("serve", "--index", index, "--host", "finns.inte.invalid", "--port", 8123)
    assert "Adressen finns.inte.invalid finns inte." in told


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("finns-inte",),
        ("ask", "--okänd"),
        ("search", "-k", "många", "boj"),
        ("serve", "--port", "åtta"),
        ("ask", "--history"),
    ],
)
def test_what_is_no_command_ends_with_two_and_the_usage(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        fyrlots.main(list(arguments))
    assert ended.value.code == 2
    assert "usage: fyrlots" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["ingest", "ask", "search", "serve", "check", "train-encoder", "eval"])
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        fyrlots.main([command, "--help"])
    assert ended.value.code == 0
    assert "usage: fyrlots" in capsys.readouterr().out


def test_check_returns_one_where_the_corpus_is_wrong(
    run: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "fel.md").write_text("---\nid: FEL\n---\n# Fel\n", encoding="utf-8")
    monkeypatch.setenv("FYRLOTS_CORPUS", str(tmp_path))
    assert run("check").code == 1
