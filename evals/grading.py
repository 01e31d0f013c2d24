"""An answer against a case: facts, places, outcome. Text matching only, so that two runs agree to the byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Answer, Citation, Metadata, Passage
from assistant.swedish import stem, words
from evals.cases import Case, Place

RETOLD = {
    "it-kommuner-i-skane": {"artikel-it-kommuner-skane", "samverkan-it-kommuner-skane"},
    "kommuner-gar-samman-digitalt": {
        "artikel-kommuner-gar-samman",
        "samverkan-sundsvall-ange",
        "samverkan-mora-orsa-alvdalen",
        "samverkan-sml",
    },
    "kronikk-digitalisering-kommune-norge": {"artikel-norsk-kronika"},
    "seminarium-nationella-initiativ-lokala-behov": {"seminarium-2026"},
}
"""Original → documents of the bundled corpus that retell it."""


@dataclass(frozen=True)
class Grade:
    """What an answer was worth."""

    outcome: str
    facts: float | None
    """Share of the required facts that stand in the answer; None where none is required."""
    right: bool
    """All facts there, for an answerable question; held back, for one without an answer."""
    cited: bool | None
    """A citation at the evidence; None where nothing was cited or nothing is required."""
    precision: float | None
    """Share of the citations at an evidence place or carrying a required fact."""
    score: int
    """+1 right, 0 held back or partial, -1 wrong. Source: CRAG, arXiv 2406.04744."""


MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_LONG = {name[:3]: name for name in MONTHS}
_MONTH = re.compile(rf"\b({'|'.join(_LONG)})[a-zé]*\.? ?(?=\d{{4}})")
_ISO = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(\d{2})\b")


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Lower case, spaces folded, one way of writing percent, thousands and dashes."""
    text = re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("–", "-")).casefold()
    text = re.sub(r"(?<=\d)\s*(?:%|procent\b|prosent\b)", " %", text)
    text = re.sub(r"\b(\d+) ?000 ?000 kr(?:onor)?\b", r"\1 miljoner", text)
    text = re.sub(r"\b(?:mnkr|mn kr|mkr|mn|miljoner kronor)\b", "miljoner", text)
    text = _MONTH.sub(lambda m: f"{_LONG[m.group(1)]} ", text)
    text = _ISO.sub(lambda m: f"{int(m.group(3))} {MONTHS[int(m.group(2)) - 1]} {m.group(1)}", text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)


def stands(fact: Iterable[str], text: str) -> bool:
    """Whether an accepted form stands in the text: numbers and very short words as wholes, others also inflected."""
    there = plain(text)
    return any(written(form).search(there) or inflected(form, there) for form in fact)


@lru_cache(maxsize=10_000)
def written(form: str) -> re.Pattern[str]:
    """What finds the form in a plain text."""
    wanted = plain(form).strip()
    left, right = (r"(?<![\w,.])", r"(?!\w)") if whole(wanted) else ("", "")
    return re.compile(left + re.escape(wanted) + right)


def whole(wanted: str) -> bool:
    """Whether the form counts only as a word of its own, as it is."""
    return wanted[:1].isdigit() or len(wanted) <= 3


def inflected(form: str, there: str) -> bool:
    """Whether the words stand in a row in other forms: 'följa upp' in 'följer upp'."""
    wanted = in_a_row(form)
    return bool(wanted) and wanted in stemmed(there)


@lru_cache(maxsize=10_000)
def in_a_row(form: str) -> str:
    """The stems of a form as `stemmed` writes them; empty where the form counts only as it is."""
    wanted = plain(form).strip()
    return "" if whole(wanted) or not words(wanted) else stemmed(wanted)


@lru_cache(maxsize=10_000)
def stemmed(text: str) -> str:
    """The stems of a text in order, with a space before and after each."""
    return f" {' '.join(stem(w) for w in words(text))} "


def share(case: Case, text: str) -> float | None:
    """The share of the case's facts in the text."""
    return sum(stands(f, text) for f in case.facts) / len(case.facts) if case.facts else None


def at_place(place: Place, meta: Metadata, section: str | None, path: tuple[str, ...]) -> bool:
    """Whether a chunk or a citation stands at an evidence place, in the original or where the corpus retells it."""
    if place.source == "analysrapport-2024":
        retold = (meta.extra.get("source") or {}) if meta.kind == "collaboration" else {}
        own = section if meta.kind == "report" else retold.get("section")
        if meta.kind not in ("report", "collaboration"):
            return False
        wanted = place.section or (
            "Sammanfattning" if (place.heading or "").casefold() == "sammanfattning" else "front"
        )
        return own == wanted
    return meta.id == place.source or meta.id in RETOLD.get(place.source, ())


def is_evidence(case: Case, passage: Passage) -> bool:
    """A passage at an evidence place with at least one required fact."""
    chunk = passage.chunk
    here = any(at_place(p, passage.document, chunk.section, chunk.path) for p in case.evidence)
    got = share(case, f"{' '.join(chunk.path)} {chunk.text}")
    return here and (got is None or got > 0)


def supports(case: Case, citation: Citation) -> bool:
    """A citation at an evidence place, or one whose quote carries a required fact."""
    path = (citation.heading,) if citation.heading else ()
    here = any(at_place(p, citation.document, citation.section, path) for p in case.evidence)
    return here or bool(share(case, citation.quote))


def grade(case: Case, answer: Answer) -> Grade:
    """The verdict on one answer."""
    family = answer.outcome.family
    facts = share(case, answer.text)
    here = [supports(case, c) for c in answer.citations]
    precision = sum(here) / len(here) if here and case.evidence else None
    if case.answerable == "no":
        held = family not in ("answered", "partial")
        return Grade(answer.outcome.value, None, held, None, None, 1 if held else 0 if family == "partial" else -1)
    right = family in ("answered", "partial") and facts == 1.0
    score = (
        (1 if family == "answered" or case.answerable == "partial" else 0)
        if right
        else -1
        if family == "answered"
        else 0
    )
    return Grade(answer.outcome.value, facts, right, any(here) if here else None, precision, score)
