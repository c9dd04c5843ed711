"""Lists that stay correct while they grow."""

import base64
import hashlib
import hmac
import json
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from api.core.problems import Invalid

T = TypeVar("T")


class PageQuery(BaseModel):
    """Which slice of a list to return. A misspelt parameter is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(25, ge=1, le=100, description="How many items to return.")
    cursor: str | None = Field(
        None, max_length=1000, description="The `next` of the page before, unchanged."
    )


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = Field(description="Pass as `cursor` for the next page; null on the last.")


class BadCursor(Invalid):
    """A cursor is the `next` of a page of the same list with the same filters, unchanged."""

    title = "That cursor does not belong to this list"


class Cursors:
    """Writes and reads cursors nobody can forge; one key for the whole deployment."""

    def __init__(self, key: bytes):
        self._key = key

    def write(self, scope: str, *at: Any) -> str:
        """Write where a page ended; `scope` is everything else that made the list."""
        place = json.dumps(at, separators=(",", ":"), default=str).encode()
        return base64.urlsafe_b64encode(self._seal(scope, place) + place).decode().rstrip("=")

    def read(self, scope: str, cursor: str) -> list[Any]:
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        except (ValueError, UnicodeError):
            raise BadCursor() from None
        seal, place = raw[:10], raw[10:]
        if not hmac.compare_digest(seal, self._seal(scope, place)):
            raise BadCursor()
        found: list[Any] = json.loads(place)
        return found

    def _seal(self, scope: str, place: bytes) -> bytes:
        return hmac.digest(self._key, scope.encode() + b"\0" + place, hashlib.sha256)[:10]


def scope_of(list_name: str, query: BaseModel, **more: Any) -> str:
    """Name a list and its filters, so that a cursor cannot wander into another."""
    filters = query.model_dump(mode="json", exclude={"limit", "cursor"}, exclude_none=True)
    return list_name + "?" + urlencode(sorted({**filters, **more}.items()))
