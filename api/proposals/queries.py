from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlmodel import col

from api.communities import queries as communities
from api.communities.models import Community
from api.communities.reading import Placed
from api.core.actor import Actor, Role, Standing, State
from api.core.clock import now
from api.core.db import Database, columns
from api.core.problems import Invalid, NotFound
from api.identity.models import Person
from api.memberships.models import LIVE, Membership
from api.proposals import policy
from api.proposals.lifecycle import ProposalState, Way
from api.proposals.models import (
    Expression,
    InterestCall,
    Office,
    OfficeHolder,
    Proposal,
    Supporter,
)
from api.proposals.policy import PUBLIC, Idea

P = columns(Proposal)
# The umbrella a proposal is meant for.
C = columns(Community)
_CALL = columns(InterestCall)


def involves(person_id: UUID) -> ColumnElement[bool]:
    """Whether a proposal names somebody: as proposer, supporter, lead or sponsor."""
    supports = exists().where(
        col(Supporter.proposal_id) == P.id, col(Supporter.person_id) == person_id
    )
    holds = exists().where(
        col(OfficeHolder.proposal_id) == P.id,
        col(OfficeHolder.person_id) == person_id,
        col(OfficeHolder.declined_at).is_(None),
    )
    return or_(P.proposer_id == person_id, P.proposed_lead_id == person_id, supports, holds)


def led_by(person_id: UUID) -> ColumnElement[bool]:
    """Whether somebody leads the community that forms, or had agreed to before it dissolved."""
    leads = exists().where(
        col(Membership.community_id) == P.community_id,
        col(Membership.person_id) == person_id,
        col(Membership.role) == Role.LEAD,
        col(Membership.state) == State.ACTIVE,
    )
    agreed = exists().where(
        col(OfficeHolder.proposal_id) == P.id,
        col(OfficeHolder.office) == Office.LEAD,
        col(OfficeHolder.person_id) == person_id,
        col(OfficeHolder.accepted_at).is_not(None),
    )
    return or_(leads, and_(P.state == ProposalState.EXPIRED, agreed))


def interests(person_id: UUID) -> ColumnElement[bool]:
    """Whether somebody said that they would come."""
    return exists().where(
        col(Expression.proposal_id) == P.id,
        col(Expression.person_id) == person_id,
        col(Expression.interested),
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The proposals an actor may see; the SQL twin of `policy.see`."""
    in_network = or_(
        false(), *(communities.beneath(f"{network}/") for network in sorted(actor.networks))
    )
    return or_(
        involves(actor.person_id),
        and_(P.submitted_at.is_not(None), communities.governed_by(actor)),
        and_(P.state.in_(sorted(PUBLIC)), in_network, communities.visible_to(actor)),
    )


def met_by(actor: Actor, *what: Any) -> Select[Any]:
    """Select proposals with what rules ask about; `as_idea` makes it of a row."""
    me = actor.person_id
    met = select(
        *what,
        P.id,
        P.proposer_id,
        P.state,
        P.round,
        P.appealed,
        P.revived,
        P.before_expiry,
        P.submitted_at,
        C.id.label("place_id"),
        C.lineage,
        C.visibility,
        C.join_policy,
        C.status,
        involves(me).label("involved"),
        led_by(me).label("leads"),
        interests(me).label("interested"),
        _CALL.opens_at,
        _CALL.closes_at,
        _CALL.closed_at,
        _CALL.sent_at,
        _CALL.nudged_at,
    ).join(Community, C.id == P.parent_id)
    # As many calls as rounds: the newest one, or none.
    newest = (_CALL.proposal_id == P.id) & (_CALL.round == P.round)
    return met.outerjoin(InterestCall, newest)


def as_idea(row: Any) -> Idea:
    called = row.state is ProposalState.INTEREST_CALL and row.opens_at and not row.closed_at
    asking = bool(called) and row.opens_at <= now() < row.closes_at
    return Idea(
        id=row.id,
        proposer_id=row.proposer_id,
        parent=Placed(row.place_id, row.lineage, row.visibility, row.join_policy, row.status),
        way=Way(row.state, row.round, row.appealed, row.revived, row.before_expiry),
        submitted=row.submitted_at is not None,
        involved=bool(row.involved),
        leads=bool(row.leads),
        interested=bool(row.interested),
        asking=asking,
        remindable=asking and row.sent_at is not None and row.nudged_at is None,
    )


def find(db: Database, actor: Actor, proposal_id: UUID) -> Idea | None:
    """Look for a proposal; what the actor may not see does not exist."""
    db.flush()
    row = db.execute(met_by(actor).where(P.id == proposal_id)).one_or_none()
    idea = as_idea(row) if row else None
    return idea if idea and policy.see(actor, idea) else None


def get(db: Database, actor: Actor, proposal_id: UUID) -> tuple[Proposal, Idea]:
    """Fetch a proposal the actor may see, and how they meet it."""
    if idea := find(db, actor, proposal_id):
        return db.get_one(Proposal, proposal_id), idea
    raise NotFound("No such proposal.")


def held(db: Database, actor: Actor, proposal_id: UUID) -> tuple[Proposal, Idea]:
    """Fetch a proposal and hold it against everybody else until the transaction ends."""
    proposal, _ = get(db, actor, proposal_id)
    db.refresh(proposal, with_for_update={"key_share": True})
    return get(db, actor, proposal_id)


def in_network(db: Database, network: str, ids: Iterable[UUID]) -> set[UUID]:
    """Those among these people who belong to a network, or have a place in it."""
    found = (
        select(col(Membership.person_id))
        .join(Community, C.id == col(Membership.community_id))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.person_id).in_(list(ids)),
            col(Membership.state).in_((State.ACTIVE, State.PAUSED)),
            communities.beneath(network),
            col(Person.disabled_at).is_(None),
        )
    )
    return set(db.scalars(found))


def named(db: Database, parent: Community, people: dict[str, UUID]) -> None:
    """Refuse people, by where the request names them, who are not in the network."""
    known = in_network(db, parent.lineage[:37], people.values())
    faults = [
        {"at": at, "detail": "is nobody in this network"}
        for at, person_id in people.items()
        if person_id not in known
    ]
    if faults:
        raise Invalid(errors=faults)


def supporters(db: Database, proposal_id: UUID) -> list[UUID]:
    found = select(col(Supporter.person_id)).where(col(Supporter.proposal_id) == proposal_id)
    return sorted(db.scalars(found))


def offices(db: Database, proposal_id: UUID) -> dict[Office, OfficeHolder]:
    found = select(OfficeHolder).where(col(OfficeHolder.proposal_id) == proposal_id)
    return {holder.office: holder for holder in db.scalars(found)}


def newest_call(db: Database, proposal_id: UUID) -> InterestCall | None:
    found = select(InterestCall).where(col(InterestCall.proposal_id) == proposal_id)
    return db.scalars(found.order_by(col(InterestCall.round).desc()).limit(1)).first()


def as_seen_by(db: Database, person_id: UUID) -> Actor:
    """Somebody as the door would see them, to know what they may see."""
    held = db.execute(
        select(C.id, C.lineage, col(Membership.role), col(Membership.state))
        .join(Membership, col(Membership.community_id) == C.id)
        .where(col(Membership.person_id) == person_id, col(Membership.state).in_(LIVE))
    )
    steward = db.scalar(select(col(Person.steward)).where(col(Person.id) == person_id))
    standings = {str(i): Standing(role, state, lineage) for i, lineage, role, state in held}
    return Actor(person_id=person_id, steward=bool(steward), standings=standings)
