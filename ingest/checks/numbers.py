"""Every number that our retelling of the report gives stands in the same section of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.checks.corpus import Corpus
from ingest.checks.finding import Finding
from ingest.checks.original import Original

_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]?\d)|\d+(?:[.,:]\d+)*")
_POINTER = re.compile(r"\b(?:avsnitt|kapitel)(?:en|et)? \d[\d., och–]*|https?://\S+", re.IGNORECASE)
_WORDS = "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton".split()
_SPELT = re.compile(rf"\b({'|'.join(_WORDS)}|ett)\b", re.IGNORECASE)


def check(corpus: Corpus, original: Original) -> Iterator[Finding]:
    """Numbers of the report's documents and of the figures' conclusions that their section lacks."""
    texts = [(p.file, p.head.section or "", p.document.text) for p in corpus.report.values()]
    texts += [(f.file, f.row.section, "\n".join(f.row.conclusion)) for f in corpus.figures]
    for file, section, text in texts:
        known = stated(original.front if section == "front" else original.sections.get(section, ""))
        for number, context in numbers(_POINTER.sub(" ", text)):
            if number not in known:
                advice = f"Talet finns inte i originalets avsnitt {section}: rätta det ({context})"
                yield Finding(file, "talet står inte i originalet", number, advice)


def numbers(text: str) -> Iterator[tuple[str, str]]:
    """Each number in its plain form ('5,5 %' is '5.5', '10 000' is '10000') with the words around it."""
    for match in _NUMBER.finditer(text):
        context = " ".join(text[max(0, match.start() - 30) : match.end() + 30].split())
        yield re.sub(r"\s", "", match.group()).replace(",", "."), f"… {context} …"


def stated(text: str) -> set[str]:
    """The numbers of a text, in digits or in words up to sixteen."""
    digits = {number for number, _ in numbers(text)}
    spelt = {w.casefold() for w in _SPELT.findall(text)}
    return digits | {str(n) for n, word in enumerate(_WORDS) if word in spelt or (word == "en" and "ett" in spelt)}
