"""The HTTP contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.engine import Engine

NIS = "När måste kommunen rapportera en incident enligt NIS 2?"


def ask(client: TestClient, **body: Any) -> Any:
    return client.post("/api/ask", json=body)


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [b for b in text.split("\n\n") if b]
    pairs = [block.split("\n", 1) for block in blocks]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


def test_answer_has_exactly_the_contracts_fields(client: TestClient) -> None:
    body = ask(client, question=NIS).json()
    assert set(body) == {
        "outcome", "answer", "claims", "citations", "passages", "notices", "language", "timings_ms",
    }  # fmt: skip
    assert body["outcome"] == "answered"
    assert "24 timmar" in body["answer"]
    assert set(body["citations"][0]) >= {
        "number",
        "document_id",
        "title",
        "kind",
        "section",
        "heading",
        "page",
        "quote",
    }
    assert "total" in body["timings_ms"]


def test_every_quote_is_the_documents_text_at_its_span(client: TestClient) -> None:
    citations = ask(client, question=NIS).json()["citations"]
    assert citations
    for citation in citations:
        text = client.get(f"/api/documents/{citation['document_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_stream_sends_claims_then_the_same_answer(client: TestClient) -> None:
    plain = ask(client, question=NIS).json()
    response = client.post("/api/ask", json={"question": NIS}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [name for name, _ in found] == ["claim"] * len(plain["claims"]) + ["answer"]
    assert [data for name, data in found if name == "claim"] == plain["claims"]
    assert found[-1][1] | {"timings_ms": 0} == plain | {"timings_ms": 0}


def test_a_follow_up_is_read_with_its_history(client: TestClient) -> None:
    body = ask(client, question="Vilka kommuner är med i det?", history=["Vad är SML-IT?"]).json()
    assert "Sotenäs" in body["answer"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": " \u200b\n"}, "question"),
        ({"question": "\u0000"}, "question"),
        ({"question": "a" * 1001}, "question"),
        ({"question": 5}, "question"),
        ({}, "question"),
        ({"question": "Vad är SDK?", "history": "Vad?"}, "history"),
        ({"question": "Vad är SDK?", "history": [1]}, "history"),
        ({"question": "Vad är SDK?", "history": ["a"] * 21}, "history"),
        ([], "body"),
    ],
)
def test_bad_input_names_its_field(client: TestClient, body: Any, field: str) -> None:
    found = problem(client.post("/api/ask", json=body), 422)
    assert found["field"] == field
    assert found["errors"][0]["field"] == field


def test_no_json_is_a_problem_with_the_body(client: TestClient) -> None:
    response = client.post("/api/ask", content=b"{nej", headers={"Content-Type": "application/json"})
    assert problem(response, 422)["field"] == "body"
    assert problem(client.post("/api/ask", data={"question": "Vad?"}), 422)["field"] == "body"


@pytest.mark.parametrize(
    "text", ["🙂🙂🙂", "och att det som", "<b>Vad är SDK?</b>", "x\u0000y", "\ud800 hej", "Was ist das?"]
)
def test_odd_questions_have_an_outcome(client: TestClient, text: str) -> None:
    content = json.dumps({"question": text})
    response = client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    assert response.json()["outcome"]


def test_bad_stream_is_refused_before_it_begins(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": ""}, headers={"Accept": "text/event-stream"})
    assert problem(response, 422)["field"] == "question"


def test_a_body_of_100_000_characters_is_too_large(client: TestClient) -> None:
    problem(ask(client, question="a" * 100_000), 413)


def test_a_chunked_body_is_bounded_too(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 1000

    problem(client.post("/api/ask", content=chunks(), headers={"Content-Type": "application/json"}), 413)


def test_a_personal_number_is_not_answered(client: TestClient) -> None:
    body = ask(client, question="Vad gäller för 811218-9876 i SML-IT?").json()
    assert body["outcome"] == "blocked_private"
    assert body["citations"] == []
    assert "811218" not in body["answer"]


def test_search_gives_passages_best_first(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "portföljstyrning", "k": 3}).json()
    assert [p["rank"] for p in found] == [1, 2, 3]
    assert set(found[0]) >= {"rank", "document_id", "section", "heading", "page", "text", "similarity"}


def test_search_is_limited_by_its_filters(client: TestClient) -> None:
    def ids(**params: Any) -> set[str]:
        return {p["document_id"] for p in client.get("/api/search", params={"q": "kommunen", **params}).json()}

    assert ids(kind="collaboration") == {"samverkan-sml", "samverkan-dalsland"}
    assert ids(rank=1) == {"nis2"}
    assert ids(document=["sdk", "nis2"]) == {"sdk", "nis2"}
    assert "nis2" not in ids(valid_on="2025-06-01", k=50)
    assert ids(document="finns-inte") == set()


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "a" * 1001}, "q"),
        ({"q": "NIS", "k": 0}, "k"),
        ({"q": "NIS", "k": "många"}, "k"),
        ({"q": "NIS", "kind": "bok"}, "kind"),
        ({"q": "NIS", "rank": 9}, "rank"),
        ({"q": "NIS", "valid_on": "i morgon"}, "valid_on"),
    ],
)
def test_bad_searches_name_their_field(client: TestClient, params: dict[str, Any], field: str) -> None:
    assert problem(client.get("/api/search", params=params), 422)["field"] == field


def test_documents_are_listed_and_read(client: TestClient, engine: Engine) -> None:
    listed = client.get("/api/documents").json()
    assert [d["id"] for d in listed] == sorted(engine.index.metadata)
    body = client.get("/api/documents/nis2").json()
    assert body["text"] == engine.document("nis2").text
    assert body["rank"] == 1


@pytest.mark.parametrize("id", ["finns-inte", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "nis2%00", "' OR 1=1 --"])
def test_an_unknown_document_is_a_404(client: TestClient, id: str) -> None:
    response = client.get(f"/api/documents/{id}")
    problem(response, 404)


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["documents"] == 8


def test_without_an_index_it_says_what_to_do(empty: TestClient) -> None:
    assert empty.get("/healthz").status_code == 200
    for response in (empty.get("/readyz"), ask(empty, question="Vad är SDK?"), empty.get("/api/documents")):
        assert "fyrlots ingest" in problem(response, 503)["detail"]


def test_unknown_addresses_and_methods_are_problems(client: TestClient) -> None:
    problem(client.get("/api/finns-inte"), 404)
    problem(client.put("/api/ask"), 405)
