"""The ways into a community: join, ask, be invited, be added."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from api.communities.events import CommunityDissolved, CommunityFounded
from api.communities.models import Community, JoinPolicy
from api.communities.service import living
from api.core.actor import Actor, Role, State
from api.core.clock import now
from api.core.db import Database
from api.core.events import on
from api.core.jobs import job
from api.core.policy import permit
from api.core.problems import Conflict, Forbidden
from api.identity.policy import governs_somewhere
from api.memberships import changing, lifecycle, policy, queries
from api.memberships.changing import current_rules, ran_out
from api.memberships.events import MembershipInvited, MembershipRequested
from api.memberships.models import LIVE, Membership
from api.memberships.places import Places, held, tell
from api.memberships.schemas import MembershipCreate

INVITED_FOR = timedelta(days=28)


class BelongsAlready(Conflict):
    """There is a membership that has not ended; change that one instead."""

    title = "There is such a membership already"


def join(db: Database, actor: Actor, places: Places, rules_version: int | None) -> Membership:
    """Join, ask to join, or accept an invitation, whichever this community has for the caller."""
    living(places.community)
    current_rules(places, rules_version)
    if actor.person_id is None:
        raise Forbidden("Only a person can join.")
    known = _live(db, places, actor.person_id)
    if known and known.state is State.INVITED:
        changing.move(db, actor, places, known, State.ACTIVE)
        return known
    _nobody_yet(known)
    directly = policy.add_directly(actor, places.community)
    if not directly:
        permit(policy.join, actor, places.community)
    asks = not directly and _must_ask(db, places.community, actor.person_id)
    made = _new(places, actor.person_id, Role.MEMBER, State.REQUESTED if asks else State.ACTIVE)
    made.ground_rules_version = places.community.ground_rules_version or None
    if not asks:
        places.enter(made)
        return made
    made.queued_at = now()
    db.add(made)
    tell(db, MembershipRequested, made)
    return made


def add(db: Database, actor: Actor, places: Places, new: MembershipCreate) -> Membership:
    """Add somebody at once where the caller may, else invite them."""
    living(places.community)
    permit(policy.invite, actor, places.community)
    if new.email and not governs_somewhere(actor):
        # Whoever cannot look addresses up must not learn here which of them are known.
        raise Forbidden("Only those who lead or coordinate find people by their address.")
    current_rules(places, new.ground_rules_version)
    person = queries.named(db, new.person_id, new.email)
    permit(policy.invite_as, actor, policy.Giving(places.community, person.id, new.role))
    _nobody_yet(_live(db, places, person.id))
    if policy.add_directly(actor, places.community):
        made = admit(db, actor, places, person.id, new.role, new.joined_at)
        if new.joined_at and queries.overlapping(db, made):
            raise changing.wrong("joined_at", "overlaps another time in which they belonged")
        return made
    if new.joined_at:
        raise changing.wrong("joined_at", "goes with people who are added, not who are invited")
    made = _new(places, person.id, new.role, State.INVITED)
    made.invited_by_id, made.expires_at = actor.person_id, now() + INVITED_FOR
    db.add(made)
    tell(db, MembershipInvited, made)
    return made


def admit(
    db: Database,
    actor: Actor,
    places: Places,
    person_id: UUID,
    role: Role,
    joined_at: datetime | None,
) -> Membership:
    """Make somebody a member without asking them; the ground rules they accept for themselves."""
    changing.in_order(joined_at, None, now())
    made = _new(places, person_id, role, State.ACTIVE)
    if actor.person_id == person_id:
        made.ground_rules_version = places.community.ground_rules_version or None
    places.enter(made, joined_at)
    return made


def recall(
    db: Database,
    actor: Actor,
    places: Places,
    person_id: UUID,
    role: Role,
    joined_at: datetime,
    ended_at: datetime,
) -> Membership:
    """Write down that somebody belonged once, and no longer does."""
    changing.in_order(joined_at, ended_at, now())
    permit(policy.give_role, actor, policy.Giving(places.community, person_id, role))
    made = _new(places, person_id, role, State.ENDED)
    places.recall(made, joined_at, ended_at)
    return made


def place(
    db: Database,
    community: Community,
    person_id: UUID,
    role: Role = Role.MEMBER,
    *,
    joined_at: datetime | None = None,
) -> Membership:
    """Make somebody an active member without asking a rule: for founders and for other rooms."""
    with held(db, community) as places:
        made = _new(places, person_id, role, State.ACTIVE)
        made.ground_rules_version = community.ground_rules_version or None
        places.enter(made, joined_at)
    return made


def offer(
    db: Database, community: Community, people: Mapping[UUID, Role], invited_by_id: UUID | None
) -> int:
    """Invite people without asking a rule, for other rooms; who has a place already keeps it."""
    made = 0
    with held(db, community) as places:
        known = set(
            db.exec(
                select(Membership.person_id).where(
                    Membership.community_id == community.id, col(Membership.state).in_(LIVE)
                )
            )
        )
        for person_id, role in people.items():
            if person_id in known:
                continue
            invitation = _new(places, person_id, role, State.INVITED)
            invitation.invited_by_id = invited_by_id
            invitation.expires_at = now() + INVITED_FOR
            db.add(invitation)
            tell(db, MembershipInvited, invitation)
            made += 1
    return made


@on(CommunityDissolved)
def everybody_leaves(db: Database, event: CommunityDissolved) -> None:
    """Nobody belongs to what came to nothing."""
    community = db.get_one(Community, event.object_id)
    with held(db, community) as places:
        live = select(Membership).where(
            Membership.community_id == community.id, col(Membership.state).in_(LIVE)
        )
        for membership in db.exec(live.order_by(col(Membership.id))).all():
            changing.part(db, places, membership)


@on(CommunityFounded)
def founder_leads(db: Database, event: CommunityFounded) -> None:
    """Whoever founds a community is its first lead, so that it never has none."""
    place(db, db.get_one(Community, event.object_id), event.founder_id, Role.LEAD)


@job("memberships.expire_invitations", every=timedelta(minutes=15))
def expire_invitations(db: Database, _payload: dict[str, object]) -> None:
    """Let invitations that nobody answered in time come to nothing."""
    late = (
        select(Membership)
        .where(Membership.state == State.INVITED, col(Membership.expires_at) <= now())
        .order_by(col(Membership.expires_at))
        .limit(1000)
        .with_for_update(skip_locked=True)
    )
    while found := db.exec(late).all():
        for membership in found:
            changing.expire(db, membership)
        db.flush()


def _new(places: Places, person_id: UUID, role: Role, state: State) -> Membership:
    """A membership that is not stored yet; who is to be active may have to wait instead."""
    return Membership(
        community_id=places.community.id,
        person_id=person_id,
        role=role,
        state=state,
        changed_at=now(),
    )


def _live(db: Database, places: Places, person_id: UUID) -> Membership | None:
    """The membership somebody has; an invitation that has run out is none, and ends here."""
    known = queries.find_live(db, places.community.id, person_id)
    if known and known.state is State.INVITED and ran_out(known, now()):
        changing.expire(db, known)
        db.flush()
        return None
    return known


def _nobody_yet(known: Membership | None) -> None:
    if known:
        legal = ", ".join(lifecycle.moves(known.state))
        raise BelongsAlready(f"It is {known.state}; it can become {legal}.")


def _must_ask(db: Database, community: Community, person_id: UUID) -> bool:
    """Where people join on request, and whoever was removed before, ask and are answered."""
    if community.join_policy is JoinPolicy.ON_REQUEST:
        return True
    return queries.was_removed(db, community.id, person_id)
