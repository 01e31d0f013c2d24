"""Replies of language models, well formed and not, whole and in pieces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import replies


def said_in(*pieces: str) -> list[tuple[str, tuple[str, ...]]]:
    """The claims of a reply in pieces."""
    return [(s.text, s.keys) for s in replies.claims(pieces)]


@pytest.mark.parametrize(
    ("reply", "claims"),
    [
        ('{"påstående": "A är B.", "nycklar": ["k1a2b"]}', [("A är B.", ("k1a2b",))]),
        ('[{"påstående": "A är B.", "nycklar": ["k1a2b"]}, {"claim": "C", "keys": "k3c4d"}]',
         [("A är B.", ("k1a2b",)), ("C", ("k3c4d",))]),
        ('{"påståenden": [\n  {"påstående": "A {x} är \\"B\\".",\n   "nycklar": ["k1a2b"]}\n]}',
         [('A {x} är "B".', ("k1a2b",))]),
        ("1. A är B [k1a2b].\n2. C är D [k3c4d, k1a2b]", [("A är B", ("k1a2b",)), ("C är D", ("k3c4d", "k1a2b"))]),
        ("A är B 【k1a2b】. C är D ［k3c4d］", [("A är B", ("k1a2b",)), ("C är D", ("k3c4d",))]),
        ("**A** är B (k1a2b)", [("A är B", ("k1a2b",))]),
        ("```json\n" '{"påstående": "A", "nycklar": ["k1a2b"]}' "\n```", [("A", ("k1a2b",))]),
        ('{"påstående": "A är B.", "nycklar": ["k1a2b"\n{"påstående": "C", "nycklar": ["k3c4d"]}',
         [("A är B.", ("k1a2b",)), ("C", ("k3c4d",))]),
        ("A är 5 &lt; 6 [1]", [("A är 5 < 6", ())]),
        ("Här är svaret:\n", []),
        ("", []),
        ('{"påstående": "", "nycklar": []}', []),
        ("{}" * 5, []),
    ],
)  # fmt: skip
def test_replies_are_read_however_they_are_cut(reply: str, claims: list[tuple[str, tuple[str, ...]]]) -> None:
    assert said_in(reply) == claims
    assert said_in(*reply) == claims


def test_a_claim_is_told_as_soon_as_its_line_is_whole() -> None:
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("A är B [k1a2b]\n", "C är D [k3c4d]\n"):
            taken.append(piece)
            yield piece

    assert next(replies.claims(pieces())).text == "A är B"
    assert len(taken) == 1
