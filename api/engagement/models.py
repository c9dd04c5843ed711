"""The record everything is counted from."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from api.core.audit import Sequence
from api.core.db import At, Id, Ref, choice
from api.core.ids import new_id


class ActivityKind(StrEnum):
    """Looking at something is not taking part, so what people do falls into three classes."""

    CONTRIBUTION = "contribution"
    ATTENDANCE = "attendance"
    CONSUMPTION = "consumption"


class Activity(SQLModel, table=True):
    """Somebody did something, in a community, at a time. Rows are added and, at most, retracted."""

    __tablename__ = "activities"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("ix_activities_community_id", "community_id", "occurred_at"),
        Index("ix_activities_person_id", "person_id", "occurred_at"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    # The transaction that wrote the row (PostgreSQL; 0 on SQLite, which writes one at a time).
    # Readers who resume stay behind every transaction still open, so no late commit is skipped.
    tx: int = Field(default=0, sa_type=BigInteger)
    id: UUID = Field(default_factory=new_id, sa_type=Id, unique=True)
    person_id: UUID = Ref(foreign_key="people.id")
    community_id: UUID = Ref(foreign_key="communities.id")
    organisation_id: UUID | None = Ref(default=None)
    verb: str = Field(max_length=60)
    kind: ActivityKind = Field(sa_type=choice(ActivityKind))
    object_type: str | None = Field(default=None, max_length=30)
    object_id: UUID | None = Ref(default=None, index=True)
    occurred_at: datetime = At()
    recorded_at: datetime = At()
    retracted_at: datetime | None = At(default=None)
    source: str = Field(max_length=60)
    source_id: str = Field(max_length=200)
