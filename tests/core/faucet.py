"""A way to a PostgreSQL server that can be turned off: bytes then wait, as at a paused machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL


class Faucet:
    def __init__(self, server: URL):
        self._server = server
        self._open = threading.Event()
        self._open.set()
        self._ends: list[socket.socket] = []
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=50)

    @property
    def port(self) -> int:
        port: int = self.listening.getsockname()[1]
        return port

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()

    def run(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            far = self._reach()
            self._ends += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._pour, args=pair, daemon=True).start()

    def end(self) -> None:
        for each in (self.listening, *self._ends):
            each.close()

    def _reach(self) -> socket.socket:
        host = str(self._server.query.get("host", self._server.host or "127.0.0.1"))
        if host.startswith("/"):
            far = socket.socket(socket.AF_UNIX)
            far.connect(f"{host}/.s.PGSQL.{self._server.port or 5432}")
            return far
        return socket.create_connection((host, self._server.port or 5432))

    def _pour(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                self._open.wait()
                sink.sendall(data)
        except OSError:
            return


@contextmanager
def faucet(server: URL) -> Iterator[Faucet]:
    made = Faucet(server)
    threading.Thread(target=made.run, daemon=True).start()
    yield made
    made.open()
    made.end()
