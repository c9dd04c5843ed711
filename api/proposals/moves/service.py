"""One step of a proposal: one command, one transaction, one row that never changes."""

from collections.abc import Mapping
from typing import Any

from api.communities.models import Community
from api.core.actor import Actor, Role, Standing, State
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Changed, Invalid
from api.proposals import events, policy
from api.proposals.ideas import service as ideas
from api.proposals.ideas.reading import described
from api.proposals.lifecycle import ProposalState, Step, Way
from api.proposals.models import Proposal, Transition
from api.proposals.moves import news, steps
from api.proposals.moves.schemas import TransitionCreate
from api.proposals.rulebook import service as rulebook
from api.similarity.models import Kind
from api.similarity.queries import alike

RELATED = 3

EVENTS: Mapping[Step, type[events.ProposalEvent]] = {
    Step.SUBMIT: events.ProposalSubmitted,
    Step.REFER: events.ProposalReferred,
    Step.ASSESS: events.ProposalAssessed,
    Step.OPEN_CALL: events.CallOpened,
    Step.CONFIRM_INTEREST: events.InterestMet,
    Step.CLOSE_CALL: events.InterestNotMet,
    Step.PLAN: events.PlanningBegun,
    Step.SCHEDULE: events.FirstSessionSet,
    Step.LAUNCH: events.ProposalLaunched,
    Step.REJECT: events.ProposalRejected,
    Step.APPEAL: events.ProposalAppealed,
    Step.WITHDRAW: events.ProposalWithdrawn,
    Step.EXPIRE: events.ProposalExpired,
    Step.REVIVE: events.ProposalRevived,
}


def move(
    db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea, asked: TransitionCreate
) -> Transition:
    """Take a step, if the proposal still stands where the caller saw it and everything is there.

    The proposal is held by the caller, so of many who decide at once one is heard first, and the
    others find that it has changed.
    """
    if asked.expected_version != proposal.version:
        raise Changed(f"It is at version {proposal.version} now, and {proposal.state}.")
    step = idea.way.step(asked.to)
    permit(policy.MAY[step], actor, idea)
    faults = [
        {"at": f"body/details/{name}", "detail": f"does not go with {asked.to}"}
        for name in sorted(asked.details.model_fields_set - steps.DETAILS.get(step, frozenset()))
    ]
    if faults:
        raise Invalid(errors=faults)
    reason = asked.reason or ""
    told = steps.Asked(
        db,
        actor,
        proposal,
        rulebook.of_parent(db, proposal.parent_id),
        now(),
        reason,
        asked.details,
    )
    evidence = steps.DO[step](told)
    return write(db, proposal, idea.way, asked.to, actor, reason, evidence)


def write(
    db: Database,
    proposal: Proposal,
    way: Way,
    to: ProposalState,
    actor: Actor | None,
    reason: str,
    evidence: dict[str, Any],
) -> Transition:
    """Write a step down with its evidence and its event, and tell whom it concerns."""
    step, moment, start = way.step(to, by_itself=actor is None), now(), proposal.state
    after = way.go(to)
    made = Transition(
        proposal_id=proposal.id,
        number=steps.last_number(db, proposal.id) + 1,
        from_state=start,
        to_state=to,
        actor_id=actor.person_id if actor else None,
        at=moment,
        reason=reason,
        evidence=evidence,
    )
    db.add(made)
    proposal.sqlmodel_update(
        {
            "state": to,
            "state_since": moment,
            "quiet_since": moment,
            "warnings": 0,
            "round": after.rounds,
            "appealed": after.appealed,
            "revived": after.revived,
            "before_expiry": after.before,
            "changed_at": moment,
        }
    )
    db.flush()
    ideas.index(db, proposal)
    about = {"object_id": proposal.id, "community_id": proposal.parent_id}
    record(db, EVENTS[step](**about, **_more(step, proposal, evidence)))
    news.tell(db, proposal, step, made)
    return made


def _more(step: Step, proposal: Proposal, evidence: dict[str, Any]) -> dict[str, Any]:
    if step is Step.REFER:
        return {"targets": [target["id"] for target in evidence["targets"]]}
    if step is Step.OPEN_CALL:
        return {"call_id": evidence["call_id"]}
    if step is Step.PLAN:
        return {"forming_id": proposal.community_id}
    if step is Step.LAUNCH:
        return {"launched_id": proposal.community_id}
    return {}


def way_of(proposal: Proposal) -> Way:
    """Where a proposal stands, from what is stored of it."""
    return Way(
        proposal.state,
        proposal.round,
        proposal.appealed,
        proposal.revived,
        proposal.before_expiry,
    )


def related(db: Database, proposal: Proposal) -> list[dict[str, Any]]:
    """Living communities like a proposal that anybody in its network may see."""
    root = db.get_one(Community, proposal.parent_id).lineage[:37]
    anybody = Actor(
        person_id=proposal.proposer_id,
        standings={root[:-1]: Standing(Role.OBSERVER, State.ACTIVE, root)},
    )
    found = alike(db, anybody, described(proposal), leave_out=proposal.id, limit=2 * RELATED)
    here = [m for m in found if m.kind is Kind.COMMUNITY and m.status == "live"]
    return [{"id": str(m.id), "name": m.name, "slug": m.slug} for m in here[:RELATED]]
