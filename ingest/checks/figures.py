"""The survey's shares equal those that the report gives: none is added, lost or changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.swedish import sentences
from ingest.checks.corpus import Corpus, Entry
from ingest.checks.finding import Finding
from ingest.checks.original import Original
from ingest.checks.schema import Figure
from ingest.corpus_data import number

_SHARE = re.compile(r"(\d+(?:,\d+)?)\s*%")
_NONE = re.compile(r"\b(ingen kommun|inget av de|ingen av de)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(\d+(?:,\d+)?) %.* avsnitt (\d(?:\.\d)*)")
ADVICE = "Jämför figurens fil med originalets text under bildtexten"


def check(corpus: Corpus, original: Original) -> Iterator[Finding]:
    """What differs between the figures' files and the report's text."""
    by_number = {entry.row.figure: entry for entry in corpus.figures}
    for numbers, text in original.figure_texts:
        entries = [by_number[n] for n in numbers if n in by_number]
        if len(entries) == len(numbers):
            yield from compare(entries, text, original)


def compare(entries: list[Entry[Figure]], text: str, original: Original) -> Iterator[Finding]:
    """Shares that the text lacks, shares of the text that the files lack, and shares too often in the files.

    A text that gives no number but 'ingen kommun' gives no shares.
    """
    ours = Counter(s for e in entries for s in shares(e.row))
    theirs, most = stated(text)
    for entry in entries:
        named = elsewhere(entry.row, original)
        for share in sorted(shares(entry.row)):
            if share not in theirs and share not in named:
                yield _finding(entry, "andelen står inte i originalets text om figuren", share)
            elif ours[share] > most[share] and share not in named:
                yield _finding(entry, "andelen står fler gånger här än i originalet", share)
    for share in sorted(theirs - set(ours) if theirs != {0.0} else ()):
        yield _finding(entries[0], "andelen står i originalets text om figuren men inte här", share)


def shares(figure: Figure) -> list[float]:
    """Every share of the figure."""
    return [option.share for option in figure.every_option if option.share is not None]


def stated(text: str) -> tuple[set[float], Counter[float]]:
    """The shares of a text, and for each how many answers it can belong to at most: 'x och y finns i 4 %' is two."""
    found: Counter[float] = Counter()
    for start, end in sentences(text):
        sentence = text[start:end]
        given = [value(s) for s in _SHARE.findall(sentence)]
        several = len(re.findall(r" (?:och|eller) ", sentence)) if len(given) <= 1 else 0
        given += [0.0] * len(_NONE.findall(sentence))
        found.update({share: given.count(share) + several for share in set(given)})
    return set(found), found


def elsewhere(figure: Figure, original: Original) -> set[float]:
    """Shares that a remark says to stand in another section, and that do stand there."""
    named = (_ELSEWHERE.search(remark) for remark in figure.remarks)
    return {
        value(match.group(1))
        for match in named
        if match and value(match.group(1)) in values(original.sections.get(match.group(2), ""))
    }


def values(text: str) -> set[float]:
    """The percentages of a text."""
    return {value(share) for share in _SHARE.findall(text)}


def value(text: str) -> float:
    """'5,5' as a number."""
    return float(text.replace(",", "."))


def missing(corpus: Corpus, numbers: Iterable[int]) -> list[int]:
    """The figures that have no file."""
    return sorted(set(numbers) - {entry.row.figure for entry in corpus.figures})


def _finding(entry: Entry[Figure], what: str, share: float) -> Finding:
    return Finding(entry.file, what, f"{number(share)} %", ADVICE)
