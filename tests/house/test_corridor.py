"""The corridor finds what the framework's own search finds, for everything somebody could ask."""

import asyncio
import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.core.corridor import Corridor
from tests import make

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")


def addresses(paths: list[str]) -> list[str]:
    """Every path of the contract with ids, with words, and in ways that are wrong."""
    found: set[str] = set()
    for path in paths:
        for value in (str(make.UNKNOWN), "me", "current", "%20", "a.b"):
            filled = re.sub(r"\{[^}]+\}", value, path)
            found |= {filled, filled + "/", filled + "/more", "/" + filled, filled.upper()}
        found.add(path.rpartition("/")[0] or "/")
    return sorted(found | {"/", "//", "/v1", "/v1/", "/v2/communities", "/v1//me", "/docs"})


async def find(app: FastAPI, search: Any, method: str, path: str) -> Any:
    """Which route is asked to answer, with what from the address; or how it is refused."""
    scope = {
        "app": app,
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": [(b"accept", b"text/html")],
    }
    try:
        await search(scope, None, None)
    except Found as found:
        return found.args
    except HTTPException as refused:
        return refused.status_code
    return "answered"


class Found(Exception):
    """Raised where a route would begin its work."""


@pytest.fixture
def watched(monkeypatch):
    async def handle(self: APIRoute, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] not in self.methods:
            raise HTTPException(405)
        raise Found(self.endpoint.__name__, self.path, dict(scope["path_params"]))

    monkeypatch.setattr("api.core.work.Work.handle", handle)
    monkeypatch.setattr(APIRoute, "handle", handle)


def test_it_finds_what_the_framework_finds(app, watched):
    corridor = app.router.middleware_stack
    assert isinstance(corridor, Corridor)

    async def compare() -> int:
        asked = 0
        for path in addresses(list(app.openapi()["paths"])):
            for method in METHODS:
                ours = await find(app, corridor, method, path)
                theirs = await find(app, corridor.stock, method, path)
                assert ours == theirs, f"{method} {path}"
                asked += 1
        return asked

    assert asyncio.run(compare()) > 1000


def test_most_of_the_contract_is_found_in_the_corridor(app):
    """Otherwise it would be right, and of no use."""
    corridor = app.router.middleware_stack
    inside = {route.path for doors in corridor.doors.values() for route in doors}

    assert inside >= set(app.openapi()["paths"])
    assert max(len(doors) for doors in corridor.doors.values()) < 40
