"""The demo network, built once for every test that only looks at it."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from fastapi import FastAPI
from sqlmodel import select

from api.communities.models import Community
from api.core.db import Database, for_reading
from api.core.settings import Settings
from api.demo.build import present
from api.demo.steps.stage import Step
from api.main import create_app
from tests.databases import Fresh
from tests.honest import HonestClient

Visit = Callable[[str], HonestClient]


def unwatched(steps: Iterable[Step], _total: int, _words: str) -> Iterable[Step]:
    """Nobody waits for a test."""
    return steps


@pytest.fixture(scope="module")
def deployment(fresh_database: Fresh) -> Settings:
    return Settings(
        _env_file=None,
        database_url=fresh_database(),
        public_url="http://testserver",
        worker="none",
        log_level="error",
    )


@pytest.fixture(scope="module")
def links(deployment: Settings) -> dict[str, str]:
    """Build the network; by their part in it, the links of those who can be visited."""
    made, found = present(deployment, seed=1, large=False, watch=unwatched)
    assert made
    return {label.rpartition(", ")[2]: link for label, link in found}


@pytest.fixture(scope="module")
def network(deployment: Settings, links: dict[str, str]) -> Iterator[FastAPI]:
    app = create_app(deployment)
    yield app
    app.state.engine.dispose()


@pytest.fixture
def look(network: FastAPI) -> Iterator[Database]:
    """A look into the network, in which nothing is changed and nobody is held up."""
    with Database(for_reading(network.state.engine)) as db:
        yield db


@pytest.fixture(scope="module")
def visit(network: FastAPI, links: dict[str, str]) -> Visit:
    """`visit("lead")` is a browser in which the lead has used their link."""
    browsers: dict[str, HonestClient] = {}

    def open_as(label: str) -> HonestClient:
        if label not in browsers:
            browser = HonestClient(network)
            token = links[label].split("#")[1]
            assert browser.post("/v1/sign-ins/by-link", json={"token": token}).status_code == 201
            browsers[label] = browser
        return browsers[label]

    return open_as


def named(db: Database, name: str) -> Community:
    return db.exec(select(Community).where(Community.name == name)).one()
