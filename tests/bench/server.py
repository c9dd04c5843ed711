"""Servers to be measured, each a process of its own on a loopback port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

HELLO = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/hello")
async def hello():
    return {"hello": "world"}
"""


@dataclass
class Server:
    url: str
    process: subprocess.Popen[bytes]
    started_in: float

    def cpu(self) -> float:
        """Seconds of processor time it has used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, what: str = "VmRSS") -> float:
        """Megabytes in memory now, or with `VmHWM` at most so far."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1]) / 1024
        raise LookupError(what)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, ready: str, **options: Any) -> Iterator[Server]:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx2.get(url + ready, timeout=5)
                break
            except httpx2.TransportError:
                if process.poll() is not None or time.perf_counter() - began > 30:
                    raise
                time.sleep(0.01)
        yield Server(url, process, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def hello(folder: Path) -> Iterator[Server]:
    """A bare FastAPI that says hello, on the same uvicorn."""
    (folder / "hello.py").write_text(HELLO)
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "hello:app", "--port", str(port)]
    with _running(
        [*command, "--log-level", "warning", "--no-access-log"], port, "/hello", cwd=folder
    ) as server:
        yield server


@contextmanager
def trellis(database_url: str, **settings: str) -> Iterator[Server]:
    port = _free_port()
    environment = {
        **os.environ,
        "TRELLIS_DATABASE_URL": database_url,
        "TRELLIS_LOG_LEVEL": "warning",
        "TRELLIS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **settings,
    }
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve"]
    with _running([*command, "--port", str(port)], port, "/healthz", env=environment) as server:
        yield server
