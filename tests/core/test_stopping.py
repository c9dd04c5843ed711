"""A server that is told to stop finishes what it began."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2 as httpx
import pytest
from sqlmodel import select

from api.core.db import Database
from api.core.jobs import Job
from tests import make
from tests.looking import look

# It ends by the signal it was given, once it has finished.
ENDED = (0, -signal.SIGTERM)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(httpx.TransportError):
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


@pytest.fixture
def serving(settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    own = {
        "TRELLIS_DATABASE_URL": settings.database_url,
        "TRELLIS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TRELLIS_LOG_LEVEL": "error",
        "PATH": os.environ["PATH"],
    }
    command = [Path(sys.executable).with_name("trellis"), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=own, stderr=subprocess.PIPE, text=True) as server:
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        yield server, url
        server.kill()


def test_a_request_under_way_is_finished_and_then_the_server_ends(serving, app, db):
    server, url = serving
    sunita = make.steward(db)
    headers = {"Authorization": f"Bearer {make.token(db, sunita.id)}"}
    community = make.community(db, lead=sunita)
    tag = httpx.get(f"{url}/v1/communities/{community.id}", headers=headers).headers["etag"]
    answers = []

    def change() -> None:
        answers.append(
            httpx.patch(
                f"{url}/v1/communities/{community.id}",
                headers={**headers, "If-Match": tag},
                json={"region": "Wales"},
                timeout=20,
            )
        )

    with Database(app.state.engine) as holding:
        # Whoever changes the community has to wait for this.
        holding.get(type(community), community.id, with_for_update=True)
        asking = threading.Thread(target=change)
        asking.start()
        time.sleep(0.5)
        server.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert server.poll() is None, "it waits for what it began"
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{url}/healthz", timeout=2)
    asking.join(20)

    assert answers[0].status_code == 200
    assert answers[0].json()["region"] == "Wales"
    assert server.wait(20) in ENDED
    assert "Traceback" not in server.stderr.read()


def test_a_server_with_nothing_to_do_ends_at_once(serving):
    server, _ = serving
    server.send_signal(signal.SIGTERM)

    started = time.monotonic()
    assert server.wait(10) in ENDED
    assert time.monotonic() - started < 5


def test_the_server_does_the_work_that_waits(serving, db):
    end = time.monotonic() + 10
    planned: list[Job] = []
    while not planned and time.monotonic() < end:
        planned = look(db, select(Job))
        time.sleep(0.1)

    assert {"idempotency.forget", "limits.forget", "jobs.forget"} <= {job.kind for job in planned}
