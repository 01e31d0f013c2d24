"""Fits the small linear models on the tune half: which sentence answers, and whether the sources answer at all.

The report half cannot be reached from here. `python -m evals.tune INDEX ORIGINALS` writes `assistant/models/*.json`.
`abstain_plain` is for texts that nobody has written questions for; it is fitted on an index of the originals.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import compose, evidence, judge, linear, understand
from assistant.domain import Question
from assistant.engine import Engine, open_engine
from assistant.pipeline import Clock, Gathered, gather, read, settle, split
from assistant.settings import load as load_settings
from evals import cases
from evals.cases import Case
from evals.grading import at_place, stands
from evals.judging import Bench

Rows = npt.NDArray[np.float64]
"""Shape (samples, features), float64."""
ELSEWHERE = 0.3
"""What a fact is worth in a sentence outside the evidence places."""
REGULARISATION = 0.03
PULL = 100.0
"""How strongly the slopes of the competition are pulled towards 0."""
AGAINST = ("unknown", "far", "gap_", "silent", "unmet_", "contradicted")
"""Features of the judge whose names begin so speak against an answer; all others speak for one."""
FOLDS = 5
"""Parts that the cases are dealt into."""
MOST_FALSE_ABSTENTION = 0.07
"""Of answerable tune questions, the share that the lower threshold may hold back; the aim is 8 % of unseen ones."""
MOST_FALSE_ANSWERS = 0.04
"""Of unanswerable tune questions, the share that may pass the upper threshold as answered."""
MOST_FALSE_ANSWERS_PLAIN = 0.2
"""The same where the texts have no readers' questions: fewer would make half of the right answers partial."""


@dataclass(frozen=True)
class Sample:
    """One question, or one of several in one, with its candidates."""

    case: Case
    given: Gathered


def samples(engine: Engine) -> Iterator[Sample]:
    """The tune half, as the pipeline sees it."""
    for case in cases.load(half="tune"):
        meant, _ = read(engine, Question(case.question, case.history))
        resolved = settle(engine, meant)
        if understand.guard(meant.text) is not None:
            continue
        for text, context in split(resolved):
            yield Sample(case, gather(engine, text, context, Clock()))


def reranked(given: Gathered) -> Gathered:
    """The same, ranked by the model that is now kept."""
    return replace(given, found=tuple(compose.ranked(given.found)), sides=tuple(map(reranked, given.sides)))


def worth(case: Case, candidate: evidence.Candidate) -> float:
    """The share of the required facts in a sentence, less outside the evidence places."""
    chunk = candidate.passage.chunk
    here = any(at_place(p, candidate.passage.document, chunk.section, chunk.path) for p in case.evidence)
    carried = sum(stands(f, candidate.text) for f in case.facts) / len(case.facts)
    return carried if here else ELSEWHERE * carried


def fit_select(given: Sequence[Sample]) -> dict[str, Any]:
    """The model of which sentence answers: each question's sentences compete for its facts.

    Listwise softmax loss (ListNet, Cao et al. 2007). The bias makes the best sentence's chance how often it answers.
    """
    lists = [row for sample in given if (row := competing(sample)) is not None]
    names = sorted(given[0].given.found[0].features)
    table: Rows = np.concatenate([[[row[name] for name in names] for row in rows] for rows, _ in lists])
    shares: Rows = np.concatenate([values for _, values in lists])
    starts = np.cumsum([0, *(len(values) for _, values in lists[:-1])])
    spread = table.std(axis=0) + 1e-9
    slopes = compete((table - table.mean(axis=0)) / spread, shares, starts) / spread
    scores = table @ slopes
    leading = [start + np.argmax(part) for start, part in zip(starts, np.split(scores, starts[1:]), strict=True)]
    bias = level(scores[leading], float(np.mean(shares[leading] > 0)))
    return kept(f"{len(lists)} frågor", bias, names, slopes)


def competing(sample: Sample) -> tuple[list[Mapping[str, float]], Rows] | None:
    """The features of a question's sentences and each one's share of the facts; None where no sentence has any."""
    values = np.array([worth(sample.case, c) for c in sample.given.found]) if sample.case.facts else np.zeros(0)
    return ([c.features for c in sample.given.found], values / values.sum()) if values.any() else None


def compete(table: Rows, shares: Rows, starts: npt.NDArray[np.int_]) -> Rows:
    """The slopes of least penalised listwise softmax loss. `starts`: the row where each question's sentences begin."""
    from scipy.optimize import minimize

    sizes = np.diff([*starts, len(shares)])

    def loss(slopes: Rows) -> tuple[float, Rows]:
        scores = table @ slopes
        raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        chances = raised / np.repeat(np.add.reduceat(raised, starts), sizes)
        value = float(-shares @ np.log(chances + 1e-12)) + PULL * float(slopes @ slopes) / 2
        return value, table.T @ (chances - shares) + PULL * slopes

    result: Rows = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return result


def level(scores: Rows, wanted: float) -> float:
    """The bias at which the mean chance of the scores is as wanted."""
    from scipy.optimize import brentq

    return float(brentq(lambda bias: np.mean(1 / (1 + np.exp(-scores - bias))) - wanted, -50, 50))


def fit_abstain(given: Sequence[Sample], most_false_answers: float) -> dict[str, Any]:
    """The model of whether the sources answer, with the two thresholds that the limits above give."""
    rows, whose = [], []
    for sample in given:
        chosen = reranked(sample.given).chosen(compose.LIMIT_CHARS)
        if chosen:
            rows.append(judge.features(sample.given.asked, chosen, sample.given.passages))
            whose.append(sample.case)
    yes = np.array([case.answerable != "no" for case in whose])
    chances = apart(rows, yes, [case.id for case in whose])
    partial = float(np.quantile(chances[yes], MOST_FALSE_ABSTENTION))
    answered = max(partial, float(np.quantile(chances[~yes], 1 - most_false_answers)))
    return fit_balanced(rows, yes) | {"thresholds": {"answered": round(answered, 4), "partial": round(partial, 4)}}


def apart(
    rows: Sequence[Mapping[str, float]], yes: npt.NDArray[np.bool_], ids: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Each row's chance by a model that has not seen its case; on cases seen, the thresholds come out too high."""
    every = sorted(set(ids))
    fold = [every.index(id) % FOLDS for id in ids]
    chances = np.zeros(len(rows))
    for n in range(FOLDS):
        seen = [i for i, of in enumerate(fold) if of != n]
        model = fit_balanced([rows[i] for i in seen], yes[seen])
        made = linear.Linear(model["bias"], model["coefficients"], {}, "")
        for i in set(range(len(rows))).difference(seen):
            chances[i] = made.chance(rows[i])
    return chances


def fit_balanced(rows: Sequence[Mapping[str, float]], yes: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """The model of whether the sources answer; rows with and without an answer weigh the same together."""
    share = float(np.mean(yes))
    return fit(rows, [bool(y) for y in yes], [0.5 / share if y else 0.5 / (1 - share) for y in yes], signed=True)


def fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[bool], weights: Sequence[float], signed: bool = False
) -> dict[str, Any]:
    """A logistic model with an L2 penalty over standardised features, told back in the features' own units.

    `signed`: what speaks for an answer may not count against it, nor the other way round (AGAINST tells the latter).
    """
    names = sorted(rows[0])
    table: Rows = np.array([[row[name] for name in names] for row in rows], dtype=float)
    centre, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    bounds = (
        [(None, 0.0) if n.startswith(AGAINST) else (0.0, None) for n in names]
        if signed
        else [(None, None)] * len(names)
    )
    found = descend((table - centre) / spread, np.where(labels, 1.0, -1.0), np.array(weights), [*bounds, (None, None)])
    slopes = found[:-1] / spread
    return kept(f"{len(labels)} rader", float(found[-1] - slopes @ centre), names, slopes)


def descend(table: Rows, signs: Rows, weights: Rows, bounds: Sequence[tuple[float | None, float | None]]) -> Rows:
    """The slopes and, last, the bias of least penalised logistic loss within the bounds (L-BFGS-B)."""
    from scipy.optimize import minimize

    def loss(at: Rows) -> tuple[float, Rows]:
        margin = signs * (table @ at[:-1] + at[-1])
        pull = -weights * signs / (1.0 + np.exp(np.clip(margin, -40, 40)))
        penalty = at[:-1] / REGULARISATION
        value = float(weights @ np.logaddexp(0.0, -margin) + penalty @ at[:-1] / 2)
        return value, np.append(table.T @ pull + penalty, pull.sum())

    result: Rows = minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return result


def kept(of: str, bias: float, names: Sequence[str], slopes: Rows) -> dict[str, Any]:
    """A model as it is kept, without thresholds. `of`: what it was fitted on."""
    return {
        "run": f"tune {date.today().isoformat()}, {of}",
        "bias": round(bias, 4),
        "coefficients": {name: round(float(slope), 4) for name, slope in zip(names, slopes, strict=True)},
        "thresholds": {},
    }


def write(name: str, model: Mapping[str, Any]) -> None:
    """Keeps a model where the core reads it."""
    path = linear.FOLDER / f"{name}.json"
    path.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    linear.load.cache_clear()


def main() -> None:
    """Fits the models on the indexes named on the command line."""
    engine, plain = (open_engine(load_settings(index=Path(folder))) for folder in sys.argv[1:3])
    given = list(samples(engine))
    write("select", fit_select(given))
    write("abstain", fit_abstain(given, MOST_FALSE_ANSWERS))
    bench = Bench(plain, plain.today)
    held = [s for s in samples(plain) if s.case.answerable == "no" or (s.case.evidence and bench.held(s.case))]
    write("abstain_plain", fit_abstain(held, MOST_FALSE_ANSWERS_PLAIN))


if __name__ == "__main__":
    main()
