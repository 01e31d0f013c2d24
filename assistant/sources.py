"""Questions about the sources themselves: what there is, how new it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.domain import Answer, Citation, Claim, Metadata, Outcome
from assistant.engine import Engine
from assistant.understand import Intent

KINDS = {
    "report": "analysrapporten 2024 och dess enkät",
    "regulation": "regelverk",
    "guidance": "vägledning och frivilliga regelverk",
    "collaboration": "samverkansexempel",
    "article": "artiklar och seminarier",
    "local": "egna dokument och ordlista",
}
"""What each kind of document is called in the plural."""
EXAMPLES = 3
"""Titles shown of each kind."""


def describe(engine: Engine, intent: Intent, timings: Callable[[], Mapping[str, float]]) -> Answer:
    """What Fyrlots has read, by kind, with examples that can be opened, and when it was last checked."""
    metas = list(engine.index.metadata.values())
    citations: list[Citation] = []
    lines = [f"Jag svarar utifrån {len(metas)} dokument:"]
    for kind, name in KINDS.items():
        of_kind = [m for m in metas if m.kind == kind]
        if of_kind:
            shown = [cite(engine, m, citations) for m in of_kind[:EXAMPLES]]
            lines.append(f"- {len(of_kind)} {name}, till exempel {', '.join(shown)}")
    checked = max((m.as_of for m in metas if m.as_of), default=None)
    if checked:
        lines.append(f"Uppgifterna kontrollerades senast {checked}.")
    claims = tuple(Claim(c.quote, (c.number,), verified=True) for c in citations)
    return Answer(
        Outcome.ANSWERED,
        "\n".join(lines),
        claims,
        tuple(citations),
        language="en" if intent.language == "en" else "sv",
        timings_ms=timings(),
    )


def cite(engine: Engine, meta: Metadata, citations: list[Citation]) -> str:
    """Adds a citation of the document's first line; returns that line with its marker."""
    document = engine.document(meta.id)
    first = document.blocks[0]
    quote = document.text[first.start : first.end]
    citations.append(Citation(len(citations) + 1, meta, first.section, None, first.page, quote, first.start, first.end))
    return f"{quote} [{len(citations)}]"
