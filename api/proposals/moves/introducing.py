"""Bringing an idea together with what exists already."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from api.communities import queries as communities
from api.communities.models import Community
from api.communities.policy import see as may_see
from api.core.actor import GOVERNING, State, places
from api.core.db import Database, insert_into
from api.core.events import record
from api.core.problems import Invalid
from api.identity.models import Person
from api.memberships.models import Membership
from api.notifications.service import Note, notify
from api.proposals import queries
from api.proposals.events import IntroductionMade
from api.proposals.ideas.service import touch
from api.proposals.lifecycle import PROPOSED
from api.proposals.models import Proposal, Supporter


def introduce(
    db: Database, proposal: Proposal, community: Community, words: str, occasion: str
) -> None:
    """Introduce a proposer and the leads of a community to each other, once an occasion."""
    leads = _speakers(db, community)
    proposer = db.get_one(Person, proposal.proposer_id)
    contact = f" ({proposer.email})" if proposer.email else ""
    names = " and ".join(name for _, name in leads) or "nobody at the moment"
    to_leads = (
        f"{proposer.name}{contact} thinks of “{proposal.name}”: {proposal.purpose}\n\n"
        f"That is close to “{community.name}”. {words}".strip()
    )
    to_proposer = (
        f"“{community.name}” is close to your idea “{proposal.name}”, and is led by {names}. "
        f"They have your name and address. {words}".strip()
    )
    about = f"{proposal.id}/{community.id}/{occasion}"
    place = f"/communities/{community.id}"
    notes = [Note(i, f"An introduction: {proposer.name}", to_leads, place) for i, _ in leads]
    notes.append(Note(proposer.id, f"An introduction: “{community.name}”", to_proposer, place))
    notify(db, notes, kind="proposal.introduced", key=about, about_id=proposal.id)
    record(
        db,
        IntroductionMade(
            object_id=proposal.id, community_id=proposal.parent_id, target_id=community.id
        ),
    )


def _speakers(db: Database, community: Community) -> list[tuple[UUID, str]]:
    """Those who lead a community, or who lead or coordinate what it stands beneath."""
    for place in reversed(places(community.lineage)):
        found = db.execute(
            select(col(Person.id), col(Person.name))
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(
                col(Membership.community_id) == UUID(place),
                col(Membership.role).in_(sorted(GOVERNING)),
                col(Membership.state) == State.ACTIVE,
                col(Person.disabled_at).is_(None),
            )
            .order_by(col(Person.name))
        ).all()
        if found:
            return [(person_id, name) for person_id, name in found]
    return []


def merge(db: Database, proposal: Proposal, into: Proposal) -> None:
    """Let the proposer of one stand behind another; those who supported them decide themselves."""
    if proposal.proposer_id != into.proposer_id:
        row = {"proposal_id": into.id, "person_id": proposal.proposer_id}
        db.execute(insert_into(db, Supporter).values(row).on_conflict_do_nothing())
    touch(db, into.id)
    names = dict(
        db.execute(
            select(col(Person.id), col(Person.name)).where(
                col(Person.id).in_([proposal.proposer_id, into.proposer_id])
            )
        ).all()
    )
    here = f"/proposals/{into.id}"
    notify(
        db,
        [
            Note(
                into.proposer_id,
                f"{names[proposal.proposer_id]} joins your proposal",
                f"“{proposal.name}” was merged into “{into.name}”; they support you now.",
                here,
            ),
            Note(
                proposal.proposer_id,
                f"You now support “{into.name}”",
                f"Your idea was merged into what {names[into.proposer_id]} proposes.",
                here,
            ),
        ],
        kind="proposal.merged",
        key=f"{proposal.id}/{into.id}",
        about_id=into.id,
    )


def community_for(db: Database, proposal: Proposal, community_id: UUID, at: str) -> Community:
    """A community that a proposer is to be pointed to: one they may see, and that lives."""
    proposer = queries.as_seen_by(db, proposal.proposer_id)
    community = communities.find(db, proposer, community_id)
    if community is None or community.status not in ("active", "archived"):
        detail = "is no community its proposer can see"
        raise Invalid(errors=[{"at": at, "detail": detail}])
    return community


def proposal_for(db: Database, proposal: Proposal, into_id: UUID, at: str) -> Proposal:
    """An open proposal of the same network that another one can be merged into."""
    into = db.get(Proposal, into_id)
    ours = db.get_one(Community, proposal.parent_id).lineage[:37]
    open_here = (
        into is not None
        and into.id != proposal.id
        and into.state in PROPOSED
        and db.get_one(Community, into.parent_id).lineage.startswith(ours)
        and may_see(
            queries.as_seen_by(db, proposal.proposer_id), db.get_one(Community, into.parent_id)
        )
    )
    if into is None or not open_here:
        detail = "is no open proposal of this network its proposer can see"
        raise Invalid(errors=[{"at": at, "detail": detail}])
    return into
