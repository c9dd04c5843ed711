from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, Strict
from sqlmodel import SQLModel

from api.core.moments import When
from api.core.pages import Page
from api.core.schemas import UNSET, Asked, Flag
from api.core.text import Name, Word, Words
from api.identity.models import Locale, Zone


class Setting(StrEnum):
    ALONE = "alone"
    PAIRS = "pairs"
    SMALL_GROUP = "small_group"
    LARGE_GROUP = "large_group"


class Direction(StrEnum):
    """Whether somebody likes to start things, or likes to be asked."""

    STARTS = "starts"
    BE_ASKED = "be_asked"


class MeetingMode(StrEnum):
    ONLINE = "online"
    IN_PERSON = "in_person"
    EITHER = "either"


class DayPart(StrEnum):
    EARLY = "early"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Preferences(Asked):
    """What somebody says of how they like to learn. Never inferred, and never a type of person."""

    settings: list[Setting] = Field(default=[], max_length=4)
    direction: Direction | None = None
    mode: MeetingMode | None = None
    times: list[DayPart] = Field(default=[], max_length=5)
    group_size_at_most: Annotated[int, Strict(), Field(ge=2, le=1000)] | None = None
    topics: Words = []
    communities_at_most: Annotated[int, Strict(), Field(ge=0, le=3)] | None = None
    place_me: Flag = False


class PreferencesRead(Preferences):
    """What somebody said; what they left out is there too, as what is assumed."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)  # type: ignore[assignment]  # SQLModel narrows the type


class MeUpdate(Asked):
    name: Name = UNSET
    team: Word | None = None
    timezone: Zone = UNSET
    locale: Locale = UNSET


class Held(SQLModel):
    """A role the caller holds in one community."""

    community_id: UUID
    role: str
    state: str


class Network(SQLModel):
    """A network the caller is active in."""

    id: UUID
    name: str


class MeRead(SQLModel):
    id: UUID
    name: str
    email: str | None
    organisation_id: UUID | None
    team: str | None
    timezone: str
    locale: str
    steward: bool
    has_password: bool
    roles: list[Held]
    networks: list[Network]
    unread_notices: int
    preferences: PreferencesRead
    version: int
    can: list[str]


class SignInSeen(SQLModel):
    id: UUID
    created_at: datetime
    expires_at: datetime
    agent: str | None
    current: bool


class SignInPage(Page[SignInSeen]):
    pass


class Scope(StrEnum):
    """What a token may be narrowed to. It never gives more than its person may do."""

    ME_READ = "me:read"
    ME_WRITE = "me:write"
    PEOPLE_READ = "people:read"
    PEOPLE_PROVISION = "people:provision"
    COMMUNITIES_READ = "communities:read"
    COMMUNITIES_WRITE = "communities:write"
    MEMBERSHIPS_READ = "memberships:read"
    MEMBERSHIPS_WRITE = "memberships:write"
    PROPOSALS_READ = "proposals:read"
    PROPOSALS_WRITE = "proposals:write"
    PLANS_READ = "plans:read"
    PLANS_WRITE = "plans:write"
    SESSIONS_READ = "sessions:read"
    SESSIONS_WRITE = "sessions:write"
    ATTENDANCES_READ = "attendances:read"
    ATTENDANCES_WRITE = "attendances:write"
    ACTIVITIES_READ = "activities:read"
    ACTIVITIES_WRITE = "activities:write"
    METRICS_READ = "metrics:read"
    METRICS_EXACT = "metrics:exact"
    EXPORTS_READ = "exports:read"


class TokenCreate(Asked):
    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=30)] | None = Field(
        None, description="Leave it out for everything you may do."
    )
    expires_at: When | None = Field(
        None, description="At most a year ahead; 90 days where left out."
    )


class TokenRead(SQLModel):
    id: UUID
    name: str
    scopes: list[str] | None
    created_at: datetime
    expires_at: datetime


class TokenMade(TokenRead):
    token: str = Field(description="Shown this once; only its hash is kept.")


class TokenPage(Page[TokenRead]):
    pass
