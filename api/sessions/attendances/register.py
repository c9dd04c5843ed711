"""The register of a session: everybody who could have come, and what is recorded about them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select, union

from api.core.actor import State
from api.core.db import columns
from api.core.rows import folded, json_row
from api.identity.models import Person
from api.memberships.models import Membership
from api.sessions.models import Access, Attendance, Rsvp, Session
from api.sessions.policy import Meeting
from api.sessions.queries import M, P, S

PEOPLE = columns(Person)
MARK = Attendance.__table__.alias("mark")  # type: ignore[attr-defined]  # every table class has one
SAID = Rsvp.__table__.alias("said")  # type: ignore[attr-defined]

ORDER = [folded(PEOPLE.name).label("sorted_by"), PEOPLE.id]
_ROW = json_row(
    session_id=S.id,
    person_id=PEOPLE.id,
    name=PEOPLE.name,
    answer=SAID.c.answer,
    place=SAID.c.place,
    status=MARK.c.status,
    minutes=MARK.c.minutes,
    mode=MARK.c.seating,
    reason=MARK.c.reason,
    source=MARK.c.source,
    recorded_by_id=MARK.c.recorded_by_id,
    recorded_at=MARK.c.recorded_at,
)


def lines(meeting: Meeting) -> Select[Any]:
    """Select the register; in that of a closed session members stand only when they are named."""
    session_id = meeting.id
    expected = [
        select(P.person_id).where(P.session_id == session_id, P.person_id.is_not(None)),
        _people(columns(Rsvp), session_id),
        _people(columns(Attendance), session_id),
    ]
    if meeting.access is not Access.CLOSED:
        members = (M.community_id == meeting.community.id, M.state == State.ACTIVE)
        expected.append(select(M.person_id).select_from(Membership).where(*members))
    everybody = union(*expected).subquery()
    return (
        select(_ROW, *ORDER)
        .select_from(everybody)
        .join(Person, PEOPLE.id == everybody.c.person_id)
        .join(Session, S.id == session_id)
        .outerjoin(SAID, _about(SAID.c))
        .outerjoin(MARK, _about(MARK.c))
    )


def _people(rows: Any, session_id: UUID) -> Select[Any]:
    return select(rows.person_id).where(rows.session_id == session_id, rows.replaced_at.is_(None))


def _about(rows: Any) -> Any:
    return and_(rows.session_id == S.id, rows.person_id == PEOPLE.id, rows.replaced_at.is_(None))
