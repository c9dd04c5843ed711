from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlmodel import SQLModel

from api.core.schemas import Asked
from api.core.text import Line, OneLine, Paragraph, Words
from api.similarity.models import Kind, Status, Verdict

# A name is compared from its first letter on, while somebody types.
Draft = Annotated[str, Field(max_length=120), OneLine]


class SimilarityCheck(Asked):
    """An idea as far as it has been said; one of name, purpose and topics at least."""

    name: Draft = ""
    purpose: Paragraph = ""
    domain: Paragraph = ""
    topics: Words = []
    audience: Paragraph = ""
    region: Line = ""
    exclude_id: UUID | None = Field(
        None, description="A community or proposal to leave out, such as the one that is asking."
    )

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not (self.name or self.purpose or self.topics):
            raise ValueError("say a name, a purpose or topics")
        return self


class SimilarRead(SQLModel):
    """Something that resembles the idea."""

    kind: Kind
    id: UUID
    name: str
    slug: str | None = Field(description="How a community is called in addresses.")
    status: Status
    score: float = Field(description="From 0 to 1; the same idea in other words is near 1.")
    verdict: Verdict
    reasons: list[str] = Field(description="Why, in sentences for a person.")
    shared: list[str] = Field(description="The words in the reasons worth marking.")


class SimilarList(SQLModel):
    items: list[SimilarRead]
