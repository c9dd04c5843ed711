"""What people are told: a notice each where they sign in, and mail that leaves the house."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from api.core.clock import now
from api.core.db import At, Ref, Row, choice

KIND, KEY, TITLE, BODY, PATH = 60, 200, 200, 8000, 500
_UNREAD = text("read_at IS NULL")
_QUEUED = text("state = 'queued'")
_TO_AN_ADDRESS = text("person_id IS NULL")


class Notice(Row, table=True):
    """One thing one person is told; `kind` and `key` name the occasion, which is told once."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key"),
        Index("ix_notices_inbox", "person_id", "id"),
        Index("ix_notices_unread", "person_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )

    person_id: UUID = Ref(foreign_key="people.id")
    kind: str = Field(max_length=KIND)
    key: str = Field(max_length=KEY)
    title: str = Field(max_length=TITLE)
    body: str = Field(max_length=BODY)
    # Where in the application it leads.
    path: str = Field(max_length=PATH)
    community_id: UUID | None = Ref(default=None, foreign_key="communities.id")
    # What it is about, in whichever room that lives.
    about_id: UUID | None = Ref(default=None)
    read_at: datetime | None = At(default=None)


class MailState(StrEnum):
    """How far a mail has come."""

    QUEUED = "queued"
    SENT = "sent"
    # The server refused it for good; there is no such mailbox, say.
    UNDELIVERABLE = "undeliverable"
    # It was refused for the moment, again and again, or waited too long.
    FAILED = "failed"
    # The access of the person ended before it left.
    WITHDRAWN = "withdrawn"


class Mail(Row, table=True):
    """One mail to one address. Its words are wiped once it has left or is given up.

    They may hold a link that lets somebody in, which nobody should find here later.
    """

    __tablename__ = "mails"
    __table_args__ = (
        Index(
            "uq_mails_occasion",
            "address",
            "kind",
            "key",
            unique=True,
            sqlite_where=_TO_AN_ADDRESS,
            postgresql_where=_TO_AN_ADDRESS,
        ),
        Index("ix_mails_due", "due_at", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        Index("ix_mails_created_at", "created_at"),
    )

    # Null is somebody without an account.
    person_id: UUID | None = Ref(default=None, foreign_key="people.id", index=True)
    address: str = Field(max_length=254)
    kind: str = Field(max_length=KIND)
    key: str = Field(max_length=KEY)
    subject: str = Field(max_length=TITLE)
    body: str | None = Field(default=None, max_length=BODY)
    path: str | None = Field(default=None, max_length=PATH)
    community_id: UUID | None = Ref(default=None, foreign_key="communities.id")
    # The same at every attempt, so that a mailbox can tell that it has it already.
    message_id: str = Field(max_length=320)
    state: MailState = Field(default=MailState.QUEUED, sa_type=choice(MailState))
    # Whoever takes it to the server moves this on, so that nobody else takes it meanwhile.
    due_at: datetime = At(default_factory=now)
    attempts: int = 0
    last_error: str | None = Field(default=None, max_length=80)
    sent_at: datetime | None = At(default=None)
