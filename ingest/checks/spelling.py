"""Spelling, with a Swedish hunspell dictionary where one is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from assistant.swedish import language
from ingest import corpus_data
from ingest.checks.corpus import Corpus
from ingest.checks.finding import Finding

DICTIONARY = "sv_SE"
MISSING = "Stavningen är inte granskad: hunspell med svensk ordlista saknas (Debian: apt install hunspell hunspell-sv)."
ACCEPTED = "words.yaml"
"""Words of the corpus that are right and that no dictionary knows."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"\{share\}|https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:se|eu|europa|com|org|nu)\b\S*")


def available() -> bool:
    """Whether hunspell and its Swedish dictionary are here."""
    return shutil.which("hunspell") is not None and _hunspell(["hej"]) == set()


def check(corpus: Corpus, originals: Mapping[str, str]) -> Iterator[Finding]:
    """Words unknown to the dictionary, the glossary, the originals and the list of accepted words."""
    used = words(corpus)
    known = familiar(corpus, originals)
    unsure = [word for word in used if not {word.casefold(), word.casefold().removesuffix("s")} & known]
    for word in sorted(_hunspell(unsure) or ()):
        yield Finding(
            ", ".join(sorted(used[word])[:3]), "okänt ord", word, f"Rätta stavningen eller lägg till det i {ACCEPTED}"
        )


def words(corpus: Corpus) -> dict[str, set[str]]:
    """Word → the files where our Swedish text has it."""
    found: dict[str, set[str]] = defaultdict(set)
    for file, text in texts(corpus):
        for word in _WORD.findall(_ADDRESS.sub(" ", text)):
            found[word].add(file)
    return found


def texts(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """(file, text) of all that is written in Swedish.

    The questions of single sentences are left out: there readers write as they speak, in three languages.
    """
    for page in corpus.pages:
        yield page.file, page.document.text
        yield from ((page.file, event.event) for event in page.head.timeline)
        yield from ((page.file, q) for qs in page.head.questions.values() for q in qs if language(q) == "sv")
    for figure in corpus.figures:
        row = figure.row
        options = [t for o in row.every_option for t in (o.label, o.text, *o.strengths, *o.weaknesses)]
        swedish = [q for q in row.questions if language(q) == "sv"]
        yield from ((figure.file, t) for t in (row.title, *options, *row.conclusion, *row.remarks, *swedish))
    for duty in corpus.duties:
        yield from (
            (duty.file, t) for t in (duty.row.title, duty.row.what, duty.row.by_when or "", duty.row.note or "")
        )
    yield from ((t.file, t.row.definition) for t in corpus.glossary)
    yield from ((e.file, t) for e in corpus.errata for t in (e.row.topic, e.row.says, e.row.correction))
    yield from ((w.file, w.row.note or "") for w in corpus.bibliography)


def familiar(corpus: Corpus, originals: Mapping[str, str]) -> frozenset[str]:
    """Words that need no dictionary: the glossary's names, the originals', authors and publishers, accepted ones."""
    names = [n for t in corpus.glossary for n in (t.row.term, *t.row.synonyms, *t.row.colloquial, *t.row.english)]
    names += [a for w in corpus.bibliography for a in (*w.row.authors, w.row.title, w.row.id)]
    names += [p.head.publisher or "" for p in corpus.pages] + [p.head.author or "" for p in corpus.pages]
    accepted = corpus.root / ACCEPTED
    names += [str(word) for word in corpus_data.read(accepted)] if accepted.exists() else []
    return frozenset(word.casefold() for text in (*names, *originals.values()) for word in _WORD.findall(text))


def _hunspell(words: Iterable[str]) -> set[str] | None:
    """The words that the dictionary does not know; None where it cannot be asked."""
    program = shutil.which("hunspell")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603 - a fixed program, the words on its input
        [program, "-d", DICTIONARY, "-i", "utf-8", "-l"],
        input="\n".join(words),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return set(done.stdout.split()) if done.returncode == 0 else None
