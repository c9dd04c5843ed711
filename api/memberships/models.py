"""A person's place in a community, from the invitation to the last day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from api.core.actor import Role, State
from api.core.db import At, OwnId, Ref, Row, Versioned, choice

LIVE = (State.INVITED, State.REQUESTED, State.WAITLISTED, State.ACTIVE, State.PAUSED)
_LIVE = text("state IN ('invited', 'requested', 'waitlisted', 'active', 'paused')")
_INVITED = text("state = 'invited'")
_OPEN = text("ended_at IS NULL AND replaced_at IS NULL")


class Membership(Versioned, Row, table=True):
    """One person in one community; unique while it has not ended."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_live",
            "community_id",
            "person_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_memberships_person_id", "person_id", "state"),
        Index("ix_memberships_community_id", "community_id", "state"),
        Index(
            "ix_memberships_expires_at",
            "expires_at",
            sqlite_where=_INVITED,
            postgresql_where=_INVITED,
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= joined_at", name="ends_after_it_begins"),
    )

    community_id: UUID = Ref(foreign_key="communities.id")
    person_id: UUID = Ref(foreign_key="people.id")
    role: Role = Field(default=Role.MEMBER, sa_type=choice(Role))
    state: State = Field(sa_type=choice(State))
    joined_at: datetime | None = At(default=None)
    ended_at: datetime | None = At(default=None)
    # When somebody entered the queue they stand in: a request, or a full community's waiting list.
    queued_at: datetime | None = At(default=None)
    invited_by_id: UUID | None = Ref(default=None, foreign_key="people.id")
    expires_at: datetime | None = At(default=None)
    decided_by_id: UUID | None = Ref(default=None, foreign_key="people.id")
    reason: str | None = Field(default=None, max_length=1000)
    ground_rules_version: int | None = None


class Spell(SQLModel, table=True):
    """A time in which a person was active in a community, as it was known at any moment.

    Rows are closed and replaced, never overwritten, so that a metric asked with the same `as_of`
    finds the same people for ever.
    """

    __tablename__ = "membership_spells"
    __table_args__ = (
        Index("ix_membership_spells_community_id", "community_id", "began_at"),
        Index("ix_membership_spells_membership_id", "membership_id"),
        # Nobody is active twice over in one membership.
        Index(
            "uq_membership_spells_open",
            "membership_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ends_after_it_begins"),
    )

    id: UUID = OwnId()
    membership_id: UUID = Ref(foreign_key="memberships.id")
    community_id: UUID = Ref(foreign_key="communities.id")
    person_id: UUID = Ref(foreign_key="people.id", index=True)
    role: Role = Field(sa_type=choice(Role))
    began_at: datetime = At()
    ended_at: datetime | None = At(default=None)
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)
