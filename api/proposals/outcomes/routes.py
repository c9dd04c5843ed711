from uuid import UUID

from fastapi import APIRouter

from api.communities.service import Archived
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.memberships.changing import RunOut
from api.memberships.service import BelongsAlready
from api.proposals import queries
from api.proposals.ideas import reading
from api.proposals.ideas.schemas import ProposalRead
from api.proposals.outcomes import service
from api.proposals.outcomes.schemas import OutcomeCreate

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)


@router.post(
    "/proposals/{proposal_id}/outcomes",
    responses=raises(NotFound, BelongsAlready, Archived, RunOut),
)
def choose_outcome(db: Db, me: Me, proposal_id: UUID, asked: OutcomeCreate) -> ProposalRead:
    """Do something about what is similar to your draft.

    `join` joins the community and lets the draft go; `contact` introduces you and its leads to
    each other; `merge` puts you behind another proposal; `working_group` and `sub_network` make
    your idea a part of the community. To go on regardless, state the difference.
    """
    proposal, idea = queries.held(db, me, proposal_id)
    service.choose(db, me, proposal, idea, asked)
    return reading.read(db, me, proposal_id)
