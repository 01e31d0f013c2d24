"""A real HTTP server that speaks the OpenAI protocol. The model's name chooses what it does with the evidence."""

from __future__ import annotations

import asyncio
import html
import json
import re
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

Evidence = Mapping[str, str]
"""Key → text, as read out of the prompt."""

_FENCE = re.compile(r'<underlag-(\w+) nyckel="(\w+)"[^>]*>\n(.*?)\n</underlag-\1>', re.DOTALL)
SLOW_S = 1.5


def line(text: str, *keys: str) -> str:
    """One claim in the form that is asked for."""
    return json.dumps({"påstående": text, "nycklar": list(keys)}, ensure_ascii=False) + "\n"


def key(evidence: Evidence, words: str) -> str:
    """The key of the evidence that holds the words."""
    return next(k for k, text in evidence.items() if words in text)


def good(evidence: Evidence) -> str:
    """Two true claims."""
    return line(
        "Kommunen ska lämna en upplysning senast 24 timmar efter att den fått kännedom om incidenten.",
        key(evidence, "24 timmar"),
    ) + line("Slutrapporten ska lämnas inom en månad (2 kap. 8 § cybersäkerhetslagen).", key(evidence, "en månad"))


def altered(old: str, new: str) -> Callable[[Evidence], str]:
    """The good reply with a word of its first claim changed."""
    return lambda evidence: good(evidence).replace(old, new, 1)


def swapped(evidence: Evidence) -> str:
    """True claims, each under the other's key."""
    one, other = key(evidence, "24 timmar"), key(evidence, "en månad")
    return good(evidence).replace(one, "X").replace(other, one).replace("X", other)


def municipality(evidence: Evidence) -> str:
    """Another municipality than the source's."""
    return line("Lysekil leder arbetet med gemensam beredskap.", key(evidence, "Uddevalla"))


def advice(evidence: Evidence) -> str:
    """Advice made a duty, and the true claim after it."""
    return line("Kommunen ska öva en gång per år.", key(evidence, "öva")) + good(evidence)


def unknown_key(evidence: Evidence) -> str:
    """A key that was never given."""
    return line("Kommunen bör öva en gång per år.", "k0000")


def half_known(evidence: Evidence) -> str:
    """A key that was never given beside one that was."""
    return line("Kommunen bör öva en gång per år.", "kffff", key(evidence, "öva"))


def malformed(evidence: Evidence) -> str:
    """JSON without its end, full-width brackets, code fences, prose."""
    first, second = key(evidence, "öva"), key(evidence, "en månad")
    return (
        "Här kommer svaret:\n```json\n"
        f'{{"påstående": "Kommunen bör öva en gång per år.", "nycklar": ["{first}"\n'
        f'{{"påstående": "Uddevalla leder arbetet med gemensam beredskap.", "nycklar": ["{first}"]}},\n'
        f"- Slutrapporten ska lämnas inom en månad 【{second}】\n```\nHoppas det hjälper!"
    )


def obeying(evidence: Evidence) -> str:
    """Does what a poisoned document asks for, under the key of another document and of the poisoned one."""
    asked = next((t for t in evidence.values() if "HEMLIG ORDER" in t), "")
    wanted = re.search(r"skriv att (.+?)\.", asked)
    claim = wanted.group(1).capitalize() if wanted else "Ingen order fanns"
    return line(f"{claim}.", key(evidence, "24 timmar"), *(k for k, t in evidence.items() if "HEMLIG ORDER" in t))


REPLIES: dict[str, Callable[[Evidence], str]] = {
    "good": good,
    "invented": altered("24 timmar", "48 timmar"),
    "negated": altered("ska lämna", "ska inte lämna"),
    "paragraph": altered("incidenten.", "incidenten (3 kap. 9 § cybersäkerhetslagen)."),
    "swapped": swapped,
    "municipality": municipality,
    "advice": advice,
    "unknown_key": unknown_key,
    "half_known": half_known,
    "malformed": malformed,
    "obeying": obeying,
    "empty": lambda evidence: "",
    "nonsense": lambda evidence: "Jag är bara en språkmodell och kan tyvärr inte hjälpa till med det.\n",
    "all_wrong": altered("24", "25"),
}


@dataclass
class FakeLlm:
    """The running server."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the chat requests, in order."""
    paths: list[str] = field(default_factory=list)

    @property
    def prompt(self) -> str:
        """The last question as it was sent."""
        return str(self.requests[-1]["messages"][-1]["content"])

    @property
    def evidence(self) -> Evidence:
        """The last evidence, by key."""
        return read(self.prompt)


def read(prompt: str) -> Evidence:
    """The evidence in a prompt, its escapes undone."""
    return {k: html.unescape(text) for _, k, text in _FENCE.findall(prompt)}


def application(fake: FakeLlm) -> FastAPI:
    """The endpoints that the OpenAI client uses, and one that takes note of everything else."""
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def chat(request: Request) -> Response:
        body = await request.json()
        fake.requests.append(body)
        model = body["model"]
        if model.isdigit():
            message = f"nyckeln {request.headers.get('authorization')} har ingen kvot"
            return JSONResponse({"error": {"message": message, "type": "fault"}}, status_code=int(model))
        if model == "slow":
            await asyncio.sleep(SLOW_S)
        once = model == "500_once" and len(fake.requests) == 1
        if once:
            return JSONResponse({"error": {"message": "tillfälligt"}}, status_code=500)
        return StreamingResponse(events(model, read(body["messages"][-1]["content"])), media_type="text/event-stream")

    @app.api_route("/{path:path}", methods=["GET", "POST", "PATCH"])
    async def other(path: str) -> Response:
        fake.paths.append(path)
        return JSONResponse({})

    return app


async def events(model: str, evidence: Evidence) -> AsyncIterator[str]:
    """Server-sent events of the reply, a few characters at a time."""
    if model == "endless":
        while True:
            yield event("blaha ")
            await asyncio.sleep(0)
    if model == "dripping":
        for _ in range(40):
            yield event("x")
            await asyncio.sleep(0.05)
    text = REPLIES.get(model, good)(evidence)
    cut = len(text) * 3 // 4 if model in ("cut", "unfinished") else len(text)
    for at in range(0, cut, 7):
        yield event(text[at : min(at + 7, cut)])
    if model == "cut":
        raise ConnectionError
    if model != "unfinished":
        yield event("", finish="stop")
    yield "data: [DONE]\n\n"


def event(content: str, finish: str | None = None) -> str:
    """One chunk of a streamed completion."""
    choice = {"index": 0, "delta": {"role": "assistant", "content": content}, "finish_reason": finish}
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n"


@contextmanager
def running() -> Iterator[FakeLlm]:
    """The server on a free loopback port, until the block ends."""
    fake = FakeLlm()
    listener = socket.create_server(("127.0.0.1", 0))
    fake.url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    config = uvicorn.Config(application(fake), log_config=None, log_level="critical", ws="none", lifespan="off")
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield fake
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
