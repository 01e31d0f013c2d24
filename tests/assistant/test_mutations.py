"""The guard against claims of the corpus turned false, and said otherwise. Run with -s to see the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from mutations import KINDS, Case, Sentence, measure, mutants
from paraphrases import paraphrases

from assistant import lexicon
from assistant.grounding import check
from assistant.swedish import sentences
from ingest import load

FOLDERS = ("report", "regulations", "collaboration", "articles")
AROUND = 2
"""Sentences on each side that make up a passage."""
LEAST = 200
KILLED = dict.fromkeys(KINDS, 0.99) | dict.fromkeys(("negation", "modality", "entity"), 0.95)
"""Kind → share that must fail. Source: issue 5, under Shows."""
ALARMS = 0.02
"""Source: issue 5, under Shows."""


def claims(folder: Path) -> list[Sentence]:
    """Every sentence of the corpus with those around it."""
    found = []
    for path in load.files([folder / name for name in FOLDERS]):
        document = load.load(path)
        texts = [document.text[b.start : b.end] for b in document.blocks if b.kind in ("paragraph", "list")]
        rows = [text[a:b] for text in texts for a, b in sentences(text)]
        found += [
            Sentence(document.meta.id, row, "\n".join(rows[max(0, n - AROUND) : n + AROUND + 1]))
            for n, row in enumerate(rows)
        ]
    return found


@pytest.fixture(scope="module")
def true(corpus: Path) -> list[Sentence]:
    """The true claims."""
    return claims(corpus)


@pytest.fixture(scope="module")
def glossary(corpus: Path) -> list[dict[str, Any]]:
    """The glossary's entries."""
    entries: list[dict[str, Any]] = yaml.safe_load((corpus / "glossary.yaml").read_text(encoding="utf-8"))
    return entries


def standing(cases: Sequence[Case], glossary: Sequence[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """For each kind: how many stand, of how many."""
    names = lexicon.build(glossary)
    return measure(cases, lambda case: check(case.claim, [case.passage], names).stands)


def test_mutations_are_killed(true: list[Sentence], glossary: list[dict[str, Any]]) -> None:
    counted = standing(list(mutants(true)), glossary)
    for kind, (stood, total) in counted.items():
        print(f"{kind:16} {total - stood:4} av {total:4} fällda ({1 - stood / total:.1%})")
    assert set(counted) == set(KINDS)
    assert {k: total for k, (_, total) in counted.items() if total < LEAST} == {}
    assert {k: stood / total for k, (stood, total) in counted.items() if 1 - stood / total < KILLED[k]} == {}


def test_true_claims_and_their_paraphrases_stand(true: list[Sentence], glossary: list[dict[str, Any]]) -> None:
    synonyms = {e["term"]: [str(s) for s in e.get("synonyms") or []] for e in glossary}
    names = {t: plain for t, others in synonyms.items() if (plain := [o for o in others if not re.search(r"\d", o)])}
    counted = standing(list(paraphrases(true, names)), glossary)
    for kind, (stood, total) in counted.items():
        print(f"{kind:18} {total - stood:4} av {total:4} falska larm ({1 - stood / total:.1%})")
    stood, total = (sum(column) for column in zip(*counted.values(), strict=True))
    assert 1 - stood / total <= ALARMS
    assert {k: 1 - s / n for k, (s, n) in counted.items() if 1 - s / n > ALARMS} == {}
