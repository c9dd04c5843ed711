"""Small builders for the things tests talk about. Readable values, never random ones."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from sqlmodel import select

from api.communities import service as communities
from api.communities.models import Community
from api.communities.schemas import CommunityCreate
from api.core.actor import Actor, Role, Standing, State
from api.core.clock import now
from api.core.db import Database
from api.identity.me import service as me
from api.identity.models import Affiliation, Organisation, Person
from api.memberships.models import LIVE, Membership

_numbers = count(1)
# An identifier that names nothing.
UNKNOWN = UUID("01890000-0000-7000-8000-000000000000")


def person(db: Database, name: str = "Asha", **fields: Any) -> Person:
    """Somebody with an address of their own."""
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.org")
    made = Person(name=name, email=email, changed_at=now(), **fields)
    db.add(made)
    db.flush()
    db.add(
        Affiliation(
            person_id=made.id,
            organisation_id=made.organisation_id,
            team=made.team,
            counted=made.counted,
            recorded_at=now(),
        )
    )
    db.commit()
    return made


def steward(db: Database, name: str = "Sunita") -> Person:
    return person(db, name, steward=True)


def organisation(db: Database, name: str = "Harbour Lane", **fields: Any) -> Organisation:
    made = Organisation(name=name, changed_at=now(), **fields)
    db.add(made)
    db.commit()
    return made


def community(
    db: Database,
    name: str = "Peer support workers",
    *,
    lead: Person | None = None,
    parent: Community | None = None,
    **fields: Any,
) -> Community:
    """A community with a lead, founded as the service founds it."""
    lead = lead or person(db, "Lena")
    new = CommunityCreate(name=name, parent_id=parent and parent.id, **fields)
    made = communities.found(db, Actor(person_id=lead.id, steward=True), new)
    db.commit()
    return made


def member(
    db: Database,
    community: Community,
    person: Person,
    role: Role = Role.MEMBER,
    **fields: Any,
) -> Membership:
    """An active member, without the way by which they became one."""
    from api.memberships import service

    made = service.place(db, community, person.id, role, **fields)
    db.commit()
    return made


def ran_out(db: Database, invitation: Membership) -> None:
    """Let the time in which an invitation can be accepted pass."""
    stored = db.get_one(Membership, invitation.id)
    stored.expires_at = now()
    db.commit()


def actor(db: Database, person: Person) -> Actor:
    """The person as the door would see them."""
    held = db.exec(
        select(Membership, Community)
        .join(Community, Community.id == Membership.community_id)  # type: ignore[arg-type]
        .where(Membership.person_id == person.id, Membership.state.in_(LIVE))  # type: ignore[attr-defined]
    ).all()
    standings = {str(c.id): Standing(m.role, State(m.state), c.lineage) for m, c in held}
    return Actor(person_id=person.id, steward=person.steward, standings=standings)


def token(db: Database, person_id: UUID, scopes: list[str] | None = None) -> str:
    # Stories may let most of a year pass.
    _, word = me.make_token(db, person_id, "tests", scopes, now() + timedelta(days=360))
    db.commit()
    return word
