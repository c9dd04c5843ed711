from datetime import datetime
from uuid import UUID

from pydantic import Field
from sqlmodel import SQLModel

from api.core.pages import Page, PageQuery
from api.core.schemas import Asked, Flag


class NoticeQuery(PageQuery):
    unread: bool = Field(False, description="Only those that have not been read.")


class NoticeRead(SQLModel):
    id: UUID
    kind: str = Field(description="What it is about, such as `proposal.call_opened`.")
    title: str
    body: str = Field(description="Plain text; an empty line separates paragraphs.")
    path: str = Field(description="Where in the application it leads.")
    community_id: UUID | None
    about_id: UUID | None = Field(description="The thing it is about; `kind` says what that is.")
    created_at: datetime
    read_at: datetime | None


class NoticePage(Page[NoticeRead]):
    pass


class NoticeUpdate(Asked):
    read: Flag


class NoticesSeen(Asked):
    notice_id: UUID = Field(description="The newest notice that was seen.")


class Unread(SQLModel):
    unread_notices: int = Field(description="How many of your notices have not been read.")
