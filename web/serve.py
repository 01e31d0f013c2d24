"""Runs the application on an address of this machine."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

from assistant.errors import InputError
from assistant.settings import Settings
from web.app import create_app
from web.connections import HEAD_BYTES, Connection
from web.site import Quality

KEEP_ALIVE_S = 15
STOP_S = 10
"""Answers under way have this long to finish when the server is stopped."""


def run(settings: Settings, host: str = "127.0.0.1", port: int = 8000, quality: Quality | None = None) -> None:
    """Serves until interrupted. Raises: InputError where the address is taken or not ours."""
    with bound(host, port) as listening:
        uvicorn.Server(config(create_app(settings, quality=quality))).run(sockets=[listening])


def config(app: FastAPI) -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        http=Connection,
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_S,
        access_log=False,
        server_header=False,
        log_level="warning",
    )


def bound(host: str, port: int) -> socket.socket:
    """A socket that holds the address. Raises: InputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise InputError(refusal(host, port, error)) from error
    return listening


def refusal(host: str, port: int, error: Exception) -> str:
    """What is wrong with the address, and what to do."""
    if isinstance(error, OverflowError):
        return f"Porten {port} finns inte. Välj ett tal mellan 1 och 65535 med --port."
    if isinstance(error, PermissionError):
        return f"Porten {port} kräver särskild behörighet. Välj en över 1023 med --port."
    if isinstance(error, socket.gaierror):
        return f"Adressen {host} finns inte. Välj en annan med --host, till exempel 127.0.0.1."
    if getattr(error, "errno", None) == 98:
        return f"Porten {port} används redan av ett annat program. Stoppa det eller välj en annan med --port."
    return f"Adressen {host}:{port} kan inte användas ({error}). Välj en annan med --host och --port."
