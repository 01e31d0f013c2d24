"""The web application, assembled in one place."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from assistant.engine import Engine
from assistant.errors import FyrlotsError
from assistant.settings import Settings
from web import (
    answer_files,
    api,
    chat,
    conversation_pages,
    duty_pages,
    introduction,
    knowledge_pages,
    languages,
    opinion_pages,
    opinions,
    pages,
    plan_pages,
    problems,
    sources,
)
from web.conversations import Conversations
from web.engines import Engines
from web.shield import BodyGate, StrictHeaders
from web.site import STATIC, Quality, Site, templates
from web.texts import swedish
from web.workers import Workers

log = logging.getLogger(__name__)
ROUTERS: tuple[APIRouter, ...] = (
    api.router,
    chat.router,
    answer_files.router,
    conversation_pages.router,
    opinion_pages.router,
    sources.router,
    knowledge_pages.router,
    duty_pages.router,
    introduction.router,
    plan_pages.router,
    pages.router,
)
SWEEP_S = 3600
"""How often conversations and opinions that are too old are deleted."""
WAITING_PER_WORKER = 4
"""Questions that may wait for each one being answered."""


def create_app(settings: Settings, engine: Engine | None = None, quality: Quality | None = None) -> FastAPI:
    """The application. Without an engine it opens the index that the settings name, and again when that changes."""
    app = FastAPI(
        title=swedish().name,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.site = Site(
        settings=settings,
        engines=Engines(settings, engine),
        workers=Workers(at_once(settings), settings.concurrency * WAITING_PER_WORKER),
        templates=templates({getattr(route, "path", "") for router in ROUTERS for route in router.routes}),
        conversations=kept(settings),
        quality=quality,
    )
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    app.add_middleware(languages.Switch)
    app.add_middleware(BodyGate, most_bytes=settings.body_bytes)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(problems.LastResort)
    app.add_middleware(StrictHeaders)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Opens the index while the first page is on its way; without an index the pages say what to do."""
    site: Site = app.state.site
    try:
        await run_in_threadpool(site.engines.current)
    except FyrlotsError as error:
        log.warning("%s", error)
    async with sweeping(site):
        yield
    site.workers.close()


def at_once(settings: Settings) -> int:
    """Questions answered at the same time: at most one for each core, unless a language model is waited for."""
    return settings.concurrency if settings.llm else min(settings.concurrency, os.cpu_count() or 1)


def kept(settings: Settings) -> Conversations | None:
    """Where conversations are kept; None where the municipality has not set it."""
    return Conversations(settings.conversations, settings.conversation_days) if settings.conversation_days > 0 else None


def sweeps(site: Site) -> list[Callable[[], None]]:
    """What deletes conversations and opinions that are too old."""
    given = site.settings
    kept = [site.conversations.sweep] if site.conversations else []
    return [*kept, partial(opinions.sweep, given.feedback, given.feedback_days)]


@asynccontextmanager
async def sweeping(site: Site) -> AsyncIterator[None]:
    """Deletes what is too old, at once and then every hour, for as long as this lasts."""

    async def forever() -> None:
        while True:
            for sweep in sweeps(site):
                try:
                    await run_in_threadpool(sweep)
                except FyrlotsError as error:
                    log.error("%s", error)
            await asyncio.sleep(SWEEP_S)

    task = asyncio.create_task(forever())
    yield
    task.cancel()
