"""Who did what, when, and in which request. Rows are only ever added, and hold ids, not words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer
from sqlmodel import Field, SQLModel

from api.core.db import At, Ref

# SQLite counts rows only in a column that is exactly INTEGER PRIMARY KEY.
Sequence = BigInteger().with_variant(Integer, "sqlite")


class AuditEntry(SQLModel, table=True):
    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_object", "object_type", "object_id"),)

    seq: int | None = Field(default=None, primary_key=True, sa_type=Sequence)
    at: datetime = At()
    verb: str = Field(max_length=60)
    object_type: str = Field(max_length=30)
    object_id: UUID = Ref()
    community_id: UUID | None = Ref(default=None, index=True)
    actor_id: UUID | None = Ref(default=None, index=True)
    # The sign-in or token that was shown, so that a stolen one can be followed.
    credential_id: UUID | None = Ref(default=None)
    request_id: str | None = Field(default=None, max_length=64)
