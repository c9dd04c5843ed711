from uuid import UUID

from fastapi import APIRouter

from api.communities import queries as communities
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.engagement.baselines import service
from api.engagement.baselines.schemas import BaselineRead
from api.engagement.events import NumbersReadExactly
from api.engagement.metrics import answering
from api.engagement.witness import testify

router = APIRouter(prefix="/v1", tags=["metrics"], route_class=Work)


@router.get("/communities/{community_id}/baseline", responses=raises(NotFound))
def read_baseline(db: Db, me: Me, community_id: UUID) -> BaselineRead:
    """Read the numbers a community began with, kept when its proposal was launched.

    They never change, whatever is recorded later. Small numbers are hidden unless you lead or
    analyse the community; that exact numbers were read is recorded.
    """
    community = communities.get(db, me, community_id)
    answer, profile = service.read(db, me, community)
    if not answering.is_free(profile):
        testify(db, NumbersReadExactly(object_id=community.id, community_id=community.id))
    return answer
