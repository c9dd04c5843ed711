"""What each step does, once it is legal and permitted: what must be true, and what follows.

Every function returns the evidence that is kept with the transition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from api.communities import service as founding
from api.communities.models import Community, CommunityKind, Visibility
from api.core.actor import GOVERNING, Actor
from api.core.db import Database
from api.core.problems import Invalid
from api.proposals import guards, queries
from api.proposals.calls import counting
from api.proposals.calls import service as calls
from api.proposals.calls.schemas import Audience, CallAsked
from api.proposals.ideas import service as ideas
from api.proposals.lifecycle import ProposalState, Step
from api.proposals.models import Proposal, ProposalSettings, Template, Transition
from api.proposals.moves import forming, introducing
from api.proposals.moves.schemas import Decision, IdeaOutcome, Target, TransitionDetails
from api.proposals.plans import service as plans
from api.proposals.soundings import service as soundings
from api.similarity.models import Kind

Evidence = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One step somebody asks for, with everything it is decided on."""

    db: Database
    actor: Actor
    proposal: Proposal
    settings: ProposalSettings
    moment: datetime
    reason: str
    details: TransitionDetails

    def need(self, name: str, what: str) -> Any:
        """A detail this step cannot do without."""
        found = getattr(self.details, name)
        if found is None:
            raise Invalid(errors=[{"at": f"body/details/{name}", "detail": what}])
        return found

    def need_reason(self) -> None:
        if not self.reason:
            raise Invalid(errors=[{"at": "body/reason", "detail": "say why"}])


def submit(asked: Asked) -> Evidence:
    """Check that a draft says everything, and that its proposer saw what is like it."""
    db, proposal = asked.db, asked.proposal
    draft = ideas.told(db, proposal)
    found = ideas.similar(db, asked.actor, proposal)
    known = {str(i) for i in asked.details.seen_ids or []} | {s["id"] for s in proposal.seen}
    unseen = [match.name for match in found if str(match.id) not in known]
    guards.hold(guards.told(draft) + guards.looked(unseen))
    proposal.sqlmodel_update(
        {
            "submitted_at": asked.moment,
            "seen": ideas.stored(found),
            "seen_at": proposal.seen_at or asked.moment,
        }
    )
    words = ("name", "purpose", "domain", "audience", "region", "topics", "why_now")
    return {
        "text": {name: getattr(proposal, name) for name in words},
        "candidates": proposal.seen,
        "differences": proposal.differences,
        "co_supporters": draft.supporters,
    }


def refer(asked: Asked) -> Evidence:
    """Point to what exists already, and introduce both sides to each other."""
    db, proposal = asked.db, asked.proposal
    asked.need_reason()
    targets: list[Target] = asked.need("targets", "name at least one that exists already")
    outcome = asked.details.outcome or IdeaOutcome.JOIN
    if outcome not in (IdeaOutcome.JOIN, IdeaOutcome.CONTACT, IdeaOutcome.MERGE):
        detail = "is `join`, `contact` or `merge`; the others go with a step to `scoping`"
        raise Invalid(errors=[{"at": "body/details/outcome", "detail": detail}])
    merging = outcome is IdeaOutcome.MERGE
    if merging and len(targets) > 1:
        detail = "a proposal is merged into one other"
        raise Invalid(errors=[{"at": "body/details/targets/1", "detail": detail}])
    names = []
    for number, target in enumerate(targets):
        at = f"body/details/targets/{number}/id"
        if (target.kind is Kind.PROPOSAL) != merging:
            detail = "`merge` needs a proposal, and every other outcome a community"
            raise Invalid(errors=[{"at": f"body/details/targets/{number}/kind", "detail": detail}])
        if merging:
            into = introducing.proposal_for(db, proposal, target.id, at)
            introducing.merge(db, proposal, into)
            names.append(into.name)
        else:
            community = introducing.community_for(db, proposal, target.id, at)
            introducing.introduce(db, proposal, community, asked.reason, "referred")
            names.append(community.name)
    return {
        "outcome": outcome,
        "targets": [
            {**target.model_dump(mode="json"), "name": name}
            for target, name in zip(targets, names, strict=True)
        ],
        "introduced": True,
    }


def assess(asked: Asked) -> Evidence:
    """Say that nothing like it exists, that it differs, or beneath what it belongs."""
    decision: Decision = asked.need("decision", "say what you found")
    if decision is not Decision.NO_DUPLICATE:
        asked.need_reason()
    if decision in (Decision.WORKING_GROUP, Decision.SUB_NETWORK):
        above = asked.need("parent_id", "name the community it is to be a part of")
        at = "body/details/parent_id"
        community = introducing.community_for(asked.db, asked.proposal, above, at)
        _beneath(asked, community, at)
        group = decision is Decision.WORKING_GROUP
        kind = CommunityKind.WORKING_GROUP if group else CommunityKind.COMMUNITY
        asked.proposal.sqlmodel_update({"parent_id": community.id, "kind": kind})
    return {"decision": decision}


def _beneath(asked: Asked, community: Community, at: str) -> None:
    """Whoever decides must also hold the community it is to stand beneath."""
    idea = queries.find(asked.db, asked.actor, asked.proposal.id)
    ours = idea is not None and community.lineage.startswith(idea.parent.lineage[:37])
    if not ours or not asked.actor.holds(GOVERNING, community.lineage):
        detail = "is no community of this network that you coordinate"
        raise Invalid(errors=[{"at": at, "detail": detail}])
    founding.room_beneath(community, at)


def open_call(asked: Asked) -> Evidence:
    """Ask the network, with thresholds that no longer move."""
    db, proposal, details = asked.db, asked.proposal, asked.details
    asked.need("text", "say what members are asked")
    founding.living(db.get_one(Community, proposal.parent_id))
    given = details.model_dump(include=set(CallAsked.model_fields) - {"audience"})
    call = CallAsked(**given, audience=details.audience or Audience())
    said = soundings.answered(db, proposal.id)
    if proposal.state is ProposalState.INTEREST_NOT_MET:
        before = queries.newest_call(db, proposal.id)
        free = proposal.state_since + timedelta(days=asked.settings.second_round_after_days)
        first_text = before.text if before else ""
        guards.hold(guards.asked_again(first_text, call.text, free, asked.moment))
    else:
        guards.hold(guards.sounded(said))
    opened = calls.open_call(db, asked.actor, proposal, asked.settings, call)
    return {
        "call_id": str(opened.id),
        "round": opened.round,
        "threshold": counting.needs(opened)._asdict(),
        "audience": opened.audience,
        "audience_size": opened.audience_size,
        "opens_at": opened.opens_at.isoformat(),
        "closes_at": opened.closes_at.isoformat(),
        # How many, never which: what colleagues said stays with those who asked.
        "soundings": said,
    }


def confirm_interest(asked: Asked) -> Evidence:
    """Close a call that has reached what it needs."""
    call = queries.newest_call(asked.db, asked.proposal.id)
    assert call is not None  # noqa: S101  (the state says so)
    reached = calls.close_early(asked.db, call)
    guards.hold(guards.enough(reached, counting.needs(call)))
    return counted(reached, counting.needs(call))


def counted(reached: guards.Counts, needed: guards.Counts) -> Evidence:
    return {"counts": reached._asdict(), "threshold": needed._asdict()}


def plan(asked: Asked) -> Evidence:
    """Let a community form under the lead and sponsor who have accepted."""
    db, proposal, details = asked.db, asked.proposal, asked.details
    template: Template = asked.need("template", "is `light` or `full`")
    if details.visibility is Visibility.CONFIDENTIAL:
        detail = "its network was asked about it, so it cannot be confidential"
        raise Invalid(errors=[{"at": "body/details/visibility", "detail": detail}])
    holders = queries.offices(db, proposal.id)
    accepted = [office for office, holder in holders.items() if holder.accepted_at]
    guards.hold(guards.agreed(accepted, holders))
    community = forming.form(db, asked.actor, proposal, details.visibility, details.join_policy)
    proposal.template = template
    made = plans.begin(db, community, template, details.starts_on or plans.today(community))
    return {
        "community_id": str(community.id),
        "template": template,
        "starts_on": made.starts_on.isoformat(),
        "acceptances": {
            office: {
                "person_id": str(holder.person_id),
                "accepted_at": holder.accepted_at.isoformat() if holder.accepted_at else None,
            }
            for office, holder in holders.items()
        },
    }


def schedule(asked: Asked) -> Evidence:
    """Keep the charter as its first version, and announce the first session."""
    db, proposal = asked.db, asked.proposal
    stands, session = forming.first(db, proposal)
    ahead = timedelta(days=asked.settings.first_session_ahead_days)
    guards.hold(guards.prepared(stands, ahead, asked.moment))
    assert session is not None  # noqa: S101  (the guard says so)
    people = forming.announce(db, proposal, session)
    return {
        "charter": forming.charter(db, db.get_one(Community, proposal.community_id)),
        "session_id": str(session.id),
        "starts_at": session.starts_at.isoformat(),
        "access": session.access,
        "told": len(people),
    }


def launch(asked: Asked) -> Evidence:
    """Open the community, once people have met."""
    session, present = forming.held(asked.db, asked.proposal)
    guards.hold(guards.met(present, asked.settings.min_present))
    assert session is not None  # noqa: S101  (the guard says so)
    invited = forming.launch(asked.db, asked.proposal, asked.actor.person_id)
    return {
        "community_id": str(asked.proposal.community_id),
        "session_id": str(session.id),
        "present": present,
        "invited": invited,
    }


def reject(asked: Asked) -> Evidence:
    """Say no, and why."""
    code = asked.need("code", "choose the reason from the list")
    asked.need_reason()
    return {"code": code}


def appeal(asked: Asked) -> Evidence:
    """Ask for a second look, and say what was overlooked."""
    asked.need_reason()
    return {}


def withdraw(asked: Asked) -> Evidence:
    """Let an idea go; nothing of it is left over."""
    asked.need_reason()
    return dropped(asked.db, asked.proposal)


def dropped(db: Database, proposal: Proposal) -> Evidence:
    """End what hangs on a proposal that does not go on."""
    if proposal.state is ProposalState.INTEREST_CALL:
        if call := queries.newest_call(db, proposal.id):
            return {"counts": calls.close(db, call)._asdict()}
    forming.let_go(db, proposal)
    return {"community_id": str(proposal.community_id)} if proposal.community_id else {}


def revive(asked: Asked) -> Evidence:
    """Go on where it lay still."""
    if asked.proposal.community_id:
        guards.hold(forming.leaderless(asked.db, asked.proposal))
        forming.again(asked.db, asked.proposal)
    return {}


DO: Mapping[Step, Callable[[Asked], Evidence]] = {
    Step.SUBMIT: submit,
    Step.REFER: refer,
    Step.ASSESS: assess,
    Step.OPEN_CALL: open_call,
    Step.CONFIRM_INTEREST: confirm_interest,
    Step.PLAN: plan,
    Step.SCHEDULE: schedule,
    Step.LAUNCH: launch,
    Step.REJECT: reject,
    Step.APPEAL: appeal,
    Step.WITHDRAW: withdraw,
    Step.REVIVE: revive,
}
# Which details go with which step; any other is a misunderstanding.
DETAILS: Mapping[Step, frozenset[str]] = {
    Step.SUBMIT: frozenset({"seen_ids"}),
    Step.REFER: frozenset({"outcome", "targets"}),
    Step.ASSESS: frozenset({"decision", "parent_id"}),
    Step.OPEN_CALL: frozenset(CallAsked.model_fields),
    Step.PLAN: frozenset({"template", "starts_on", "visibility", "join_policy"}),
    Step.REJECT: frozenset({"code"}),
}


def last_number(db: Database, proposal_id: UUID) -> int:
    found = select(col(Transition.number)).where(col(Transition.proposal_id) == proposal_id)
    return db.scalar(found.order_by(col(Transition.number).desc()).limit(1)) or 0
