"""How often something may be tried: counters in the database, shared by every process."""

import ipaddress
from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, update
from sqlmodel import Field, SQLModel, col

from api.core.clock import now
from api.core.db import At, Database, Moment, insert_into
from api.core.jobs import job
from api.core.problems import TooMany


class Attempt(SQLModel, table=True):
    """How often one key was tried in one window of time."""

    __tablename__ = "attempts"

    key: str = Field(primary_key=True, max_length=300)
    window_ends_at: datetime = At(index=True)
    count: int = 0


def spend(db: Database, key: str, allowed: int, window: timedelta) -> TooMany | None:
    """Count one attempt; return the refusal when the window has no more to give.

    It is returned rather than raised, so that the caller can commit the count first.
    """
    moment = now()
    # In a CASE nothing else would say how this engine writes a moment.
    end = literal(moment + window, Moment)
    insert = insert_into(db, Attempt)
    over = col(Attempt.window_ends_at) <= moment
    counted = insert.values(key=key, window_ends_at=end, count=1).on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((over, 1), else_=col(Attempt.count) + 1),
            "window_ends_at": case((over, end), else_=col(Attempt.window_ends_at)),
        },
    )
    count, ends_at = db.execute(
        counted.returning(col(Attempt.count), col(Attempt.window_ends_at))
    ).one()
    if count <= allowed:
        return None
    wait = max(1, round((ends_at - moment).total_seconds()))
    return TooMany(
        f"Try again in {wait} seconds.",
        headers={
            "Retry-After": str(wait),
            "RateLimit-Policy": f'"attempts";q={allowed};w={round(window.total_seconds())}',
            "RateLimit": f'"attempts";r=0;t={wait}',
        },
    )


def forget(db: Database, key: str) -> None:
    """Begin counting anew, such as after a success."""
    db.execute(delete(Attempt).where(col(Attempt.key) == key))


def give_back(db: Database, key: str) -> None:
    """Take one attempt back that was none: somebody who succeeds uses up nobody's allowance."""
    one_less = update(Attempt).where(col(Attempt.key) == key, col(Attempt.count) > 0)
    db.execute(one_less.values(count=col(Attempt.count) - 1))


def neighbourhood(address: str | None) -> str:
    """The part of an address one household controls: an IPv4 address, or an IPv6 /64."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


@job("limits.forget", every=timedelta(hours=1))
def forget_old_attempts(db: Database, _payload: dict[str, object]) -> None:
    db.execute(delete(Attempt).where(col(Attempt.window_ends_at) < now()))
