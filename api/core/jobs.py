"""Work that waits: one row a job, claimed by one worker at a time, retried, never lost."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, text, update
from sqlmodel import Field, col, select

from api.core.clock import now
from api.core.db import At, Database, Document, Row

LEASE = timedelta(minutes=5)
ATTEMPTS = 8


class Job(Row, table=True):
    __tablename__ = "jobs"
    __table_args__ = (
        # One waiting job a key, so that asking twice is doing once.
        Index(
            "uq_jobs_dedupe_key",
            "dedupe_key",
            unique=True,
            sqlite_where=text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND dead_at IS NULL"),
        ),
        Index(
            "ix_jobs_due",
            "due_at",
            sqlite_where=text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND dead_at IS NULL"),
        ),
    )

    kind: str = Field(max_length=60)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    dedupe_key: str = Field(max_length=200)
    due_at: datetime = At()
    leased_until: datetime | None = At(default=None)
    attempts: int = 0
    last_error: str | None = Field(default=None, max_length=500)
    done_at: datetime | None = At(default=None)
    dead_at: datetime | None = At(default=None)


Do = Callable[[Database, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Kind:
    do: Do
    every: timedelta | None


KINDS: dict[str, Kind] = {}


def job(kind: str, every: timedelta | None = None) -> Callable[[Do], Do]:
    """Register how a kind of job is done, and how often it comes by itself."""

    def register(do: Do) -> Do:
        KINDS[kind] = Kind(do, every)
        return do

    return register


def waiting() -> Any:
    return col(Job.done_at).is_(None) & col(Job.dead_at).is_(None)


def ask(
    db: Database,
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    key: str = "",
    at: datetime | None = None,
) -> None:
    """Put a job in the queue, unless the same one already waits there."""
    dedupe_key = f"{kind}:{key}"
    if not db.exec(select(Job.id).where(Job.dedupe_key == dedupe_key, waiting())).first():
        db.add(Job(kind=kind, payload=payload or {}, dedupe_key=dedupe_key, due_at=at or now()))
        db.flush()


def claim(db: Database) -> Job | None:
    """Take the job that has been due longest, for as long as the lease lasts."""
    moment = now()
    found = db.exec(
        select(Job)
        .where(
            waiting(),
            col(Job.due_at) <= moment,
            col(Job.leased_until).is_(None) | (col(Job.leased_until) < moment),
        )
        .order_by(col(Job.due_at), col(Job.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if found:
        found.leased_until = moment + LEASE
        found.attempts += 1
    return found


def finish(db: Database, done: Job) -> None:
    """Mark a job done, and queue its next turn if it comes by itself."""
    moment = now()
    db.execute(update(Job).where(col(Job.id) == done.id).values(done_at=moment, leased_until=None))
    if (kind := KINDS.get(done.kind)) and kind.every:
        db.add(Job(kind=done.kind, dedupe_key=done.dedupe_key, due_at=moment + kind.every))


def fail(db: Database, failed: Job, error: Exception) -> None:
    """Try again later, each time waiting longer; after the last attempt keep it for a person."""
    moment = now()
    wait = timedelta(seconds=2**failed.attempts * random.uniform(5, 10))  # noqa: S311  (jitter)
    change: dict[str, Any] = {"leased_until": None, "last_error": type(error).__name__}
    change |= {"dead_at": moment} if failed.attempts >= ATTEMPTS else {"due_at": moment + wait}
    db.execute(update(Job).where(col(Job.id) == failed.id).values(**change))


def plan_recurring(db: Database) -> None:
    """Queue every recurring kind that is not queued yet."""
    for name, kind in KINDS.items():
        if kind.every:
            ask(db, name)
