"""A person's way into a community, through it, and out of it."""

from datetime import datetime
from uuid import UUID

from api.communities.events import CommunityFounded
from api.communities.models import Community
from api.core.actor import Role, State
from api.core.clock import now
from api.core.db import Database
from api.core.events import on, record
from api.memberships import spells
from api.memberships.events import MembershipActivated
from api.memberships.models import Membership


def place(
    db: Database,
    community: Community,
    person_id: UUID,
    role: Role = Role.MEMBER,
    *,
    joined_at: datetime | None = None,
) -> Membership:
    """Make somebody an active member at once."""
    moment = now()
    membership = Membership(
        community_id=community.id,
        person_id=person_id,
        role=role,
        state=State.ACTIVE,
        joined_at=joined_at or moment,
        ground_rules_version=community.ground_rules_version or None,
        changed_at=moment,
    )
    db.add(membership)
    db.flush()
    spells.begin(db, membership, joined_at or moment)
    record(
        db,
        MembershipActivated(
            object_id=membership.id, community_id=community.id, person_id=person_id
        ),
    )
    return membership


@on(CommunityFounded)
def founder_leads(db: Database, event: CommunityFounded) -> None:
    """Whoever founds a community is its first lead, so that it never has none."""
    community = db.get(Community, event.object_id)
    assert community is not None
    place(db, community, event.founder_id, Role.LEAD)
