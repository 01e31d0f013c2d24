"""A text with its sources, on its way to a file: the model, and Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Metadata
from web import wording
from web.dates import day
from web.texts import swedish


@dataclass(frozen=True, slots=True)
class Note:
    """Where a statement stands."""

    document: Metadata
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Written:
    """A statement with its notes; one without any is the writer's own, or a frame around the others."""

    text: str
    notes: tuple[Note, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Statements that stand together, as running text or as an item of a list."""

    statements: tuple[Written, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole text."""

    title: str
    lead: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    def statements(self) -> Iterator[Written]:
        """Every statement in order."""
        for chapter in self.chapters:
            for paragraph in chapter.paragraphs:
                yield from paragraph.statements

    def documents(self) -> list[Metadata]:
        """The documents that notes point at, each once, what weighs most first."""
        found = {note.document.id: note.document for s in self.statements() for note in s.notes}
        return sorted(found.values(), key=lambda m: (m.rank, m.title.casefold()))


def note_text(note: Note) -> str:
    """'NIS 2 och cybersäkerhetslagen, ”Incidentrapportering”: ”Kommunen ska …”'."""
    where = ", ".join(p for p in (note.document.title, note.place) if p)
    return f"{where}: ”{note.quote}”"


def source_text(meta: Metadata) -> str:
    """A document as a list of sources tells it."""
    copy = swedish()
    parts = (meta.title, meta.publisher, day(copy, meta.date), wording.rank(copy, meta), wording.link(meta))
    return ". ".join(str(p) for p in parts if p)


def markdown(paper: Paper) -> str:
    """The paper in Markdown, with footnotes; the writer's own text in italics."""
    blocks = [f"# {escaped(paper.title)}", *map(escaped, paper.lead)]
    notes: list[str] = []
    for chapter in paper.chapters:
        blocks.append(f"## {escaped(chapter.heading)}")
        blocks += [paragraph_text(p, notes) for p in chapter.paragraphs]
    if paper.documents():
        blocks.append(f"## {swedish().papers.sources}")
        blocks.append("\n".join(f"- {escaped(source_text(m))}" for m in paper.documents()))
    if notes:
        blocks.append("\n".join(f"[^{n}]: {escaped(text)}" for n, text in enumerate(notes, 1)))
    return "\n\n".join(blocks) + "\n"


def paragraph_text(paragraph: Paragraph, notes: list[str]) -> str:
    """A paragraph in Markdown; its notes are added to the list."""
    pieces = []
    for statement in paragraph.statements:
        text = f"*{escaped(statement.text)}*" if statement.own else escaped(statement.text)
        for note in statement.notes:
            notes.append(note_text(note))
            text += f"[^{len(notes)}]"
        pieces.append(text)
    return ("- " if paragraph.item else "") + " ".join(pieces)


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it stands."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
