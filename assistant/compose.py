"""Candidates to an answer by extraction: the sentence that answers first, then what must be known with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant import linear
from assistant.domain import Block, Citation, Claim, Document
from assistant.evidence import Candidate
from assistant.swedish import content_words, grams, sentences, stem
from assistant.understand import Intent

LIMIT_CHARS = 900
"""The longest answer where no list was asked for. Source: the contract."""
FRAME_CHARS = 60
"""Room left for what frames the answer."""
MARKER_CHARS = 6
"""A citation's marker and the spaces around it."""
LIST_CHARS = 3000
LONG_LIST_CHARS = 1500
"""From here on each item of a list is told by its first sentence."""
MOST = 8
"""Sentences an answer may have."""
LEAST_ODDS = 0.135
"""A further sentence must have at least this share of the best one's odds to answer."""
EACH_SIDE = 2
"""Sentences that each side of a comparison is sure of, where there is room."""
LISTED = ("list", "overview", "comparison")
"""Kinds of question that a whole list may answer."""
TORN = ("other", "why", "duty")
"""Kinds where a list is told whole and not in pieces, where its lead-in is near and it fits the answer."""
PIECES = 2
"""So many chosen items of one list are pieces of it."""
ANCHORS = 8
"""So many of the best sentences may bring their list."""
ANCHOR_ODDS = 0.3
"""A sentence that brings its list must have at least this share of the best one's odds."""
LEAD_ODDS = 0.5
"""From this share of the best sentence's odds on, a lead-in and its list answer without that sentence before them."""
ITEMS = 3
"""So many items of one list among the best sentences bring the rest, where its lead-in is not among them."""
NEW_WORDS, NEW_SHARE = 3, 0.5
"""A further sentence must bring so many new content words, or so large a share of its own."""
ALIKE = 0.75
"""A sentence with so many of its four-grams in another, and no new number, says nothing new."""


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


def odds(candidate: Candidate) -> float:
    """How much likelier it is that the sentence answers than that it does not."""
    return candidate.score / max(1.0 - candidate.score, 1e-9)


def choose(
    found: Sequence[Candidate], intent: Intent, room: int = LIMIT_CHARS, sides: Sequence[Sequence[Candidate]] = ()
) -> list[Candidate]:
    """The sentences of the answer, the best first, in at most `room` characters. `found` is ranked, as is each of the
    `sides` of a comparison."""
    if not found:
        return []
    chosen = [found[0]]
    used = len(found[0].text)
    first = [c for rank in range(EACH_SIDE) for side in sides for c in side[rank : rank + 1]]
    first += one_for_each_passage(found, intent)
    for candidate in [*first, *found[1:]]:
        enough = candidate in first or odds(candidate) >= LEAST_ODDS * odds(found[0])
        if len(chosen) >= MOST or not enough or used + len(candidate.text) > room - FRAME_CHARS:
            continue
        if not candidate.text.endswith(":") and candidate not in chosen and adds(candidate, chosen, intent):
            chosen.append(candidate)
            used += len(candidate.text) + 5
    return [chosen[0], *sorted(chosen[1:], key=lambda c: (c.passage.rank, c.start))]


def one_for_each_passage(found: Sequence[Candidate], intent: Intent) -> list[Candidate]:
    """For an overview, the best sentence of each passage of the same document: its parts, not one of them."""
    if intent.kind != "overview":
        return []
    same = [c for c in found if c.passage.chunk.document_id == found[0].passage.chunk.document_id]
    return list({c.passage.chunk.id: c for c in reversed(same)}.values())[::-1]


def adds(candidate: Candidate, chosen: Sequence[Candidate], intent: Intent) -> bool:
    """Whether the sentence says something that neither the question nor the chosen ones say: a number or new words."""
    said = [intent.text, *(c.text for c in chosen)]
    new = content(candidate.text) - frozenset().union(*map(content, said))
    enough = len(new) >= NEW_WORDS or len(new) >= NEW_SHARE * len(content(candidate.text))
    return (enough or bool(numbers(candidate.text, said))) and not any(alike(candidate, c) for c in chosen)


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(map(stem, content_words(text)))


def numbers(text: str, said: Sequence[str]) -> set[str]:
    """The numbers of a text that are not in what is said."""
    return set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", " ".join(said)))


def alike(candidate: Candidate, other: Candidate) -> bool:
    """Whether a sentence adds next to nothing to another: they overlap in the text, or it repeats the other's words."""
    one, two = candidate.passage.chunk.document_id, other.passage.chunk.document_id
    if one == two and candidate.start < other.end and other.start < candidate.end:
        return True
    new, old = set(grams(candidate.text)), set(grams(other.text))
    return not numbers(candidate.text, [other.text]) and len(new & old) > ALIKE * len(new)


def lines(
    chosen: Sequence[Candidate], ranking: Sequence[Candidate], intent: Intent, documents: Mapping[str, Document]
) -> list[Line]:
    """The statements of the answer; where a list was asked for and a leading sentence is in one, all of it."""
    plain = [Line(c.text, c) for c in chosen if not c.text.endswith(":")]
    anchor = anchored(chosen, ranking, intent, documents)
    if anchor is None:
        return plain
    candidate, around = anchor
    whole = [Line(c.text, c, item) for c, item in ((within(candidate, a, b, documents), item) for a, b, item in around)]
    if sum(len(line.text) for line in whole) > LONG_LIST_CHARS:
        whole = [shortened(line, documents) for line in whole]
    if sum(len(line.text) for line in whole) > LIST_CHARS:
        return plain
    apart = [line for line in plain if not any(alike(line.candidate, listed.candidate) for listed in whole)]
    leads = candidate.text.endswith(":") and odds(candidate) >= LEAD_ODDS * odds(chosen[0])
    before = apart[:1] if not leads and apart and apart[0].candidate == chosen[0] else []
    return [*before, *whole]


def shortened(line: Line, documents: Mapping[str, Document]) -> Line:
    """The line with the first sentence of its item alone."""
    start, end = next(sentences(line.text))
    at = line.candidate.start
    cut = within(line.candidate, at + start, at + end, documents)
    return Line(cut.text, cut, line.item)


def anchored(
    chosen: Sequence[Candidate], ranking: Sequence[Candidate], intent: Intent, documents: Mapping[str, Document]
) -> tuple[Candidate, list[tuple[int, int, bool]]] | None:
    """The best of the leading sentences that stands in a list or leads into one, with the list."""
    asked = intent.kind in LISTED or chosen[0].text.endswith(":")
    if not asked and intent.kind not in TORN:
        return None
    near = [c for c in ranking[:ANCHORS] if odds(c) >= ANCHOR_ODDS * odds(chosen[0])]
    found = [(c, list_around(c, documents[c.passage.chunk.document_id])) for c in near]
    lists = [(c, around) for c, around in found if around is not None]
    for candidate, around in sorted(lists, key=lambda row: not row[0].text.endswith(":")):
        items = [c for c, other in lists if other[0] == around[0] and c.passage.document is candidate.passage.document]
        leads = candidate.text.endswith(":")
        if leads or len(items) >= ITEMS if asked else leads and torn(chosen, candidate, around):
            return candidate, around
    return None


def torn(chosen: Sequence[Candidate], lead: Candidate, around: Sequence[tuple[int, int, bool]]) -> bool:
    """Whether the chosen sentences are pieces of the list, which fits the answer whole."""
    start, end = around[0][0], around[-1][1]
    pieces = [c for c in chosen if c.passage.document is lead.passage.document and start <= c.start < end]
    room = LIMIT_CHARS - FRAME_CHARS - MARKER_CHARS * len(around)
    return len(pieces) >= PIECES and len(chosen[0].text) + end - start <= room


def within(candidate: Candidate, start: int, end: int, documents: Mapping[str, Document]) -> Candidate:
    """The candidate moved to another span of its document."""
    return replace(candidate, start=start, end=end, text=documents[candidate.passage.chunk.document_id].text[start:end])


def list_around(candidate: Candidate, document: Document) -> list[tuple[int, int, bool]] | None:
    """The lead-in and the items of the list that the sentence stands in or leads into, as (start, end, item)."""
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        if block.kind != "list":
            continue
        leads = (
            before is not None and before.kind == "paragraph" and document.text[before.start : before.end].endswith(":")
        )
        inside = block.start <= candidate.start < block.end
        above = leads and before is not None and before.start <= candidate.start < before.end
        if inside or (above and candidate.text.endswith(":")):
            return ([(*lead_in(before, document), False)] if leads and before else []) + items(block, document)
    return None


def lead_in(block: Block, document: Document) -> tuple[int, int]:
    """The last sentence of the paragraph over a list."""
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
            Citation(
                n,
                candidate.passage.document,
                chunk.section,
                chunk.heading,
                chunk.page,
                candidate.text,
                candidate.start,
                candidate.end,
            )
        )
        claims.append(Claim(line.text, (n,), verified=True))
        gap = "" if not text else "\n- " if line.item else "\n" if text.rsplit("\n", 1)[-1].startswith("- ") else " "
        text += f"{gap}{line.text} [{n}]"
    return tuple(claims), tuple(citations), text
