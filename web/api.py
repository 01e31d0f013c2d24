"""The HTTP interface for programs, as the contract prints it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant import wire
from assistant.domain import Answer, Claim, Kind, Passage, Question
from assistant.engine import Engine
from assistant.errors import QuestionError
from assistant.pipeline import check, find
from assistant.retrieve import Filters
from web import asking
from web.problems import FieldError, Problem, invalid
from web.site import Site, site_of

router = APIRouter()
Shared = Annotated[Site, Depends(site_of)]
MOST_PASSAGES = 50


class Asked(BaseModel):
    """The body of `POST /api/ask`."""

    question: str
    history: list[str] = Field(default_factory=list, max_length=asking.HISTORY)

    def question_of(self) -> Question:
        """The question as the core takes it."""
        return Question(self.question, tuple(self.history))


@router.post("/api/ask", response_model=None)
async def ask(asked: Asked, request: Request, site: Shared) -> Response:
    """The answer as JSON, or claim by claim where the caller accepts an event stream."""
    if "text/event-stream" in request.headers.get("accept", ""):
        steps = await asking.stepwise(site, asked.question_of(), asking.itself)
        return StreamingResponse(events(steps), media_type="text/event-stream")
    return JSONResponse(wire.answer(await asking.answer(site, asked.question_of(), asking.itself)))


async def events(steps: AsyncIterator[Claim | Answer]) -> AsyncIterator[str]:
    """`claim` for each claim, `answer` last."""
    async for step in steps:
        if isinstance(step, Answer):
            yield asking.event("answer", wire.answer(step))
        else:
            claim = {"text": step.text, "citations": list(step.citations), "verified": step.verified}
            yield asking.event("claim", claim)


def filters(
    kind: Annotated[list[Kind] | None, Query()] = None,
    rank: Annotated[list[Annotated[int, Field(ge=1, le=5)]] | None, Query()] = None,
    document: Annotated[list[str] | None, Query(max_length=100)] = None,
    valid_on: date | None = None,
) -> Filters:
    """The limits that the address names; each but the day may be given several times."""
    return Filters(
        kinds=tuple(kind) if kind else None,
        ranks=tuple(rank) if rank else None,
        documents=tuple(document) if document else None,
        valid_on=valid_on.isoformat() if valid_on else None,
    )


@router.get("/api/search")
async def search(
    site: Shared,
    q: str,
    limits: Annotated[Filters, Depends(filters)],
    k: Annotated[int, Query(ge=1, le=MOST_PASSAGES)] = 10,
) -> list[dict[str, Any]]:
    """The best passages for a question, best first."""
    try:
        found = await site.workers.run(lambda: passages(site.engines.current(), Question(q), k, limits))
    except QuestionError as error:
        raise invalid([FieldError("q", str(error))]) from error
    return [wire.passage(p) for p in found]


def passages(engine: Engine, question: Question, k: int, limits: Filters) -> list[Passage]:
    """The best passages; none where no document passes the limits. Raises: QuestionError."""
    check(question, engine.settings.question_chars)
    return [] if limits.among(engine.index.metadata) == [] else find(engine, question, k, limits)


@router.get("/api/documents")
def documents(site: Shared) -> list[dict[str, Any]]:
    """Every document's metadata, by id."""
    return [wire.metadata(m) for m in site.engines.current().index.store.metadata()]


@router.get("/api/documents/{id}")
def document(id: str, site: Shared) -> dict[str, Any]:
    """One document: metadata and the text that quotes point into."""
    found = site.engines.current().find(id)
    if found is None:
        raise Problem(404, "no_document")
    return wire.document(found)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process is up."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(site: Shared) -> dict[str, Any]:
    """The index is open and questions can be answered; a problem with status 503 otherwise."""
    manifest = site.engines.current().index.manifest
    return {
        "status": "ready",
        "documents": manifest.documents,
        "chunks": manifest.chunks,
        "encoder": manifest.encoder,
        "version": manifest.version,
    }
