"""The command line: puts the parts together. The only module that knows core, ingest, web and evals at once."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from assistant import settings as settings_module
from assistant import wire
from assistant.domain import Answer, Outcome, Question
from assistant.engine import Engine, open_engine
from assistant.errors import FyrlotsError, IndexUnusable, InputError, QuestionError
from assistant.retrieve import Filters
from assistant.settings import Settings

ORIGINALS = Path(__file__).resolve().parent.parent / "shared" / "originals"
DATA = ORIGINALS.parent / "data"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Returns the exit code: 0 well, 1 partly, 2 something the user can mend."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["eval"]:
            return evaluate(given[1:])
        options = parser().parse_args(given)
        return int(options.run(options))
    except FyrlotsError as error:
        print(f"fyrlots: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"fyrlots: {error.strerror or error}: {error.filename or ''}. Kontrollera plats och utrymme.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print("fyrlots: avbrutet.", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="fyrlots", description="Källbelagda svar om kommunal digitalisering i Fyrbodal.")
    commands = top.add_subparsers(required=True, metavar="KOMMANDO")
    ingest = command(commands, "ingest", run_ingest, "bygg eller uppdatera ett index")
    ingest.add_argument(
        "paths", nargs="*", type=Path, metavar="SÖKVÄG", help="filer och mappar; utan: den medföljande korpusen"
    )
    ingest.add_argument("--json", action="store_true", help="skriv sammanfattningen som JSON")
    ask = command(commands, "ask", run_ask, "besvara en fråga")
    ask.add_argument("question", nargs="?", metavar="FRÅGA")
    ask.add_argument("--history", action="append", default=[], metavar="FRÅGA", help="tidigare fråga, äldst först")
    ask.add_argument("--batch", metavar="FIL", help="JSON-rader med id, question och history; - läser standard in")
    ask.add_argument("--json", action="store_true", help="skriv svaret som JSON")
    search = command(commands, "search", run_search, "sök utan att besvara")
    search.add_argument("question", nargs="?", metavar="FRÅGA")
    search.add_argument("-k", type=int, default=10, help="antal passager")
    search.add_argument("--batch", metavar="FIL", help="som för ask")
    search.add_argument("--json", action="store_true", help="skriv passagerna som JSON")
    search.add_argument("--explain", action="store_true", help="visa vad varje del av sökningen gav")
    for name, text in (("kind", "sort"), ("rank", "rang 1–5"), ("document", "dokument-id")):
        search.add_argument(f"--{name}", action="append", help=f"bara denna {text}; kan upprepas")
    search.add_argument("--valid-on", metavar="ÅÅÅÅ-MM-DD", help="bara det som gällde den dagen")
    serve = command(commands, "serve", run_serve, "starta webbplatsen")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    feedback = command(commands, "feedback", run_feedback, "visa läsarnas synpunkter på svaren", index=False)
    for name, text in (("since", "från och med"), ("until", "till och med")):
        feedback.add_argument(f"--{name}", metavar="ÅÅÅÅ-MM-DD", help=f"bara {text} den dagen")
    feedback.add_argument("--json", action="store_true", help="skriv synpunkterna som JSON")
    check = command(commands, "check", run_check, "granska korpusen", index=False)
    check.add_argument("--coverage", action="store_true", help="visa vad av originalet som täcks")
    train = command(commands, "train-encoder", run_train, "träna den medföljande kodaren", index=False)
    train.add_argument("--data", type=Path, default=DATA, help="mapp med träningsdata")
    train.add_argument("--output", type=Path, default=settings_module.BUNDLED_ENCODER, help="mapp för modellen")
    train.add_argument("--epochs", type=int, default=None, help="varv genom träningsdata")
    commands.add_parser("eval", help="mät kvaliteten (se fyrlots eval --help)")
    return top


def command(commands: Any, name: str, run: Any, help: str, index: bool = True) -> argparse.ArgumentParser:
    """A command with its function."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help.capitalize() + ".")
    made.set_defaults(run=run)
    if index:
        made.add_argument("--index", type=Path, metavar="MAPP", help="indexets mapp")
    return made


def run_ingest(options: argparse.Namespace) -> int:
    """Builds or updates an index. Returns 1 where a file was skipped."""
    settings = settings_module.load(index=options.index)
    summary = build(options.paths or [settings.corpus], settings)
    if options.json:
        skipped = [{"file": file, "reason": reason} for file, reason in summary.skipped]
        print(json.dumps(vars(summary) | {"skipped": skipped}, ensure_ascii=False))
    else:
        print(
            f"{summary.documents} dokument, {summary.chunks} stycken, {summary.seconds:.1f} s. "
            f"Nya vektorer: {summary.embedded}."
        )
        for _, reason in summary.skipped:
            print(f"Hoppade över {reason}")
    return 1 if summary.skipped else 0


def build(paths: Sequence[Path], settings: Settings) -> Any:
    """Brings the settings' index up to the files, with a progress bar where stderr is a terminal."""
    from assistant import encoder
    from ingest.build import build as build_index

    with progress() as report:
        return build_index(list(paths), settings.index, encoder.load(settings.encoder), report)


@contextmanager
def progress() -> Iterator[Any]:
    """A bar on stderr; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield report


def engine(index: Path | None) -> Engine:
    """The engine of that index. The default index is built from the bundled corpus where it cannot be used."""
    settings = settings_module.load(index=index)
    try:
        return open_engine(settings)
    except IndexUnusable:
        if index is not None or settings.index != Settings().index:
            raise
        print("Bygger indexet av den medföljande korpusen. Det görs en gång.", file=sys.stderr)
        build([settings.corpus], settings)
        return open_engine(settings)


def run_ask(options: argparse.Namespace) -> int:
    """Answers one question, or a file of them."""
    from assistant.pipeline import ask

    if options.batch is not None:
        opened = engine(options.index)
        for row in read_batch(options.batch):
            write_line(wire.answer(safely(opened, question_of(row)), row.get("id")))
        return 0
    if options.question is None:
        raise InputError("Frågan saknas. Skriv den inom citattecken, eller ange --batch FIL.")
    answer = ask(engine(options.index), Question(options.question, tuple(options.history)))
    print(json.dumps(wire.answer(answer), ensure_ascii=False, indent=1) if options.json else as_text(answer))
    return 0


def question_of(row: dict[str, Any]) -> Question:
    """The question of a row of a batch."""
    return Question(str(row.get("question", "")), tuple(map(str, row.get("history") or ())))


def safely(opened: Engine, question: Question) -> Answer:
    """The answer, or in a batch the reason why a question cannot be taken."""
    from assistant.pipeline import ask

    try:
        return ask(opened, question)
    except QuestionError as error:
        return Answer(Outcome.BAD_INPUT, str(error))


def as_text(answer: Answer) -> str:
    """The answer for a terminal: text, sources, notices."""
    lines = [answer.text]
    if answer.citations:
        lines += ["", "Källor:"]
    for c in answer.citations:
        place = ", ".join(
            p for p in (c.section and f"avsnitt {c.section}", c.heading, c.page and f"sidan {c.page}") if p
        )
        lines.append(f"[{c.number}] {c.document.title}{f' ({place})' if place else ''}: ”{c.quote}”")
    return "\n".join([*lines, *([""] if answer.notices else []), *(f"Obs: {n}" for n in answer.notices)])


def run_search(options: argparse.Namespace) -> int:
    """Finds passages for one question, or for a file of them."""
    if options.k < 1 or options.k > 100:
        raise InputError(f"-k är {options.k}. Välj ett tal från 1 till 100.")
    if options.question is None and options.batch is None:
        raise InputError("Frågan saknas. Skriv den inom citattecken, eller ange --batch FIL.")
    filters = filters_of(options)
    opened = engine(options.index)

    def found(row: dict[str, Any]) -> list[dict[str, Any]]:
        from assistant.pipeline import find

        found = find(opened, question_of(row), options.k, filters)
        return [wire.passage(p, options.explain) for p in found]

    if options.batch is not None:
        for row in read_batch(options.batch):
            write_line({"id": row.get("id"), "passages": found(row)})
        return 0
    passages = found({"question": options.question})
    print(json.dumps(passages, ensure_ascii=False, indent=1) if options.json else passages_as_text(passages))
    return 0


def filters_of(options: argparse.Namespace) -> Filters:
    """What the options limit the search to. Raises: InputError."""
    for rank in options.rank or ():
        if rank not in ("1", "2", "3", "4", "5"):
            raise InputError(f"--rank är {rank!r}. Välj ett tal från 1 till 5.")
    check_day("--valid-on", options.valid_on)
    ranks = tuple(map(int, options.rank)) if options.rank else None
    return Filters(as_tuple(options.kind), ranks, as_tuple(options.document), options.valid_on)


def check_day(option: str, text: str | None) -> None:
    """Nothing, where the text is a day as YYYY-MM-DD or was not given. Raises: InputError."""
    try:
        if text is None or date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise InputError(f"{option} är {text!r}. Skriv ett datum som 2026-11-21.")


def as_tuple(values: list[str] | None) -> tuple[str, ...] | None:
    """The values of a repeated option; None where it was not given."""
    return tuple(values) if values else None


def passages_as_text(passages: list[dict[str, Any]]) -> str:
    """Passages for a terminal, with what each part gave where that was asked for."""
    lines = []
    for p in passages:
        place = p["heading"] or p["section"] or ""
        lines.append(f"{p['rank']}. {p['similarity']:.3f} {p['title']} – {place}\n   {p['text'][:200]}")
        if "parts" in p:
            lines.append("   " + ", ".join(f"{name} {value:.3f}" for name, value in p["parts"].items()))
    return "\n".join(lines) or "Inget hittades."


def read_batch(name: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, or of standard input for '-'. Raises: InputError with the line."""
    with opened_batch(name) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{name}, rad {number}: inte giltig JSON ({error}). Rätta raden.") from error
            if not isinstance(row, dict):
                raise InputError(f'{name}, rad {number}: raden är inte ett objekt. Skriv {{"id": …, "question": …}}.')
            if not isinstance(row.get("history") or [], list):
                raise InputError(f'{name}, rad {number}: history är ingen lista. Skriv {{"history": ["…"]}}.')
            yield row


@contextmanager
def opened_batch(name: str) -> Iterator[IO[str]]:
    """The file, or standard input. Raises: InputError."""
    path = Path(name)
    if name != "-" and not path.is_file():
        raise InputError(f"{name} finns inte eller är ingen fil. Kontrollera sökvägen.")
    try:
        if name == "-":
            yield sys.stdin
        else:
            with path.open(encoding="utf-8") as file:
                yield file
    except UnicodeDecodeError as error:
        raise InputError(f"{name} är inte text i UTF-8 ({error.reason}). Spara om filen i UTF-8.") from error


def write_line(body: dict[str, Any]) -> None:
    """One JSON line on stdout, at once."""
    print(json.dumps(body, ensure_ascii=False), flush=True)


def run_serve(options: argparse.Namespace) -> int:
    """Serves the web application."""
    from evals.report import published
    from web.serve import run
    from web.site import Quality

    if not 1 <= options.port <= 65535:
        raise InputError(f"--port är {options.port}. Välj ett tal från 1 till 65535.")
    settings = settings_module.load(index=options.index)
    if options.index is None:
        engine(None).index.close()
    told = published()
    run(settings, options.host, options.port, Quality(told.html, told.style_source) if told else None)
    return 0


def run_feedback(options: argparse.Namespace) -> int:
    """Prints what readers have thought of the answers."""
    from web import opinion_report, opinions

    for name in ("since", "until"):
        check_day(f"--{name}", getattr(options, name))
    found = opinions.read(settings_module.load().feedback, options.since or "", options.until or "")
    if options.json:
        print(opinion_report.as_json(found))
    else:
        opinion_report.print_table(found)
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Lints the corpus. Returns 1 where something is wrong."""
    from ingest.check import run

    return run(settings_module.load().corpus, ORIGINALS if ORIGINALS.is_dir() else None, options.coverage)


def run_train(options: argparse.Namespace) -> int:
    """Trains the bundled encoder anew."""
    from ingest.training import train
    from ingest.training_data import Recipe, corpus_questions

    recipe = Recipe() if options.epochs is None else replace(Recipe(), epochs=options.epochs)
    train(options.data, options.output, corpus_questions(settings_module.load().corpus), recipe)
    print(f"Kodaren ligger i {options.output}. Bygg om indexet med: fyrlots ingest")
    return 0


def evaluate(arguments: list[str]) -> int:
    """Measures the quality."""
    from evals.cli import main as run

    def build_at(paths: list[Path], folder: Path) -> None:
        build(paths, replace(settings_module.load(), index=folder))

    return run(arguments, build_at)


if __name__ == "__main__":
    sys.exit(main())
