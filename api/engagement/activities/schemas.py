from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field
from sqlmodel import SQLModel

from api.core.bulk import RowByRow
from api.core.moments import Edge, When
from api.core.pages import Page, PageQuery
from api.core.schemas import Asked
from api.core.text import OneLine
from api.engagement.models import ActivityKind

MOST = 1000

Verb = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=60)]
ObjectType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)]
Source = Annotated[str, OneLine, Field(min_length=1, max_length=60)]
SourceId = Annotated[str, OneLine, Field(min_length=1, max_length=200)]


class ActivityCreate(Asked):
    person_id: UUID
    community_id: UUID
    verb: Verb = Field(description="What was done, in your words: `thread.replied`.")
    kind: ActivityKind
    object_type: ObjectType | None = Field(None, description="What it was done to: `thread`.")
    object_id: UUID | None = None
    occurred_at: When = Field(description="When it was done; not in the future.")
    source: Source = Field(description="Your system. `trellis` is ours.")
    source_id: SourceId = Field(description="What your system calls it; sent twice, stored once.")


class ActivityBatch(Asked):
    items: Annotated[
        list[Annotated[ActivityCreate, RowByRow]], Field(min_length=1, max_length=MOST)
    ]


class ActivityRead(SQLModel):
    id: UUID
    person_id: UUID
    community_id: UUID
    organisation_id: UUID | None
    verb: str
    kind: ActivityKind
    object_type: str | None
    object_id: UUID | None
    occurred_at: datetime
    recorded_at: datetime
    retracted_at: datetime | None
    source: str
    source_id: str


class ActivityPage(Page[ActivityRead]):
    resume: str = Field(description="Pass as `cursor`, at any time, for what was recorded since.")


class ActivityQuery(PageQuery):
    model_config = ConfigDict(extra="forbid")

    community_id: UUID | None = None
    include: Literal["descendants"] | None = Field(
        None, description="Also the communities beneath `community_id`."
    )
    kind: Literal["contribution", "attendance"] | None = None
    verb: Verb | None = None
    person_id: UUID | None = None
    from_: Edge | None = Field(None, alias="from", description="Done at or after this.")
    to: Edge | None = Field(None, description="Done before this.")
    changed_since: When | None = Field(None, description="Recorded or taken back since.")
    retracted: bool = Field(
        False, description="Also those that were taken back, so that a copy can follow."
    )
