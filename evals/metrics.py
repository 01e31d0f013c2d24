"""Every metric, each with its formula and its source; `evals/README.md` says the same in Swedish. Pure.

A question counts as answered when the outcome is `answered` or `partial`. What none of the cases tests is unscored.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from evals.figures import RESAMPLES, SEED, Figure, mean, share, unscored
from evals.records import Ranked, Record

LOST = frozenset({"misspelt_lost", "split_lost", "joined_lost", "english_lost"})
LOWER_IS_BETTER = LOST | {"false_abstention", "wrong_as_answered", "guard_alarms", "aurc"}
NO_MODEL = "Ingen språkmodell svarade."
NO_GUARD = "Inget påstående prövades mot skyddet."

Figures = dict[str, Figure]


def answers(records: Sequence[Record], again: Mapping[str, str] | None = None) -> Figures:
    """All figures on answers. `again`: id → digest of the same question asked a second time."""
    answerable = [r for r in records if r.answerable != "no"]
    without = [r for r in records if r.answerable == "no"]
    return {
        **correctness(records, answerable),
        **citations(records),
        **abstention(answerable, without),
        **selective(records),
        **guard(records),
        "authority": authority(records),
        "determinism": determinism(records, again or {}),
    }


def correctness(records: Sequence[Record], answerable: Sequence[Record]) -> Figures:
    """right: share of answerable questions answered with all required facts.
    facts: mean share of required ("vital") facts in the answer. Source: TREC nuggets, Pradeep et al., arXiv 2411.09607.
    crag: mean of +1 right, 0 held back or partial, −1 wrong. Source: CRAG, Yang et al., arXiv 2406.04744.
    wrong_as_answered: share of all questions whose answer is wrong and yet not called partial. Source: issue 5, Shows.
    """
    return {
        "right": share([r.right for r in answerable]),
        "facts": mean([r.facts for r in answerable]),
        "wrong_as_answered": share([r.family == "answered" and not r.right for r in records]),
        "crag": mean([float(r.score) for r in records]),
    }


def citations(records: Sequence[Record]) -> Figures:
    """quote_fidelity: share of citations whose quote is the document's text at [start:end]. Source: the contract.
    place_fidelity: share whose section, heading and page are the document's own at `start`.
    cited: share of answered answerable questions with at least one right citation.
    citation_precision: mean share of right citations in an answer. citation_recall: mean share of claims with a right
    citation. Source: ALCE, Gao et al., arXiv 2305.14627; support is decided by place and fact, not by a model.
    place_recall: mean share of the case's evidence places that are cited.
    citation_minimality: share of the citations of complete answers that are needed, each left out in turn.
    """
    every = [c for r in records for c in r.citations]
    spoken = [r for r in records if r.answerable != "no" and r.spoke]
    return {
        "quote_fidelity": share([c.exact for c in every]),
        "place_fidelity": share([c.placed for c in every]),
        "cited": share([r.cited for r in spoken]),
        "citation_precision": mean([r.precision for r in spoken]),
        "citation_recall": mean([r.supported for r in spoken]),
        "place_recall": mean([r.places for r in spoken]),
        "citation_minimality": share([c.needed for c in every]),
    }


def abstention(answerable: Sequence[Record], without: Sequence[Record]) -> Figures:
    """abstention: share of questions without an answer that were not answered, whole and by stratum.
    false_abstention: share of answerable questions that were not answered.
    Source: AbstentionBench, Kirichenko et al., arXiv 2506.09038 (recall; strata are ours).
    """
    by: dict[str, list[bool]] = defaultdict(list)
    for r in without:
        by[r.stratum or "other"].append(not r.spoke)
    return {
        "abstention": share([not r.spoke for r in without]),
        **{f"abstention_{stratum}": share(held) for stratum, held in sorted(by.items())},
        "false_abstention": share([not r.spoke for r in answerable]),
    }


def selective(records: Sequence[Record]) -> Figures:
    """coverage: answered of asked. selective_accuracy: right of answered.
    aurc: area under the risk–coverage curve over the coverage reached. Source: Geifman & El-Yaniv, arXiv 1705.08500.
    """
    return {
        "coverage": share([r.spoke for r in records]),
        "selective_accuracy": share([r.right for r in records if r.spoke]),
        "aurc": aurc(records),
    }


def curve(records: Sequence[Record]) -> list[tuple[float, float]]:
    """(coverage, risk) for every threshold on the judge's chance, from the surest answer on.

    Coverage is answered of all asked; risk is the share wrong among them. Answers of equal chance enter together.
    What was held back has no answer to judge, so the curve ends at the coverage reached.
    """
    spoken = sorted((r for r in records if r.spoke and r.chance is not None), key=lambda r: -(r.chance or 0.0))
    points, wrong = [], 0
    for n, record in enumerate(spoken, 1):
        wrong += not record.right
        if n == len(spoken) or spoken[n].chance != record.chance:
            points.append((n / len(records), wrong / n))
    return points


def aurc(records: Sequence[Record]) -> Figure:
    """Mean risk over the answered, surest first, with a bootstrap interval."""
    spoken = [(r.chance, not r.right) for r in records if r.spoke and r.chance is not None]
    if not spoken:
        return unscored("Inget svar har domarens sannolikhet.")
    chances = np.array([c for c, _ in spoken], dtype=float)
    wrong = np.array([w for _, w in spoken], dtype=float)
    random = np.random.default_rng(SEED)
    drawn = [_area(chances[i], wrong[i]) for i in random.integers(0, len(wrong), size=(RESAMPLES // 4, len(wrong)))]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(_area(chances, wrong), float(low), float(high), len(wrong))


def _area(chances: np.ndarray, wrong: np.ndarray) -> float:
    order = np.argsort(-chances, kind="stable")
    return float((np.cumsum(wrong[order]) / np.arange(1, len(wrong) + 1)).mean())


def guard(records: Sequence[Record]) -> Figures:
    """guard_kill: share of falsified claims that the grounding check rejects; guard_alarms: of true ones.

    Source: mutation testing, DeMillo et al. 1978, doi 10.1109/C-M.1978.218136; the operators are in `mutations.py`.
    """
    seen = [r.guarded for r in records if r.guarded is not None]
    killed = [n < g.killed for g in seen for n in range(g.false)]
    alarms = [n < g.alarms for g in seen for n in range(g.true)]
    return {"guard_kill": share(killed, NO_GUARD), "guard_alarms": share(alarms, NO_GUARD)}


def model(records: Sequence[Record]) -> Figures:
    """model_spoke: share of the questions put to the language model that it answered itself.

    claims_withheld: share of its claims that did not stand and were not shown. with_withheld: share of its answers with
    at least one such claim. Source: issue 5, point 7.
    """
    heard = [r.model for r in records if r.model is not None]
    spoken = [m for m in heard if m.spoke]
    return {
        "model_spoke": share([m.spoke for m in heard], NO_MODEL),
        "claims_withheld": share([n < len(m.withheld) for m in spoken for n in range(m.said)], NO_MODEL),
        "with_withheld": share([bool(m.withheld) for m in spoken], NO_MODEL),
    }


def authority(records: Sequence[Record]) -> Figure:
    """Share of the cited answers that say what their sources' rank, date and state ask for.

    No superseded text; rules to come named as such, and only those; an unconfirmed statement and an overtaken passage
    of the report called so. Source: `../shared/design.md`, promise 3.
    """
    return share([r.authority for r in records])


def determinism(records: Sequence[Record], again: Mapping[str, str]) -> Figure:
    """Share of the questions asked twice whose answers are the same to the byte. Source: design, promise 5."""
    return share([again[r.id] == r.digest for r in records if r.id in again], "Ingen fråga ställdes två gånger.")


def search(found: Iterable[Ranked | None]) -> Figures:
    """All figures on what the search finds, over questions whose evidence the index holds.

    recall_at_k: share of questions with evidence among the k best (success@k).
    mrr: mean of 1/rank of the first evidence, 0 beyond ten. Source: Voorhees 1999, TREC-8.
    ndcg_at_10: Σ 1/log2(1+rank) over evidence in the ten best, of the best possible. Source: Järvelin &
    Kekäläinen 2002, doi 10.1145/582415.582418. facts_at_5: mean share of the required facts in the five best together.
    distinct: share of the questions for which nothing was found twice.
    """
    every = [r for r in found if r is not None]
    held = [r for r in every if r.total]
    none = "Indexet har inget belägg för någon av frågorna."
    return {
        **{f"recall_at_{k}": share([recall_at_k(r, k) for r in held], none) for k in (1, 5, 10)},
        "ndcg_at_10": mean([ndcg_at_k(r, 10) for r in held], none),
        "mrr": mean([mrr(r) for r in held], none),
        "facts_at_5": mean([r.facts_at_5 for r in held], none),
        "distinct": share([r.distinct for r in every], none),
    }


def recall_at_k(found: Ranked, k: int) -> bool:
    """Whether any evidence is among the k best."""
    return any(rank <= k for rank in found.ranks)


def mrr(found: Ranked) -> float:
    """1/rank of the first evidence; 0 where none was found."""
    return 1 / min(found.ranks) if found.ranks else 0.0


def ndcg_at_k(found: Ranked, k: int) -> float:
    """Discounted gain of the evidence found, of what the best order would give."""
    gain = sum(1 / math.log2(1 + rank) for rank in found.ranks if rank <= k)
    best = sum(1 / math.log2(1 + rank) for rank in range(1, min(k, found.total) + 1))
    return gain / best if best else 0.0
