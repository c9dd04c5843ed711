"""Communities of practice, the tree they form, and what each says about itself."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Strict
from sqlalchemy import CheckConstraint, Date, Index, String, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from api.core.db import At, Document, OwnId, Path, Ref, Row, Versioned, choice
from api.core.text import Line, Name, Paragraph
from api.identity.models import Zone

DEEPEST = 4


class CommunityKind(StrEnum):
    """A community, or a group that takes on one gap for its umbrella."""

    COMMUNITY = "community"
    WORKING_GROUP = "working_group"


class Visibility(StrEnum):
    """Who can find it: everyone, everyone without its content, its network, or only its own."""

    OPEN = "open"
    RESTRICTED = "restricted"
    PRIVATE = "private"
    CONFIDENTIAL = "confidential"


class JoinPolicy(StrEnum):
    """How newcomers get in."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    BY_INVITATION = "by_invitation"


class Stage(StrEnum):
    """Where it stands in its life; people decide, numbers only suggest."""

    POTENTIAL = "potential"
    COALESCING = "coalescing"
    MATURING = "maturing"
    STEWARDSHIP = "stewardship"
    TRANSFORMATION = "transformation"


class CommunityStatus(StrEnum):
    """Whether it is being prepared, lives, has been put away, or came to nothing."""

    FORMING = "forming"
    ACTIVE = "active"
    ARCHIVED = "archived"
    DISSOLVED = "dissolved"


class ClosedAs(StrEnum):
    """How a community ended."""

    SPLIT = "split"
    MERGED = "merged"
    INSTITUTIONALISED = "institutionalised"
    FADED = "faded"


class Cadence(StrEnum):
    """How often it usually meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    IRREGULAR = "irregular"


class Mode(StrEnum):
    """Where people meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    HYBRID = "hybrid"


class LinkKind(StrEnum):
    """What binds two communities."""

    SISTER = "sister"
    SHARED_INTEREST = "shared_interest"
    INTERDEPENDENCY = "interdependency"
    SUCCESSOR = "successor"


class LinkState(StrEnum):
    """Whether the other side has agreed."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"


MemberLimit = Annotated[int, Strict(), Field(ge=1, le=100_000)]


class CommunityBase(SQLModel):
    """What a founder decides."""

    name: Name
    kind: CommunityKind = Field(default=CommunityKind.COMMUNITY, sa_type=choice(CommunityKind))
    purpose: Paragraph = ""
    domain: Paragraph = ""
    practice: Paragraph = ""
    audience: Paragraph = ""
    region: Line = ""
    visibility: Visibility = Field(default=Visibility.OPEN, sa_type=choice(Visibility))
    join_policy: JoinPolicy = Field(default=JoinPolicy.OPEN, sa_type=choice(JoinPolicy))
    stage: Stage = Field(default=Stage.POTENTIAL, sa_type=choice(Stage))
    timezone: Zone = "Europe/London"
    cadence: Cadence = Field(default=Cadence.MONTHLY, sa_type=choice(Cadence))
    mode: Mode = Field(default=Mode.HYBRID, sa_type=choice(Mode))


class Community(CommunityBase, Versioned, Row, table=True):
    """People who share a concern and deepen their practice by meeting regularly."""

    __tablename__ = "communities"
    __table_args__ = (
        CheckConstraint(f"depth BETWEEN 1 AND {DEEPEST}", name="depth"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("member_count >= 0", name="member_count"),
        Index("ix_communities_visibility", "visibility"),
    )

    slug: str = Field(unique=True, max_length=140)
    parent_id: UUID | None = Ref(default=None, foreign_key="communities.id", index=True)
    # `root/…/self/`: every umbrella above, outermost first, so that a subtree is one range.
    lineage: str = Field(sa_type=Path, index=True)
    depth: int = 1
    status: CommunityStatus = Field(default=CommunityStatus.ACTIVE, sa_type=choice(CommunityStatus))
    closed_as: ClosedAs | None = Field(default=None, sa_type=choice(ClosedAs))
    topics: list[str] = Field(default_factory=list, sa_type=Document)
    languages: list[str] = Field(default_factory=list, sa_type=Document)
    signposts: list[dict[str, Any]] = Field(default_factory=list, sa_type=Document)
    member_limit: int | None = None
    member_count: int = 0
    ground_rules_version: int = 0
    # Name, purpose and topics, folded, so that one search finds them in every script.
    haystack: str = Field(default="", sa_type=String)
    founded_on: date = Field(sa_type=Date)


class Lineage(SQLModel, table=True):
    """Where a community stood in the tree, as it was known at any moment."""

    __tablename__ = "lineages"
    __table_args__ = (
        Index(
            "uq_lineages_current",
            "community_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: UUID = OwnId()
    community_id: UUID = Ref(foreign_key="communities.id", index=True)
    lineage: str = Field(sa_type=Path, index=True)
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class GroundRules(Row, table=True):
    """One version of what the members of a community ask of each other."""

    __tablename__ = "ground_rules"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    community_id: UUID = Ref(foreign_key="communities.id")
    number: int
    rules: list[str] = Field(sa_type=Document)
    written_by_id: UUID | None = Ref(default=None, foreign_key="people.id")


def pair_of(one: UUID, other: UUID) -> str:
    return "/".join(sorted((str(one), str(other))))


class CommunityLink(Row, table=True):
    """A bond between two communities, offered by one and accepted by the other."""

    __tablename__ = "community_links"
    __table_args__ = (
        UniqueConstraint("pair", "kind"),
        CheckConstraint("from_id <> to_id", name="two_communities"),
    )

    from_id: UUID = Ref(foreign_key="communities.id", index=True)
    to_id: UUID = Ref(foreign_key="communities.id", index=True)
    # Both ids in one order, so that two offers that cross each other meet in one constraint.
    pair: str = Field(max_length=73)
    kind: LinkKind = Field(sa_type=choice(LinkKind))
    state: LinkState = Field(default=LinkState.OFFERED, sa_type=choice(LinkState))
    note: str = Field(default="", max_length=200)
    offered_by_id: UUID = Ref(foreign_key="people.id")
    answered_by_id: UUID | None = Ref(default=None, foreign_key="people.id")
    answered_at: datetime | None = At(default=None)
