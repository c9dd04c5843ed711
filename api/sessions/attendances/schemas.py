from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Strict
from sqlmodel import SQLModel

from api.core.bulk import RowByRow
from api.core.moments import Edge, When
from api.core.pages import Page, PageQuery
from api.core.schemas import Asked
from api.core.text import OneLine, Reason
from api.sessions.models import Answer, AttendanceStatus, Place, Seating, Source

Minutes = Annotated[int, Strict(), Field(ge=0, le=10_080)]


class Mark(Asked):
    """What is to be on record about one person."""

    status: AttendanceStatus
    minutes: Minutes | None = None
    mode: Seating | None = None
    reason: Reason | None = None
    source: Source | None = Field(
        None,
        description="Who says so: `api` for a token and `facilitator` for a browser, if not said.",
    )


class PersonMark(Mark):
    person_id: UUID


class BulkMarks(Asked):
    items: Annotated[list[Annotated[PersonMark, RowByRow]], Field(min_length=1, max_length=1000)]


class CheckIn(Asked):
    code: Annotated[str, OneLine, Field(min_length=1, max_length=20)]
    mode: Seating | None = None


class CheckInCode(SQLModel):
    code: str
    opens_at: datetime
    closes_at: datetime


class AttendanceRead(SQLModel):
    id: UUID = Field(description="Names this record; a correction makes another.")
    session_id: UUID
    person_id: UUID
    status: AttendanceStatus
    minutes: int | None
    mode: Seating | None
    reason: str | None
    source: Source
    recorded_by_id: UUID | None
    recorded_at: datetime
    withdrawn_at: datetime | None = Field(
        description="When it was taken back; such records appear only with `changed_since`."
    )


class AttendancePage(Page[AttendanceRead]):
    pass


class AttendanceQuery(PageQuery):
    community_id: UUID | None = None
    include: Literal["descendants"] | None = Field(
        None, description="With `community_id`: also of everything beneath it."
    )
    session_id: UUID | None = None
    person_id: UUID | None = None
    from_: Edge | None = Field(None, alias="from", description="Of sessions starting from then on.")
    to: Edge | None = Field(None, description="Of sessions starting before.")
    changed_since: When | None = Field(None, description="Recorded, corrected or taken back since.")


class RegisterLine(SQLModel):
    """One person in the register. Without a status nothing is recorded, which is no absence."""

    session_id: UUID
    person_id: UUID
    name: str
    answer: Answer | None
    place: Place | None
    status: AttendanceStatus | None
    minutes: int | None
    mode: Seating | None
    reason: str | None
    source: Source | None
    recorded_by_id: UUID | None
    recorded_at: datetime | None


class RegisterPage(Page[RegisterLine]):
    pass


class RegisterQuery(PageQuery):
    recorded: bool | None = Field(
        None, description="Only people about whom something, or nothing, is recorded."
    )
