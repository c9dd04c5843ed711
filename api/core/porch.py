"""What every request passes on its way in and every answer on its way out.

One plain ASGI wrapper: the framework's own middleware base class costs two thirds of the speed.
"""

import json
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from api.core.ids import new_id
from api.core.logs import log
from api.core.problems import (
    Broken,
    Changed,
    Conflict,
    Invalid,
    Malformed,
    NotAllowedHere,
    NotFound,
    Problem,
    TooLarge,
    Unavailable,
)
from api.core.settings import Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_NAMED = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_TRACED = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
# The build puts a hash of the content into these files' names, so they never change.
_FOR_EVER = [(b"cache-control", b"public, max-age=31536000, immutable")]


class Porch:
    def __init__(self, app: App, settings: Settings):
        self.app = app
        self.count = _counter() if settings.metrics else None
        self.headers = _security_headers(settings)
        self.quiet = settings.log_level in ("warning", "error")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        shown = dict(scope["headers"])
        named = shown.get(b"x-request-id", b"")
        request_id = named.decode() if _NAMED.fullmatch(named) else str(new_id())
        headless = scope["method"] == "HEAD"
        # A HEAD is a GET whose body stays here; the server keeps the scope it made.
        scope = {**scope, "request_id": request_id, "method": "GET"} if headless else scope
        scope["request_id"] = request_id
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = list(message.get("headers", ()))
                if status == 200 and scope["path"].startswith("/assets/"):
                    own += _FOR_EVER
                message["headers"] = [
                    *own,
                    *self._missing(own),
                    (b"x-request-id", request_id.encode()),
                ]
            elif headless:
                message["body"] = b""
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception as error:
            if status:  # the answer has begun, so the connection must break to say it is not whole
                raise
            known = refusal(error)
            if known is None:
                log.error("request.failed", request_id=request_id, exc_info=error)
            await (known or Broken()).response(request_id)(scope, receive, send_on)
        finally:
            self._account(scope, shown, status, time.perf_counter() - started)

    def _missing(self, own: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name for name, _ in own}
        return [header for header in self.headers if header[0] not in names]

    def _account(
        self, scope: Scope, shown: dict[bytes, bytes], status: int, seconds: float
    ) -> None:
        route = getattr(scope.get("route"), "path", None)
        if self.count:
            self.count(scope["method"], route or "unknown", status, seconds)
        if not self.quiet and route not in ("/healthz", "/readyz", "/version"):
            traced = _TRACED.fullmatch(shown.get(b"traceparent", b""))
            log.info(
                "request",
                request_id=scope["request_id"],
                trace_id=traced[1].decode() if traced else None,
                method=scope["method"],
                # The route, not the address: an address may hold what somebody searched for.
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
            )


def _counter() -> Callable[[str, str, int, float], None]:
    from api.core import gauges  # noqa: PLC0415  (see there)

    return gauges.count


def _security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin" if settings.cors_origins else "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
        # What one person may see must not be kept for another; an ETag may still be asked about.
        "cache-control": "private, no-cache",
    }
    if settings.secure:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def refusal(error: Exception) -> Problem | None:
    """The problem that says what an exception of the framework or the database means."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        kinds = {404: NotFound, 405: NotAllowedHere, 413: TooLarge, 400: Malformed}
        kind = kinds.get(error.status_code, Broken)
        return kind(headers=error.headers)
    if isinstance(error, StaleDataError):
        return Changed("Somebody changed it at the same moment.")
    if isinstance(error, IntegrityError):
        return _clash(error)
    if isinstance(error, PoolTimeout):
        return Unavailable("Too many people at once. Try again.", headers={"Retry-After": "2"})
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _lost(error)):
        log.error("database.unavailable", reason=str(error.orig).partition("\n")[0])
        return Unavailable("The database cannot be reached.")
    return None


def _clash(error: IntegrityError) -> Problem:
    """A constraint refused what a check let through, usually because somebody was quicker."""
    state = getattr(error.orig, "sqlstate", "") or str(error.orig)
    if state == "23503" or "FOREIGN KEY" in state:
        return Invalid("It refers to something that does not exist.")
    return Conflict("Somebody did the same at the same moment, or it is already there.")


# What SQLite says when its file, its disk or its lock is away; the rest would be a fault of ours.
_AWAY = ("locked", "busy", "disk", "unable to open", "readonly", "no such table")
# 08: no connection; 57P: shutting down; 53: out of resources; 55P03: lock not available;
# 42P01: the tables are not there yet.
_STATES = ("08", "57P", "53", "55P03", "42P01")


def _lost(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state).startswith(_STATES)
    words = str(error.orig)
    # Without a state, PostgreSQL's driver could not even connect.
    remote = type(error.orig).__module__.startswith("psycopg")
    return any(word in words for word in _AWAY) or (remote and isinstance(error, OperationalError))


def is_json_fault(errors: list[dict[str, Any]]) -> bool:
    return any(e["type"] == "json_invalid" for e in errors)


def compact(body: object) -> bytes:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
