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
from typing import Any

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
    environment: dict[str, str]
    links: dict[str, str]
    people: dict[str, httpx2.Client] = field(default_factory=dict)

    def person(self, role: str) -> httpx2.Client:
        """Answer a client that is signed in as this person.

        A link works once, so everybody after the first uses the cookie it has brought.
        """
        if role not in self.people:
            client = httpx2.Client(base_url=self.url)
            token = self.links[role].split("#")[1]
            client.post("/v1/sign-ins/by-link", json={"token": token}).raise_for_status()
            self.people[role] = client
        return self.people[role]

    def cookies_of(self, role: str) -> list[dict[str, str]]:
        """Answer what a browser needs to be signed in as this person."""
        cookies = self.person(role).cookies.items()
        return [{"name": name, "value": value, "url": self.url} for name, value in cookies]

    def ask(self, role: str, path: str, **query: str) -> Any:
        answer = self.person(role).get(path, params=query)
        answer.raise_for_status()
        return answer.json()

    def community_of(self, role: str) -> str:
        """Answer a community to which this person belongs."""
        mine = self.ask(role, "/v1/me/memberships")["items"]
        wanted = {"member": "member", "lead": "lead"}[role]
        found = (m for m in mine if m["role"] == wanted and m["state"] == "active")
        return str(next(found)["community_id"])

    def session_of(self, role: str) -> str:
        """Answer a session of that community."""
        community = self.community_of(role)
        return str(self.ask(role, "/v1/sessions", community_id=community)["items"][0]["id"])

    def fresh_link(self, address: str = "new.steward@example.org") -> str:
        """Answer a link that nobody has used, for somebody who is new here."""
        return trellis(self.environment, "steward", "create", address).strip()

    def close(self) -> None:
        for client in self.people.values():
            client.close()


def trellis(environment: dict[str, str], *arguments: str) -> str:
    """Run a command and answer what it printed; what it says besides is shown if it fails."""
    done = subprocess.run(
        [TRELLIS, *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        text=True,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, f"trellis {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
    return done.stdout


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

    trellis(environment, "migrate")
    printed = trellis(environment, "demo")
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
            site = Site(url, environment, links)
            yield site
            site.close()
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
