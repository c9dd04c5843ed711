from uuid import UUID

from fastapi import APIRouter

from api.communities import queries as communities
from api.communities.policy import measure
from api.communities.service import Archived
from api.core.policy import permit
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.engagement.landscape import service
from api.engagement.landscape.schemas import LandscapeRead, LandscapeWrite

router = APIRouter(prefix="/v1", tags=["communities"], route_class=Work)


@router.get("/communities/{community_id}/landscape", responses=raises(NotFound))
def read_landscape(db: Db, me: Me, community_id: UUID) -> LandscapeRead:
    """Read which organisations a community hopes to reach, by name."""
    community = communities.get(db, me, community_id)
    permit(measure, me, community)
    return service.read(db, community)


@router.put("/communities/{community_id}/landscape", responses=raises(NotFound, Archived))
def draw_landscape(db: Db, me: Me, community_id: UUID, new: LandscapeWrite) -> LandscapeRead:
    """Say which organisations a community hopes to reach; this takes the place of what was said.

    The metric `organisation_reach` tells how many of them have an active member.
    """
    community = communities.get(db, me, community_id)
    service.draw(db, me, community, new.organisation_ids)
    return service.read(db, community)
