"""What the encoder takes for one another is found, and nothing is its own negative."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from assistant.encoder import Vectors
from ingest.hard_negatives import Group, mistaken, triplets

PLACES = {
    "När tänds fyren?": 0.0, "Vilken tid lyser fyren?": 0.1, "Vem tänder fyren?": 0.6, "Vem sköter lyktan?": 0.7,
    "Vad kostar fyren?": 0.9, "Priset på fyren?": 1.0, "Vem håller lyktan tänd?": 0.71, "Hur saltas sill?": 3.0,
    "Fyren tänds i skymningen.": 0.0, "Fyrvakten tänder fyren.": 1.0,
    "Källorna säger inte vad fyren kostar.": 2.0, "Lotsen sköter lyktan i hamnen.": 3.0, "Sillen saltas i tunnor.": 4.0,
}  # fmt: skip
"""Each text's angle."""
GROUPS = [
    Group("Fyren tänds i skymningen.", ("När tänds fyren?", "Vilken tid lyser fyren?"), True),
    Group("Fyrvakten tänder fyren.", ("Vem tänder fyren?", "Vem sköter lyktan?"), True),
    Group("Källorna säger inte vad fyren kostar.", ("Vad kostar fyren?", "Priset på fyren?"), False),
    Group("Lotsen sköter lyktan i hamnen.", ("Vem håller lyktan tänd?",), True),
    Group("Sillen saltas i tunnor.", ("Hur saltas sill?",), True),
]


class Angles:
    """An encoder of two dimensions."""

    name = "vinklar"

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Each text at its angle."""
        angles = np.array([PLACES[t] for t in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    passages = queries


ASKED = [(question, n) for n, group in enumerate(GROUPS) for question in group.questions]


def test_what_is_mistaken_has_another_answer_and_is_near_but_not_the_same() -> None:
    found = {
        question: {ASKED[n][0] for n in others}
        for (question, _), others in zip(ASKED, mistaken(ASKED, GROUPS, Angles()), strict=True)
    }
    assert found["När tänds fyren?"] >= {"Vem tänder fyren?", "Vad kostar fyren?"}
    assert "Vilken tid lyser fyren?" not in found["När tänds fyren?"]
    assert "Vem håller lyktan tänd?" not in found["Vem sköter lyktan?"]
    assert found["Hur saltas sill?"] == set()


def test_questions_with_much_the_same_answer_are_not_set_against_one_another() -> None:
    twins = [*GROUPS[:1], Group("Fyren tänds i skymningen.", ("Vem tänder fyren?",), True)]
    asked = [(question, n) for n, group in enumerate(twins) for question in group.questions]
    assert list(mistaken(asked, twins, Angles())) == [[], [], []]


def test_a_question_is_set_against_what_it_is_taken_for() -> None:
    made = triplets(GROUPS, Angles(), random.Random(1))
    group = dict(ASKED) | {g.says: n for n, g in enumerate(GROUPS)}
    assert made
    assert all(group[question] == group[positive] != group[negative] for question, positive, negative in made)
    assert all(question != positive for question, positive, _ in made)


def test_what_is_not_answered_has_no_sentence_as_its_answer() -> None:
    made = triplets(GROUPS, Angles(), random.Random(1))
    says = GROUPS[2].says
    assert not any(says in (positive, negative) for _, positive, negative in made)
    assert any(question in GROUPS[2].questions for question, _, _ in made)
