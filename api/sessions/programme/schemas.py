from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, Strict, field_validator, model_validator
from sqlmodel import SQLModel

from api.communities.models import Mode
from api.core.moments import Edge, When
from api.core.pages import Page, PageQuery
from api.core.schemas import UNSET, Asked
from api.core.text import Line, Name, OneLine, Prose
from api.identity.models import Zone
from api.sessions.models import (
    Access,
    Answer,
    AttendanceStatus,
    FollowUp,
    FunctionTag,
    Place,
    Seating,
    Seats,
    SessionBase,
    SessionKind,
    SessionStatus,
    Title,
)


def _secure(value: str) -> str:
    try:
        parts = urlsplit(value)
        reachable = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        reachable = False
    if not reachable or "@" in parts.netloc or any(c.isspace() for c in value):
        raise ValueError("is not a web address that begins with https://")
    return value


WebAddress = Annotated[str, OneLine, Field(max_length=2000), AfterValidator(_secure)]


class AgendaItem(Asked):
    """One point of the agenda, and how long it takes."""

    title: Line
    minutes: Annotated[int, Strict(), Field(ge=0, le=1440)] | None = None


class SpeakerAsked(Asked):
    """A speaker: somebody known here by their id, anybody else by name."""

    person_id: UUID | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def somebody(self) -> Self:
        if (self.person_id is None) == (self.name is None):
            raise ValueError("needs either a person_id or a name")
        return self


Agenda = Annotated[list[AgendaItem], Field(max_length=50)]
Facilitators = Annotated[list[UUID], Field(max_length=50)]
Speakers = Annotated[list[SpeakerAsked], Field(max_length=50)]
Named = Annotated[
    list[UUID], Field(max_length=500, description="The people a closed session is for.")
]
Tags = Annotated[list[FunctionTag], Field(max_length=20)]


class _Once(Asked):
    @field_validator("function_tags", "facilitator_ids", "named_ids", check_fields=False)
    @classmethod
    def once(cls, values: list[object]) -> list[object]:
        return list(dict.fromkeys(values))


class SessionCreate(SessionBase, _Once):
    status: SessionStatus = SessionStatus.TENTATIVE
    starts_at: When
    ends_at: When
    timezone: Zone | None = Field(  # type: ignore[assignment]  # a session always has one
        None, description="The community's own unless another is given."
    )
    capacity: Seats | None = Field(
        None, description="Seats in the room, or of a session in one mode only; null is no limit."
    )
    online_capacity: Seats | None = Field(None, description="Seats online in a hybrid session.")
    joining_url: WebAddress | None = None
    function_tags: Tags = []
    agenda: Agenda = []
    facilitator_ids: Facilitators = []
    speakers: Speakers = []
    named_ids: Named = []


class SessionUpdate(_Once):
    title: Title = UNSET
    description: Prose = UNSET
    kind: SessionKind = UNSET
    mode: Mode = UNSET
    access: Access = UNSET
    status: SessionStatus = UNSET
    starts_at: When = UNSET
    ends_at: When = UNSET
    timezone: Zone = UNSET
    location: Line = UNSET
    capacity: Seats | None = None
    online_capacity: Seats | None = None
    joining_url: WebAddress | None = None
    function_tags: Tags = UNSET
    agenda: Agenda = UNSET
    facilitator_ids: Facilitators = UNSET
    speakers: Speakers = UNSET
    named_ids: Named = UNSET
    follow_up: FollowUp = UNSET


class Participant(SQLModel):
    """Somebody with a part in a session; a guest has a name but no id."""

    person_id: UUID | None
    name: str


class AgendaRead(SQLModel):
    title: str
    minutes: int | None


class MyRsvp(SQLModel):
    answer: Answer
    mode: Seating
    place: Place
    position: int | None = Field(description="How many are promoted before and with the caller.")


class SessionRead(SQLModel):
    id: UUID
    community_id: UUID
    series_id: UUID | None
    title: str
    description: str
    kind: SessionKind
    status: SessionStatus
    mode: Mode
    access: Access
    starts_at: datetime
    ends_at: datetime
    timezone: str
    location: str
    capacity: int | None
    taken: int
    seats_left: int | None = Field(description="Null where there is no limit.")
    online_capacity: int | None
    online_taken: int
    online_seats_left: int | None = Field(description="Of a hybrid session; null is no limit.")
    waiting: int = Field(description="How many people are on the waiting list.")
    function_tags: list[FunctionTag]
    agenda: list[AgendaRead]
    facilitators: list[Participant]
    speakers: list[Participant]
    follow_up: FollowUp
    cancelled_because: str | None
    my_rsvp: MyRsvp | None
    my_attendance: AttendanceStatus | None
    created_at: datetime
    changed_at: datetime
    version: int
    joining_url: str | None = Field(description="Only for those with a place.")
    named: list[Participant] = Field(description="Only for those who run the session.")
    can: list[str]


class SessionPage(Page[SessionRead]):
    pass


class SessionSorting(StrEnum):
    SOONEST = "soonest"
    LATEST = "latest"


class SessionQuery(PageQuery):
    community_id: UUID | None = None
    include: Literal["descendants"] | None = Field(
        None, description="With `community_id`: also the sessions of everything beneath it."
    )
    from_: Edge | None = Field(None, alias="from", description="Not over by this moment or day.")
    to: Edge | None = Field(None, description="Starting before this moment or day.")
    kind: SessionKind | None = None
    status: SessionStatus | None = None
    mode: Mode | None = None
    mine: bool = Field(
        False,
        description="Only of communities the caller belongs to, or where they answered or help.",
    )
    changed_since: When | None = None
    sort: SessionSorting | None = Field(
        None, description="`soonest` where `from` is given, else `latest`."
    )
