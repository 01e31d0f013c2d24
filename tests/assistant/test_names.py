"""Named things: bodies and laws, people, municipalities."""

from __future__ import annotations

import pytest

from assistant.names import is_place, municipalities, names, persons, places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vad gör kommunen?", ()),
        ("Vad gör Sara Herrman i Fyrbodals kommunalförbund?", ("Sara Herrman", "Fyrbodals")),
        ("Hur arbetar lysekil med NIS 2 och SDK?", ("NIS 2", "SDK", "lysekil")),
        ("Hur går det i dals-ed?", ("dals-ed",)),
        ("Vad gör lysekils kommun?", ("lysekil",)),
        ("Vad gör Lysekil?", ("Lysekil",)),
        ("Vad gör Malmös kommun?", ("Malmö",)),
        ("Kommunen svarar. Den har rätt.", ()),
        ("Samarbetar upplands väsby?", ("upplands väsby",)),
    ],
)
def test_names_are_found_however_they_are_written(text: str, expected: tuple[str, ...]) -> None:
    assert set(names(text)) == set(expected)


def test_the_municipalities_are_sweden_s() -> None:
    assert {"lysekil", "upplands väsby", "sotenäs"} <= municipalities()
    assert 250 < len(municipalities()) <= 290


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hur gör Lilla Edets kommun och Dals-Ed?", ["lilla edet", "dals-ed"]),
        ("Borås och orust, Orusts bolag", ["borås", "orust"]),
        ("Vad är SDK?", []),
    ],
)
def test_municipalities_are_found_however_they_are_written(text: str, expected: list[str]) -> None:
    assert places(text) == expected


def test_a_place_is_a_name_and_no_more() -> None:
    assert is_place("Orusts") and is_place("Borås") and is_place("Lilla Edet")
    assert not is_place("Fyrbodal") and not is_place("Orust bolag")


def test_people_have_two_names() -> None:
    assert persons("Det säger Johan Magnusson och Eva K. Berg i Sverige.") == ["Johan Magnusson", "Eva K. Berg"]
