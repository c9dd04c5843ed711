from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from fastapi import FastAPI

from api.core.db import Database
from api.core.settings import Settings
from api.identity.models import Person
from api.main import create_app
from tests import make
from tests.databases import ENGINE, Fresh, databases
from tests.honest import HonestClient
from tests.watching import watch

Acting = Callable[..., HonestClient]

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("trellis", deadline=None)
hypothesis.settings.load_profile("trellis")


@pytest.fixture(scope="session")
def fresh_database() -> Iterator[Fresh]:
    """Makes the URL of a migrated, empty database whenever it is called."""
    with databases() as fresh:
        yield fresh


@pytest.fixture
def settings(fresh_database: Fresh) -> Settings:
    return Settings(
        _env_file=None,
        database_url=fresh_database(),
        public_url="http://testserver",
        worker="none",
        log_level="error",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    app = create_app(settings)
    watch(app.state.engine)
    yield app
    app.state.engine.dispose()


@pytest.fixture
def db(app: FastAPI) -> Iterator[Database]:
    """A look into the same database, beside the application."""
    # Reading in short transactions of its own, so that it never stands in a writer's way.
    with Database(app.state.engine, expire_on_commit=False) as db:
        yield db


@pytest.fixture
def acting(app: FastAPI, db: Database) -> Acting:
    """`acting(asha).get(...)` sends a request as Asha; `acting(None)` as nobody."""
    words: dict[Any, str] = {}

    def client(person: Person | None, scopes: list[str] | None = None) -> HonestClient:
        if person is None:
            return HonestClient(app)
        key = (person.id, tuple(scopes or ()))
        if key not in words:
            words[key] = make.token(db, person.id, scopes)
        return HonestClient(app, headers={"Authorization": f"Bearer {words[key]}"})

    return client


@pytest.fixture
def on_postgresql() -> bool:
    return ENGINE == "postgresql"
