"""Builders for sessions, answers and records of who came."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from api.communities.models import Community
from api.core import clock
from api.core.actor import Actor, Role
from api.core.bulk import BulkQuery
from api.core.db import Database
from api.identity.models import Person
from api.memberships.models import Membership
from api.sessions.attendances import service as attendances
from api.sessions.attendances.schemas import PersonMark
from api.sessions.models import Answer, AttendanceStatus, Session, SessionStatus
from api.sessions.programme import service as programme
from api.sessions.programme.schemas import SessionCreate
from api.sessions.rsvps import service as rsvps
from api.sessions.rsvps.schemas import RsvpAnswer, RsvpRead


def runner(db: Database, community_id: UUID) -> Actor:
    """Somebody who may do everything here: whoever leads the community."""
    lead = db.exec(
        select(Membership.person_id).where(
            Membership.community_id == community_id, Membership.role == Role.LEAD
        )
    ).first()
    assert lead is not None
    return Actor(person_id=lead, steward=True)


def session(
    db: Database,
    community: Community,
    title: str = "Listening well",
    *,
    starts_in: timedelta = timedelta(days=1),
    lasts: timedelta = timedelta(hours=1),
    status: str = SessionStatus.CONFIRMED,
    **fields: Any,
) -> Session:
    """A session; one that has begun was planned the day before it did."""
    starts_at = (clock.now() + starts_in).replace(microsecond=0)
    planned = min(clock.now(), starts_at - timedelta(days=1))
    if status == SessionStatus.HELD:
        planned = clock.now()
    new = SessionCreate(
        title=title, starts_at=starts_at, ends_at=starts_at + lasts, status=status, **fields
    )
    with clock.at(planned):
        made = programme.schedule(db, runner(db, community.id), community, new)
        db.commit()
    return made


def held(db: Database, community: Community, title: str = "Looking back", **fields: Any) -> Session:
    """A session that took place a week ago."""
    fields.setdefault("starts_in", timedelta(days=-7))
    return session(db, community, title, status=SessionStatus.HELD, **fields)


def under_way(db: Database, community: Community, **fields: Any) -> Session:
    """A session that began ten minutes ago."""
    return session(db, community, starts_in=timedelta(minutes=-10), **fields)


def answer(
    db: Database,
    session: Session,
    person: Person,
    said: Answer = Answer.YES,
    *,
    at: datetime | None = None,
    **fields: Any,
) -> RsvpRead:
    """What somebody answered, as the service takes it down from those who run the session."""
    with clock.at(at or clock.now()):
        given = rsvps.answer(
            db,
            runner(db, session.community_id),
            session.id,
            person.id,
            RsvpAnswer(answer=said, **fields),
        )
        db.commit()
    return given


def came(
    db: Database,
    session: Session,
    *people: Person,
    status: AttendanceStatus = AttendanceStatus.ATTENDED,
    **fields: Any,
) -> None:
    """Put people on record."""
    marks = [PersonMark(person_id=p.id, status=status, **fields) for p in people]
    by = runner(db, session.community_id)
    attendances.mark_many(db, by, session.id, marks, BulkQuery())
    db.commit()
