"""The fit of the model of wording, on questions made by hand."""

from __future__ import annotations

from assistant.linear import logistic
from assistant.wording import terms
from evals.wording import LEAST, fit

ANSWERED = [f"När ska {thing} märkas?" for thing in ("bojen", "kajen", "bron", "rampen", "fyren", "leden")]
IN_VAIN = [f"Vad kostade {thing}?" for thing in ("bojen", "kajen", "bron", "rampen", "fyren", "leden")]


def chance(question: str, in_vain: list[str] = IN_VAIN) -> float:
    made = fit(ANSWERED, in_vain)
    return logistic(made["bias"] + sum(made["coefficients"].get(term, 0.0) for term in dict.fromkeys(terms(question))))


def test_the_wording_tells_and_the_subject_does_not() -> None:
    assert chance("När ska hamnen märkas?") > 0.7
    assert chance("Vad kostade hamnen?") < 0.3


def test_a_term_that_few_questions_have_is_left_out() -> None:
    assert len(ANSWERED) >= LEAST
    assert set(fit(ANSWERED, IN_VAIN)["coefficients"]) <= {
        t for q in ("När ska x märkas?", "Vad kostade x?") for t in terms(q)
    }


def test_both_kinds_weigh_the_same_however_many_there_are() -> None:
    assert abs(chance("Hamnen?", IN_VAIN * 20) - 0.5) < 0.2
