import io
import socket
import sys
from collections.abc import Iterator

import pytest

from api.core import logs


@pytest.fixture
def logged(app, monkeypatch) -> Iterator[io.StringIO]:
    """What the application writes to its log during one test."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    # The logger keeps the first stream it wrote to; it must look again, now and afterwards.
    vars(logs.log).pop("bind", None)
    logs.configure("info")
    yield written
    vars(logs.log).pop("bind", None)


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield listening.getsockname()[1]
