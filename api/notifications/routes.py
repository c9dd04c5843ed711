from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.core.db import columns
from api.core.lists import answer
from api.core.problems import NotFound, raises
from api.core.rows import json_row
from api.core.work import Db, Json, Me, Work
from api.identity.me.service import unread
from api.notifications import service
from api.notifications.models import Notice
from api.notifications.schemas import (
    NoticePage,
    NoticeQuery,
    NoticeRead,
    NoticesSeen,
    NoticeUpdate,
    Unread,
)

router = APIRouter(prefix="/v1", tags=["me"], route_class=Work)

_N = columns(Notice)
_ROW = json_row(**{name: _N[name] for name in NoticeRead.model_fields})


@router.get("/me/notices", response_model=NoticePage)
def list_my_notices(db: Db, me: Me, query: Annotated[NoticeQuery, Query()]) -> Json:
    """List what you have been told, newest first. `read_me` says how much of it is unread.

    Each notice leads to a `path` in the application. The same occasion is told once, so a notice
    that was read is never sent again.
    """
    statement = select(_ROW, _N.id).where(_N.person_id == me.person_id)
    if query.unread:
        statement = statement.where(_N.read_at.is_(None))
    return answer(db, statement, [_N.id], query, name="my-notices")


@router.post("/me/notices/read", responses=raises(NotFound))
def mark_my_notices_read(db: Db, me: Me, new: NoticesSeen) -> Unread:
    """Mark a notice and all that are older as read. Those that came since stay unread."""
    service.mark_through(db, me, new.notice_id)
    return Unread(unread_notices=unread(db, me))


@router.patch("/notices/{notice_id}", responses=raises(NotFound))
def mark_notice(db: Db, me: Me, notice_id: UUID, change: NoticeUpdate) -> NoticeRead:
    """Mark one of your notices as read, or as unread again."""
    return NoticeRead.model_validate(service.mark(db, me, notice_id, read=change.read))
