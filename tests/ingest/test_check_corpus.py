"""`fyrlots check` over the whole corpus, alone and beside the originals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.check import check, coverage
from ingest.checks import corpus as reading
from ingest.checks import figures, original
from ingest.checks.schema import Figure


def test_the_corpus_is_clean(corpus: Path) -> None:
    assert check(corpus, None) == []


def test_the_corpus_is_true_to_the_originals(corpus: Path, originals: Path) -> None:
    assert check(corpus, originals) == []


def test_the_corpus_covers_the_report(corpus: Path, originals: Path) -> None:
    table = coverage(corpus, originals)
    assert [row for row in table if row.file is None] == []
    assert {kind: sum(row.what == kind for row in table) for kind in ("avsnitt", "rubrik", "figur")} == {
        "avsnitt": 32,
        "rubrik": 38,
        "figur": 24,
    }


def mutants(figure: Figure) -> Iterator[Figure]:
    """The figure with each of its shares one higher, and one lower."""
    for place, option in enumerate(figure.every_option):
        for step in (1, -1):
            if option.share is not None and option.share + step >= 0:
                yield changed(figure, place, option.share + step)


def changed(figure: Figure, place: int, share: float) -> Figure:
    options = [o.model_copy(update={"share": share}) if n == place else o for n, o in enumerate(figure.every_option)]
    groups, at = [], len(figure.options)
    for group in figure.groups:
        end = at + len(group.options)
        groups.append(group.model_copy(update={"options": tuple(options[at:end])}))
        at = end
    return figure.model_copy(update={"options": tuple(options[: len(figure.options)]), "groups": tuple(groups)})


def test_every_share_changed_by_one_is_found(corpus: Path, originals: Path) -> None:
    whole, _ = reading.read(corpus)
    source = original.read(originals)
    assert source is not None
    assert list(figures.check(whole, source)) == []
    tried = 0
    for place, entry in enumerate(whole.figures):
        for mutant in mutants(entry.row):
            entries = list(whole.figures)
            entries[place] = replace(entry, row=mutant)
            assert list(figures.check(replace(whole, figures=tuple(entries)), source)), (entry.file, mutant)
            tried += 1
    assert tried > 200
