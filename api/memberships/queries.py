from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import col, select

from api.communities import queries as communities
from api.communities.models import Community
from api.communities.policy import see_people
from api.core.actor import Actor, Role, State
from api.core.db import Database
from api.core.problems import Invalid, NotFound
from api.core.rows import one_of
from api.identity.models import Person
from api.identity.people.queries import named_like
from api.memberships import policy
from api.memberships.models import LIVE, Membership
from api.memberships.policy import Seat


def seat(membership: Membership, community: Community) -> Seat:
    """What the rules are asked about."""
    return Seat(
        community=community,
        person_id=membership.person_id,
        state=membership.state,
        joined=membership.joined_at is not None,
        rules_current=(membership.ground_rules_version or 0) >= community.ground_rules_version,
    )


def visible_to(actor: Actor, community: Community) -> ColumnElement[bool]:
    """The memberships of a community an actor may see; the SQL twin of `policy.see`."""
    if policy.runs(actor, community):
        return true()
    own = col(Membership.person_id) == actor.person_id
    if see_people(actor, community):
        return or_(own, col(Membership.state).in_(policy.SHOWN))
    return own


def get(db: Database, actor: Actor, membership_id: UUID) -> tuple[Membership, Community]:
    """Fetch a membership the actor may see, and its community."""
    membership = db.get(Membership, membership_id)
    community = membership and communities.find(db, actor, membership.community_id)
    if membership and community and policy.see(actor, seat(membership, community)):
        return membership, community
    raise NotFound("No such membership.")


def where(actor: Actor, community: Community, query: Any) -> list[ColumnElement[bool]]:
    """The conditions of a list of the memberships of one community."""
    m = Membership
    here = col(m.community_id) == community.id
    conditions = [
        communities.beneath(community.lineage) if query.include else here,
        visible_to(actor, community),
        *_filters(query),
    ]
    if query.person_id:
        conditions.append(col(m.person_id) == query.person_id)
    if query.q:
        conditions.append(named_like(Person.name, query.q))
    return conditions


def where_mine(actor: Actor, query: Any) -> list[ColumnElement[bool]]:
    """The conditions of a list of the caller's own; what became invisible to them stays so."""
    own = col(Membership.person_id) == actor.person_id
    return [own, communities.visible_to(actor), *_filters(query)]


def _filters(query: Any) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.state:
        conditions.append(col(Membership.state).in_(query.state))
    elif not query.changed_since:
        conditions.append(col(Membership.state).in_(LIVE))
    if query.role:
        conditions.append(col(Membership.role) == query.role)
    if query.changed_since:
        conditions.append(col(Membership.changed_at) >= query.changed_since)
    return conditions


def colleagues(actor: Actor) -> list[ColumnElement[bool]]:
    """The people an actor meets in the communities they belong to; not themselves."""
    own = [place for place, s in actor.standings.items() if s.state is State.ACTIVE]
    met = select(Membership.person_id).where(
        one_of(col(Membership.community_id), own), Membership.state == State.ACTIVE
    )
    return [
        col(Person.id).in_(met),
        col(Person.id) != actor.person_id,
        col(Person.disabled_at).is_(None),
    ]


def find_live(db: Database, community_id: UUID, person_id: UUID) -> Membership | None:
    """The membership that has not ended, if there is one."""
    return db.exec(
        select(Membership).where(
            Membership.community_id == community_id,
            Membership.person_id == person_id,
            col(Membership.state).in_(LIVE),
        )
    ).first()


def was_removed(db: Database, community_id: UUID, person_id: UUID) -> bool:
    """Whether the last time this person belonged here ended by their being removed."""
    newest = (
        select(Membership.state)
        .where(
            Membership.community_id == community_id,
            Membership.person_id == person_id,
            col(Membership.joined_at).is_not(None),
        )
        .order_by(col(Membership.ended_at).desc(), col(Membership.id).desc())
    )
    return db.exec(newest.limit(1)).first() is State.REMOVED


def has_another_lead(db: Database, membership: Membership) -> bool:
    """Whether the community has an active lead besides this one who can still sign in."""
    another = (
        select(Membership.id)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            Membership.community_id == membership.community_id,
            Membership.state == State.ACTIVE,
            Membership.role == Role.LEAD,
            Membership.id != membership.id,
            col(Person.disabled_at).is_(None),
        )
    )
    return db.exec(another.limit(1)).first() is not None


def overlapping(db: Database, membership: Membership) -> Membership | None:
    """Another membership of the same person here during the time of this one."""
    m = Membership
    conditions: list[ColumnElement[bool]] = [
        col(m.community_id) == membership.community_id,
        col(m.person_id) == membership.person_id,
        col(m.id) != membership.id,
        col(m.joined_at).is_not(None),
        or_(col(m.ended_at).is_(None), col(m.ended_at) > membership.joined_at),
    ]
    if membership.ended_at:
        conditions.append(col(m.joined_at) < membership.ended_at)
    return db.exec(select(m).where(and_(*conditions)).limit(1)).first()


def named(db: Database, person_id: UUID | None, email: str | None) -> Person:
    """Fetch the person a request names; somebody whose access has ended is nobody to add."""
    by_id = person_id is not None
    wanted = Person.id == person_id if by_id else Person.email == email
    person = db.exec(select(Person).where(wanted, col(Person.disabled_at).is_(None))).first()
    if person is None:
        at = "body/person_id" if by_id else "body/email"
        raise Invalid(errors=[{"at": at, "detail": "no such person"}])
    return person
