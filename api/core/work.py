"""One request is one piece of work: one thread, one transaction, then the answer.

The usual session dependency that yields hops between threads, commits after the answer has left,
and starves under load: every thread waits for a connection whose owner waits for a thread. Here the
thread that opens the transaction finds out who is asking, runs the handler, writes the answer down
and commits, and only then does anything leave.
"""

import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.util import greenlet_spawn

from api.core import idempotency
from api.core.actor import Actor
from api.core.db import Database, for_reading
from api.core.gate import BODY_LIMIT, Gate
from api.core.pages import Cursors
from api.core.policy import within
from api.core.porch import Receive, Scope, Send
from api.core.preconditions import etag, unchanged
from api.core.problems import (
    Broken,
    Changed,
    Conflict,
    Forbidden,
    InFlight,
    Invalid,
    KeyReused,
    Malformed,
    NotJson,
    Overtaken,
    ReadFirst,
    TooLarge,
    Unauthenticated,
    Unavailable,
    raises,
)
from api.core.quick import reader

READING = frozenset({"GET", "HEAD"})
# PostgreSQL ends one of two transactions that wait for each other; doing it again is the cure.
_AGAIN = {"40001", "40P01"}


@dataclass(frozen=True, slots=True)
class Knock:
    """What a caller showed at the door."""

    authorization: str | None
    cookie: str | None
    method: str
    origin: str | None
    fetch_site: str | None
    address: str | None
    agent: str | None


Identify = Callable[[Database, Knock], Actor]


class House:
    """What the application shares between requests: two views of one pool, and the door."""

    def __init__(self, engine: Engine, identify: Identify, cookie: str):
        self.reading = for_reading(engine)
        self.writing = engine
        self.identify = identify
        self.cookie = cookie
        # A short read of a file is over before another thread would have begun it.
        self.reads_at_once = engine.dialect.name == "sqlite"
        # Where a server waits for another one, its event loop can wait without a thread each.
        self.in_turns: Engine | None = None
        self.cursors: Cursors | None = None


def _prepared(request: Request) -> Database:
    """Prepare a database session; it takes no connection before its first statement."""
    house: House = request.app.state.house
    writing = request.method not in READING
    db = Database(house.writing if writing else house.reading, expire_on_commit=False)
    info = db.info
    info["writing"] = writing
    info["request"] = request
    info["request_id"] = request.scope.get("request_id")
    info["settings"] = request.app.state.settings
    info["key"] = None
    return db


async def _unopened(request: Request) -> Database:
    db = _prepared(request)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    if key is not None:
        db.info["key"] = key, await _asked(request)
    return db


async def _asked(request: Request) -> bytes:
    """What a repeated request must repeat: its query and its body."""
    query: bytes = request.scope["query_string"]
    return query + b"\0" + await request.body()


def knock(request: Request) -> Knock:
    headers = request.headers
    return Knock(
        authorization=headers.get("authorization"),
        cookie=request.cookies.get(request.app.state.house.cookie) if "cookie" in headers else None,
        method=request.method,
        origin=headers.get("origin"),
        fetch_site=headers.get("sec-fetch-site"),
        address=request.client.host if request.client else None,
        agent=headers.get("user-agent"),
    )


async def _shown(request: Request) -> Knock:
    """Keep what the caller showed, until there is a database to look it up in."""
    return knock(request)


@contextmanager
def transaction(engine: Engine, actor: Actor | None = None, **about: Any) -> Iterator[Database]:
    """A transaction outside a request: for commands, and for handlers that must not hold one."""
    with Database(engine, expire_on_commit=False) as db:
        db.info.update(about, actor=actor)
        yield db
        db.commit()


class Desk:
    """For handlers that must hold no transaction while they think, such as over a password."""

    def __init__(self, request: Request):
        self.house: House = request.app.state.house
        self.shown = knock(request)
        self.request_id: str | None = request.scope.get("request_id")
        self.settings = request.app.state.settings

    def transaction(self, actor: Actor | None = None) -> AbstractContextManager[Database]:
        """One of several transactions of the same request."""
        about = {"request_id": self.request_id, "settings": self.settings}
        return transaction(self.house.writing, actor, **about)


async def _desk(request: Request) -> Desk:
    return Desk(request)


Db = Annotated[Database, Depends(_unopened)]
AtDesk = Annotated[Desk, Depends(_desk)]
Me = Annotated[Actor, Depends(_shown)]


class Json(Response):
    """JSON text that is already written, usually by the database."""

    media_type = "application/json"


class Work(APIRoute):
    """A route whose handler, caller, transaction and answer live in one thread."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any):
        methods = set(options.get("methods") or ["GET"])
        names = endpoint.__annotations__
        tag = str((options.get("tags") or ["public"])[0])
        extra = dict(options.get("openapi_extra") or {})
        # A POST that changes nothing, because what it asks is too long for an address.
        reads = extra.pop("reads", False)
        verb = "read" if methods <= READING or reads else "write"
        asks = "me" in names
        if asks:
            extra.setdefault("x-scope", f"{tag}:{verb}")
        refusals: list[Any] = [Invalid, Broken, Unavailable]
        if asks:
            refusals += [Unauthenticated, Forbidden]
        if verb == "write":
            refusals.append(Conflict)
        if verb == "write" or reads:
            refusals += [TooLarge, Malformed, NotJson]
        # An answer that shows a secret once must not be kept to be shown again.
        kept = extra.pop("kept", not reads) and "POST" in methods and asks
        if kept:
            extra["x-idempotent"] = True
            refusals += [InFlight, KeyReused]
        if "match" in names:
            refusals += [Changed, ReadFirst]
        if "version" in getattr(names.get("return"), "model_fields", ()):
            extra["x-versioned"] = True
        responses = raises(*refusals)
        for status, described in (options.get("responses") or {}).items():
            known = responses.get(status)
            if known and "description" in described and known is not described:
                described = {  # noqa: PLW2901  (the same entry, with both descriptions)
                    **described,
                    "description": f"{described['description']}; {known['description']}",
                }
            responses[status] = described
        options.update(
            responses=responses,
            openapi_extra=extra,
            operation_id=options.get("operation_id") or endpoint.__name__,
        )
        status = options.get("status_code") or 200
        scope = extra.get("x-scope")
        self.swift = extra.pop("swift", False)
        self.read = reader(endpoint, path) if methods <= READING and asks else None
        body_limit: int = extra.pop("body_limit", BODY_LIMIT)
        super().__init__(path, in_one_piece(endpoint, status, scope, kept, reads), **options)
        self.gate = Gate(self, body_limit)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Reads whose arguments we can read ourselves need nothing of the framework's own way."""
        if self.read is None:
            return super().get_route_handler()
        read, work, swift = self.read, self.endpoint, self.swift

        async def handle(request: Request) -> Response:
            house: House = request.app.state.house
            given = read(request.path_params, request.query_params)
            given["db"] = db = _prepared(request)
            given["me"] = knock(request)
            if swift and house.reads_at_once:
                return cast(Response, work(**given))
            if swift and house.in_turns:
                db.bind = house.in_turns
                return cast(Response, await greenlet_spawn(work, **given))
            return cast(Response, await run_in_threadpool(work, **given))

        return handle

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let nothing in that this route does not take."""
        if scope["method"] in (self.methods or ()):
            receive = self.gate.admit(scope, receive)
        await super().handle(scope, receive, send)


def in_one_piece(
    endpoint: Callable[..., Any], status: int, scope: str | None, kept: bool, reads: bool = False
) -> Callable[..., Any]:
    @wraps(endpoint)
    def work(**given: Any) -> Any:
        db: Database | None = given.get("db")
        if db is None:
            return _written(endpoint(**given), status)
        if reads:
            db.bind, db.info["writing"] = db.info["request"].app.state.house.reading, False
        for turn in range(4):
            try:
                with db:
                    return _once(db, endpoint, given, status, scope, kept)
            except (Overtaken, StaleDataError) as late:
                if isinstance(late, StaleDataError) and "match" in given:
                    raise  # who named a version hears that it is not the newest
                if turn == 3:
                    raise Overtaken() from late
                time.sleep(0.01 * 2**turn)
            except DBAPIError as failed:
                if getattr(failed.orig, "sqlstate", None) not in _AGAIN or turn == 3:
                    raise
                time.sleep(0.01 * 2**turn)
        raise Unavailable()  # pragma: no cover  (the last turn returns or raises)

    return work


def _once(
    db: Database,
    endpoint: Callable[..., Any],
    given: Mapping[str, Any],
    status: int,
    scope: str | None,
    kept: bool,
) -> Response:
    info = db.info
    request: Request = info["request"]
    house: House = request.app.state.house
    arguments = dict(given)
    caller = "public"
    if "me" in given:
        me = house.identify(db, given["me"])
        if scope:
            within(me, scope)
        arguments["me"] = info["actor"] = me
        caller = str(me.person_id)
    key = info["key"] if kept else None
    use = key and idempotency.kept(caller, request.url.path, *key)
    if use:
        idempotency.alone(db, use)
        if before := idempotency.find(db, use):
            code, headers, body = before
            return Response(body, code, headers={**headers, "Idempotency-Replayed": "true"})
    response = _written(endpoint(**arguments), status, request)
    if use:
        db.flush()
        idempotency.keep(
            db, use, response.status_code, dict(response.headers), bytes(response.body)
        )
    if info["writing"] and not info.get("dry_run"):
        db.commit()  # before the answer leaves, so that a failed commit is an error they see
    return response


def _written(answer: Any, status: int, request: Request | None = None) -> Response:
    """Write the answer down while its transaction can still be undone."""
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status_code=status)
    if not isinstance(answer, BaseModel):
        raise TypeError(f"a handler answered {type(answer).__name__}, not a model")
    body: bytes = answer.__pydantic_serializer__.to_json(answer)
    response = Response(body, status, media_type="application/json")
    version = getattr(answer, "version", None)
    if isinstance(version, int):
        response.headers["ETag"] = tag = etag(version, body)
        if request and request.method in READING:
            if unchanged(request.headers.get("if-none-match", ""), tag):
                return Response(status_code=304, headers={"ETag": tag})
    return response
