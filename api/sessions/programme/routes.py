from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, or_

from api.communities import queries as communities
from api.communities.service import Archived
from api.core.actor import Actor, State
from api.core.db import Database
from api.core.lists import answer
from api.core.moments import beginning
from api.core.preconditions import IfMatch
from api.core.problems import IllegalMove, Invalid, NotFound, raises
from api.core.text import Reason
from api.core.work import Db, Json, Me, Work
from api.sessions import queries
from api.sessions.models import Answer
from api.sessions.programme import service
from api.sessions.programme.reading import read, rows, writer
from api.sessions.programme.schemas import (
    SessionCreate,
    SessionPage,
    SessionQuery,
    SessionRead,
    SessionSorting,
    SessionUpdate,
)
from api.sessions.queries import MINE, C, S

router = APIRouter(prefix="/v1", tags=["sessions"], route_class=Work)


@router.get("/sessions", response_model=SessionPage, responses=raises(NotFound))
def list_sessions(db: Db, me: Me, query: Annotated[SessionQuery, Query()]) -> Json:
    """List the sessions you may see: with `from` the soonest first, otherwise the latest first."""
    sort = query.sort or (SessionSorting.SOONEST if query.from_ else SessionSorting.LATEST)
    order = [S.starts_at.label("sorted_by"), S.id]
    return answer(
        db,
        rows(me.person_id, *order).where(*_where(db, me, query)),
        order,
        query,
        name="sessions",
        write=writer(me),
        descending=sort is SessionSorting.LATEST,
    )


def _where(db: Database, me: Actor, query: SessionQuery) -> list[ColumnElement[bool]]:
    conditions = [queries.visible_to(me)]
    timezone = "UTC"
    if query.community_id:
        community = communities.get(db, me, query.community_id)
        timezone = community.timezone
        if query.include:
            conditions.append(communities.beneath(community.lineage))
        else:
            conditions.append(S.community_id == community.id)
    elif query.include:
        detail = "needs a community_id"
        raise Invalid(errors=[{"at": "query/include", "detail": detail}])
    if query.from_:
        conditions.append(S.ends_at > beginning(query.from_, timezone))
    if query.to:
        conditions.append(S.starts_at < beginning(query.to, timezone))
    if query.mine:
        conditions.append(_concerns(me))
    if query.changed_since:
        conditions.append(S.changed_at >= query.changed_since)
    for name in ("kind", "status", "mode"):
        if wanted := getattr(query, name):
            conditions.append(S[name] == wanted)
    return conditions


def _concerns(me: Actor) -> ColumnElement[bool]:
    held: list[Any] = [k for k, s in me.standings.items() if s.state is State.ACTIVE]
    answered = MINE.c.answer.is_not(None) & (MINE.c.answer != Answer.NO)
    return or_(C.id.in_(held), answered, queries.parts_of(me.person_id).is_not(None))


@router.post(
    "/communities/{community_id}/sessions",
    status_code=201,
    responses=raises(NotFound, Archived),
)
def schedule_session(db: Db, me: Me, community_id: UUID, new: SessionCreate) -> SessionRead:
    """Plan a session. One in the past is added as `held`, by those who lead or coordinate."""
    community = communities.get(db, me, community_id)
    return read(db, me, service.schedule(db, me, community, new).id)


@router.get("/sessions/{session_id}", responses=raises(NotFound))
def get_session(db: Db, me: Me, session_id: UUID) -> SessionRead:
    """Fetch one session. The joining address is there for those who have a place."""
    return read(db, me, session_id)


@router.patch(
    "/sessions/{session_id}",
    responses=raises(NotFound, Archived, IllegalMove, service.SomebodyCame),
)
def edit_session(
    db: Db, me: Me, session_id: UUID, change: SessionUpdate, match: IfMatch
) -> SessionRead:
    """Change a session, confirm it, say that it was held, or settle what follows it.

    Where seats become free, people on the waiting list are promoted in its order.
    """
    session, meeting = queries.get(db, me, session_id)
    match.hold(session.version)
    service.edit(db, me, session, meeting, change)
    return read(db, me, session_id)


@router.delete(
    "/sessions/{session_id}",
    responses=raises(NotFound, Archived, IllegalMove, service.SomebodyCame),
)
def cancel_session(
    db: Db, me: Me, session_id: UUID, match: IfMatch, reason: Reason | None = None
) -> SessionRead:
    """Cancel a session. It stays in the programme as cancelled, with the reason."""
    session, meeting = queries.get(db, me, session_id)
    match.hold(session.version)
    service.cancel(db, me, session, meeting, reason)
    return read(db, me, session_id)
