from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.communities import queries as communities
from api.communities.service import Archived
from api.core.lists import answer
from api.core.policy import permit
from api.core.preconditions import IfMatch
from api.core.problems import NotFound, raises
from api.core.work import Db, Json, Me, Work
from api.proposals import policy, queries
from api.proposals.guards import GuardFailed
from api.proposals.ideas import reading, service
from api.proposals.ideas.schemas import (
    Candidates,
    Differences,
    OfficeAnswer,
    OfficePut,
    ProposalCreate,
    ProposalPage,
    ProposalQuery,
    ProposalRead,
    ProposalStory,
    ProposalUpdate,
)
from api.proposals.models import Office
from api.proposals.queries import P

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)


@router.get("/proposals", response_model=ProposalPage, responses=raises(NotFound))
def list_proposals(db: Db, me: Me, query: Annotated[ProposalQuery, Query()]) -> Json:
    """List the proposals you may see: your own, those you coordinate, those your network is asked.

    `desk=true&sort=waiting` is a coordinator's desk: what waits longest comes first.
    """
    waiting = query.sort == "waiting"
    order = [P.state_since.label("sorted_by"), P.id] if waiting else [P.id]
    conditions = reading.where(me, query)
    if query.parent_id:
        above = communities.get(db, me, query.parent_id)
        conditions.append(communities.beneath(above.lineage))
    return answer(
        db,
        reading.rows(me, *order).where(*conditions),
        order,
        query,
        name="proposals",
        write=reading.writer(me),
        descending=not waiting,
        count=query.count,
    )


@router.post("/proposals", status_code=201, responses=raises(Archived))
def draft_proposal(db: Db, me: Me, new: ProposalCreate) -> ProposalRead:
    """Begin a draft; its name is enough. Only you and those you name see it until you submit it."""
    return reading.read(db, me, service.draft(db, me, new).id)


@router.get("/proposals/{proposal_id}", responses=raises(NotFound))
def get_proposal(db: Db, me: Me, proposal_id: UUID) -> ProposalRead:
    """Fetch one proposal."""
    return reading.read(db, me, proposal_id)


@router.patch("/proposals/{proposal_id}", responses=raises(NotFound, Archived, GuardFailed))
def edit_proposal(
    db: Db, me: Me, proposal_id: UUID, change: ProposalUpdate, match: IfMatch
) -> ProposalRead:
    """Change what a proposal says, as long as no call is open."""
    proposal, idea = queries.get(db, me, proposal_id)
    match.hold(proposal.version)
    service.edit(db, me, proposal, idea, change)
    return reading.read(db, me, proposal_id)


@router.get("/proposals/{proposal_id}/story", responses=raises(NotFound))
def read_story(db: Db, me: Me, proposal_id: UUID) -> ProposalStory:
    """Read what surrounds a proposal: its people, what is similar, and how it differs.

    Coordinators are also told whether a confidential community that they cannot see may match.
    """
    proposal, idea = queries.get(db, me, proposal_id)
    return reading.story(db, me, proposal, idea)


@router.get("/proposals/{proposal_id}/candidates", responses=raises(NotFound))
def read_candidates(db: Db, me: Me, proposal_id: UUID) -> Candidates:
    """Read what is similar to a proposal as you see it, for its proposer and coordinators."""
    proposal, idea = queries.get(db, me, proposal_id)
    permit(policy.see_soundings, me, idea)
    return Candidates(items=service.candidates(db, me, proposal), version=proposal.version)


@router.post("/proposals/{proposal_id}/candidates", responses=raises(NotFound))
def look_at_candidates(db: Db, me: Me, proposal_id: UUID) -> Candidates:
    """See what is similar to a proposal now; a proposal is submitted only after its last look."""
    proposal, idea = queries.held(db, me, proposal_id)
    items = service.look(db, me, proposal, idea)
    return Candidates(items=items, version=proposal.version)


@router.put("/proposals/{proposal_id}/differences", responses=raises(NotFound))
def put_differences(db: Db, me: Me, proposal_id: UUID, said: Differences) -> ProposalRead:
    """State how an idea differs from what is similar to it."""
    proposal, idea = queries.held(db, me, proposal_id)
    service.differ(db, me, proposal, idea, said.items)
    return reading.read(db, me, proposal_id)


@router.put("/proposals/{proposal_id}/offices/{office}", responses=raises(NotFound))
def name_office(
    db: Db, me: Me, proposal_id: UUID, office: Office, asked: OfficePut
) -> ProposalStory:
    """Name who is to lead or to sponsor, for coordinators; that person then says yes or no."""
    proposal, idea = queries.held(db, me, proposal_id)
    service.name_office(db, me, proposal, idea, office, asked.person_id)
    return reading.story(db, me, *queries.get(db, me, proposal_id))


@router.put(
    "/proposals/{proposal_id}/offices/{office}/answer",
    responses=raises(NotFound, service.NotAsked),
)
def answer_office(
    db: Db, me: Me, proposal_id: UUID, office: Office, said: OfficeAnswer
) -> ProposalStory:
    """Say yes or no to leading or sponsoring, where you were named."""
    proposal, _ = queries.held(db, me, proposal_id)
    service.answer_office(db, me, proposal, office, accept=said.accept)
    return reading.story(db, me, *queries.get(db, me, proposal_id))
