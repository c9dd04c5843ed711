"""What the clock does to sessions that are over."""

from datetime import timedelta
from typing import Any

from sqlalchemy import exists, update
from sqlmodel import col, select

from api.core.clock import now
from api.core.db import Database
from api.core.jobs import job
from api.sessions.lifecycle import AHEAD
from api.sessions.models import PRESENT, Attendance, FollowUp, Session, SessionStatus
from api.sessions.programme.service import hold

_AT_ONCE = 200


@job("sessions.close", every=timedelta(minutes=5))
def close(db: Database, _payload: dict[str, Any]) -> None:
    """Let what remains to be done become due; whatever people came to has evidently been held.

    Where nobody is on record, people decide whether it took place. A few hundred at a time is
    plenty for five minutes, and keeps the transaction short.
    """
    moment = now()
    over = (
        col(Session.follow_up) == FollowUp.NOT_DUE,
        col(Session.ends_at) <= moment,
        col(Session.status) != SessionStatus.CANCELLED,
    )
    came = exists().where(
        col(Attendance.session_id) == col(Session.id),
        col(Attendance.status).in_(PRESENT),
        col(Attendance.replaced_at).is_(None),
    )
    visited = (
        select(Session)
        .where(*over, came, col(Session.status).in_(AHEAD))
        .order_by(col(Session.ends_at))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for session in db.exec(visited).all():
        hold(db, session)
    db.flush()
    # Without a new version: nobody's edit should be refused because the clock moved on.
    db.execute(
        update(Session)
        .where(*over)
        .values(follow_up=FollowUp.DUE, changed_at=moment)
        .execution_options(synchronize_session=False)
    )
