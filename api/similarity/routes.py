from fastapi import APIRouter

from api.core.work import Db, Me, Work
from api.similarity.queries import Idea, alike
from api.similarity.schemas import SimilarityCheck, SimilarList, SimilarRead

router = APIRouter(prefix="/v1", tags=["communities"], route_class=Work)


@router.post("/similarity-checks", openapi_extra={"reads": True})
def check_similarity(db: Db, me: Me, new: SimilarityCheck) -> SimilarList:
    """Find what resembles an idea among live, archived and proposed communities you may see.

    At most five are answered, best first, and none that is quite different. Nothing is kept, so
    ask as often as somebody types.
    """
    idea = Idea(**new.model_dump(exclude={"exclude_id"}))
    found = alike(db, me, idea, leave_out=new.exclude_id)
    return SimilarList(items=[SimilarRead(**match._asdict()) for match in found])
