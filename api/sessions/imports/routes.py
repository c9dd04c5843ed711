from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.communities import queries as communities
from api.communities.service import Archived
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.sessions.imports import service
from api.sessions.imports.schemas import AttendanceImport, ImportQuery, ImportRead

router = APIRouter(prefix="/v1", tags=["attendances"], route_class=Work)

# A list of twenty thousand lines is larger than anything else people send.
LARGEST = 5_000_000


@router.post(
    "/communities/{community_id}/attendance-imports",
    responses=raises(NotFound, Archived, service.TooFewPlaces),
    openapi_extra={"body_limit": LARGEST},
)
def import_attendances(
    db: Db,
    me: Me,
    community_id: UUID,
    new: AttendanceImport,
    query: Annotated[ImportQuery, Query()],
) -> ImportRead:
    """Take in a list of who came: all of it or nothing, and the same list again changes nothing.

    People are found by e-mail address, or by name among the members and then among everybody;
    sessions by title and day. A session nobody planned is added as held. What could mean two
    people or sessions is refused, and every refusal names its line.
    """
    community = communities.get(db, me, community_id)
    return service.take_in(db, me, community, new, dry_run=query.dry_run)
