"""Fits the closer reading on the tune half: which passage without questions of its own answers, by its sentences.

The report half cannot be reached from here. `python -m evals.closeness INDEX`, the index being one of the originals,
writes `assistant/models/closer.json` and prints what each strength of the penalty gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import closer
from assistant.engine import open_engine
from assistant.settings import load as load_settings
from evals import ablation, cases
from evals.grading import is_evidence
from evals.judging import Bench
from evals.tune import kept, write

Rows = npt.NDArray[np.float64]
"""Shape (passages, features) or (features,), float64."""
NAMES = ("grams", "texts", "sentence", "window")
PENALTIES = (1.0, 10.0, 100.0, 1000.0, 10_000.0)
FOLDS = 5
SEED = 20261122


@dataclass(frozen=True)
class Sample:
    """The passages that were read closer for one question, in the order that the search gave them."""

    table: Rows
    """Shape (passages, features)."""
    right: npt.NDArray[np.bool_]
    """Whether each is evidence."""


def samples(bench: Bench) -> Iterator[Sample]:
    """The questions of the tune half that the index has evidence for."""
    plain = replace(ablation.remembering(bench.engine.retriever), by_sentences=False)
    for case, query in ablation.read(bench.engine, [c for c in cases.tuning() if c.evidence]):
        if bench.held(case):
            found = {p.chunk.id: p for p in plain.search(query, closer.READ)}
            chunks = {id: p.chunk for id, p in found.items()}
            read = plain.read(query, list(found), chunks, plain.parts(query, None)[0])
            table = np.array([[row[name] for name in NAMES] for row in read.values()])
            yield Sample(table, np.array([is_evidence(case, found[id]) for id in read]))


def fit(given: Sequence[Sample], penalty: float) -> Rows:
    """One slope a feature, none below zero: the least penalised loss of choosing a right passage among those read.

    Source: ListNet's top-one loss, Cao et al. 2007, doi 10.1145/1273496.1273513; L2 over standardised features.
    """
    from scipy.optimize import minimize

    every = np.vstack([s.table for s in given])
    spread = every.std(axis=0) + 1e-9
    useful = [Sample(s.table / spread, s.right) for s in given if s.right.any() and not s.right.all()]

    def loss(at: Rows) -> tuple[float, Rows]:
        told = [one(sample, at) for sample in useful]
        value = sum(v for v, _ in told) + penalty * float(at @ at) / 2
        return value, np.sum([slope for _, slope in told], axis=0) + penalty * at

    start = np.zeros(len(NAMES))
    found: Rows = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(NAMES)).x
    slopes: Rows = found / spread
    return slopes


def one(sample: Sample, at: Rows) -> tuple[float, Rows]:
    """The loss of one question, and its slope."""
    score = sample.table @ at
    chance = np.exp(score - score.max())
    chance /= chance.sum()
    right = chance[sample.right].sum()
    pull = chance - np.where(sample.right, chance / right, 0.0)
    return -float(np.log(right)), sample.table.T @ pull


def held_back(given: Sequence[Sample], penalty: float) -> tuple[float, float, float]:
    """Right at 1, right among 5 and mean reciprocal rank over questions that the fit had not seen, in five turns."""
    turn = np.random.default_rng(SEED).permutation(len(given)) % FOLDS
    ranks: list[float] = []
    for n in range(FOLDS):
        slopes = fit([s for s, t in zip(given, turn, strict=True) if t != n], penalty)
        ranks += [first(s, slopes) for s, t in zip(given, turn, strict=True) if t == n]
    found = np.array(ranks)
    return float((found == 1).mean()), float((found <= 5).mean()), float((1 / found).mean())


def first(sample: Sample, slopes: Rows) -> float:
    """The rank of the first right passage; infinite where there is none."""
    order = np.argsort(-(sample.table @ slopes).round(6), kind="stable")
    ranks = np.flatnonzero(sample.right[order])
    return float(ranks[0] + 1) if len(ranks) else float("inf")


def best(given: Sequence[Sample]) -> float:
    """The penalty with which most unseen questions have evidence among the five best; of equals, the strongest."""
    before = float(np.mean([s.right[:5].any() for s in given]))
    found = {penalty: held_back(given, penalty) for penalty in PENALTIES}
    for penalty, (at_1, at_5, reciprocal) in found.items():
        print(f"{penalty:g}: {at_1:.3f} {at_5:.3f} {reciprocal:.3f} (5 före: {before:.3f})")
    return max(found, key=lambda penalty: (round(found[penalty][1], 4), penalty))


def model(given: Sequence[Sample]) -> dict[str, Any]:
    """The model as it is kept."""
    penalty = best(given)
    return kept(f"{len(given)} frågor, straff {penalty:g}", 0.0, NAMES, fit(given, penalty))


def main() -> None:
    """Fits the model on the index named on the command line."""
    engine = open_engine(load_settings(index=Path(sys.argv[1])))
    write("closer", model(list(samples(Bench(engine, engine.today)))))


if __name__ == "__main__":
    main()
