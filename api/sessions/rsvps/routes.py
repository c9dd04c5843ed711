from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Select, func, select

from api.communities.service import Archived
from api.core.db import columns
from api.core.lists import answer
from api.core.policy import permit
from api.core.problems import NotFound, raises
from api.core.rows import json_row
from api.core.work import Db, Json, Me, Work
from api.identity.models import Person
from api.sessions import policy, queries
from api.sessions.models import Answer, Place, Rsvp
from api.sessions.rsvps import service
from api.sessions.rsvps.queries import position_of
from api.sessions.rsvps.schemas import ComingPage, ComingQuery, RsvpAnswer, RsvpRead, Whom
from api.sessions.rsvps.seats import R

router = APIRouter(prefix="/v1/sessions", tags=["sessions"], route_class=Work)

_NAME = columns(Person).name
_ROW = json_row(
    session_id=R.session_id,
    person_id=R.person_id,
    answer=R.answer,
    mode=R.seating,
    place=R.place,
    position=position_of(R),
    answered_at=R.recorded_at,
    name=_NAME,
)
# Those who do not wait come first, then the waiting list in its order.
_LINE = func.coalesce(R.queue, 0).label("line")


def _id(whom: Whom) -> UUID | None:
    return whom if isinstance(whom, UUID) else None


@router.get("/{session_id}/rsvps", response_model=ComingPage, responses=raises(NotFound))
def list_rsvps(db: Db, me: Me, session_id: UUID, query: Annotated[ComingQuery, Query()]) -> Json:
    """List who means to come: every answer for those who run it, else the confirmed places.

    People without a place on the waiting list come first, then those who wait, in their order.
    """
    meeting = queries.meet(db, me, session_id).meeting
    permit(policy.see_rsvps, me, meeting)
    statement: Select[Any] = (
        select(_ROW, _LINE, R.id)
        .select_from(Rsvp)
        .join(Person, columns(Person).id == R.person_id)
        .where(R.session_id == session_id, R.replaced_at.is_(None))
    )
    if not policy.run(me, meeting):
        statement = statement.where(R.answer == Answer.YES, R.place == Place.CONFIRMED)
    for name in ("answer", "place"):
        if wanted := getattr(query, name):
            statement = statement.where(R[name] == wanted)
    return answer(db, statement, [_LINE, R.id], query, name=f"rsvps/{session_id}", descending=False)


@router.get("/{session_id}/rsvps/{person_id}", responses=raises(NotFound))
def get_rsvp(db: Db, me: Me, session_id: UUID, person_id: Whom) -> RsvpRead:
    """Fetch what somebody answered, and whether they have a place. `me` is the caller."""
    return service.find(db, me, session_id, _id(person_id))


@router.put(
    "/{session_id}/rsvps/{person_id}",
    responses=raises(
        NotFound, Archived, service.AnswersClosed, service.PlaceKept, service.NotForThem
    ),
)
def answer_session(db: Db, me: Me, session_id: UUID, person_id: Whom, new: RsvpAnswer) -> RsvpRead:
    """Say whether somebody will come. `me` is the caller; only those who run it answer for others.

    A yes takes a seat, or joins the waiting list when there is none; seats that become free are
    passed on in the order of that list.
    """
    return service.answer(db, me, session_id, _id(person_id), new)
