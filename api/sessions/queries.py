from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlmodel import col

from api.communities import queries as communities
from api.communities.models import Community, CommunityStatus, Mode, Visibility
from api.communities.reading import Placed
from api.communities.service import Archived
from api.core.actor import RUNNING, Actor, Standing, State
from api.core.clock import now
from api.core.db import Database, columns
from api.core.problems import NotFound
from api.identity.models import Person
from api.memberships.models import LIVE, Membership
from api.sessions import policy
from api.sessions.models import Access, Part, Rsvp, Session, SessionPart
from api.sessions.policy import Meeting

S = columns(Session)
C = columns(Community)
M = columns(Membership)
P = columns(SessionPart)
# What the caller has answered; joined by `met_by`.
MINE = Rsvp.__table__.alias("mine")  # type: ignore[attr-defined]  # every table class has one

# Of a session, and of an answer joined to it, what the next answer depends on.
SEATS = (S.mode, S.capacity, S.taken, S.online_capacity, S.online_taken)
ANSWERED = (MINE.c.id, MINE.c.answer, MINE.c.seating, MINE.c.queue, MINE.c.recorded_at)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The sessions an actor may see; the SQL twin of `policy.see`."""
    if actor.steward:
        return communities.visible_to(actor)
    active = [s for s in actor.standings.values() if s.state is State.ACTIVE]
    inside = or_(
        C.id.in_([k for k, s in actor.standings.items() if s.state is State.ACTIVE]),
        *(communities.beneath(lineage) for lineage in actor.governed),
    )
    in_network = or_(*(communities.beneath(f"{n}/") for n in sorted(actor.networks)), inside)
    takes_part = (
        exists()
        .where(P.session_id == S.id, P.person_id == actor.person_id)
        .correlate_except(SessionPart)
    )
    ways = or_(
        *(communities.beneath(s.lineage) for s in active if s.role in RUNNING),
        and_(takes_part, C.visibility != Visibility.CONFIDENTIAL),
        and_(
            communities.visible_to(actor),
            or_(
                takes_part,
                S.access == Access.OPEN,
                and_(S.access == Access.NETWORK, in_network),
                and_(S.access == Access.MEMBERS, inside),
            ),
        ),
    )
    return and_(C.status != CommunityStatus.DISSOLVED, ways)


def run_by(actor: Actor) -> ColumnElement[bool]:
    """The sessions an actor runs, among those they may see; the SQL twin of `policy.run`."""
    if actor.steward:
        return true()
    facilitates = exists().where(
        P.session_id == S.id, P.person_id == actor.person_id, P.part == Part.FACILITATOR
    )
    return or_(
        *(
            communities.beneath(s.lineage)
            for s in actor.standings.values()
            if s.state is State.ACTIVE and s.role in RUNNING
        ),
        facilitates.correlate_except(SessionPart),
    )


def parts_of(person_id: UUID | None) -> Any:
    """The parts one person has in the session of a row, as one text."""
    parts = select(func.aggregate_strings(P.part, ",")).where(
        P.session_id == S.id, P.person_id == person_id
    )
    return parts.correlate_except(SessionPart).scalar_subquery()


def as_parts(text: str | None) -> frozenset[Part]:
    return frozenset(Part(p) for p in text.split(",")) if text else frozenset()


def met_by(person_id: UUID | None) -> Any:
    """Sessions with their community and what one person has answered, to select from."""
    sessions = Session.__table__  # type: ignore[attr-defined]  # every table class has one
    communities_ = Community.__table__  # type: ignore[attr-defined]
    mine = and_(
        MINE.c.session_id == S.id, MINE.c.person_id == person_id, MINE.c.replaced_at.is_(None)
    )
    return sessions.join(communities_, C.id == S.community_id).outerjoin(MINE, mine)


def meeting_columns(person_id: UUID | None) -> list[Any]:
    """What `as_meeting` needs of a row of `met_by`."""
    return [
        S.id.label("session_id"),
        C.id.label("community_id"),
        C.lineage,
        C.visibility,
        C.join_policy,
        C.status.label("community_status"),
        S.access,
        S.status,
        S.starts_at,
        S.ends_at,
        parts_of(person_id).label("parts"),
        MINE.c.place,
    ]


def as_meeting(row: Any, at: datetime) -> Meeting:
    return Meeting(
        id=row.session_id,
        community=Placed(
            row.community_id, row.lineage, row.visibility, row.join_policy, row.community_status
        ),
        access=row.access,
        status=row.status,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        parts=as_parts(row.parts),
        place=row.place,
        at=at,
    )


def get(db: Database, actor: Actor, session_id: UUID) -> tuple[Session, Meeting]:
    """Fetch a session the actor may see; what they may not see does not exist."""
    row = db.execute(
        select(Session, *meeting_columns(actor.person_id))
        .select_from(met_by(actor.person_id))
        .where(S.id == session_id)
    ).one_or_none()
    return (row[0], _seen(actor, row)) if row else _missing()


class Met(NamedTuple):
    """A session as the caller meets it, with their own answer and the seats as they were seen."""

    meeting: Meeting
    mode: Mode
    # The columns of what they answered, None where they have not, and of the seats.
    row: Any


def meet(db: Database, actor: Actor, session_id: UUID) -> Met:
    """Fetch only what answering needs: it is done by hundreds of people in the same minute."""
    row = db.execute(
        select(
            *meeting_columns(actor.person_id),
            *SEATS,
            *ANSWERED,
        )
        .select_from(met_by(actor.person_id))
        .where(S.id == session_id)
    ).one_or_none()
    return Met(_seen(actor, row), row.mode, row) if row else _missing()


def _seen(actor: Actor, row: Any) -> Meeting:
    meeting = as_meeting(row, now())
    if not policy.see(actor, meeting):
        raise NotFound("No such session.")
    return meeting


def _missing() -> Any:
    raise NotFound("No such session.")


def living(meeting: Meeting) -> None:
    """Refuse to change what belongs to a community that has been put away."""
    if meeting.community.status is CommunityStatus.ARCHIVED:
        raise Archived("Restore the community first.")


def actors(db: Database, person_ids: Collection[UUID]) -> dict[UUID, Actor]:
    """These people as the door would see them; whoever may not pass it is left out."""
    rows = db.execute(
        select(col(Person.id), col(Person.steward), M.role, M.state, C.lineage)
        .outerjoin(Membership, (M.person_id == col(Person.id)) & M.state.in_(LIVE))
        .outerjoin(Community, C.id == M.community_id)
        .where(col(Person.id).in_(person_ids), col(Person.disabled_at).is_(None))
    )
    found: dict[UUID, tuple[bool, dict[str, Standing]]] = {}
    for person_id, steward, role, state, lineage in rows:
        _, held = found.setdefault(person_id, (steward, {}))
        if lineage:
            held[lineage[-37:-1]] = Standing(role, state, lineage)
    return {
        person_id: Actor(person_id=person_id, steward=steward, standings=held)
        for person_id, (steward, held) in found.items()
    }
