from uuid import UUID

from fastapi import APIRouter

from api.communities import queries as communities
from api.core.preconditions import IfMatch
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.proposals.rulebook import service
from api.proposals.rulebook.schemas import ProposalSettingsRead, ProposalSettingsUpdate

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)


@router.get("/communities/{community_id}/proposal-settings", responses=raises(NotFound))
def read_proposal_settings(db: Db, me: Me, community_id: UUID) -> ProposalSettingsRead:
    """Read what a network asks of its proposals: thresholds, days, warnings."""
    community = communities.get(db, me, community_id)
    service.network_only(community)
    return ProposalSettingsRead.model_validate(service.settings_of(db, community))


@router.patch("/communities/{community_id}/proposal-settings", responses=raises(NotFound))
def edit_proposal_settings(
    db: Db, me: Me, community_id: UUID, change: ProposalSettingsUpdate, match: IfMatch
) -> ProposalSettingsRead:
    """Change what a network asks of its proposals; open calls keep what they opened with."""
    community = communities.get(db, me, community_id)
    service.network_only(community)
    # There may be no row to hold yet, so the network stands for it.
    db.refresh(community, with_for_update={"key_share": True})
    match.hold(service.settings_of(db, community).version)
    return ProposalSettingsRead.model_validate(service.edit(db, me, community, change))
