"""What a proposer may do instead of proposing a second one of what exists already."""

from api.communities.models import Community, CommunityKind
from api.communities.service import room_beneath
from api.core.actor import Actor, State
from api.core.clock import now
from api.core.db import Database
from api.core.policy import permit
from api.core.problems import Invalid
from api.memberships import service as memberships
from api.memberships.places import held
from api.proposals import policy
from api.proposals.ideas.service import touch
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Proposal
from api.proposals.moves import introducing
from api.proposals.moves.schemas import IdeaOutcome
from api.proposals.moves.service import way_of, write
from api.proposals.outcomes.schemas import OutcomeCreate
from api.similarity.models import Kind


def choose(
    db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea, asked: OutcomeCreate
) -> None:
    """Join it, meet its lead, merge into it, or become a part of it."""
    permit(policy.choose_outcome, actor, idea)
    merging = asked.outcome is IdeaOutcome.MERGE
    if (asked.target.kind is Kind.PROPOSAL) != merging:
        detail = "`merge` needs a proposal, and every other outcome a community"
        raise Invalid(errors=[{"at": "body/target/kind", "detail": detail}])
    at = "body/target/id"
    if merging:
        into = introducing.proposal_for(db, proposal, asked.target.id, at)
        introducing.merge(db, proposal, into)
        _done(db, actor, proposal, asked, f"Merged into “{into.name}”.")
        return
    community = introducing.community_for(db, proposal, asked.target.id, at)
    if asked.outcome is IdeaOutcome.CONTACT:
        introducing.introduce(db, proposal, community, asked.message, "contact")
        touch(db, proposal.id)
    elif asked.outcome is IdeaOutcome.JOIN:
        with held(db, community) as places:
            joined = memberships.join(db, actor, places, None)
        how = "Joined" if joined.state is State.ACTIVE else "Asked to join"
        _done(db, actor, proposal, asked, f"{how} “{community.name}” instead.")
    else:
        _become_part(actor, proposal, community, asked.outcome)


def _become_part(
    actor: Actor, proposal: Proposal, community: Community, outcome: IdeaOutcome
) -> None:
    permit(policy.propose, actor, community)
    room_beneath(community, "body/target/id")
    group = outcome is IdeaOutcome.WORKING_GROUP
    moment = now()
    proposal.sqlmodel_update(
        {
            "parent_id": community.id,
            "kind": CommunityKind.WORKING_GROUP if group else CommunityKind.COMMUNITY,
            "changed_at": moment,
            "quiet_since": moment,
        }
    )


def _done(
    db: Database, actor: Actor, proposal: Proposal, asked: OutcomeCreate, reason: str
) -> None:
    """The draft has served its purpose."""
    evidence = {"outcome": asked.outcome, "targets": [asked.target.model_dump(mode="json")]}
    write(db, proposal, way_of(proposal), ProposalState.WITHDRAWN, actor, reason, evidence)
