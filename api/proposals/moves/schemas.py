from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, Strict
from sqlmodel import SQLModel

from api.communities.models import JoinPolicy, Visibility
from api.core.moments import Day, When
from api.core.pages import Page
from api.core.schemas import Asked
from api.core.text import Reason
from api.proposals.calls.schemas import Audience, CallText, CoLeads, Organisations, People
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Template
from api.similarity.models import Kind


class IdeaOutcome(StrEnum):
    """What becomes of an idea that exists already."""

    JOIN = "join"
    CONTACT = "contact"
    MERGE = "merge"
    WORKING_GROUP = "working_group"
    SUB_NETWORK = "sub_network"


class Decision(StrEnum):
    """What a coordinator finds when they look for something like it."""

    NO_DUPLICATE = "no_duplicate"
    DIFFERENT_ENOUGH = "different_enough"
    WORKING_GROUP = "working_group"
    SUB_NETWORK = "sub_network"


class RejectedFor(StrEnum):
    """Why a proposal is rejected."""

    OUT_OF_SCOPE = "out_of_scope"
    SUPPORT_GROUP = "support_group"
    NOT_PRACTICE = "not_practice"
    TOO_VAGUE = "too_vague"
    NO_CAPACITY = "no_capacity"
    OTHER = "other"


class Target(Asked):
    """Something that exists already."""

    kind: Kind = Kind.COMMUNITY
    id: UUID


class TransitionDetails(Asked):
    """What a step needs besides a reason; each field goes with the steps named in it."""

    seen_ids: Annotated[list[UUID], Field(max_length=50)] | None = Field(
        None, description="`submitted`: similar communities and proposals you have seen elsewhere."
    )
    outcome: IdeaOutcome | None = Field(
        None, description="`referred`: `join` (usual), `contact`, or `merge` into a proposal."
    )
    targets: Annotated[list[Target], Field(min_length=1, max_length=5)] | None = Field(
        None, description="`referred`: what exists already."
    )
    decision: Decision | None = Field(None, description="`scoping`: what was found.")
    parent_id: UUID | None = Field(
        None, description="`scoping` as a working group or sub-network: of which community."
    )
    text: CallText | None = Field(None, description="`interest_call`: what members are asked.")
    opens_at: When | None = Field(None, description="`interest_call`: at once unless you say.")
    closes_at: When | None = Field(None, description="`interest_call`: 7 to 60 days later.")
    min_people: People | None = Field(None, description="`interest_call`: a threshold.")
    min_organisations: Organisations | None = Field(None, description="The same.")
    min_co_leads: CoLeads | None = Field(None, description="The same.")
    audience: Audience | None = Field(None, description="`interest_call`: whom it is sent to.")
    template: Template | None = Field(None, description="`planning`: how much is planned.")
    starts_on: Day | None = Field(None, description="`planning`: the first day of the plan.")
    visibility: Visibility | None = Field(
        None, description="`planning`: who finds the community once it is launched."
    )
    join_policy: JoinPolicy | None = Field(None, description="`planning`: how people get in.")
    code: RejectedFor | None = Field(None, description="`rejected`: why.")


class TransitionCreate(Asked):
    to: ProposalState
    expected_version: Annotated[int, Strict(), Field(ge=1, le=1_000_000)] = Field(
        description="The version of the proposal you decided on."
    )
    reason: Reason | None = None
    details: TransitionDetails = TransitionDetails()


class TransitionRead(SQLModel):
    """One step on the way of a proposal; the way never changes, it only grows."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)  # type: ignore[assignment]  # SQLModel narrows the type

    id: UUID
    proposal_id: UUID
    number: int
    from_: ProposalState = Field(alias="from")
    to: ProposalState
    actor_id: UUID | None = Field(description="Null where time did it.")
    actor_name: str | None
    at: datetime
    reason: str
    evidence: dict[str, Any] = Field(description="What was known when it was decided.")


class TransitionMade(TransitionRead):
    """A step that was just taken, and the version of the proposal after it."""

    proposal_version: int


class TransitionPage(Page[TransitionRead]):
    pass
