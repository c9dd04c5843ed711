"""What a request must be before anybody reads it: asked with known words, in JSON, of some size."""

import inspect
from typing import Any
from urllib.parse import parse_qsl

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.core.porch import Message, Receive, Scope
from api.core.problems import NotJson, TooLarge

# Bytes of a body; a route that takes more says so with `openapi_extra={"body_limit": …}`.
BODY_LIMIT = 1_000_000


class Gate:
    """Knows of one route which query keys it has, and whether and how much body it takes."""

    def __init__(self, route: APIRoute, body_limit: int):
        self.body_limit = body_limit if route.body_field else None
        asked = [*route.dependant.query_params]
        for needed in route.dependant.dependencies:
            asked += needed.query_params
        # A model of the query refuses keys it does not know by itself.
        modelled = any(_is_model(field.field_info.annotation) for field in asked)
        self.query_keys = None if modelled else frozenset(field.alias for field in asked)

    def admit(self, scope: Scope, receive: Receive) -> Receive:
        """Refuse what this route does not take, or return how its body is to be received."""
        if scope["query_string"] and self.query_keys is not None:
            _refuse_unknown(scope["query_string"], self.query_keys)
        if self.body_limit is None:
            return receive
        shown = dict(scope["headers"])
        kind = shown.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind != b"application/json" and not kind.endswith(b"+json"):
            raise NotJson("Send JSON, and `Content-Type: application/json`.")
        if int(shown.get(b"content-length", 0)) > self.body_limit:
            raise TooLarge(f"At most {self.body_limit:,} bytes.")
        return _measured(receive, self.body_limit)


def _is_model(kind: Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, BaseModel)


def _refuse_unknown(query: bytes, known: frozenset[str]) -> None:
    """Refuse a misspelt parameter, so that it is not taken for none."""
    keys = dict.fromkeys(key for key, _ in parse_qsl(query.decode("latin-1"), True))
    if unknown := [key for key in keys if key not in known]:
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", key), "msg": ""} for key in unknown]
        )


def _measured(receive: Receive, limit: int) -> Receive:
    """Count a body as it arrives, since its length need not be declared."""
    total = 0

    async def receive_on() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise HTTPException(413)  # the one exception the framework lets through while it reads
        return message

    return receive_on
