"""Whether a question is worded as those that the sources answer, or as those that they are known not to answer.

'Vad kostade …', 'vem ledde …', 'varför lämnade …': readers ask in vain in certain words, whatever they ask about. Names
and numbers are left out, so the model knows the asking more than the subject.
"""

from __future__ import annotations

from itertools import pairwise

from assistant import linear
from assistant.names import names
from assistant.swedish import stem, words

NAME, NUMBER, FIRST, LAST = "NAME", "0", "^", "$"
"""What stands for a name, a number, and the two ends of a question."""
BETWEEN = "_"
"""What stands for any word."""


def terms(question: str) -> list[str]:
    """The question's words as stems, each two that follow each other, and each two with one word between them."""
    named = {word for name in names(question) for word in words(name)}
    plain = [sign(word, word in named) for word in words(question)]
    row = (FIRST, *plain, LAST)
    near = [f"{one} {two}" for one, two in pairwise(row)]
    return plain + near + [f"{one} {BETWEEN} {two}" for one, two in zip(row, row[2:], strict=False)]


def sign(word: str, named: bool) -> str:
    """What stands for a word."""
    return NAME if named else NUMBER if any(map(str.isdigit, word)) else stem(word)


def answerable(question: str) -> float:
    """The chance, by its words alone, that the sources answer the question; 0 to 1."""
    model = linear.load("wording")
    return linear.logistic(
        model.bias + sum(model.coefficients.get(term, 0.0) for term in dict.fromkeys(terms(question)))
    )
