from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import ColumnElement, Select, and_, or_, select

from api.communities import queries as communities
from api.communities.models import Community
from api.communities.service import Archived
from api.core.actor import Actor
from api.core.bulk import BulkQuery, BulkRead
from api.core.db import Database
from api.core.lists import answer
from api.core.moments import beginning
from api.core.policy import permit
from api.core.problems import IllegalMove, Invalid, NotFound, Problem, TooMany, raises
from api.core.rows import json_row
from api.core.work import Db, Json, Me, Work
from api.sessions import policy, queries
from api.sessions.attendances import checking_in, register, service
from api.sessions.attendances.schemas import (
    AttendancePage,
    AttendanceQuery,
    AttendanceRead,
    BulkMarks,
    CheckIn,
    CheckInCode,
    Mark,
    RegisterPage,
    RegisterQuery,
)
from api.sessions.attendances.service import A
from api.sessions.models import Attendance, Session
from api.sessions.queries import C, S
from api.sessions.rsvps.schemas import Whom

router = APIRouter(prefix="/v1", tags=["attendances"], route_class=Work)

_LATER = Attendance.__table__.alias("later")  # type: ignore[attr-defined]  # every table class has one
_SAID = {n: A[n] for n in AttendanceRead.model_fields if n not in ("mode", "withdrawn_at")}
_ROW = json_row(**_SAID, mode=A.seating, withdrawn_at=A.replaced_at)


@router.get("/attendances", response_model=AttendancePage, responses=raises(NotFound))
def list_attendances(db: Db, me: Me, query: Annotated[AttendanceQuery, Query()]) -> Json:
    """List who came, newest records first: of the sessions you run, and always your own.

    With `changed_since` records that were taken back are listed too, so that copies can follow.
    """
    statement = (
        select(_ROW, A.id)
        .join(Session, S.id == A.session_id)
        .join(Community, C.id == S.community_id)
        .where(or_(A.person_id == me.person_id, queries.run_by(me)), *_where(db, me, query))
    )
    return answer(db, statement, [A.id], query, name="attendances")


def _where(db: Database, me: Actor, query: AttendanceQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    timezone = "UTC"
    if query.community_id:
        community = communities.get(db, me, query.community_id)
        timezone = community.timezone
        conditions.append(
            communities.beneath(community.lineage)
            if query.include
            else S.community_id == community.id
        )
    elif query.include:
        raise Invalid(errors=[{"at": "query/include", "detail": "needs a community_id"}])
    if query.session_id:
        conditions.append(A.session_id == queries.meet(db, me, query.session_id).meeting.id)
    if query.person_id:
        conditions.append(A.person_id == query.person_id)
    if query.from_:
        conditions.append(S.starts_at >= beginning(query.from_, timezone))
    if query.to:
        conditions.append(S.starts_at < beginning(query.to, timezone))
    since = query.changed_since
    if since is None:
        return [*conditions, A.replaced_at.is_(None)]
    # Taken back means that nothing came in its place; otherwise the newer record speaks.
    later = select(_LATER.c.id).where(
        _LATER.c.session_id == A.session_id,
        _LATER.c.person_id == A.person_id,
        _LATER.c.recorded_at >= A.replaced_at,
        _LATER.c.id != A.id,
    )
    taken_back = and_(A.replaced_at >= since, ~later.correlate_except(_LATER).exists())
    return [*conditions, or_(and_(A.replaced_at.is_(None), A.recorded_at >= since), taken_back)]


@router.get(
    "/sessions/{session_id}/attendances",
    response_model=RegisterPage,
    responses=raises(NotFound),
)
def read_register(
    db: Db, me: Me, session_id: UUID, query: Annotated[RegisterQuery, Query()]
) -> Json:
    """Read the register, by name: everybody expected or on record, with what is recorded.

    Nothing recorded is a null status, which says something else than `no_show`.
    """
    meeting = queries.meet(db, me, session_id).meeting
    permit(policy.run, me, meeting)
    statement: Select[Any] = register.lines(meeting)
    if query.recorded is not None:
        there = register.MARK.c.id.is_not(None)
        statement = statement.where(there if query.recorded else ~there)
    return answer(
        db, statement, register.ORDER, query, name=f"register/{session_id}", descending=False
    )


@router.put(
    "/sessions/{session_id}/attendances/{person_id}",
    responses=raises(NotFound, Archived, IllegalMove, service.NotYet),
)
def record_attendance(
    db: Db, me: Me, session_id: UUID, person_id: Whom, said: Mark
) -> AttendanceRead:
    """Record whether somebody came. Saying the same again changes nothing."""
    return service.mark(db, me, session_id, _person(me, person_id), said)


@router.delete(
    "/sessions/{session_id}/attendances/{person_id}",
    status_code=204,
    responses=raises(NotFound, Archived, IllegalMove, service.NotYet),
)
def withdraw_attendance(db: Db, me: Me, session_id: UUID, person_id: Whom) -> None:
    """Take a record back: nothing is recorded about the person any more."""
    service.withdraw(db, me, session_id, _person(me, person_id))


@router.post(
    "/sessions/{session_id}/attendances",
    responses=raises(NotFound, Archived, IllegalMove, service.NotYet),
)
def record_attendances(
    db: Db,
    me: Me,
    session_id: UUID,
    new: BulkMarks,
    query: Annotated[BulkQuery, Query()],
) -> BulkRead:
    """Record up to 1,000 people at once: all or none, unless `mode=partial`."""
    return service.mark_many(db, me, session_id, new.items, query)


@router.get("/sessions/{session_id}/check-in-code", responses=raises(NotFound))
def get_check_in_code(db: Db, me: Me, session_id: UUID) -> CheckInCode:
    """Fetch the code to show in the room, if you run the session."""
    return checking_in.code(db, me, session_id)


@router.post(
    "/sessions/{session_id}/check-ins",
    status_code=201,
    response_model=AttendanceRead,
    responses=raises(
        NotFound, Archived, TooMany, checking_in.DoorsClosed, checking_in.SeenOtherwise
    ),
)
def check_in(db: Db, me: Me, session_id: UUID, new: CheckIn, request: Request) -> Any:
    """Check in with the code that the session shows. Doing it again changes nothing."""
    done = checking_in.check_in(db, me, session_id, new)
    if isinstance(done, Problem):
        refusal: Response = done.response(request.scope.get("request_id"))
        return refusal
    return done


def _person(me: Actor, whom: Whom) -> UUID:
    return whom if isinstance(whom, UUID) else me.person_id
