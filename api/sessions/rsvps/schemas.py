from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field
from sqlmodel import SQLModel

from api.core.pages import Page, PageQuery
from api.core.schemas import Asked
from api.sessions.models import Answer, Place, Seating

# A person in a path: an id, or the caller.
Whom = UUID | Literal["me"]


class RsvpAnswer(Asked):
    answer: Answer
    mode: Seating | None = Field(
        None, description="How to take part in a hybrid session; in the room unless said before."
    )


class RsvpRead(SQLModel):
    session_id: UUID
    person_id: UUID
    answer: Answer
    mode: Seating
    place: Place
    position: int | None = Field(description="On the waiting list, counted from 1.")
    answered_at: datetime = Field(description="When it came to stand as it does now.")


class Coming(RsvpRead):
    """An answer in a list, with the name of who gave it."""

    name: str


class ComingPage(Page[Coming]):
    pass


class ComingQuery(PageQuery):
    answer: Answer | None = None
    place: Place | None = None
