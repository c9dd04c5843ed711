from datetime import datetime
from uuid import UUID

from pydantic import Field
from sqlmodel import SQLModel

from api.engagement.metrics.schemas import MetricValue


class BaselineRead(SQLModel):
    """The numbers a community began with, as they were answered on the day it was launched."""

    community_id: UUID
    taken_at: datetime
    metrics: list[MetricValue] = Field(description="Each in the version of its definition then.")
    disclosure: str = Field(description="In words, what was done to small numbers.")
