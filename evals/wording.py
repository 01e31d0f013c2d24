"""Fits the model of how questions are worded, on the known questions and the known gaps of an index alone.

`python -m evals.wording INDEX` writes `assistant/models/wording.json`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.engine import Engine, open_engine
from assistant.settings import load as load_settings
from assistant.wording import terms
from evals.tune import kept, write

LEAST = 5
"""Questions that a term must stand in."""
PENALTY = 0.5
"""The inverse of the L2 penalty; from 0.3 to 10 the judge gets on as well with it."""


def fit(answered: Sequence[str], unanswered: Sequence[str]) -> dict[str, Any]:
    """A logistic model over the terms that a question has or has not; both kinds of question weigh the same."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counter = CountVectorizer(analyzer=terms, min_df=LEAST, binary=True)
    table = counter.fit_transform([*answered, *unanswered]).astype(float)
    labels = [True] * len(answered) + [False] * len(unanswered)
    model = LogisticRegression(C=PENALTY, class_weight="balanced", solver="liblinear", random_state=0)
    model.fit(table, labels)
    slopes = model.coef_[0].round(1)
    telling = np.flatnonzero(slopes)
    names = counter.get_feature_names_out()[telling]
    return kept(f"{len(labels)} frågor", float(model.intercept_[0]), names, slopes[telling])


def known(engine: Engine) -> tuple[list[str], list[str]]:
    """The index's questions with an answer and those to known gaps, spelt as a question is when it is read."""
    chunks = engine.index.store.chunks(sorted(engine.index.asked))
    answered = [question for _, chunk in sorted(chunks.items()) for question in chunk.questions]
    unanswered = [question for gap in (engine.gaps.known if engine.gaps else ()) for question in gap.questions]
    return mended(engine, answered), mended(engine, unanswered)


def mended(engine: Engine, questions: Sequence[str]) -> list[str]:
    """The questions with their spelling mended and abbreviations written out."""
    return [engine.speller.mend(question).text for question in questions]


if __name__ == "__main__":
    write("wording", fit(*known(open_engine(load_settings(index=Path(sys.argv[1]))))))
