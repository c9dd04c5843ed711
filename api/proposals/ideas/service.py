"""Writing an idea down, saying it better, and seeing what is like it."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from api.communities import queries as communities
from api.communities.models import Community, CommunityStatus
from api.communities.service import room_beneath
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Conflict, Invalid
from api.notifications.service import Note, notify
from api.proposals import guards, policy, queries
from api.proposals.events import OfficeAnswered, OfficeNamed, ProposalChanged, ProposalDrafted
from api.proposals.ideas.reading import described
from api.proposals.ideas.schemas import Difference, ProposalCreate, ProposalUpdate, Seen
from api.proposals.lifecycle import PROPOSED
from api.proposals.models import Office, OfficeHolder, Proposal, Supporter
from api.similarity import service as similarity
from api.similarity.models import Kind, Status
from api.similarity.queries import Match, alike

SHOWN = 5


class NotAsked(Conflict):
    """Only whoever was named, and has not answered yet, can say yes or no to an office."""

    title = "You were not asked for that"


def draft(db: Database, actor: Actor, new: ProposalCreate) -> Proposal:
    """Begin to write an idea down; nobody but those it names sees it."""
    parent = _parent(db, actor, new.parent_id)
    moment = now()
    proposal = Proposal.model_validate(
        new.model_dump(exclude={"parent_id", "co_supporters"}),
        update={
            "parent_id": parent.id,
            "proposer_id": actor.person_id,
            "state_since": moment,
            "quiet_since": moment,
            "changed_at": moment,
        },
    )
    _people(db, actor.person_id, parent, new.proposed_lead_id, new.co_supporters)
    db.add(proposal)
    db.flush()
    _support(db, proposal, new.co_supporters)
    record(db, ProposalDrafted(object_id=proposal.id, community_id=parent.id))
    return proposal


def edit(db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea,
         change: ProposalUpdate) -> None:  # fmt: skip
    """Change what a proposal says, as long as nobody has said yes to it."""
    permit(policy.edit, actor, idea)
    asked: dict[str, Any] = change.model_dump(exclude_unset=True)
    helpers = asked.pop("co_supporters", None)
    parent = db.get_one(Community, proposal.parent_id)
    if asked.get("parent_id", parent.id) != parent.id:
        if idea.submitted:
            detail = "stays where it was handed in; withdraw it and propose it there"
            raise Invalid(errors=[{"at": "body/parent_id", "detail": detail}])
        parent = _parent(db, actor, asked["parent_id"])
    _people(db, proposal.proposer_id, parent, asked.get("proposed_lead_id"), helpers or [])
    moment = now()
    proposal.sqlmodel_update({**asked, "changed_at": moment, "quiet_since": moment, "warnings": 0})
    if helpers is not None:
        db.execute(delete(Supporter).where(col(Supporter.proposal_id) == proposal.id))
        _support(db, proposal, helpers)
    if idea.submitted:
        # What it was handed in with cannot be taken back while others rely on it.
        guards.hold(guards.told(told(db, proposal)))
    index(db, proposal)
    record(db, ProposalChanged(object_id=proposal.id, community_id=proposal.parent_id))
    db.flush()


def look(db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea) -> list[Seen]:
    """Show the proposer what is like their idea now, and remember that they saw it."""
    # Whoever sees more than the proposer must not leave here what they saw.
    permit(policy.choose_outcome, actor, idea)
    found = similar(db, actor, proposal)
    proposal.sqlmodel_update({"seen": stored(found), "seen_at": now(), "changed_at": now()})
    db.flush()
    return [Seen.model_validate(s) for s in proposal.seen]


def differ(db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea,
           differences: list[Difference]) -> None:  # fmt: skip
    """State how an idea differs from what is like it, and go on."""
    permit(policy.edit, actor, idea)
    said = [d.model_dump(mode="json") for d in differences]
    proposal.sqlmodel_update({"differences": said, "changed_at": now()})
    touch(db, proposal.id)


def similar(db: Database, actor: Actor, proposal: Proposal) -> list[Match]:
    """What is like a proposal, as far as this reader may see it."""
    return alike(db, actor, described(proposal), leave_out=proposal.id, limit=SHOWN)


def candidates(db: Database, actor: Actor, proposal: Proposal) -> list[Seen]:
    """What is like a proposal now, as this reader sees it; nothing is remembered of that."""
    return [Seen.model_validate(s) for s in stored(similar(db, actor, proposal))]


def stored(found: list[Match]) -> list[dict[str, Any]]:
    """What was shown, to be kept with its scores."""
    return [Seen.model_validate(m, from_attributes=True).model_dump(mode="json") for m in found]


def index(db: Database, proposal: Proposal) -> None:
    """Let others find a proposal that is open, and nobody one that is not."""
    if proposal.state not in PROPOSED:
        similarity.forget(db, Kind.PROPOSAL, proposal.id)
        return
    idea = described(proposal)
    similarity.keep(
        db,
        similarity.Described(
            kind=Kind.PROPOSAL,
            object_id=proposal.id,
            place_id=proposal.parent_id,
            status=Status.PROPOSED,
            **{**idea._asdict(), "topics": proposal.topics},
        ),
    )


def told(db: Database, proposal: Proposal) -> guards.Told:
    """What a proposal says, as guards ask about it."""
    return guards.Told(
        purpose=proposal.purpose,
        domain=proposal.domain,
        audience=proposal.audience,
        why_now=proposal.why_now,
        has_lead=proposal.proposed_lead_id is not None,
        supporters=len(queries.supporters(db, proposal.id)),
        not_a_support_group=proposal.not_a_support_group,
    )


def touch(db: Database, proposal_id: UUID) -> None:
    """Note that somebody did something with a proposal; nobody's edit is refused because of it."""
    db.flush()
    db.execute(
        update(Proposal)
        .where(col(Proposal.id) == proposal_id)
        .values(quiet_since=now(), warnings=0)
        .execution_options(synchronize_session=False)
    )


def name_office(db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea,
                office: Office, person_id: UUID) -> None:  # fmt: skip
    """Ask somebody to lead or to sponsor; whoever names themselves has agreed."""
    permit(policy.name_office, actor, idea)
    queries.named(db, db.get_one(Community, proposal.parent_id), {"body/person_id": person_id})
    known = queries.offices(db, proposal.id).get(office)
    if known:
        db.delete(known)
        db.flush()
    moment = now()
    own = person_id == actor.person_id
    db.add(
        OfficeHolder(
            proposal_id=proposal.id,
            office=office,
            person_id=person_id,
            named_by_id=actor.person_id,
            named_at=moment,
            accepted_at=moment if own else None,
        )
    )
    touch(db, proposal.id)
    about = {"object_id": proposal.id, "community_id": proposal.parent_id}
    record(db, OfficeNamed(**about, person_id=person_id))
    if not own:
        title = f"Would you {'lead' if office is Office.LEAD else 'sponsor'} “{proposal.name}”?"
        body = "The coordinator has named you. Say yes or no on its page."
        note = Note(person_id, title, body, f"/proposals/{proposal.id}")
        key = f"{proposal.id}/{office}/{moment.isoformat()}"
        notify(db, [note], kind="proposal.office_named", key=key, about_id=proposal.id)


def answer_office(db: Database, actor: Actor, proposal: Proposal, office: Office,
                  *, accept: bool) -> None:  # fmt: skip
    """Say yes or no to leading or sponsoring."""
    holder = queries.offices(db, proposal.id).get(office)
    if holder is None or holder.person_id != actor.person_id or holder.declined_at:
        raise NotAsked()
    if holder.accepted_at and accept:
        return
    if idea_is_planned(proposal):
        raise NotAsked("Planning has begun; a lead can give the community to somebody else.")
    moment = now()
    holder.accepted_at, holder.declined_at = (moment, None) if accept else (None, moment)
    touch(db, proposal.id)
    about = {"object_id": proposal.id, "community_id": proposal.parent_id}
    record(db, OfficeAnswered(**about, person_id=actor.person_id))
    title = f"{'Yes' if accept else 'No'} to the {office} of “{proposal.name}”"
    note = Note(holder.named_by_id, title, "They have answered.", f"/proposals/{proposal.id}")
    key = f"{proposal.id}/{office}/{moment.isoformat()}"
    notify(db, [note], kind="proposal.office_answered", key=key, about_id=proposal.id)


def idea_is_planned(proposal: Proposal) -> bool:
    return proposal.community_id is not None


def _parent(db: Database, actor: Actor, parent_id: UUID | None) -> Community:
    """The umbrella a request names, or the only network the caller belongs to."""
    at = "body/parent_id"
    if parent_id is None:
        roots = select(Community).where(
            col(Community.depth) == 1,
            communities.visible_to(actor),
            col(Community.status) == CommunityStatus.ACTIVE,
        )
        if not actor.steward:
            roots = roots.where(col(Community.id).in_([UUID(n) for n in actor.networks]))
        found = db.exec(roots.limit(2)).all()
        if len(found) != 1:
            raise Invalid(errors=[{"at": at, "detail": "name the network or umbrella it is for"}])
        return found[0]
    parent = communities.named(db, actor, parent_id, at)
    permit(policy.propose, actor, parent)
    room_beneath(parent, at)
    return parent


def _people(db: Database, proposer: UUID, parent: Community, lead: UUID | None,
            helpers: list[UUID]) -> None:  # fmt: skip
    people = {f"body/co_supporters/{n}": person_id for n, person_id in enumerate(helpers)}
    if proposer in helpers:
        at = f"body/co_supporters/{helpers.index(proposer)}"
        raise Invalid(errors=[{"at": at, "detail": "proposes it; name somebody else"}])
    if lead and lead != proposer:
        people["body/proposed_lead_id"] = lead
    queries.named(db, parent, people)


def _support(db: Database, proposal: Proposal, helpers: list[UUID]) -> None:
    db.add_all(Supporter(proposal_id=proposal.id, person_id=person_id) for person_id in helpers)
    db.flush()
