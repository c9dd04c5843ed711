from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator
from sqlmodel import SQLModel

from api.communities.models import (
    Cadence,
    ClosedAs,
    CommunityBase,
    CommunityKind,
    CommunityStatus,
    JoinPolicy,
    LinkKind,
    LinkState,
    MemberLimit,
    Mode,
    Stage,
    Visibility,
)
from api.core.moments import Day, When
from api.core.pages import Page, PageQuery
from api.core.schemas import UNSET, Asked, Flag
from api.core.text import Line, Name, OneLine, Paragraph, Search, Word, Words
from api.identity.models import Zone

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Languages = Annotated[list[Language], Field(max_length=20)]
Rule = Annotated[str, Field(min_length=3, max_length=300), OneLine]
Rules = Annotated[list[Rule], Field(max_length=20)]


class Signpost(Asked):
    """Where somebody finds support that a community of practice cannot give."""

    label: Name
    contact: Annotated[str, Field(min_length=2, max_length=200), OneLine]


Signposts = Annotated[list[Signpost], Field(max_length=10)]


class _Lists(Asked):
    @field_validator("topics", "languages", check_fields=False)
    @classmethod
    def once(cls, words: list[str]) -> list[str]:
        return list({w.casefold(): w for w in words}.values())


class CommunityCreate(CommunityBase, _Lists):
    parent_id: UUID | None = None
    topics: Words = []
    languages: Languages = ["en"]
    signposts: Signposts = []
    member_limit: MemberLimit | None = None
    founded_on: Day | None = None
    ground_rules: Rules = []


class CommunityUpdate(_Lists):
    name: Name = UNSET
    kind: CommunityKind = UNSET
    purpose: Paragraph = UNSET
    domain: Paragraph = UNSET
    practice: Paragraph = UNSET
    audience: Paragraph = UNSET
    region: Line = UNSET
    visibility: Visibility = UNSET
    join_policy: JoinPolicy = UNSET
    stage: Stage = UNSET
    timezone: Zone = UNSET
    cadence: Cadence = UNSET
    mode: Mode = UNSET
    topics: Words = UNSET
    languages: Languages = UNSET
    signposts: Signposts = UNSET
    member_limit: MemberLimit | None = None
    parent_id: UUID | None = Field(
        None, description="Moves it, with everything beneath it; null makes it a network."
    )


class CommunityRead(SQLModel):
    id: UUID
    name: str
    slug: str
    kind: CommunityKind
    purpose: str
    domain: str
    practice: str
    audience: str
    region: str
    topics: list[str]
    languages: list[str]
    parent_id: UUID | None
    depth: int
    visibility: Visibility
    join_policy: JoinPolicy
    stage: Stage
    status: CommunityStatus
    closed_as: ClosedAs | None
    timezone: str
    cadence: Cadence
    mode: Mode
    member_count: int
    member_limit: int | None
    ground_rules_version: int
    founded_on: date
    created_at: datetime
    changed_at: datetime
    version: int
    my_state: str | None = Field(description="How the caller's own membership stands.")
    can: list[str]


class CommunityPage(Page[CommunityRead]):
    count: int | None = Field(None, description="Given when `count=true` was asked.")


class CommunitySorting(StrEnum):
    NEWEST = "newest"
    NAME = "name"


class CommunityQuery(PageQuery):
    q: Search | None = Field(None, description="Words in the name, purpose or topics.")
    slug: Line | None = Field(None, description="The one called that in addresses.")
    parent_id: UUID | None = Field(None, description="Directly beneath this community.")
    within: UUID | None = Field(None, description="This community and everything beneath it.")
    topic: Word | None = None
    kind: CommunityKind | None = None
    stage: Stage | None = None
    status: CommunityStatus | None = Field(
        None, description="Archived ones are listed only when asked for."
    )
    visibility: Visibility | None = None
    region: Line | None = None
    language: Language | None = None
    mine: bool = Field(False, description="Only those the caller belongs to.")
    changed_since: When | None = None
    sort: CommunitySorting = CommunitySorting.NEWEST
    count: bool = False


class TreeNode(SQLModel):
    """One community in its tree, in the order in which a person would read it."""

    id: UUID
    parent_id: UUID | None
    depth: int
    name: str
    slug: str
    kind: CommunityKind
    stage: Stage
    status: CommunityStatus
    visibility: Visibility
    member_count: int


class Tree(SQLModel):
    items: list[TreeNode]


class Archiving(Asked):
    closed_as: ClosedAs | None = None


class GroundRulesCreate(Asked):
    rules: Annotated[list[Rule], Field(min_length=1, max_length=20)]


class GroundRulesRead(SQLModel):
    id: UUID
    number: int
    rules: list[str]
    created_at: datetime


class GroundRulesPage(Page[GroundRulesRead]):
    pass


class Charter(SQLModel):
    """What a community says it is for, and what its members ask of each other."""

    community_id: UUID
    name: str
    purpose: str
    domain: str
    practice: str
    audience: str
    region: str
    topics: list[str]
    languages: list[str]
    cadence: Cadence
    mode: Mode
    timezone: str
    ground_rules: list[str]
    ground_rules_version: int
    statement: str = Field(description="What a community of practice is not.")
    signposts: list[Signpost]


class LinkCreate(Asked):
    to_id: UUID
    kind: LinkKind
    note: Line = ""


class LinkAnswer(Asked):
    accept: Flag


class LinkRead(SQLModel):
    id: UUID
    from_id: UUID
    to_id: UUID
    kind: LinkKind
    state: LinkState
    note: str
    created_at: datetime
    answered_at: datetime | None
    can: list[str]


class LinkPage(Page[LinkRead]):
    pass
