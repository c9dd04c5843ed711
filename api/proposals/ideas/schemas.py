from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator
from sqlmodel import SQLModel

from api.communities.models import CommunityKind
from api.core.moments import When
from api.core.pages import Page, PageQuery
from api.core.schemas import UNSET, Asked, Flag
from api.core.text import Line, Name, Paragraph, Reason, Search, Words
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Office, ProposalBase, Template
from api.similarity.models import Kind, Status, Verdict

Supporters = Annotated[list[UUID], Field(max_length=20)]


class Waiting(StrEnum):
    """Who must act next."""

    PROPOSER = "proposer"
    COORDINATOR = "coordinator"
    MEMBERS = "members"
    LEAD = "lead"
    NOBODY = "nobody"


WAITING = {
    ProposalState.DRAFT: Waiting.PROPOSER,
    ProposalState.SUBMITTED: Waiting.COORDINATOR,
    ProposalState.SCOPING: Waiting.COORDINATOR,
    ProposalState.INTEREST_CALL: Waiting.MEMBERS,
    ProposalState.INTEREST_MET: Waiting.COORDINATOR,
    ProposalState.INTEREST_NOT_MET: Waiting.COORDINATOR,
    ProposalState.PLANNING: Waiting.LEAD,
    ProposalState.SCHEDULED: Waiting.LEAD,
}


class _Topics(Asked):
    @field_validator("topics", check_fields=False)
    @classmethod
    def once(cls, words: list[str]) -> list[str]:
        return list({w.casefold(): w for w in words}.values())

    @field_validator("co_supporters", check_fields=False)
    @classmethod
    def each_once(cls, people: list[UUID]) -> list[UUID]:
        return list(dict.fromkeys(people))


class ProposalCreate(ProposalBase, _Topics):
    """A draft; only its name is needed to begin."""

    not_a_support_group: Flag = False
    parent_id: UUID | None = Field(
        None, description="The umbrella it is to stand beneath; your network unless you say."
    )
    topics: Words = []
    proposed_lead_id: UUID | None = None
    co_supporters: Supporters = []


class ProposalUpdate(_Topics):
    name: Name = UNSET
    kind: CommunityKind = UNSET
    purpose: Paragraph = UNSET
    domain: Paragraph = UNSET
    audience: Paragraph = UNSET
    region: Line = UNSET
    why_now: Paragraph = UNSET
    not_a_support_group: Flag = UNSET
    parent_id: UUID = UNSET
    topics: Words = UNSET
    proposed_lead_id: UUID | None = None
    co_supporters: Supporters = UNSET


class ProposalRead(SQLModel):
    id: UUID
    name: str
    kind: CommunityKind
    purpose: str
    domain: str
    audience: str
    region: str
    topics: list[str]
    why_now: str
    not_a_support_group: bool
    parent_id: UUID
    parent_name: str
    proposer_id: UUID
    proposer_name: str
    proposed_lead_id: UUID | None
    co_supporters: list[UUID]
    state: ProposalState
    state_since: datetime
    waiting_on: Waiting = Field(description="Who must act next.")
    round: int = Field(description="How many interest calls it has had.")
    template: Template | None
    community_id: UUID | None = Field(description="The community it is becoming, or has become.")
    submitted_at: datetime | None
    seen_at: datetime | None = Field(description="When its proposer last saw what is similar.")
    created_at: datetime
    changed_at: datetime
    version: int
    can: list[str]


class ProposalPage(Page[ProposalRead]):
    count: int | None = Field(None, description="Given when `count=true` was asked.")


class ProposalQuery(PageQuery):
    state: Annotated[list[ProposalState], Field(max_length=13)] | None = None
    parent_id: UUID | None = Field(None, description="Meant for this umbrella or one beneath it.")
    q: Search | None = None
    mine: bool = Field(False, description="Only those that name you.")
    desk: bool = Field(False, description="Only open ones that you coordinate.")
    waiting_on: Waiting | None = None
    changed_since: When | None = None
    sort: Literal["newest", "waiting"] = Field(
        "newest", description="`waiting` puts first what has stood still longest."
    )
    count: bool = False


class Named(SQLModel):
    """Somebody a proposal names."""

    id: UUID
    name: str
    organisation: str | None


class OfficeRead(SQLModel):
    """Who was asked to lead or to sponsor, and what they said."""

    office: Office
    person: Named
    accepted: bool | None = Field(description="Null until they have answered.")


class OfficePut(Asked):
    person_id: UUID


class OfficeAnswer(Asked):
    accept: Flag


class Seen(SQLModel):
    """Something similar the proposer was shown."""

    kind: Kind
    id: UUID
    name: str
    slug: str | None
    status: Status
    score: float
    verdict: Verdict
    reasons: list[str]
    shared: list[str] = Field(description="The words in the reasons worth marking.")


class Difference(Asked):
    """How an idea differs from something similar, in its proposer's words."""

    kind: Kind
    id: UUID
    difference: Reason


class DifferenceRead(SQLModel):
    kind: Kind
    id: UUID
    difference: str


class Differences(Asked):
    items: Annotated[list[Difference], Field(max_length=20)]


class ProposalStory(SQLModel):
    """What surrounds a proposal: its people, what is similar, and what its coordinators know."""

    proposer: Named
    proposed_lead: Named | None
    co_supporters: list[Named]
    offices: list[OfficeRead]
    similar: list[Seen] = Field(description="What its proposer was shown last.")
    differences: list[DifferenceRead]
    hidden_match: bool | None = Field(
        description="For coordinators: a community that its proposer cannot see may match."
    )


class Candidates(SQLModel):
    """What is similar to a proposal now."""

    items: list[Seen]
    version: int
