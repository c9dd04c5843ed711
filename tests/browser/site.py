"""Trellis as people meet it: a process of its own, on a free port, with the demo network inside."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[2]
TRELLIS = Path(sys.executable).with_name("trellis")
PAGES = ROOT / "frontend" / "dist"

# `trellis demo` prints one line a person: their role, then a link that signs them in.
LINK = re.compile(r"\b(member|lead|coordinator)\b.*?(https?://\S+#\S+)", re.IGNORECASE)


@dataclass
class Site:
    """Where the running Trellis is, and who can sign in to it."""

    url: str
    links: dict[str, str]
    cookies: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def cookies_of(self, role: str) -> list[dict[str, str]]:
        """Sign in once as this person and answer the browser's cookies.

        A link works once, so everybody after the first uses the cookie it has brought.
        """
        if role not in self.cookies:
            token = self.links[role].split("#")[1]
            answer = httpx2.post(f"{self.url}/v1/sign-ins/by-link", json={"token": token})
            answer.raise_for_status()
            self.cookies[role] = [
                {"name": name, "value": value, "url": self.url}
                for name, value in answer.cookies.items()
            ]
        return self.cookies[role]


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Run Trellis on an empty database in this folder until the block ends."""
    assert (PAGES / "index.html").exists(), "the pages are not built; run `make frontend`"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "TRELLIS_DATABASE_URL": f"sqlite:///{folder / 'trellis.db'}",
        "TRELLIS_PUBLIC_URL": url,
        "TRELLIS_FRONTEND_DIR": str(PAGES),
        "TRELLIS_LOG_LEVEL": "warning",
    }

    def trellis(*arguments: str) -> str:
        done = subprocess.run(
            [TRELLIS, *arguments],
            cwd=ROOT,
            env=environment,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        assert done.returncode == 0, f"trellis {' '.join(arguments)}:\n{done.stdout}"
        return done.stdout

    trellis("migrate")
    printed = trellis("demo")
    links = {role.lower(): link for role, link in LINK.findall(printed)}
    assert links.keys() == {"member", "lead", "coordinator"}, printed

    log = folder / "serve.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [TRELLIS, "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_until_ready(url, process, log)
            yield Site(url, links)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, f"trellis serve has ended:\n{log.read_text()}"
        try:
            if httpx2.get(f"{url}/readyz", timeout=2).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"trellis serve is not ready after 30 s:\n{log.read_text()}")
