"""The corpus's data files (YAML) to documents: each number lives in one place and can still be found as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.domain import Document, Metadata
from assistant.errors import DocumentError
from ingest.structure import Draft, assemble

REPORT: dict[str, Any] = {
    "kind": "report",
    "rank": 3,
    "publisher": "Fyrbodals kommunalförbund",
    "author": "Sara Herrman",
    "date": "2024-05-17",
    "version": "0.9",
    "status": "published",
    "as_of": "2026-11-21",
}
OURS: dict[str, Any] = {
    "kind": "local",
    "rank": 5,
    "publisher": "Fyrlots",
    "status": "published",
    "as_of": "2026-11-21",
}


REFERENCE = {"reference": True}
"""Marks what is looked up in beside the sources: found where nothing else is closer."""


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C, ten times as fast, where libyaml is there."""


def read(path: Path) -> Any:
    """The data of a YAML file. Raises: DocumentError."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError) as error:  # a date that does not exist is a ValueError
        reason = " ".join(str(error).split())
        raise DocumentError(f"{path.name}: filen är inte giltig YAML ({reason}). Rätta den.") from error


def load(path: Path) -> Document | None:
    """The document a data file becomes; None for data that is only data (the duties). Raises: DocumentError."""
    render = figure if path.stem.startswith("figur-") else RENDERERS.get(path.stem)
    if render is None:
        return None
    try:
        return render(read(path), path.stem)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise DocumentError(f"{path.name}: ett fält saknas eller har fel form ({error}). Rätta det.") from error


def number(value: float) -> str:
    """'17' or '5,5'."""
    return f"{value:g}".replace(".", ",")


def figure(data: dict[str, Any], stem: str) -> Document:
    """A figure of the survey as sentences."""
    n = data["figure"]
    meta = Metadata(id=stem, title=f"Figur {n}: {data['title']}", section=data["section"], **REPORT)
    drafts = [Draft("heading", meta.title, 1), Draft("heading", data["heading"], 2), *figure_blocks(data)]
    placed = [Draft(d.kind, d.text, d.level, data["section"], data["page"]) for d in drafts]
    text, blocks = assemble(placed)
    return Document(meta, text, blocks, {data["heading"]: tuple(data["questions"])})


def figure_blocks(data: dict[str, Any]) -> Iterator[Draft]:
    """What was asked, the answers, what the report concludes, and what to mind."""
    yield Draft("paragraph", lead_in(data))
    for group in [{"options": data["options"]}, *data.get("groups", ())]:
        sentences = [sentence for option in group["options"] for sentence in option_sentences(option)]
        if sentences:
            about = f"om ”{group['statement']}”" if "statement" in group else f"om {topic(data)}"
            yield Draft("paragraph", f"Svaren i figur {data['figure']} {about} fördelar sig så här:")
            yield Draft("list", "\n".join(f"- {s}" for s in sentences))
    if data["conclusion"]:
        yield Draft("paragraph", " ".join(data["conclusion"]))
    if data["remarks"]:
        yield Draft("paragraph", " ".join(data["remarks"]))


def topic(data: dict[str, Any]) -> str:
    """The figure's title inside a sentence."""
    title = str(data["title"]).removeprefix("Om ")
    return title[0].lower() + title[1:] if not title[:2].isupper() else title


def lead_in(data: dict[str, Any]) -> str:
    """Where the figures come from."""
    parts = [f"Figur {data['figure']} kommer från {data['source']}."]
    if data.get("question"):
        parts.append(f"Frågan var i korthet: {data['question']}")
    if data.get("respondents") and data["respondents"].get("count"):
        parts.append(f"Rapporten anger att {data['respondents']['count']} {data['respondents']['unit']} svarade.")
    return " ".join(parts)


def option_sentences(option: dict[str, Any]) -> Iterator[str]:
    """One sentence an option; strengths and weaknesses each their own."""
    share = option.get("share")
    yield option["text"].replace("{share}", number(share) if share is not None else "")
    yield from option.get("strengths", ())
    yield from option.get("weaknesses", ())


def glossary(data: list[dict[str, Any]], stem: str) -> Document:
    """Every term under a heading of its own."""
    meta = Metadata(id="ordlista", title="Ordlista", extra=REFERENCE, **OURS)
    drafts = [Draft("heading", meta.title, 1)]
    for entry in data:
        others = [*entry.get("synonyms", ()), *entry.get("colloquial", ())]
        also = f" Andra namn: {', '.join(map(str, others))}." if others else ""
        drafts += [Draft("heading", str(entry["term"]), 2), Draft("paragraph", f"{entry['definition']}{also}")]
    text, blocks = assemble(drafts)
    questions = {str(e["term"]): (f"Vad är {e['term']}?", f"Vad betyder {e['term']}?") for e in data}
    return Document(meta, text, blocks, questions)


def bibliography(data: list[dict[str, Any]], stem: str) -> Document:
    """The works that the report cites, one paragraph each."""
    meta = Metadata(id="litteratur", title="Rapportens källor", extra=REFERENCE, **REPORT)
    drafts = [Draft("heading", meta.title, 1)]
    for work in data:
        authors = ", ".join(work["authors"])
        cited = ", ".join(str(s) for s in work.get("cited_in") or ())
        place = f" Analysrapporten hänvisar till arbetet i avsnitt {cited}." if cited else ""
        drafts.append(Draft("reference", f"{authors} ({work['year'] or 'utan år'}): {work['title']}.{place}"))
    text, blocks = assemble(drafts)
    return Document(meta, text, blocks)


def errata(data: list[dict[str, Any]], stem: str) -> Document:
    """What the sources get wrong or time has overtaken, each with its correction."""
    meta = Metadata(id="rattelser", title="Rättelser till analysrapporten", extra=REFERENCE, **OURS)
    drafts = [Draft("heading", meta.title, 1)]
    for entry in data:
        drafts += [
            Draft("heading", entry["topic"][0].upper() + entry["topic"][1:], 2),
            Draft("paragraph", f"{entry['says']} {entry['correction']}"),
        ]
    text, blocks = assemble(drafts)
    return Document(meta, text, blocks)


RENDERERS: dict[str, Callable[[Any, str], Document]] = {
    "glossary": glossary,
    "bibliography": bibliography,
    "errata": errata,
}
