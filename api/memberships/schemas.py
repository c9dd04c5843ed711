from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator
from sqlmodel import SQLModel

from api.core.actor import Role, State
from api.core.bulk import RowByRow
from api.core.moments import When
from api.core.pages import Page, PageQuery
from api.core.schemas import UNSET, Asked
from api.core.text import Email, Reason, Search

RulesVersion = Annotated[
    int,
    Strict(),
    Field(
        ge=0,
        le=1_000_000,
        description="The version of the ground rules that was read; refused when there is a newer.",
    ),
]


class MembershipCreate(Asked):
    """Empty to join oneself; with a person to add or invite them."""

    person_id: UUID = UNSET
    email: Email = Field(UNSET, description="Names the person instead of `person_id`.")
    role: Role = Role.MEMBER
    joined_at: When = Field(UNSET, description="When they joined, where that was earlier.")
    ground_rules_version: RulesVersion = UNSET

    @model_validator(mode="after")
    def one_person(self) -> "MembershipCreate":
        given = self.model_fields_set
        if {"person_id", "email"} <= given:
            raise ValueError("name the person by person_id or by email, not by both")
        if not given & {"person_id", "email"} and given & {"role", "joined_at"}:
            raise ValueError(
                "role and joined_at go with a person; to join yourself, leave them out"
            )
        return self


class MembershipUpdate(Asked):
    role: Role = UNSET
    state: State = UNSET
    reason: Reason = Field(UNSET, description="Why; the person concerned reads it.")
    joined_at: When = UNSET
    ended_at: When = UNSET
    ground_rules_version: RulesVersion = UNSET

    @model_validator(mode="after")
    def reason_for_something(self) -> "MembershipUpdate":
        if "reason" in self.model_fields_set and "state" not in self.model_fields_set:
            raise ValueError("a reason goes with a state")
        return self


class MembershipRead(SQLModel):
    id: UUID
    community_id: UUID
    community_name: str
    community_slug: str
    person_id: UUID
    person_name: str
    organisation_id: UUID | None
    organisation_name: str | None
    team: str | None
    role: Role
    state: State
    joined_at: datetime | None
    ended_at: datetime | None
    ground_rules_version: int | None = Field(
        description="The ground rules this person accepted; null if they never were asked to."
    )
    position: int | None = Field(description="The place on the waiting list; the first is 1.")
    # Only for the person concerned and for those who run the community; null for everybody else.
    invited_by_id: UUID | None
    expires_at: datetime | None = Field(description="Until when an invitation can be accepted.")
    reason: str | None = Field(description="What was said when the state last changed.")
    created_at: datetime
    changed_at: datetime
    version: int
    can: list[str]


class MembershipPage(Page[MembershipRead]):
    count: int | None = Field(None, description="Given when `count=true` was asked.")


class MembershipSorting(StrEnum):
    NEWEST = "newest"
    NAME = "name"


class MyMembershipQuery(PageQuery):
    state: list[State] = Field(
        [],
        max_length=8,
        description="May be repeated. Left out, those that last; with `changed_since`, all.",
    )
    role: Role | None = None
    changed_since: When | None = None


class MembershipQuery(MyMembershipQuery):
    person_id: UUID | None = None
    q: Search | None = Field(None, description="Part of a name.")
    include: Literal["descendants"] | None = Field(
        None, description="For those who run an umbrella: also everything beneath it."
    )
    sort: MembershipSorting = MembershipSorting.NEWEST
    count: bool = False


class Farewell(BaseModel):
    """What is said when somebody's membership is ended for them."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason | None = Field(None, description="Why; the person concerned reads it.")


class Belonging(StrEnum):
    """What a partner knows: whether a person belongs, or no longer does."""

    ACTIVE = "active"
    ENDED = "ended"


class MembershipItem(Asked):
    person_id: UUID = UNSET
    email: Email = Field(UNSET, description="Names the person instead of `person_id`.")
    role: Role = Field(UNSET, description="Left out, the role stays; newcomers become members.")
    state: Belonging = Belonging.ACTIVE
    joined_at: When = UNSET
    ended_at: When = UNSET

    @model_validator(mode="after")
    def sound(self) -> "MembershipItem":
        given = self.model_fields_set
        if len(given & {"person_id", "email"}) != 1:
            raise ValueError("name the person by person_id or by email")
        if "ended_at" in given and self.state is Belonging.ACTIVE:
            raise ValueError("ended_at goes with the state ended")
        return self


class MembershipItems(Asked):
    items: Annotated[
        list[Annotated[MembershipItem, RowByRow]], Field(min_length=1, max_length=1000)
    ]


class ColleagueRead(SQLModel):
    """Somebody the caller shares a community with."""

    id: UUID
    name: str
    organisation: str | None


class ColleaguePage(Page[ColleagueRead]):
    pass


class ColleagueQuery(PageQuery):
    q: Search | None = Field(None, description="Words of the name.")
