"""Work that waits: one row a job, claimed by one worker at a time, retried, never lost."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Index, and_, delete, text, update
from sqlmodel import Field, col, select

from api.core.clock import now
from api.core.db import At, Database, Document, Row, insert_into

LEASE = timedelta(minutes=5)
ATTEMPTS = 8
KEPT = timedelta(days=7)
_UNTOUCHED = text("done_at IS NULL AND dead_at IS NULL AND leased_until IS NULL")


class Job(Row, table=True):
    __tablename__ = "jobs"
    __table_args__ = (
        # One untouched job a key, so that asking twice is doing once. A job that somebody has
        # begun does not count: it may have looked before what is asked for now came to be.
        Index(
            "uq_jobs_dedupe_key",
            "dedupe_key",
            unique=True,
            sqlite_where=_UNTOUCHED,
            postgresql_where=_UNTOUCHED,
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


class LeaseLost(Exception):
    """The lease ran out while the job was done, and another worker has it now."""


def waiting() -> ColumnElement[bool]:
    return and_(col(Job.done_at).is_(None), col(Job.dead_at).is_(None))


def ask(
    db: Database,
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    key: str = "",
    at: datetime | None = None,
) -> None:
    """Put a job in the queue, unless the same one already waits there."""
    asked = Job(kind=kind, payload=payload or {}, dedupe_key=f"{kind}:{key}", due_at=at or now())
    db.execute(insert_into(db, Job).values(asked.model_dump()).on_conflict_do_nothing())


def claim(db: Database) -> Job | None:
    """Take the job that has been due longest, for as long as the lease lasts."""
    moment = now()
    due = (
        select(Job)
        .where(
            waiting(),
            col(Job.due_at) <= moment,
            col(Job.leased_until).is_(None) | (col(Job.leased_until) < moment),
        )
        .order_by(col(Job.due_at), col(Job.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while found := db.exec(due).first():
        if found.attempts < ATTEMPTS:
            found.leased_until = moment + LEASE
            found.attempts += 1
            return found
        # Whoever took it never came back, time after time: it may be what ends them.
        _bury(db, found, "Vanished")
    return None


def finish(db: Database, done: Job) -> None:
    """Mark a job done, and queue its next turn if it comes by itself."""
    moment = now()
    if not _settle(db, done, done_at=moment):
        raise LeaseLost(done.kind)
    _again(db, done.kind, moment)


def fail(db: Database, failed: Job, error: Exception) -> None:
    """Try again later, each time waiting longer; after the last attempt keep it for a person."""
    if failed.attempts >= ATTEMPTS:
        _bury(db, failed, type(error).__name__)
        return
    wait = timedelta(seconds=2**failed.attempts * random.uniform(5, 10))  # noqa: S311  (jitter)
    _settle(db, failed, leased_until=now() + wait, last_error=type(error).__name__)


def plan_recurring(db: Database) -> None:
    """Queue every recurring kind that is not queued yet."""
    for kind in KINDS:
        _again(db, kind, None)


def _bury(db: Database, dead: Job, why: str) -> None:
    moment = now()
    if _settle(db, dead, dead_at=moment, last_error=why):
        # What comes by itself comes again: the next turn may find nothing in its way.
        _again(db, dead.kind, moment)


def _again(db: Database, kind: str, after: datetime | None) -> None:
    known = KINDS.get(kind)
    if known and known.every:
        ask(db, kind, at=after + known.every if after else None)


def _settle(db: Database, held: Job, **change: Any) -> bool:
    """Write down how an attempt went, unless another attempt has begun since."""
    mine = update(Job).where(col(Job.id) == held.id, col(Job.attempts) == held.attempts, waiting())
    found: Any = db.execute(mine.values(**change))
    return bool(found.rowcount)


@job("jobs.forget", every=timedelta(days=1))
def forget_done(db: Database, _payload: dict[str, Any]) -> None:
    """What is done is kept a week; what is dead is kept until somebody has looked at it."""
    db.execute(delete(Job).where(col(Job.done_at) < now() - KEPT))
