from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict
from sqlmodel import SQLModel

from api.core.moments import Day
from api.core.pages import Page, PageQuery
from api.core.schemas import UNSET, Asked
from api.core.text import OneLine, Word
from api.proposals.models import Template

Month = Annotated[int, Strict(), Field(ge=0, le=120)]
MilestoneTitle = Annotated[str, Field(min_length=1, max_length=200), OneLine]


class PlanCreate(Asked):
    template: Template
    starts_on: Day


class PlanUpdate(Asked):
    starts_on: Day = Field(UNSET, description="Moves everything that is not done yet.")


class PlanRead(SQLModel):
    """What a community means to have done by when."""

    id: UUID
    community_id: UUID
    template: Template
    starts_on: date
    milestones: int
    done: int
    overdue: int
    version: int
    can: list[str]


class MilestoneCreate(Asked):
    phase: Word
    title: MilestoneTitle
    month: Month


class MilestoneUpdate(Asked):
    phase: Word = UNSET
    title: MilestoneTitle = UNSET
    month: Month = UNSET
    done_on: Day | None = Field(None, description="The day it was done; null takes that back.")


class MilestoneRead(SQLModel):
    id: UUID
    plan_id: UUID
    phase: str
    title: str
    month: int
    due_on: date
    done_on: date | None
    version: int


class MilestonePage(Page[MilestoneRead]):
    pass


class MilestoneQuery(PageQuery):
    done: bool | None = None
