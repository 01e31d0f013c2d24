"""The contract's form, key by key."""

from __future__ import annotations

import json
from dataclasses import replace

from made import LAW, citation, document, passage

from assistant import wire
from assistant.domain import Answer, Claim, Outcome

PASSAGE = replace(passage("Stycket.", LAW, section="2"), similarity=0.12345678, parts={"grams": 1.23456789})
ANSWER = Answer(
    Outcome.ANSWERED,
    "Svar [1]",
    (Claim("Svar", (1,), True),),
    (citation(LAW, "Citat.", "2"),),
    (PASSAGE,),
    ("Obs",),
    timings_ms={"total": 1.0},
)


def test_an_answer_has_the_contract_s_keys_in_its_order() -> None:
    body = wire.answer(ANSWER)
    contract = ["outcome", "answer", "claims", "citations", "passages", "notices", "language", "timings_ms"]
    assert [key for key in body if key in contract] == contract
    assert body["outcome"] == "answered"
    assert body["claims"] == [{"text": "Svar", "citations": [1], "verified": True}]
    assert body["notices"] == ["Obs"]
    assert json.loads(json.dumps(body)) == body


def test_the_id_stands_first_and_only_where_it_is_given() -> None:
    assert next(iter(wire.answer(ANSWER, "q1").items())) == ("id", "q1")
    assert "id" not in wire.answer(ANSWER)


def test_a_citation_carries_what_the_reader_must_know_of_its_document() -> None:
    assert wire.citation(ANSWER.citations[0]) == {
        "number": 1,
        "document_id": "lagen",
        "title": "Lagen",
        "kind": "regulation",
        "section": "2",
        "heading": None,
        "page": None,
        "quote": "Citat.",
        "start": 0,
        "end": 6,
        "url": None,
        "valid_from": "2026-01-15",
        "as_of": None,
        "status": "in_force",
    }


def test_a_passage_is_explained_only_where_that_is_asked() -> None:
    plain = wire.passage(PASSAGE)
    assert {"rank", "document_id", "section", "heading", "page", "text", "similarity"} <= set(plain)
    assert (plain["similarity"], "parts" in plain) == (0.123457, False)
    assert wire.passage(PASSAGE, explain=True) == plain | {"parts": {"grams": 1.234568}}


def test_a_document_is_its_metadata_and_the_text_that_quotes_point_into() -> None:
    made = document(("paragraph", "Texten."), meta=LAW)
    body = wire.document(made)
    assert body == wire.metadata(LAW) | {"text": "Texten."}
    assert (body["id"], body["rank"], body["suspicious"]) == ("lagen", 1, ())
