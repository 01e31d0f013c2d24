"""The pages on a slow phone: what is sent, and how long until something is seen and a question can be asked.

Run as `python -m web.phone`, or by `make bench`. Starts a server of its own over the index that the settings name, and
loads each page in Chromium several times, nothing kept from before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from playwright.async_api import Browser, CDPSession, async_playwright
from rich.console import Console
from rich.table import Table

from assistant import settings
from web import load

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
QUESTION = "När måste kommunen rapportera en incident enligt NIS 2?"
PAGES = {"första sidan": "/", "svaret": f"/?fraga={quote(QUESTION)}"}
SLOW_4G = {"latency": 562.5, "downloadThroughput": 1474.56 * 1000 / 8, "uploadThroughput": 675 * 1000 / 8}
"""Milliseconds before each response, bytes a second. Source: Lighthouse, `throttling.mobileSlow4G` as applied by
DevTools: 150 ms there and back, times 3.75 for setting up connections; 1.6 and 0.75 Mbit/s, nine tenths of each."""
SLOWER_CPU = 4
"""Source: the same, `cpuSlowdownMultiplier`."""
SCREEN: Any = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
"""Source: the same, `screenEmulation` of a Moto G Power."""
QUIET_MS = 500
"""So long the page is watched after its last response."""
LONG_TASK_MS = 50
"""What a task takes beyond it blocks the reader. Source: Total Blocking Time, web.dev/tbt."""
FIGURES = {
    "bytes": ("Skickat, komprimerat (kB)", "högst 100"),
    "requests": ("Anrop", ""),
    "elsewhere": ("Anrop till andra servrar", "0"),
    "first_paint_ms": ("Något syns (ms)", ""),
    "usable_ms": ("Frågan kan skrivas och skickas (ms)", "högst 1000"),
    "largest_paint_ms": ("Det största syns (ms)", ""),
    "shift": ("Sidan hoppar (CLS)", ""),
    "blocked_ms": ("Sidan är upptagen (TBT, ms)", ""),
}
"""Figure → its name, and the aim where there is one."""
WIDTH = 100
"""Of the table where the output is no terminal."""
WATCH = """
    window.seen = {usable: null, largest: 0, shift: 0, tasks: []};
    const watch = (type, heed) =>
        new PerformanceObserver(list => list.getEntries().forEach(heed)).observe({type, buffered: true});
    watch('largest-contentful-paint', e => { seen.largest = e.startTime; });
    watch('layout-shift', e => { if (!e.hadRecentInput) seen.shift += e.value; });
    watch('longtask', e => { seen.tasks.push(e.duration); });
    const look = () => {
        const [field, button] = ['#fraga', '#fragor [type=submit]'].map(s => document.querySelector(s));
        if (field?.getClientRects().length && button?.getClientRects().length) seen.usable = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""
"""Frames come only when the page may be shown, so the form is on the screen when it is found."""


@dataclass(frozen=True, slots=True)
class Load:
    """One load of a page; times from when the address was asked for."""

    bytes: int
    """Sent to the browser, compressed and with headers."""
    requests: int
    elsewhere: int
    """Requests to other servers than ours."""
    first_paint_ms: float
    """First contentful paint."""
    usable_ms: float
    """The form is on the screen and can be written in and sent; it needs no JavaScript."""
    largest_paint_ms: float
    """Largest contentful paint."""
    shift: float
    """Cumulative layout shift."""
    blocked_ms: float
    """Total blocking time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, and prints the figures as a table or as JSON."""
    options = parser().parse_args(arguments)
    loads = asyncio.run(measured(options))
    if options.json:
        print(json.dumps(figures(loads), ensure_ascii=False, indent=1))
    else:
        print_table(loads)
    return 0


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(prog="python -m web.phone", description="Mäter sidorna på en långsam telefon.")
    made.add_argument("--times", type=int, default=5, help="så många gånger laddas var sida")
    made.add_argument("--json", action="store_true", help="skriv siffrorna som JSON, med varje laddning")
    made.add_argument("--index", type=Path, help="indexets mapp")
    return made


async def measured(options: argparse.Namespace) -> dict[str, list[Load]]:
    """Page → its loads."""
    async with load.server(settings.load(index=options.index).index) as (address, _):
        return dict(zip(PAGES, await visits(address, list(PAGES.values()), options.times), strict=True))


def figures(loads: Mapping[str, Sequence[Load]]) -> dict[str, Any]:
    """What is printed as JSON: the machine, how slow it was made, and each page's typical load and every load."""
    pages = {name: asdict(typical(each)) | {"loads": [asdict(one) for one in each]} for name, each in loads.items()}
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "line": SLOW_4G, "cpu": SLOWER_CPU} | pages


def print_table(loads: Mapping[str, Sequence[Load]]) -> None:
    """Each page's typical load, for people."""
    console = Console(highlight=False)
    console.width = console.width if console.is_terminal else WIDTH
    times = len(next(iter(loads.values())))
    title = f"Långsam telefon: 4G med 1,6 Mbit/s, {SLOWER_CPU} gånger långsammare, median av {times}"
    table = Table("", *loads, "mål", title=title)
    for name, (words, aim) in FIGURES.items():
        table.add_row(words, *(written(name, getattr(typical(each), name)) for each in loads.values()), aim)
    console.print(table)


def written(name: str, value: float) -> str:
    """A figure as Swedes write it."""
    if name == "bytes":
        return f"{value / 1000:.1f}".replace(".", ",")
    return f"{value:.3f}".replace(".", ",") if name == "shift" else f"{value:.0f}"


class Wire:
    """Listens to what is asked for and sent."""

    def __init__(self, session: CDPSession, own: str) -> None:
        self.asked: list[str] = []
        self.bytes = 0
        self._own = own
        session.on("Network.requestWillBeSent", self.ask)
        session.on("Network.loadingFinished", self.finish)

    def ask(self, event: Mapping[str, Any]) -> None:
        """A request is on its way."""
        self.asked.append(event["request"]["url"])

    def finish(self, event: Mapping[str, Any]) -> None:
        """A response has come, so many bytes on the wire."""
        self.bytes += round(event["encodedDataLength"])

    def elsewhere(self) -> int:
        """Requests to other servers than ours."""
        return sum(not url.startswith((f"{self._own}/", "data:")) for url in self.asked)


async def visit(browser: Browser, base: str, path: str) -> Load:
    """Loads the page as a slow phone that has never seen it."""
    context = await browser.new_context(locale="sv-SE", **SCREEN)
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    wire = Wire(session, base)
    await session.send("Network.enable")
    await session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    await page.add_init_script(WATCH)
    await page.goto(base + path, wait_until="networkidle")
    await page.wait_for_timeout(QUIET_MS)
    seen = await page.evaluate(
        "({...seen, first: performance.getEntriesByName('first-contentful-paint')[0].startTime})"
    )
    await context.close()
    return Load(
        bytes=wire.bytes,
        requests=len(wire.asked),
        elsewhere=wire.elsewhere(),
        first_paint_ms=seen["first"],
        usable_ms=max(seen["usable"], seen["first"]),
        largest_paint_ms=seen["largest"],
        shift=seen["shift"],
        blocked_ms=sum(max(0.0, task - LONG_TASK_MS) for task in seen["tasks"]),
    )


async def visits(base: str, paths: Sequence[str], times: int) -> list[list[Load]]:
    """Each page loaded so many times. The first load of each, which warms the server, does not count."""
    async with async_playwright() as runner:
        browser = await runner.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        loads = [[await visit(browser, base, path) for _ in range(times + 1)][1:] for path in paths]
        await browser.close()
    return loads


def typical(loads: Sequence[Load]) -> Load:
    """The median of each figure."""
    return Load(**{name: median(getattr(one, name) for one in loads) for name in asdict(loads[0])})


if __name__ == "__main__":
    sys.exit(main())
