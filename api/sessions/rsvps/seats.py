"""Seats: taken one at a time, given back, and passed on in the order of the waiting list.

Every change of who sits where begins by changing the session's row. That makes two such changes
wait for each other, and the counts that the row holds can never pass its limits, whatever a
request believed when it began.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from api.communities.models import Mode
from api.core.clock import now
from api.core.db import Database, columns
from api.core.events import record
from api.core.ids import new_id
from api.core.problems import Overtaken
from api.sessions.events import RsvpPromoted
from api.sessions.lifecycle import AHEAD
from api.sessions.models import Answer, Place, Rsvp, Seating, Session

S = columns(Session)
R = columns(Rsvp)
_SAID = (R.session_id, R.person_id, R.answer, R.seating, R.place, R.queue)


def apart(mode: Mode, seating: Seating) -> bool:
    """Whether this seat is one of those online that a hybrid session counts by themselves."""
    return mode is Mode.HYBRID and seating is Seating.ONLINE


def seemed_free(row: Any, seating: Seating) -> bool:
    """Whether the session was seen with a free seat, which by now may be taken, or another free."""
    if apart(row.mode, seating):
        return row.online_capacity is None or row.online_taken < row.online_capacity
    return row.capacity is None or row.taken < row.capacity


def take(db: Database, session_id: UUID, mode: Mode, seating: Seating) -> bool:
    """Take a seat if one is free; one statement asks and takes, so two never get the last one."""
    taken, limit = _counters(mode, seating)
    return _change(
        db, session_id, mode, {taken.name: taken + 1}, or_(limit.is_(None), taken < limit)
    )


def wait(db: Database, session_id: UUID, mode: Mode, seating: Seating) -> int | None:
    """Draw the next number of the waiting list; None means that a seat was taken after all.

    Drawing holds the session's row. Somebody may have stood up just before, when nobody was on the
    list yet to get their seat, so the counts are read once more while nothing else can change them.
    """
    taken, limit = _counters(mode, seating)
    drawn = db.execute(
        update(Session)
        .where(S.id == session_id, S.mode == mode, S.status.in_(AHEAD))
        .values(queue=S.queue + 1)
        .returning(S.queue, taken, limit)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if drawn is None:
        raise Overtaken()
    number, used, seats = drawn
    if (seats is None or used < seats) and take(db, session_id, mode, seating):
        return None
    return int(number)


def leave(db: Database, session_id: UUID, mode: Mode, seating: Seating) -> None:
    """Stand up from a seat; `promote` passes it on once the answer says so."""
    taken, _ = _counters(mode, seating)
    if not _change(db, session_id, mode, {taken.name: taken - 1}):
        raise Overtaken()


def promote(db: Database, session_id: UUID, mode: Mode, seating: Seating) -> None:
    """Fill free seats from the waiting list, once the session's row was changed or locked."""
    taken, limit = _counters(mode, seating)
    community_id, used, seats = db.execute(
        select(S.community_id, taken, limit).where(S.id == session_id)
    ).one()
    waiting = (
        select(R.id, R.person_id)
        .where(
            R.session_id == session_id,
            R.seating == seating,
            R.place == Place.WAITLISTED,
            R.replaced_at.is_(None),
        )
        .order_by(R.queue)
        .limit(None if seats is None else max(seats - used, 0))
    )
    promoted = db.execute(waiting).all()
    if not promoted:
        return
    _change(db, session_id, mode, {taken.name: taken + len(promoted)})
    seat = {"answer": Answer.YES, "seating": seating, "place": Place.CONFIRMED, "queue": None}
    replace(
        db, [(r.id, {"session_id": session_id, "person_id": r.person_id, **seat}) for r in promoted]
    )
    for r in promoted:
        record(
            db, RsvpPromoted(object_id=session_id, community_id=community_id, person_id=r.person_id)
        )


def replace(db: Database, rows: Sequence[tuple[UUID | None, dict[str, Any]]]) -> datetime:
    """Close current rows and put others in their place; return from when on they are right."""
    moment = now()
    closing = [before for before, _ in rows if before]
    if closing:
        closed = db.execute(
            update(Rsvp)
            .where(R.id.in_(closing), R.replaced_at.is_(None))
            .values(replaced_at=moment)
            .execution_options(synchronize_session=False)
        )
        if closed.rowcount != len(closing):  # type: ignore[attr-defined]  # an UPDATE has one
            raise Overtaken()
    fresh = [{"id": new_id(), "recorded_at": moment, **row} for _, row in rows]
    try:
        db.execute(insert(Rsvp), fresh)
    except IntegrityError:
        # The same person answered in another window a moment before.
        raise Overtaken() from None
    return moment


def all_into(db: Database, session_id: UUID, seating: Seating) -> None:
    """Let every answer mean the one way of taking part that a session has from now on."""
    others = db.execute(
        select(*_SAID, R.id).where(
            R.session_id == session_id, R.seating != seating, R.replaced_at.is_(None)
        )
    ).mappings()
    moved = [(r["id"], {**{c.name: r[c.name] for c in _SAID}, "seating": seating}) for r in others]
    if moved:
        replace(db, moved)


def confirmed(db: Database, session_id: UUID) -> dict[Seating, int]:
    """How many seats are taken in each way of taking part."""
    counted = db.execute(
        select(R.seating, func.count())
        .where(R.session_id == session_id, R.place == Place.CONFIRMED, R.replaced_at.is_(None))
        .group_by(R.seating)
    )
    return {**dict.fromkeys(Seating, 0), **{row[0]: row[1] for row in counted}}


def _counters(mode: Mode, seating: Seating) -> tuple[Any, Any]:
    return (S.online_taken, S.online_capacity) if apart(mode, seating) else (S.taken, S.capacity)


def _change(
    db: Database,
    session_id: UUID,
    mode: Mode,
    values: dict[str, Any],
    *conditions: ColumnElement[bool],
) -> bool:
    # The mode decides which seats are meant, so it must still be what the request saw.
    done = db.execute(
        update(Session)
        .where(S.id == session_id, S.mode == mode, S.status.in_(AHEAD), *conditions)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one
