"""Files to an index: what is new or changed is read, cut, embedded and put in; what is gone is taken out."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from assistant.domain import Chunk, Document
from assistant.encoder import Encoder, Vectors
from assistant.errors import DocumentError, IndexUnusable, InputError
from assistant.index import FORMAT, IndexWriter, Manifest, current, next_generation, read_manifest, writing
from assistant.settings import bundled_corpus
from assistant.spelling import vocabulary
from assistant.store import Store
from ingest import corpus_data
from ingest.chunk import CHUNKING, chunks
from ingest.load import files, load

T = TypeVar("T")
DATA_FILES = ("glossary", "errata", "bibliography")
Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much is done and how much there is."""


@dataclass(frozen=True)
class Summary:
    """What an ingest did."""

    documents: int
    chunks: int
    embedded: int
    """Texts and questions that were embedded in this run; 0 when nothing had changed."""
    added: int
    removed: int
    skipped: tuple[tuple[str, str], ...]
    """(file, reason)."""
    seconds: float


@dataclass(frozen=True)
class Source:
    """A document with where it came from and the hash of its content."""

    document: Document
    path: str
    digest: str


def build(paths: Sequence[Path], folder: Path, encoder: Encoder, progress: Progress = lambda *_: None) -> Summary:
    """Brings the index in `folder` up to the files under `paths`. Raises: InputError, IndexBusy.

    Documents of the index that came from elsewhere stay. An index of another format or encoder is made anew from the
    texts it holds.
    """
    started = time.perf_counter()
    for path in paths:
        if not path.exists():
            raise InputError(f"{path} finns inte. Kontrollera sökvägen.")
    with writing(folder):
        before = current(folder)
        usable = before is not None and _fresh(before, encoder)
        known = _known(before)
        sources, skipped = read_all(paths, known, progress)
        gone = vanished(paths, known, sources, skipped)
        changed = [s for s in sources if not usable or known.get(s.document.meta.id, ("", ""))[1] != s.digest]
        held = [] if usable or before is None else _held(before, {s.document.meta.id for s in sources} | gone)
        data = read_data(paths)
        embedded = 0
        if changed or gone or before is None or not usable or _stale_data(before, data):
            writer = IndexWriter(next_generation(folder), before if usable else None)
            for id in sorted(gone | {s.document.meta.id for s in changed}) if usable else ():
                writer.remove(id)
            embedded = put(writer, [*changed, *held], encoder, progress)
            for key, body in data.items():
                writer.add_data(key, body)
            writer.add_data("vocabulary", met(writer, [*changed, *held]))
            documents, count = writer.store.count()
            version = _version(writer.store.sources().items())
            writer.finish(Manifest(FORMAT, encoder.name, CHUNKING, documents, count, version))
        else:
            documents, count = read_manifest(before).documents, read_manifest(before).chunks
        added = len(changed)
    seconds = round(time.perf_counter() - started, 3)
    return Summary(documents, count, embedded, added, len(gone), tuple(skipped), seconds)


def read_all(
    paths: Sequence[Path], known: dict[str, tuple[str, str]], progress: Progress
) -> tuple[list[Source], list[tuple[str, str]]]:
    """Every document under the paths, and the files that could not be read with the reason."""
    found = [*files(list(paths)), *data_files(paths)]
    taken: dict[str, str] = {}
    sources: list[Source] = []
    skipped: list[tuple[str, str]] = []
    for n, path in enumerate(found, 1):
        progress("Läser", n, len(found))
        try:
            document = corpus_data.load(path) if path.suffix == ".yaml" else load(path)
        except DocumentError as error:
            skipped.append((str(path), str(error)))
            continue
        except OSError as error:
            reason = f"{path.name}: filen kan inte läsas ({error.strerror}). Kontrollera att den finns och får läsas."
            skipped.append((str(path), reason))
            continue
        if document is not None:
            id = free_id(document.meta.id, str(path.resolve()), taken, known)
            taken[id] = str(path.resolve())
            asked, wrong = asked_of(id, paths)
            skipped += wrong
            sources.append(_source(replace(document, meta=replace(document.meta, id=id), asked=asked), path))
    return sources, skipped


def data_files(paths: Sequence[Path]) -> list[Path]:
    """The corpus's data that becomes documents."""
    found = [p for path in paths if path.is_dir() for p in sorted(path.rglob("*.yaml"))]
    kept = [p for p in found if p.parent.name != "questions"]
    return [p for p in kept if p.stem in DATA_FILES or p.stem.startswith("figur-")]


def asked_of(id: str, paths: Sequence[Path]) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    """The questions that the document's sentences answer, from `questions/<id>.yaml` in the corpus.

    With them (file, reason) where that file cannot be read; the document goes in without them.
    """
    wanted = (path / "questions" / f"{id}.yaml" for path in paths)
    beside = next((path for path in wanted if path.is_file()), None)
    if beside is None:
        return {}, []
    try:
        return {str(s): tuple(map(str, given)) for s, given in corpus_data.read(beside).items()}, []
    except DocumentError as error:
        return {}, [(str(beside), str(error))]
    except (AttributeError, TypeError):
        return {}, [(str(beside), f"{beside.name}: varje mening ska ha en lista med frågor. Rätta det.")]


def read_data(paths: Sequence[Path]) -> dict[str, object]:
    """Glossary, errata, bibliography, duties and survey, kept as data; the bundled ones serve every index.

    Gaps speak for the corpus they stand in alone: another may have what that one lacks.
    """
    data: dict[str, object] = {}
    for path in (bundled_corpus(), *(p for p in paths if p.is_dir())):
        for name in (*DATA_FILES, "thesaurus"):
            if (path / f"{name}.yaml").exists():
                data[name] = corpus_data.read(path / f"{name}.yaml")
        own = ("gaps",) if path in paths else ()
        for name in ("duties", "survey", *own):
            parts = [corpus_data.read(p) for p in sorted((path / name).glob("*.yaml"))]
            if parts:
                data[name] = [row for p in parts for row in (p if isinstance(p, list) else [p])]
    return data


def free_id(wanted: str, path: str, taken: dict[str, str], known: dict[str, tuple[str, str]]) -> str:
    """The wanted id, or with a number where another file has it."""
    id, n = wanted, 1
    while taken.get(id, path) != path or _belongs_elsewhere(known.get(id), path):
        n += 1
        id = f"{wanted}-{n}"
    return id


def _belongs_elsewhere(origin: tuple[str, str] | None, path: str) -> bool:
    """Whether the index has the id from another file that is still there."""
    return origin is not None and origin[0] != path and Path(origin[0]).exists()


def vanished(
    paths: Sequence[Path], known: dict[str, tuple[str, str]], sources: list[Source], skipped: list[tuple[str, str]]
) -> set[str]:
    """Ids of documents that came from under the paths and are there no more. A file that cannot be read is kept."""
    present = {s.document.meta.id for s in sources}
    unread = {str(Path(p).resolve()) for p, _ in skipped}
    roots = [path.resolve() for path in paths]
    return {
        id
        for id, (source, _) in known.items()
        if id not in present and source not in unread and any(Path(source).is_relative_to(root) for root in roots)
    }


def put(writer: IndexWriter, sources: Sequence[Source], encoder: Encoder, progress: Progress) -> int:
    """Cuts, embeds and writes the documents. Returns how many texts were embedded."""
    cut = [(s, chunks(s.document)) for s in sources]
    for source, found in cut:
        writer.add(source.document, source.path, source.digest, found)
    every = [c for _, found in cut for c in found]
    asked = [(f"{c.id}?{n}", c.document_id, q) for c in every for n, q in enumerate(c.questions)]
    texts = [(c.id, c.document_id, embedded_text(c)) for c in every]
    total = len(texts) + len(asked)
    done = 0
    for field, rows, embed in (("texts", texts, encoder.passages), ("questions", asked, encoder.queries)):
        for at in range(0, len(rows), 2048):
            part = rows[at : at + 2048]
            writer.add_vectors(
                field, [r[0] for r in part], [r[1] for r in part], _embedded(embed, [r[2] for r in part])
            )
            done += len(part)
            progress("Räknar vektorer", done, total)
    return total


def met(writer: IndexWriter, sources: Sequence[Source]) -> list[str]:
    """The words that the index has met, for reading misspelt questions; those of documents since removed stay."""
    texts = [s.document.text for s in sources]
    for source in sources:
        for asked in (source.document.asked, source.document.questions):
            texts += [question for questions in asked.values() for question in questions]
    return sorted({*writer.store.data("vocabulary"), *vocabulary(texts)})


def _embedded(embed: Callable[[Sequence[str]], Vectors], texts: list[str]) -> Vectors:
    unique = sorted(set(texts))
    at = {text: n for n, text in enumerate(unique)}
    return embed(unique)[[at[text] for text in texts]]


def embedded_text(chunk: Chunk) -> str:
    """What the encoder sees of a chunk: its headings and its text."""
    return f"{'. '.join(chunk.path)}. {chunk.text}"


def _source(document: Document, path: Path) -> Source:
    asked = (sorted(document.questions.items()), sorted(document.asked.items()))
    content = repr((document.meta, document.text, document.blocks, *asked))
    return Source(document, str(path.resolve()), hashlib.sha256(content.encode()).hexdigest())


def _fresh(before: Path, encoder: Encoder) -> bool:
    manifest = read_manifest(before)
    return (manifest.format, manifest.encoder, manifest.chunking) == (FORMAT, encoder.name, CHUNKING)


def _known(before: Path | None) -> dict[str, tuple[str, str]]:
    return {} if before is None else _texts(before, Store.sources, {})


def _stale_data(before: Path, data: dict[str, object]) -> bool:
    def differs(store: Store) -> bool:
        return any(store.data(key) != json.loads(json.dumps(body, default=str)) for key, body in data.items())

    return _texts(before, differs, True)


def _held(before: Path, but: set[str]) -> list[Source]:
    """The documents that an outdated index holds, save those that are read anew or gone."""

    def read(store: Store) -> list[Source]:
        rows = [(store.document(id), *origin) for id, origin in store.sources().items() if id not in but]
        return [Source(document, source, digest) for document, source, digest in rows if document is not None]

    return _texts(before, read, [])


def _texts(generation: Path, read: Callable[[Store], T], otherwise: T) -> T:
    """What is read of an index's texts; `otherwise` where another program's format cannot be read."""
    try:
        store = Store(generation / "store.sqlite")
        try:
            return read(store)
        finally:
            store.close()
    except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
        if read_manifest(generation).format == FORMAT:
            message = f"Indexet i {generation.parent} är skadat ({error}). Ta bort mappen och kör fyrlots ingest."
            raise IndexUnusable(message) from error
        return otherwise


def _version(rows: Iterable[tuple[str, tuple[str, str]]]) -> str:
    return hashlib.sha256(repr(sorted((id, digest) for id, (_, digest) in rows)).encode()).hexdigest()[:16]
