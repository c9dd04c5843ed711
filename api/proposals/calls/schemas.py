from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, SecretStr, Strict
from sqlmodel import SQLModel

from api.core.moments import When
from api.core.pages import Page, PageQuery
from api.core.schemas import Asked, Flag
from api.core.text import Clean, Words
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Offer

People = Annotated[int, Strict(), Field(ge=2, le=1000)]
Organisations = Annotated[int, Strict(), Field(ge=1, le=100)]
CoLeads = Annotated[int, Strict(), Field(ge=0, le=10)]
CallText = Annotated[str, Field(min_length=20, max_length=2000), Clean]
# What stands behind `#` in a link that was mailed.
Secret = Annotated[SecretStr, Field(min_length=20, max_length=200)]


class Audience(Asked):
    """Whom a call is sent to; every filter narrows it, and none at all is the whole network."""

    community_ids: Annotated[list[UUID], Field(max_length=20)] = []
    topics: Words = []
    organisation_ids: Annotated[list[UUID], Field(max_length=100)] = []


class AudienceRead(SQLModel):
    """Whom a call went to; what is empty narrowed nothing."""

    community_ids: list[UUID]
    topics: list[str]
    organisation_ids: list[UUID]


class AudienceShare(SQLModel):
    organisation_id: UUID | None
    organisation: str | None
    people: int


class AudienceSize(SQLModel):
    """How many people a call would reach."""

    size: int
    organisations: list[AudienceShare] = Field(description="The ten largest.")


class CallAsked(Asked):
    """What a coordinator decides before a call opens."""

    text: CallText
    opens_at: When | None = None
    closes_at: When | None = None
    min_people: People | None = None
    min_organisations: Organisations | None = None
    min_co_leads: CoLeads | None = None
    audience: Audience = Audience()


class Progress(SQLModel):
    """How far a call is."""

    people: int
    organisations: int
    co_leads: int
    met: bool


class Reached(SQLModel):
    """Whom a call reached in one organisation, and what came of it."""

    organisation_id: UUID | None
    organisation: str | None
    reached: int
    answered: int
    interested: int


class Offered(SQLModel):
    role: Offer
    people: int


class CallReach(SQLModel):
    """Who was reached and who answered; for coordinators."""

    reached: int
    answered: int
    interested: int
    by_organisation: list[Reached]
    by_role: list[Offered]


class CallRead(SQLModel):
    """An interest call; its thresholds were set before it opened and do not move."""

    id: UUID
    proposal_id: UUID
    round: int
    text: str
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    min_people: int
    min_organisations: int
    min_co_leads: int
    audience: AudienceRead
    audience_size: int
    sent_at: datetime | None
    nudged_at: datetime | None
    progress: Progress
    reach: CallReach | None = Field(description="Only for coordinators.")
    my_answer: "ExpressionRead | None"


class CallList(SQLModel):
    items: list[CallRead] = Field(description="At most two, the newest first.")


class ExpressionCreate(Asked):
    """An answer to a call; answering again replaces the answer before."""

    interested: Flag = True
    role: Offer = Offer.MEMBER
    comment: Annotated[str, Field(max_length=1000), Clean] = ""


class ExpressionRead(SQLModel):
    id: UUID
    proposal_id: UUID
    person_id: UUID
    person_name: str
    organisation_id: UUID | None
    organisation: str | None
    interested: bool
    role: Offer
    comment: str
    created_at: datetime
    changed_at: datetime


class ExpressionPage(Page[ExpressionRead]):
    pass


class ExpressionQuery(PageQuery):
    interested: bool | None = None
    role: Offer | None = None


class LinkWord(Asked):
    word: Secret


class CallAnswer(ExpressionCreate):
    word: Secret


class CallLetter(SQLModel):
    """What somebody reads who opened the link of a call; it shows nothing else of the network."""

    proposal_id: UUID
    name: str
    purpose: str
    text: str
    closes_at: datetime
    state: ProposalState
    open: bool
    person_name: str
    my_answer: Literal["interested", "not_for_me"] | None
    my_role: Offer | None


class Nudged(SQLModel):
    reminded: int
