"""Assembles the house: rooms, doors, and the order of the corridor."""

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.util import greenlet_spawn
from starlette.exceptions import HTTPException

from api.access import door
from api.communities.routes import router as communities
from api.core import health, logs
from api.core.contract import complete
from api.core.corridor import Corridor, methods_at
from api.core.db import create_engine, for_reading_in_turns
from api.core.faults import validation_faults
from api.core.porch import Porch, is_json_fault, refusal
from api.core.problems import Invalid, Malformed, NotAllowedHere, Problem
from api.core.settings import Settings
from api.core.work import House
from api.engagement import listeners as engagement_listeners
from api.engagement.activities.routes import router as activities
from api.engagement.baselines.routes import router as baselines
from api.engagement.exports.routes import router as exports
from api.engagement.landscape.routes import router as landscape
from api.engagement.metrics.routes import router as metrics
from api.identity.me.routes import router as me
from api.identity.people.routes import router as people
from api.identity.sign_ins.routes import router as sign_ins
from api.memberships import service as memberships_service
from api.memberships.routes import router as memberships
from api.notifications.routes import router as notifications
from api.proposals.moves import listeners as proposals_listeners
from api.proposals.routes import ROUTERS as PROPOSALS
from api.sessions.routes import ROUTERS as SESSIONS
from api.sessions.rsvps import listeners as sessions_listeners
from api.similarity import listeners as similarity_listeners
from api.similarity.routes import router as similarity
from api.similarity.words import lexicon
from api.worker import Worker

# What pages of another origin may send, and what they may read.
ASKING = ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"]
TELLING = ["Content-Disposition", "ETag", "Link", "Retry-After", "X-As-Of", "X-Request-Id"]

V1: tuple[APIRouter, ...] = (
    sign_ins,
    me,
    people,
    notifications,
    communities,
    similarity,
    memberships,
    *SESSIONS,
    *PROPOSALS,
    activities,
    metrics,
    baselines,
    landscape,
    exports,
)
# Rooms that listen to events; importing them registers their listeners.
LISTENING = (
    similarity_listeners,
    memberships_service,
    sessions_listeners,
    engagement_listeners,
    proposals_listeners,
)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    gc.freeze()
    gc.enable()
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.connections
    worker = Worker(settings) if settings.worker == "embedded" else None
    thread = threading.Thread(target=worker.run, name="worker") if worker else None
    if thread:
        thread.start()
    house: House = app.state.house
    if not settings.is_sqlite:
        house.in_turns = for_reading_in_turns(app.state.engine, settings.connections)
    yield
    if worker and thread:
        worker.stop()
        await anyio.to_thread.run_sync(thread.join)
    if house.in_turns:
        await greenlet_spawn(house.in_turns.dispose)
    app.state.engine.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build an application from settings; nothing is read from the environment but through them."""
    settings = settings or Settings()
    logs.configure(settings.log_level)
    lexicon.use(settings.synonyms)
    app = FastAPI(
        title="Trellis",
        version=health.VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.engine = engine = create_engine(settings.database_url, settings.connections)
    app.state.house = House(
        engine,
        identify=door(settings),
        cookie="__Host-trellis" if settings.secure else "trellis",
    )
    _answer_refusals(app)

    # The routers' routes stand side by side: a router inside a router would be searched twice.
    for router in (health.router, *V1):
        app.router.routes.extend(router.routes)
    app.router.middleware_stack = Corridor(app.router.middleware_stack, app.router.routes)
    if settings.frontend_dir:
        app.frontend("/", directory=Path(settings.frontend_dir), fallback="index.html")

    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=ASKING,
            expose_headers=TELLING,
        )
    app.add_middleware(Porch, settings=settings)
    app.openapi = lambda: complete(app)  # type: ignore[method-assign]  # how FastAPI is extended
    return app


def _answer_refusals(app: FastAPI) -> None:
    async def refuse(request: Request, error: Exception) -> Response:
        known = refusal(error)
        if known is None:
            raise error
        if isinstance(known, NotAllowedHere):
            known.headers["Allow"] = methods_at(app.router.routes, request.scope)
        return known.response(request.scope.get("request_id"))

    async def invalid(request: Request, error: Exception) -> Response:
        found = list(error.errors()) if isinstance(error, RequestValidationError) else []
        faults = validation_faults(found)
        kind = Malformed if is_json_fault(found) else Invalid
        return kind(errors=faults).response(request.scope.get("request_id"))

    handlers: dict[Any, Any] = dict.fromkeys(
        (Problem, HTTPException, DBAPIError, PoolTimeout, StaleDataError), refuse
    )
    handlers[RequestValidationError] = invalid
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def routes_of(app: FastAPI) -> list[APIRoute]:
    return [r for r in app.router.routes if isinstance(r, APIRoute)]
