"""`trellis` as a shell meets it, and a Trellis on a port for it to speak to."""

import io
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn
from fastapi import FastAPI

from api import cli
from api.communities.models import Community
from api.core.db import Database
from api.core.settings import Settings
from api.identity.models import Person
from tests import make


class Ran(NamedTuple):
    """What a command told the shell."""

    code: int
    out: bytes
    err: str


Trellis = Callable[..., Ran]


@pytest.fixture
def trellis(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> Trellis:
    """`trellis("export", "sessions", TRELLIS_TOKEN=…)` runs a command in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRELLIS_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("TRELLIS_PUBLIC_URL", settings.public_url)
    monkeypatch.setenv("TRELLIS_LOG_LEVEL", "error")
    for name in ("TRELLIS_URL", "TRELLIS_TOKEN", "TRELLIS_FRONTEND_DIR", "TRELLIS_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object, stdin: bytes = b"", **environment: str) -> Ran:
        capsysbinary.readouterr()
        with monkeypatch.context() as patched:
            for name, value in environment.items():
                patched.setenv(name, value)
            patched.setattr(sys, "argv", ["trellis", *map(str, arguments)])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            code = 0
            try:
                cli.main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    return run


@pytest.fixture
def server(app: FastAPI) -> Iterator[str]:
    """The address of the application, served on a free port of this machine."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        log_level="critical",
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    serving = uvicorn.Server(config)
    thread = threading.Thread(target=serving.run)
    thread.start()
    while not serving.started:
        time.sleep(0.01)
    port = serving.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    serving.should_exit = True
    thread.join()


@pytest.fixture
def lena(db: Database) -> Person:
    return make.person(db, "Lena")


@pytest.fixture
def circle(db: Database, lena: Person) -> Community:
    """A community that Lena leads."""
    return make.community(db, "Peer support workers", lead=lena)


@pytest.fixture
def elsewhere(server: str, db: Database, lena: Person, trellis: Trellis) -> Trellis:
    """The same command, pointed at the server and with Lena's token in the environment."""
    word = make.token(db, lena.id)

    def run(*arguments: object, **more: object) -> Ran:
        return trellis(*arguments, **{"TRELLIS_URL": server, "TRELLIS_TOKEN": word, **more})

    return run
