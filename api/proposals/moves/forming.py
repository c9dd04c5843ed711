"""The community that a proposal is becoming: founded, prepared, opened, or let go."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from api.communities import service as communities
from api.communities.models import Community, GroundRules, JoinPolicy, Visibility
from api.communities.schemas import CommunityCreate, Signpost
from api.core.actor import Actor, Role, State
from api.core.clock import now
from api.core.db import Database
from api.identity.models import Person
from api.memberships import service as memberships
from api.memberships.models import Membership
from api.proposals import queries
from api.proposals.guards import First, Lack
from api.proposals.models import Expression, Offer, Office, Proposal
from api.sessions.lifecycle import AHEAD
from api.sessions.models import PRESENT, Attendance, Part, Session, SessionPart, SessionStatus
from api.sessions.programme import service as programme

ROLES = {
    Offer.MEMBER: Role.MEMBER,
    Offer.CO_LEAD: Role.LEAD,
    Offer.SPEAKER: Role.MEMBER,
    Offer.SPONSOR: Role.SPONSOR,
    Offer.OBSERVER: Role.OBSERVER,
}
_CHARTER = ("purpose", "domain", "audience")


def form(
    db: Database,
    actor: Actor,
    proposal: Proposal,
    visibility: Visibility | None,
    join_policy: JoinPolicy | None,
) -> Community:
    """Found the community in the making, with its lead and sponsor, and ask its founders in."""
    parent = db.get_one(Community, proposal.parent_id)
    lead = queries.offices(db, proposal.id)[Office.LEAD].person_id
    community = communities.form(
        db,
        actor,
        CommunityCreate(
            name=proposal.name,
            kind=proposal.kind,
            purpose=proposal.purpose,
            domain=proposal.domain,
            audience=proposal.audience,
            region=proposal.region,
            topics=proposal.topics,
            languages=parent.languages,
            signposts=[Signpost.model_validate(s) for s in parent.signposts],
            timezone=parent.timezone,
            parent_id=parent.id,
            visibility=visibility or parent.visibility,
            join_policy=join_policy or parent.join_policy,
        ),
        lead,
    )
    proposal.community_id = community.id
    gather(db, proposal, community, actor.person_id)
    return community


def gather(db: Database, proposal: Proposal, community: Community, by: UUID | None) -> None:
    """Place the sponsor, who has accepted, and invite those whose idea it was."""
    sponsor = queries.offices(db, proposal.id)[Office.SPONSOR].person_id
    lead = queries.offices(db, proposal.id)[Office.LEAD].person_id
    if sponsor != lead:
        memberships.place(db, community, sponsor, Role.SPONSOR)
    founders = [proposal.proposer_id, *queries.supporters(db, proposal.id)]
    memberships.offer(db, community, dict.fromkeys(founders, Role.MEMBER), by)


def again(db: Database, proposal: Proposal) -> None:
    """Let the community form once more, with the lead and sponsor it had."""
    community = db.get_one(Community, proposal.community_id)
    communities.reform(db, community)
    lead = queries.offices(db, proposal.id)[Office.LEAD].person_id
    memberships.place(db, community, lead, Role.LEAD)
    gather(db, proposal, community, None)


def let_go(db: Database, proposal: Proposal) -> None:
    """Leave no orphan: call off what was planned, end every membership, and hide the rest."""
    if proposal.community_id is None:
        return
    community = db.get_one(Community, proposal.community_id)
    _remember_lead(db, proposal)
    # First of all, so that whoever plans something for it at this moment is either before us, and
    # called off with the rest, or finds nothing to plan for.
    communities.dissolve(db, community)
    planned = select(Session).where(
        col(Session.community_id) == community.id,
        col(Session.status).in_(sorted(AHEAD)),
    )
    for session in db.scalars(planned).all():
        programme.call_off(db, session, "The proposal did not go on.")


def _remember_lead(db: Database, proposal: Proposal) -> None:
    """Whoever leads now is who may revive it, and leads it then."""
    leads = db.scalars(
        select(col(Membership.person_id))
        .where(
            col(Membership.community_id) == proposal.community_id,
            col(Membership.role) == Role.LEAD,
            col(Membership.state) == State.ACTIVE,
        )
        .order_by(col(Membership.joined_at), col(Membership.id))
    ).all()
    holder = queries.offices(db, proposal.id)[Office.LEAD]
    if leads and holder.person_id not in leads:
        holder.person_id = leads[0]


def leaderless(db: Database, proposal: Proposal) -> list[Lack]:
    """A lead who can still sign in is there to go on."""
    lead = db.get_one(Person, queries.offices(db, proposal.id)[Office.LEAD].person_id)
    return [Lack("lead", f"{lead.name} is gone; propose it anew")] if lead.disabled_at else []


def first(db: Database, proposal: Proposal) -> tuple[First, Session | None]:
    """What stands of the charter and the first session."""
    community = db.get_one(Community, proposal.community_id)
    session = db.scalars(
        select(Session)
        .where(
            col(Session.community_id) == community.id,
            col(Session.status).in_(sorted(AHEAD)),
            col(Session.starts_at) > now(),
        )
        .order_by(col(Session.starts_at), col(Session.id))
        .limit(1)
    ).first()
    carried = session and db.scalar(
        select(col(SessionPart.id))
        .where(
            col(SessionPart.session_id) == session.id,
            col(SessionPart.part) == Part.FACILITATOR,
        )
        .limit(1)
    )
    stands = First(
        missing=[name for name in _CHARTER if not getattr(community, name)],
        ground_rules=community.ground_rules_version > 0,
        facilitated=carried is not None,
        starts_at=session.starts_at if session else None,
    )
    return stands, session


def charter(db: Database, community: Community) -> dict[str, Any]:
    """The charter as it stands, to be kept as its first version."""
    rules = db.scalars(
        select(GroundRules).where(
            col(GroundRules.community_id) == community.id,
            col(GroundRules.number) == community.ground_rules_version,
        )
    ).first()
    said = {n: getattr(community, n) for n in ("name", *_CHARTER, "practice", "region", "topics")}
    return {**said, "ground_rules": rules.rules if rules else []}


def announce(db: Database, proposal: Proposal, session: Session) -> list[UUID]:
    """Confirm the first session, and let everybody who would come see it."""
    people = [person_id for person_id, _ in interested(db, proposal.id)]
    programme.confirm(db, session)
    programme.open_to(db, session, people)
    community = db.get_one(Community, proposal.community_id)
    if community.visibility is Visibility.CONFIDENTIAL:
        # Nobody outside sees anything of it, a session for them included.
        invite(db, proposal, None)
    return people


def held(db: Database, proposal: Proposal) -> tuple[Session | None, int | None]:
    """The held session with most people, and how many were there; None while there is none."""
    there = func.count(col(Attendance.id))
    # Only what took place since the first session was announced: the record of another year, or of
    # another group, says nothing about this one.
    found = db.execute(
        select(col(Session.id), there)
        .outerjoin(
            Attendance,
            (col(Attendance.session_id) == col(Session.id))
            & col(Attendance.status).in_(sorted(PRESENT))
            & col(Attendance.replaced_at).is_(None),
        )
        .where(
            col(Session.community_id) == proposal.community_id,
            col(Session.status) == SessionStatus.HELD,
            col(Session.starts_at) >= proposal.state_since,
        )
        .group_by(col(Session.id), col(Session.starts_at))
        .order_by(there.desc(), col(Session.starts_at))
        .limit(1)
    ).first()
    return (db.get_one(Session, found[0]), found[1]) if found else (None, None)


def launch(db: Database, proposal: Proposal, by: UUID | None) -> int:
    """Open the community and invite its founders by the role they offered; each consents."""
    communities.open_up(db, db.get_one(Community, proposal.community_id))
    return invite(db, proposal, by)


def invite(db: Database, proposal: Proposal, by: UUID | None) -> int:
    roles = {person_id: ROLES[offer] for person_id, offer in interested(db, proposal.id)}
    return memberships.offer(db, db.get_one(Community, proposal.community_id), roles, by)


def interested(db: Database, proposal_id: UUID) -> list[tuple[UUID, Offer]]:
    """Who said they would come, and as what."""
    found = select(col(Expression.person_id), col(Expression.role)).where(
        col(Expression.proposal_id) == proposal_id, col(Expression.interested)
    )
    return [(person_id, role) for person_id, role in db.execute(found.order_by(col(Expression.id)))]
