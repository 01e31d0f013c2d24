"""The two questions in a comparison."""

from __future__ import annotations

import re

import pytest

from assistant.sides import sides, without
from assistant.understand import understand


def told(text: str) -> list[list[str]]:
    """Each side as its words alone."""
    return [re.findall(r"\w+", side) for side in sides(understand(text))]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Vad är skillnaden mellan NIS 2 och cybersäkerhetslagen?", ("NIS 2", "cybersäkerhetslagen")),
        ("Vad skiljer SML från Dalslandssamarbetet?", ("SML", "Dalslandssamarbetet")),
        ("Hur sträng är CRA jämfört med NIS 2?", ("CRA", "NIS 2")),
        ("Vad kostar SDK respektive AI?", ("SDK", "AI")),
        ("What is the difference between NIS 2 and CRA?", ("NIS 2", "CRA")),
        ("Hva er forskjellen mellom SDK og NIS 2?", ("SDK", "NIS 2")),
        ("Vad är skillnad på en plattform och ett system?", ("plattform", "system")),
        ("Vad skiljer en lag mot en förordning?", ("lag", "förordning")),
        ("Jämför SDK, NIS 2 och CRA", ("SDK", "NIS 2", "CRA")),
    ],
)
def test_each_side_of_a_comparison_is_asked_for_without_the_others(text: str, things: tuple[str, ...]) -> None:
    found = [" ".join(side) for side in told(text)]
    assert len(found) == len(things)
    for n, side in enumerate(found):
        assert [thing for thing in things if re.search(rf"\b{thing}\b", side)] == [things[n]]
        assert (
            not re.search(r"skil|jämför|mellan|between|mellom|respektive", side, re.IGNORECASE) or "forskjell" in side
        )


def test_what_is_asked_of_both_stays() -> None:
    assert told("Vad kostar SDK respektive AI?") == [["Vad", "kostar", "SDK"], ["Vad", "kostar", "AI"]]


@pytest.mark.parametrize(
    "text",
    [
        "Vad är SDK?",
        "Jämför Sundsvall och Lysekil",  # places: the sources compare what they do, not them
        "Jämför Fyrbodal och Dalslands kommuner",
        "Hur står sig Lysekil mot Sotenäs?",
        "Jämför SDK, NIS 2, CRA och AI",  # too many
        "Vad skiljer SDK?",
        "Varför hjälper Digg kommunerna?",
        "",
    ],
)
def test_where_nothing_is_compared_there_are_no_sides(text: str) -> None:
    assert sides(understand(text)) == []


def test_the_others_are_taken_out_with_the_word_before_them() -> None:
    assert without("Vad kostar SDK och AI-förordningen?", ["AI"]).startswith("Vad kostar SDK")
    assert without("jämför SDK med AI", []) == "SDK med AI"
