from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.communities.service import Archived
from api.core.actor import Actor
from api.core.db import columns
from api.core.items import Item
from api.core.lists import answer
from api.core.pages import PageQuery
from api.core.problems import IllegalMove, NotFound, raises
from api.core.rows import json_row, json_words, with_field
from api.core.work import Db, Json, Me, Work
from api.sessions import policy, queries
from api.sessions.materials import service
from api.sessions.materials.schemas import MaterialCreate, MaterialPage, MaterialRead
from api.sessions.models import Material
from api.sessions.policy import Meeting

router = APIRouter(prefix="/v1", tags=["sessions"], route_class=Work)

_C = columns(Material)
_ROW = json_row(**{n: _C[n] for n in MaterialRead.model_fields if n != "can"})


def _can(me: Actor, meeting: Meeting, added_by_id: UUID | None) -> list[str]:
    mine = added_by_id is not None and added_by_id == me.person_id
    removes = meeting.open_to_change and (mine or policy.run(me, meeting))
    return ["remove"] if removes else []


@router.get(
    "/sessions/{session_id}/materials", response_model=MaterialPage, responses=raises(NotFound)
)
def list_materials(db: Db, me: Me, session_id: UUID, query: Annotated[PageQuery, Query()]) -> Json:
    """List what there is to read before or after a session, in the order it was added."""
    meeting = queries.meet(db, me, session_id).meeting
    statement = select(_ROW, _C.added_by_id, _C.id).where(_C.session_id == session_id)

    def write(item: Item) -> str:
        return with_field(item.item, "can", json_words(_can(me, meeting, item.added_by_id)))

    return answer(
        db,
        statement,
        [_C.id],
        query,
        name=f"materials/{session_id}",
        write=write,
        descending=False,
    )


@router.post(
    "/sessions/{session_id}/materials",
    status_code=201,
    responses=raises(NotFound, Archived, IllegalMove),
)
def add_material(db: Db, me: Me, session_id: UUID, new: MaterialCreate) -> MaterialRead:
    """Add a link to something to read. Only `https://` addresses are taken."""
    material = service.add(db, me, session_id, new)
    made: dict[str, Any] = {**material.model_dump(), "can": ["remove"]}
    return MaterialRead.model_validate(made)


@router.delete(
    "/materials/{material_id}",
    status_code=204,
    responses=raises(NotFound, Archived, IllegalMove),
)
def remove_material(db: Db, me: Me, material_id: UUID) -> None:
    """Take a link away again."""
    service.remove(db, me, material_id)
