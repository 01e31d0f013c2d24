"""Many readers at once: how long they wait for the first claim beside a lone reader, and what the server's memory does.

Run as `python -m web.load`, or by `make bench`. Starts a server of its own over the index that the settings name.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx2

from assistant import index, settings
from web.serve import bound

SAMPLES = 10
"""Times the server's memory is read while many ask."""
START_S = 60.0


@dataclass(frozen=True, slots=True)
class Wait:
    """One question's way."""

    first_ms: float
    """Until the first claim, or the answer where it has none."""
    whole_ms: float
    fault: str = ""


@dataclass
class Run:
    """What a number of readers met."""

    readers: int
    waits: list[Wait] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    """The server's, read at even distances."""

    def summary(self) -> dict[str, object]:
        """The figures of the run."""
        first = [w.first_ms for w in self.waits if not w.fault]
        whole = [w.whole_ms for w in self.waits if not w.fault]
        return {
            "readers": self.readers,
            "questions": len(self.waits),
            "first_claim_p50_ms": round(median(first), 1) if first else None,
            "first_claim_p95_ms": round(p95(first), 1) if first else None,
            "answer_p95_ms": round(p95(whole), 1) if whole else None,
            "faults": [w.fault for w in self.waits if w.fault],
            "memory_mb": [round(m) for m in self.memory_mb],
        }


def p95(values: Sequence[float]) -> float:
    """The value that 19 of 20 do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, and prints the figures as JSON. Returns 1 where a question met a fault."""
    options = parser().parse_args(arguments)
    lone, crowd = asyncio.run(measured(options))
    machine = {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
    figures = machine | {"lone": lone.summary(), "crowd": crowd.summary(), "ratio_p95": ratio(lone, crowd)}
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 1 if any(w.fault for w in (*lone.waits, *crowd.waits)) else 0


def ratio(lone: Run, crowd: Run) -> float | None:
    """How many times longer the crowd waits for the first claim, at p95; None where either got no answer."""
    waits = [[w.first_ms for w in run.waits if not w.fault] for run in (crowd, lone)]
    return round(p95(waits[0]) / p95(waits[1]), 2) if all(waits) else None


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m web.load", description="Mäter väntan när många frågar samtidigt.")
    made.add_argument("--readers", type=int, default=20, help="läsare samtidigt")
    made.add_argument("--pause", type=float, default=3.0, help="sekunder från ett svar till nästa fråga")
    made.add_argument("--questions", type=int, default=400, help="frågor som de ställer tillsammans")
    made.add_argument("--lone", type=int, default=100, help="frågor som den ensamma läsaren ställer")
    made.add_argument("--index", type=Path, help="indexets mapp")
    return made


async def measured(options: argparse.Namespace) -> tuple[Run, Run]:
    """The lone reader's run, and the crowd's. All their questions warm the server first."""
    given = settings.load(index=options.index)
    every = questions(given.index)
    async with server(given.index) as (address, process):
        asked = list(itertools.islice(itertools.cycle(every), options.questions))
        await many(address, process, every[: max(options.lone, options.questions)], 1, 0.0)
        lone = await many(address, process, every[: options.lone], 1, 0.0)
        crowd = await many(address, process, asked, options.readers, options.pause)
    return lone, crowd


def questions(folder: Path) -> list[str]:
    """The questions that the corpus says it answers, in an order that is the same every time."""
    opened = index.open_index(folder)
    documents = (opened.store.document(id) for id in sorted(opened.metadata))
    found = [q for d in documents if d for listed in d.questions.values() for q in listed]
    opened.close()
    random.Random(1).shuffle(found)
    return found


@asynccontextmanager
async def server(folder: Path) -> AsyncIterator[tuple[str, int]]:
    """A server of its own: its address and its process."""
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "fyrlots", "serve", "--port", str(port), "--index", str(folder)]
    running = subprocess.Popen(command)  # noqa: S603 - our own program
    address = f"http://127.0.0.1:{port}"
    try:
        await ready(address)
        yield address, running.pid
    finally:
        running.terminate()
        running.wait()


async def ready(address: str) -> None:
    """Waits until the server answers. Raises: TimeoutError."""
    async with asyncio.timeout(START_S), httpx2.AsyncClient(base_url=address) as client:
        while True:
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            await asyncio.sleep(0.1)


async def many(address: str, process: int, asked: Sequence[str], readers: int, pause_s: float) -> Run:
    """The questions shared among the readers, each asking anew a while after an answer."""
    run = Run(readers)
    waiting = iter(asked)
    marks = {round(len(asked) * n / SAMPLES) for n in range(1, SAMPLES + 1)}
    async with httpx2.AsyncClient(base_url=address, timeout=60) as client:

        async def reader() -> None:
            for question in waiting:
                run.waits.append(await ask(client, question))
                if len(run.waits) in marks:
                    run.memory_mb.append(memory_mb(process))
                await asyncio.sleep(pause_s)

        await asyncio.gather(*(reader() for _ in range(readers)))
    return run


async def ask(client: httpx2.AsyncClient, question: str) -> Wait:
    """Asks as the page's own JavaScript does."""
    started = time.perf_counter()
    first: float | None = None
    last = ""
    try:
        async with client.stream("POST", "/fraga/strom", data={"fraga": question}) as response:
            if response.status_code != 200:
                return Wait(0, 0, f"{response.status_code}: {question}")
            async for line in response.aiter_lines():
                first = first or time.perf_counter() - started
                last = line.removeprefix("event: ") if line.startswith("event: ") else last
    except httpx2.HTTPError as error:
        return Wait(0, 0, f"{type(error).__name__}: {question}")
    if first is None or last != "answer":
        return Wait(0, 0, f"inget svar: {question}")
    return Wait(first * 1000, (time.perf_counter() - started) * 1000)


def memory_mb(process: int) -> float:
    """What the process holds in memory. Source: proc(5), VmRSS in kB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    sys.exit(main())
