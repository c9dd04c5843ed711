"""What Prometheus is told. Loaded only where an operator wants it, for its weight."""

from contextlib import suppress

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import Engine, func, literal, select, union_all
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from api.core.events import Outbox
from api.core.jobs import Job, waiting

REQUESTS = Counter("trellis_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("trellis_request_seconds", "Time to answer", ["method", "route"])
WAITING = Gauge("trellis_waiting", "Work that waits, or was given up", ["what"])
_WAITING = union_all(
    select(literal("events"), func.count()).where(col(Outbox.delivered_at).is_(None)),
    select(literal("jobs"), func.count()).where(waiting()),
    select(literal("dead_jobs"), func.count()).where(col(Job.dead_at).is_not(None)),
)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Note one answered request."""
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)


def tell(engine: Engine) -> Response:
    """Everything so far, and how much waits now; without the latter if the database is away."""
    with suppress(DBAPIError), engine.connect() as connection:
        for what, number in connection.execute(_WAITING):
            WAITING.labels(what).set(number)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
