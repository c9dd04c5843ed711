from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlmodel import SQLModel

from api.core.schemas import Asked

MOST = 1000


class LandscapeWrite(Asked):
    organisation_ids: Annotated[list[UUID], Field(max_length=MOST)] = Field(
        description="All the organisations the community hopes to reach; an empty list ends it."
    )


class HopedForRead(SQLModel):
    id: UUID
    name: str


class LandscapeRead(SQLModel):
    """Whom a community hopes to reach; `organisation_reach` is measured against it."""

    community_id: UUID
    organisations: list[HopedForRead]
