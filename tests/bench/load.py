"""Asks a server from many connections at once, in a process of its own."""

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit


@dataclass
class Load:
    """What came back: how many answers of which status, in which second, and how late."""

    seconds: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    by_second: list[int] = field(default_factory=list)
    errors: int = 0
    p50: float = 0.0
    p99: float = 0.0

    @property
    def answered(self) -> int:
        return sum(self.statuses.values())

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


class _Client(asyncio.Protocol):
    """One connection that asks again as soon as it was answered."""

    def __init__(self, request: bytes, book: "_Book"):
        self.request, self.book = request, book
        self.buffer = b""
        self.wanted = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self.buffer, self.wanted, self.asked_at = b"", -1, time.perf_counter()
        self.transport.write(self.request)  # type: ignore[attr-defined]  # a stream's transport

    def data_received(self, data: bytes) -> None:
        if self.wanted < 0:
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end].lower()
            length = head.split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0]
            self.status = self.buffer[9:12].decode()
            self.wanted = end + 4 + int(length)
            self.got = len(self.buffer)
        else:
            self.got += len(data)
        if self.got >= self.wanted:
            self.book.note(self.status, time.perf_counter() - self.asked_at)
            if self.book.open:
                self._ask()
            else:
                self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self.book.open:
            self.book.errors += 1


class _Book:
    def __init__(self) -> None:
        self.open, self.errors = True, 0
        self.statuses: Counter[str] = Counter()
        self.seconds: Counter[int] = Counter()
        self.waits: list[float] = []
        self.began = time.perf_counter()

    def note(self, status: str, wait: float) -> None:
        if self.open:
            self.statuses[status] += 1
            self.seconds[int(time.perf_counter() - self.began)] += 1
            self.waits.append(wait)


async def _press(url: str, clients: int, seconds: float, headers: dict[str, str]) -> Load:
    parts = urlsplit(url)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
    request = f"GET {address} HTTP/1.1\r\nHost: {parts.netloc}\r\n{lines}\r\n".encode()
    loop, book = asyncio.get_running_loop(), _Book()
    for _ in range(clients):
        await loop.create_connection(lambda: _Client(request, book), parts.hostname, parts.port)
    await asyncio.sleep(seconds)
    book.open = False
    waits = sorted(book.waits) or [0.0]
    return Load(
        seconds=time.perf_counter() - book.began,
        statuses=dict(book.statuses),
        by_second=[book.seconds[s] for s in range(int(seconds))],
        errors=book.errors,
        p50=waits[len(waits) // 2],
        p99=waits[int(len(waits) * 0.99)],
    )


async def press(
    url: str, clients: int, seconds: float, headers: dict[str, str] | None = None
) -> Load:
    """Ask one address from `clients` connections for `seconds`, from another process."""
    asked = json.dumps([url, clients, seconds, headers or {}])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.load", asked, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return Load(**json.loads(out))


if __name__ == "__main__":
    import uvloop

    asked = json.loads(sys.argv[1])
    print(json.dumps(asdict(uvloop.run(_press(*asked)))))  # noqa: T201  (the answer to our parent)
