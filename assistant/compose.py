"""Candidates to an answer by extraction: the sentence that answers first, then what must be known with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import linear
from assistant.domain import Block, Citation, Claim, Document
from assistant.evidence import Candidate
from assistant.swedish import grams, stems
from assistant.understand import Intent

LIMIT_CHARS = 900
"""The longest answer where no list was asked for. Source: the contract."""
LIST_CHARS = 3000
SENTENCES: Mapping[str, int] = {"number": 3, "when": 3, "who": 3, "yesno": 3, "definition": 3, "list": 5, "duty": 4}
"""Sentences an answer may have, by kind; others have five."""
RELATIVE = 0.45
"""A further sentence must be worth at least this share of the best."""
ALIKE = 0.6
"""Two sentences that share more of their four-grams say the same."""


@dataclass(frozen=True)
class Line:
    """A statement of the answer and where it stands."""

    text: str
    candidate: Candidate
    item: bool = False
    """An item of a list, shown on a line of its own."""


def ranked(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates by how likely they answer, best first; ties in reading order."""
    model = linear.load("select")
    scored = [replace(c, score=model.chance(c.features)) for c in found]
    return sorted(scored, key=lambda c: (-c.score, c.passage.rank, c.start))


def choose(found: Sequence[Candidate], intent: Intent) -> list[Candidate]:
    """The sentences of the answer, the best first. `found` is ranked."""
    if not found:
        return []
    most = SENTENCES.get(intent.kind, 5)
    chosen = [found[0]]
    used = len(found[0].text)
    for candidate in [*one_for_each_name(found, intent), *found[1:]]:
        enough = candidate.score >= RELATIVE * found[0].score
        if len(chosen) >= most or not enough or used + len(candidate.text) > LIMIT_CHARS - 60:
            continue
        if candidate not in chosen and not any(alike(candidate, c) for c in chosen):
            chosen.append(candidate)
            used += len(candidate.text) + 5
    return [chosen[0], *sorted(chosen[1:], key=lambda c: (c.passage.rank, c.start))]


def one_for_each_name(found: Sequence[Candidate], intent: Intent) -> list[Candidate]:
    """For a comparison, the best sentence about each thing compared."""
    if intent.kind != "comparison" or len(intent.names) < 2:
        return []
    best = []
    for name in intent.names:
        wanted = set(stems(name))
        about = (c for c in found if wanted <= set(stems(f"{c.text} {' '.join(c.passage.chunk.path)}")))
        best += [next(about, found[0])]
    return best


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say nearly the same, or overlap in the text."""
    if one.passage.chunk.document_id == other.passage.chunk.document_id and one.start < other.end and other.start < one.end:
        return True
    a, b = set(grams(one.text)), set(grams(other.text))
    return len(a & b) > ALIKE * min(len(a), len(b), key=int) if a and b else False


def lines(chosen: Sequence[Candidate], intent: Intent, documents: Mapping[str, Document]) -> list[Line]:
    """The statements of the answer. Where a list was asked for and the best sentence belongs to one, the whole list."""
    best = chosen[0]
    document = documents[best.passage.chunk.document_id]
    around = list_around(best, document)
    wanted = intent.kind in ("list", "overview", "comparison") or best.text.endswith(":")
    if around is None or not wanted:
        return [Line(c.text, c) for c in chosen]
    whole = [Line(document.text[a:b], replace(best, start=a, end=b, text=document.text[a:b]), item) for a, b, item in around]
    inside = range(around[0][0], around[-1][1])
    same = best.passage.chunk.document_id
    rest = [c for c in chosen[1:] if not (c.passage.chunk.document_id == same and c.start in inside)]
    return (whole + [Line(c.text, c) for c in rest[:1]]) if sum(len(x.text) for x in whole) < LIST_CHARS else [Line(c.text, c) for c in chosen]


def list_around(candidate: Candidate, document: Document) -> list[tuple[int, int, bool]] | None:
    """The lead-in and the items of the list that the sentence stands in or leads into, as (start, end, item)."""
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        if block.kind != "list":
            continue
        leads = before is not None and before.kind == "paragraph" and document.text[before.start : before.end].endswith(":")
        inside = block.start <= candidate.start < block.end
        above = leads and before is not None and before.start <= candidate.start < before.end
        if inside or (above and candidate.text.endswith(":")):
            return ([(*lead_in(before, document), False)] if leads and before else []) + items(block, document)
    return None


def lead_in(block: Block, document: Document) -> tuple[int, int]:
    """The last sentence of the paragraph over a list."""
    from assistant.swedish import sentences

    spans = list(sentences(document.text[block.start : block.end]))
    return block.start + spans[-1][0], block.start + spans[-1][1]


def items(block: Block, document: Document) -> list[tuple[int, int, bool]]:
    """The items of a list block."""
    found = []
    at = block.start
    for line in document.text[block.start : block.end].split("\n"):
        mark = 2 if line.startswith("- ") else 0
        found.append((at + mark, at + len(line), True))
        at += len(line) + 1
    return found


def cite(statements: Sequence[Line]) -> tuple[tuple[Claim, ...], tuple[Citation, ...], str]:
    """Claims and citations, one number for each quoted span, and the answer's text with its markers."""
    claims, citations, text = [], [], ""
    for n, line in enumerate(statements, 1):
        candidate = line.candidate
        chunk = candidate.passage.chunk
        citations.append(
            Citation(n, candidate.passage.document, chunk.section, chunk.heading, chunk.page, candidate.text, candidate.start, candidate.end)
        )
        claims.append(Claim(line.text, (n,), verified=True))
        gap = "" if not text else "\n- " if line.item else "\n" if text.rsplit("\n", 1)[-1].startswith("- ") else " "
        text += f"{gap}{line.text} [{n}]"
    return tuple(claims), tuple(citations), text
