"""Sessions: what a community plans, who means to come, and who came."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Strict
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from api.communities.models import Mode
from api.core.db import At, Document, OwnId, Ref, Row, Versioned, choice
from api.core.text import Line, OneLine, Prose
from api.identity.models import Zone

_CURRENT = text("replaced_at IS NULL")
_OPEN = text("follow_up = 'not_due'")
_WAITING = text("replaced_at IS NULL AND place = 'waitlisted'")


class SessionKind(StrEnum):
    """What kind of meeting it is."""

    WEBINAR = "webinar"
    WORKSHOP = "workshop"
    COMMUNITY_MEETING = "community_meeting"
    WORKING_GROUP_MEETING = "working_group_meeting"
    TRAINING = "training"
    CASE_DISCUSSION = "case_discussion"
    PEER_CIRCLE = "peer_circle"
    DROP_IN = "drop_in"
    SHOW_AND_TELL = "show_and_tell"
    LAUNCH = "launch"


class SessionStatus(StrEnum):
    """How certain it is; held and cancelled are final."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"


class Access(StrEnum):
    """Who may come: anybody, the network, the members, or a named list."""

    OPEN = "open"
    NETWORK = "network"
    MEMBERS = "members"
    CLOSED = "closed"


class FunctionTag(StrEnum):
    """The five functions of a community of practice (Wenger 1998)."""

    EDUCATE = "educate"
    SUPPORT = "support"
    CULTIVATE = "cultivate"
    ENCOURAGE = "encourage"
    INTEGRATE = "integrate"


class Part(StrEnum):
    """What somebody has to do with one session: run it, speak, or be on the list it is for."""

    FACILITATOR = "facilitator"
    SPEAKER = "speaker"
    NAMED = "named"


class Answer(StrEnum):
    """What a person says to an invitation."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Place(StrEnum):
    """Whether a yes has a seat."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    NONE = "none"


class AttendanceStatus(StrEnum):
    """What was seen. Where nothing was recorded there is no row; a no-show is a fact of its own."""

    ATTENDED = "attended"
    PARTIAL = "partial"
    NO_SHOW = "no_show"
    WALK_IN = "walk_in"


PRESENT = (AttendanceStatus.ATTENDED, AttendanceStatus.PARTIAL, AttendanceStatus.WALK_IN)


class Seating(StrEnum):
    """The way in which one person takes part."""

    ONLINE = "online"
    IN_PERSON = "in_person"


class Source(StrEnum):
    """Who says so."""

    SELF = "self"
    FACILITATOR = "facilitator"
    IMPORT = "import"
    API = "api"


class FollowUp(StrEnum):
    """What remains to be done once a session is over."""

    NOT_DUE = "not_due"
    DUE = "due"
    DONE = "done"


# Lists of the past call their sessions “1” or “E1”, so a title may be short.
Title = Annotated[str, OneLine, Field(min_length=1, max_length=160)]
Seats = Annotated[int, Strict(), Field(ge=1, le=100_000)]


class SessionBase(SQLModel):
    title: Title
    description: Prose = ""
    kind: SessionKind = Field(default=SessionKind.COMMUNITY_MEETING, sa_type=choice(SessionKind))
    mode: Mode = Field(default=Mode.ONLINE, sa_type=choice(Mode))
    access: Access = Field(default=Access.MEMBERS, sa_type=choice(Access))
    timezone: Zone = "Europe/London"
    location: Line = ""


class Session(SessionBase, Versioned, Row, table=True):
    """One meeting of a community, at one time."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("capacity IS NULL OR taken <= capacity", name="capacity"),
        CheckConstraint(
            "online_capacity IS NULL OR online_taken <= online_capacity", name="online_capacity"
        ),
        CheckConstraint("taken >= 0 AND online_taken >= 0", name="taken"),
        Index("ix_sessions_community_id", "community_id", "starts_at"),
        Index("ix_sessions_starts_at", "starts_at"),
        Index("ix_sessions_ends_at", "ends_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    community_id: UUID = Ref(foreign_key="communities.id")
    # The series it belongs to, once there are series.
    series_id: UUID | None = Ref(default=None)
    status: SessionStatus = Field(sa_type=choice(SessionStatus))
    starts_at: datetime = At()
    ends_at: datetime = At()
    # Seats in the room; of a session in one mode only, all its seats. Null is no limit.
    capacity: int | None = None
    # Seats online in a hybrid session. Null is no limit.
    online_capacity: int | None = None
    taken: int = 0
    online_taken: int = 0
    # The last number given on the waiting list.
    queue: int = 0
    joining_url: str | None = Field(default=None, max_length=2000)
    function_tags: list[str] = Field(default_factory=list, sa_type=Document)
    agenda: list[dict[str, Any]] = Field(default_factory=list, sa_type=Document)
    check_in_code: str = Field(max_length=12)
    follow_up: FollowUp = Field(default=FollowUp.NOT_DUE, sa_type=choice(FollowUp))
    cancelled_because: str | None = Field(default=None, max_length=1000)


class SessionPart(SQLModel, table=True):
    """Somebody facilitates, speaks at or is named for a session; a guest has a name and no id."""

    __tablename__ = "session_parts"
    __table_args__ = (
        UniqueConstraint("session_id", "part", "person_id"),
        CheckConstraint("person_id IS NOT NULL OR name IS NOT NULL", name="somebody"),
    )

    id: UUID = OwnId()
    session_id: UUID = Ref(foreign_key="sessions.id")
    part: Part = Field(sa_type=choice(Part))
    place: int
    person_id: UUID | None = Ref(default=None, foreign_key="people.id", index=True)
    name: str | None = Field(default=None, max_length=120)


class SessionFact(SQLModel, table=True):
    """What was known of a session at any moment, for metrics asked with `as_of`."""

    __tablename__ = "session_facts"
    __table_args__ = (
        Index(
            "uq_session_facts_current",
            "session_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_session_facts_community_id", "community_id", "starts_at"),
    )

    id: UUID = OwnId()
    session_id: UUID = Ref(foreign_key="sessions.id", index=True)
    community_id: UUID = Ref(foreign_key="communities.id")
    status: SessionStatus = Field(sa_type=choice(SessionStatus))
    mode: Mode = Field(sa_type=choice(Mode))
    access: Access = Field(sa_type=choice(Access))
    starts_at: datetime = At()
    ends_at: datetime = At()
    capacity: int | None = None
    online_capacity: int | None = None
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class Rsvp(SQLModel, table=True):
    """What a person answered, as it was known at any moment; the current row is not replaced."""

    __tablename__ = "rsvps"
    __table_args__ = (
        Index(
            "uq_rsvps_current",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index(
            "ix_rsvps_waiting",
            "session_id",
            "seating",
            "queue",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_rsvps_person_id", "person_id"),
    )

    id: UUID = OwnId()
    session_id: UUID = Ref(foreign_key="sessions.id", index=True)
    person_id: UUID = Ref(foreign_key="people.id")
    answer: Answer = Field(sa_type=choice(Answer))
    seating: Seating = Field(sa_type=choice(Seating))
    place: Place = Field(sa_type=choice(Place))
    # The number drawn on joining the waiting list; the lowest is promoted first.
    queue: int | None = None
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class Attendance(SQLModel, table=True):
    """Who was there, as it was known at any moment; a correction closes a row and adds another."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index(
            "uq_attendances_current",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_attendances_person_id", "person_id"),
        Index("ix_attendances_recorded_at", "recorded_at"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 0 AND 10080", name="minutes"),
    )

    id: UUID = OwnId()
    session_id: UUID = Ref(foreign_key="sessions.id", index=True)
    person_id: UUID = Ref(foreign_key="people.id")
    status: AttendanceStatus = Field(sa_type=choice(AttendanceStatus))
    minutes: int | None = None
    seating: Seating | None = Field(default=None, sa_type=choice(Seating))
    source: Source = Field(sa_type=choice(Source))
    reason: str | None = Field(default=None, max_length=1000)
    recorded_by_id: UUID | None = Ref(default=None, foreign_key="people.id")
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class Material(Row, table=True):
    """Something to read before or after a session, kept elsewhere."""

    __tablename__ = "materials"

    session_id: UUID = Ref(foreign_key="sessions.id", index=True)
    title: Line
    url: str = Field(max_length=2000)
    added_by_id: UUID | None = Ref(default=None, foreign_key="people.id")
