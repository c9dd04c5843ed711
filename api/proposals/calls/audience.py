"""Whom a call is sent to."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, or_, select
from sqlmodel import col

from api.communities import queries as communities
from api.communities.models import Community, CommunityStatus, Visibility
from api.core.actor import Actor, State
from api.core.db import Database
from api.core.problems import Invalid
from api.identity.models import Organisation, Person
from api.memberships.models import Membership
from api.proposals.calls.schemas import Audience, AudienceShare, AudienceSize
from api.proposals.models import InterestCall, Proposal, Recipient


def place(parent: Community) -> str:
    """Within what a call stays: the network, or the umbrella where only its own may know of it."""
    if parent.visibility is Visibility.CONFIDENTIAL:
        return parent.lineage
    return parent.lineage[:37]


def people(db: Database, actor: Actor, proposal: Proposal, audience: Audience, at: str) -> Any:
    """Select the person and organisation of everybody a call would reach, each once."""
    parent = db.get_one(Community, proposal.parent_id)
    within = place(parent)
    belonging = (
        select(col(Membership.person_id))
        .join(Community, col(Community.id) == col(Membership.community_id))
        .where(
            col(Membership.state) == State.ACTIVE,
            col(Community.status) == CommunityStatus.ACTIVE,
            communities.beneath(within),
        )
    )
    if audience.community_ids:
        chosen = _chosen(db, actor, within, audience.community_ids, at)
        belonging = belonging.where(or_(*(communities.beneath(c.lineage) for c in chosen)))
    if audience.topics:
        # Of a community the actor cannot see, no topic may be guessed by the size it gives.
        belonging = belonging.where(
            communities.visible_to(actor),
            or_(*(communities.contains_topic(topic) for topic in audience.topics)),
        )
    found: Any = select(col(Person.id), col(Person.organisation_id)).where(
        col(Person.id).in_(belonging),
        col(Person.id) != proposal.proposer_id,
        col(Person.disabled_at).is_(None),
        col(Person.counted),
    )
    if parent.visibility is Visibility.CONFIDENTIAL:
        # Whoever only belongs to something beneath a confidential umbrella does not see it.
        inside = select(col(Membership.person_id)).where(
            col(Membership.community_id) == parent.id, col(Membership.state) == State.ACTIVE
        )
        found = found.where(col(Person.id).in_(inside))
    if audience.organisation_ids:
        found = found.where(col(Person.organisation_id).in_(audience.organisation_ids))
    return found


def size(db: Database, actor: Actor, proposal: Proposal, audience: Audience) -> AudienceSize:
    """How many people a call would reach, and where they work."""
    reached = people(db, actor, proposal, audience, "body").subquery()
    where, count = reached.c.organisation_id, func.count().label("people")
    shares = (
        select(where, col(Organisation.name), count)
        .outerjoin(Organisation, col(Organisation.id) == where)
        .group_by(where, col(Organisation.name))
        .order_by(count.desc(), col(Organisation.name))
    )
    found = db.execute(shares).all()
    return AudienceSize(
        size=sum(row.people for row in found),
        organisations=[
            AudienceShare(organisation_id=i, organisation=name, people=n)
            for i, name, n in found[:10]
        ],
    )


def address(db: Database, actor: Actor, proposal: Proposal, call: InterestCall,
            audience: Audience) -> int:  # fmt: skip
    """Write down whom a call is sent to, so that who joins later changes no share."""
    reached = people(db, actor, proposal, audience, "body/details/audience").subquery()
    chosen: Any = select(reached.c.id, reached.c.organisation_id)
    listed = chosen.add_columns(select(col(InterestCall.id)).where(
        col(InterestCall.id) == call.id).scalar_subquery())  # fmt: skip
    columns = ["person_id", "organisation_id", "call_id"]
    db.execute(insert(Recipient).from_select(columns, listed))
    # Not every driver counts what it copied.
    count = select(func.count()).select_from(Recipient).where(col(Recipient.call_id) == call.id)
    return db.scalar(count) or 0


def _chosen(db: Database, actor: Actor, within: str, ids: list[UUID], at: str) -> list[Community]:
    found = [communities.find(db, actor, community_id) for community_id in ids]
    faults = [
        {"at": f"{at}/community_ids/{n}", "detail": "no such community in this network"}
        for n, community in enumerate(found)
        if community is None or not community.lineage.startswith(within)
    ]
    if faults:
        raise Invalid(errors=faults)
    return [community for community in found if community]
