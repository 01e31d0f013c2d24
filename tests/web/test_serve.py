"""The address that the server listens on."""

from __future__ import annotations

import socket

import pytest

from assistant.errors import InputError
from assistant.settings import Settings
from web import serve


def test_a_port_in_use_is_told_in_swedish() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"Porten {port} används redan"):
            serve.run(Settings(), "127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "words"), [("127.0.0.1", 99999, "finns inte"), ("finns.inte.invalid", 0, "Adressen")]
)
def test_an_address_that_is_not_one_is_told_in_swedish(host: str, port: int, words: str) -> None:
    with pytest.raises(InputError, match=words):
        serve.bound(host, port)
