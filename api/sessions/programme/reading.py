"""How a session is written for one reader."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database, columns
from api.core.items import Item
from api.core.nested import json_array, json_if
from api.core.policy import granted
from api.core.problems import NotFound
from api.core.rows import json_row, json_words, with_field
from api.identity.models import Person
from api.sessions import policy
from api.sessions.models import Attendance, Part, Place, Rsvp, SessionPart
from api.sessions.programme.schemas import SessionRead
from api.sessions.queries import MINE, P, S, as_meeting, meeting_columns, met_by
from api.sessions.rsvps.queries import position_of

PEOPLE = columns(Person)
# What was recorded of the caller.
MARK = Attendance.__table__.alias("mark")  # type: ignore[attr-defined]  # every table class has one
_WAITING = Rsvp.__table__.alias("waiting")  # type: ignore[attr-defined]


def _with_part(part: Part) -> Any:
    names = func.coalesce(PEOPLE.name, P.name)
    found = (
        select(P.id)
        .select_from(SessionPart)
        .outerjoin(Person, PEOPLE.id == P.person_id)
        .where(P.session_id == S.id, P.part == part)
        .correlate_except(SessionPart, Person)
    )
    return json_array(found, json_row(person_id=P.person_id, name=names), P.place)


_waiting = (
    select(func.count())
    .where(
        _WAITING.c.session_id == S.id,
        _WAITING.c.place == Place.WAITLISTED,
        _WAITING.c.replaced_at.is_(None),
    )
    .correlate_except(_WAITING)
    .scalar_subquery()
)
_OWN = [name for name in SessionRead.model_fields if name in S]
_OWN.remove("joining_url")
_ROW = json_row(
    **{name: S[name] for name in _OWN},
    seats_left=S.capacity - S.taken,
    online_seats_left=S.online_capacity - S.online_taken,
    waiting=_waiting,
    facilitators=_with_part(Part.FACILITATOR),
    speakers=_with_part(Part.SPEAKER),
    my_rsvp=json_if(
        MINE.c.id.is_not(None),
        json_row(
            answer=MINE.c.answer,
            mode=MINE.c.seating,
            place=MINE.c.place,
            position=position_of(MINE.c),
        ),
    ),
    my_attendance=MARK.c.status,
)
# What not every reader is told, as JSON, so that nothing needs escaping here.
_WAY_IN = json_row(joining_url=S.joining_url).label("way_in")
_NAMED = json_row(named=_with_part(Part.NAMED)).label("named")
# Where among the columns of `rows` stands what decides, apart from the time, what a reader may do:
# the community, the access and the status; and what the reader has to do with the session.
_SETTLED, _MINE = slice(4, 11), slice(13, 15)


def rows(person_id: UUID | None, *order: ColumnElement[Any]) -> Select[Any]:
    """Select sessions as JSON text, with what `writer` needs and what the list is sorted by."""
    mark = and_(
        MARK.c.session_id == S.id, MARK.c.person_id == person_id, MARK.c.replaced_at.is_(None)
    )
    return select(_ROW, _WAY_IN, _NAMED, *meeting_columns(person_id), *order).select_from(
        met_by(person_id).outerjoin(MARK, mark)
    )


def writer(me: Actor) -> Callable[[Item], str]:
    """Make the function that adds what depends on the reader; it works each case out once."""
    moment = now()
    seen: dict[Any, list[str]] = {}

    def write(item: Item) -> str:
        # Sessions of one community at the same stage are mostly alike to one reader.
        opens, closes = policy.doors(item)
        phase = (item.starts_at <= moment, item.ends_at <= moment, opens <= moment <= closes)
        alike = (*item.cells[_SETTLED], *item.cells[_MINE], *phase)
        if alike not in seen:
            seen[alike] = granted(me, as_meeting(item, moment), policy.RULES)
        return _told(item, seen[alike])

    return write


def read(db: Database, me: Actor, session_id: UUID) -> SessionRead:
    """Read one session exactly as the list would write it."""
    db.flush()
    row = db.execute(rows(me.person_id).where(S.id == session_id)).one_or_none()
    meeting = as_meeting(row, now()) if row else None
    if meeting is None or not policy.see(me, meeting):
        raise NotFound("No such session.")
    return SessionRead.model_validate_json(_told(row, granted(me, meeting, policy.RULES)))


def _told(row: Any, can: list[str]) -> str:
    """The whole text of a session, with as much of what is not for everybody as `can` allows."""
    way_in = row.way_in if "see_joining_url" in can else '{"joining_url":null}'
    named = row.named if "run" in can else '{"named":[]}'
    return with_field(f"{row.item[:-1]},{way_in[1:-1]},{named[1:]}", "can", json_words(can))
