from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, SecretStr, model_validator
from sqlmodel import SQLModel

from api.core.pages import Page
from api.core.schemas import Asked
from api.core.text import Email, OneLine, Paragraph
from api.proposals.models import Opinion

Who = Annotated[str, Field(max_length=120), OneLine]
Secret = Annotated[SecretStr, Field(min_length=20, max_length=200)]


class SoundingAnswer(Asked):
    """What a colleague thinks of an idea."""

    opinion: Opinion
    role: Who = ""
    organisation: Who = ""
    comment: Paragraph = ""


class SoundingCreate(Asked):
    """Ask a colleague by a private link; or write down what they said when you talked."""

    name: Who = ""
    email: Email | None = None
    answer: SoundingAnswer | None = Field(
        None, description="What they said in a talk; then no link is made."
    )

    @model_validator(mode="after")
    def somebody(self) -> Self:
        if not self.name and not self.email:
            raise ValueError("say whom: a name or an address")
        return self


class SoundingRead(SQLModel):
    id: UUID
    proposal_id: UUID
    asked_by_id: UUID
    name: str
    email: str | None
    expires_at: datetime | None
    withdrawn_at: datetime | None
    answered_at: datetime | None
    opinion: Opinion | None
    role: str
    organisation: str
    comment: str
    created_at: datetime


class SoundingMade(SoundingRead):
    link: str | None = Field(description="Shown this once: give it to the person it is for.")


class SoundingPage(Page[SoundingRead]):
    pass


class SoundingWord(Asked):
    word: Secret


class SoundingReply(SoundingAnswer):
    word: Secret


class SoundingLetter(SQLModel):
    """What a colleague reads who opens their link; it shows this idea, and nothing else."""

    name: str
    purpose: str
    audience: str
    why_now: str
    asked_by: str
    meant_for: str
    expires_at: datetime | None
