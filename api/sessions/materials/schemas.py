from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlmodel import SQLModel

from api.core.pages import Page
from api.core.schemas import Asked
from api.core.text import OneLine
from api.sessions.programme.schemas import WebAddress


class MaterialCreate(Asked):
    title: Annotated[str, OneLine, Field(min_length=1, max_length=200)]
    url: WebAddress


class MaterialRead(SQLModel):
    id: UUID
    session_id: UUID
    title: str
    url: str
    added_by_id: UUID | None
    created_at: datetime
    can: list[str]


class MaterialPage(Page[MaterialRead]):
    pass
