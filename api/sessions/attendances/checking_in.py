"""Checking in oneself, with the short code that the session shows."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from api.communities.models import Mode
from api.core.actor import Actor
from api.core.db import Database
from api.core.limits import forget, spend
from api.core.policy import permit
from api.core.problems import Conflict, Forbidden, Invalid, Problem
from api.sessions import codes, policy, queries
from api.sessions.attendances.schemas import AttendanceRead, CheckIn, CheckInCode
from api.sessions.attendances.service import Seen, Where, keep, on_record, read, seating
from api.sessions.models import PRESENT, Answer, AttendanceStatus, Seating, Session, Source

TRIES = 5
WINDOW = timedelta(minutes=10)


class DoorsClosed(Conflict):
    """Checking in works from half an hour before a session until an hour after it."""

    title = "Checking in is not possible now"


class SeenOtherwise(Conflict):
    """Somebody has recorded that you did not come; they can correct it."""

    title = "Something else is on record"


class WrongCode(Forbidden):
    """The code is not the one this session shows; after a few tries one has to wait."""

    title = "That is not the code"


def code(db: Database, actor: Actor, session_id: UUID) -> CheckInCode:
    """Show the code to those who run the session."""
    meeting = queries.meet(db, actor, session_id).meeting
    permit(policy.run, actor, meeting)
    opens, closes = policy.doors(meeting)
    return CheckInCode(code=_code(db, session_id), opens_at=opens, closes_at=closes)


def check_in(
    db: Database, actor: Actor, session_id: UUID, said: CheckIn
) -> AttendanceRead | Problem:
    """Record that the caller is there.

    A wrong code is returned rather than raised: what was raised would undo the count of tries.
    """
    met = queries.meet(db, actor, session_id)
    meeting = met.meeting
    queries.living(meeting)
    if not policy.check_in(actor, meeting):
        opens, closes = policy.doors(meeting)
        raise DoorsClosed(f"It is possible from {opens:%H:%M} to {closes:%H:%M} UTC on the day.")
    if said.mode and met.mode is not Mode.HYBRID and Seating(met.mode) is not said.mode:
        raise Invalid(errors=[{"at": "body/mode", "detail": f"the session is {met.mode} only"}])
    tries = f"check-in:{session_id}:{actor.person_id}"
    if refusal := spend(db, tries, TRIES, WINDOW):
        return refusal
    if not codes.matches(_code(db, session_id), said.code):
        return WrongCode("Look at it again, or ask somebody who runs the session.")
    forget(db, tries)
    _be_there(db, actor.person_id, met, said.mode)
    return read(db, session_id, actor.person_id)


def _be_there(db: Database, person_id: UUID, met: queries.Met, said: Seating | None) -> None:
    meeting = met.meeting
    expected = met.row.answer is Answer.YES
    seen = Seen(
        session_id=meeting.id,
        person_id=person_id,
        status=AttendanceStatus.ATTENDED if expected else AttendanceStatus.WALK_IN,
        minutes=None,
        seating=seating(met.mode, said or (met.row.seating if expected else None)),
        reason=None,
        source=Source.SELF,
    )
    before = on_record(db, meeting.id, person_id)
    if before in PRESENT:
        return
    if before:
        raise SeenOtherwise()
    keep(db, [seen], {meeting.id: Where(meeting.community.id, meeting.starts_at)}, person_id)


def _code(db: Database, session_id: UUID) -> str:
    return db.exec(select(Session.check_in_code).where(Session.id == session_id)).one()
