"""The record everything is counted from, and what else was known when it was counted."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Field, SQLModel

from api.communities.models import Cadence
from api.core.audit import Sequence
from api.core.db import At, Document, Id, OwnId, Ref, choice
from api.core.ids import new_id
from api.identity.models import Zone

_CURRENT = text("replaced_at IS NULL")

# What Trellis itself records carries this source; no partner may use it.
OWN_SOURCE = "trellis"


class ActivityKind(StrEnum):
    """Looking at something is not taking part, so what people do falls into three classes."""

    CONTRIBUTION = "contribution"
    ATTENDANCE = "attendance"
    CONSUMPTION = "consumption"


class Verb(StrEnum):
    """What Trellis records by itself; partners bring words of their own."""

    ATTENDED = "session.attended"
    PRESENTED = "session.presented"
    FACILITATED = "session.facilitated"


LED = (Verb.PRESENTED, Verb.FACILITATED)


class Turn(GenericFunction[int]):
    """The turn in which a row is written, so that lists can be resumed without skipping any.

    On PostgreSQL it is the transaction, because transactions commit in another order than they
    number their rows. SQLite writes one at a time, so counting on from the last turn will do.
    """

    type = BigInteger()
    inherit_cache = True
    name = "trellis_turn"


@compiles(Turn, "sqlite")
def _(_element: Any, _compiler: Any, **_kw: Any) -> str:
    return "(SELECT coalesce(max(tx), 0) + 1 FROM activities)"


@compiles(Turn, "postgresql")
def _(_element: Any, _compiler: Any, **_kw: Any) -> str:
    return "pg_current_xact_id()::text::bigint"


class Activity(SQLModel, table=True):
    """Somebody did something, in a community, at a time. Rows are added and, at most, retracted."""

    __tablename__ = "activities"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("ix_activities_community_id", "community_id", "occurred_at"),
        Index("ix_activities_person_id", "person_id", "occurred_at"),
        Index("ix_activities_turn", "tx", "seq"),
        Index("ix_activities_community_turn", "community_id", "tx", "seq"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    # The turn that last touched the row. Readers who resume stay behind every transaction that is
    # still open. A row carried here from another database counts as older than all of them.
    tx: int | None = Field(
        default=None,
        nullable=False,
        sa_type=BigInteger,
        sa_column_kwargs={"default": Turn(), "info": {"on_arrival": 0}},
    )
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


class Frame(SQLModel, table=True):
    """The clock and the rhythm by which a community is measured, as known at any moment."""

    __tablename__ = "frames"
    __table_args__ = (
        Index(
            "uq_frames_current",
            "community_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: UUID = OwnId()
    community_id: UUID = Ref(foreign_key="communities.id", index=True)
    timezone: Zone
    cadence: Cadence = Field(sa_type=choice(Cadence))
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class HopedFor(SQLModel, table=True):
    """An organisation that a community hopes to reach, as its landscape list said at any moment."""

    __tablename__ = "hoped_for"
    __table_args__ = (
        Index(
            "uq_hoped_for_current",
            "community_id",
            "organisation_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: UUID = OwnId()
    community_id: UUID = Ref(foreign_key="communities.id", index=True)
    organisation_id: UUID = Ref(foreign_key="organisations.id", index=True)
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class Submission(SQLModel, table=True):
    """To which community a proposal was submitted, and when; it may be moved to another later."""

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_community_id", "community_id", "submitted_at"),)

    proposal_id: UUID = Ref(foreign_key="proposals.id", primary_key=True)
    community_id: UUID = Ref(foreign_key="communities.id")
    submitted_at: datetime = At()


class Baseline(SQLModel, table=True):
    """One metric of a community as it was when the community began, for later comparison.

    It is kept as it was answered then: a new version of a definition does not change it.
    """

    __tablename__ = "metric_baselines"

    community_id: UUID = Ref(foreign_key="communities.id", primary_key=True)
    metric_id: str = Field(max_length=60, primary_key=True)
    version: int
    taken_at: datetime = At()
    payload: dict[str, Any] = Field(sa_type=Document)
