from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict
from sqlmodel import SQLModel

from api.communities.models import Mode
from api.core.moments import When
from api.core.schemas import Asked
from api.core.text import Line
from api.identity.models import Zone
from api.proposals.models import Suits
from api.sessions.models import Access, Title
from api.sessions.programme.schemas import Facilitators, WebAddress


class PollCreate(Asked):
    """A question to those who would come: which of these dates suits you?"""

    options: Annotated[
        list[When],
        Field(min_length=2, max_length=12, description="When each possible session would begin."),
    ]
    minutes: Annotated[int, Strict(), Field(ge=15, le=480)] = 60
    timezone: Zone | None = Field(
        None, description="Where the dates are meant; the community's own unless you say."
    )
    closes_at: When | None = Field(None, description="Seven days from now unless you say.")


class OptionRead(SQLModel):
    id: UUID
    starts_at: datetime
    yes: int
    if_need_be: int
    no: int
    my_vote: Suits | None
    best: bool = Field(description="What most people can come to so far.")


class PollRead(SQLModel):
    id: UUID
    proposal_id: UUID
    timezone: str
    minutes: int
    closes_at: datetime
    open: bool
    asked: int = Field(description="How many people were asked.")
    voters: int
    options: list[OptionRead] = Field(description="In the order of time.")
    chosen_id: UUID | None
    session_id: UUID | None
    version: int
    can: list[str]


class PollList(SQLModel):
    items: list[PollRead] = Field(description="The newest first; at most twenty.")


class VoteAsked(Asked):
    option_id: UUID
    suits: Suits


class VotesPut(Asked):
    votes: Annotated[list[VoteAsked], Field(min_length=1, max_length=12)]


class PollDecision(Asked):
    """Which date it is to be, and what the session is like."""

    option_id: UUID | None = Field(None, description="The best one unless you say.")
    title: Title | None = None
    mode: Mode | None = None
    access: Access = Access.CLOSED
    location: Line = ""
    joining_url: WebAddress | None = None
    facilitator_ids: Facilitators | None = Field(None, description="You, unless you say.")
