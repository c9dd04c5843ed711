from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator
from sqlmodel import SQLModel

from api.core.moments import When
from api.core.pages import Page, PageQuery
from api.core.schemas import UNSET, Asked, Flag
from api.core.text import Email, Name, OneLine, Search, Word, Words
from api.identity.models import (
    Locale,
    OrganisationBase,
    OrganisationKind,
    PersonBase,
    Zone,
)

Domain = Annotated[
    str, OneLine, Field(max_length=253, pattern=r"^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$")
]
Domains = Annotated[list[Domain], Field(max_length=20)]


class PersonCreate(PersonBase, Asked):
    organisation_id: UUID | None = None
    counted: Flag = True


class PersonUpdate(Asked):
    name: Name = UNSET
    email: Email = UNSET
    organisation_id: UUID | None = None
    team: Word | None = None
    timezone: Zone = UNSET
    locale: Locale = UNSET
    counted: Flag = UNSET


class PersonRead(SQLModel):
    id: UUID
    name: str
    email: str | None = Field(description="Null for those who may not see it.")
    organisation_id: UUID | None
    team: str | None
    timezone: str
    locale: str
    counted: bool = Field(description="False for guests and robots, whom metrics leave out.")
    disabled_at: datetime | None = Field(description="Since when they may not sign in.")
    created_at: datetime
    version: int
    can: list[str]


class WayIn(SQLModel):
    url: str = Field(description="Signs this person in once; shown only here.")
    expires_at: datetime


class PersonPage(Page[PersonRead]):
    pass


class PersonQuery(PageQuery):
    q: Search | None = Field(None, description="Part of a name.")
    email: Email | None = Field(None, description="The whole address.")
    organisation_id: UUID | None = None
    changed_since: When | None = None


class OrganisationCreate(OrganisationBase, Asked):
    domains: Domains = []
    teams: Words = []

    @field_validator("teams", "domains")
    @classmethod
    def once(cls, words: list[str]) -> list[str]:
        return list(dict.fromkeys(words))


class OrganisationUpdate(Asked):
    name: Name = UNSET
    kind: OrganisationKind = UNSET
    domains: Domains = UNSET
    teams: Words = UNSET


class OrganisationRead(SQLModel):
    id: UUID
    name: str
    kind: OrganisationKind
    domains: list[str]
    teams: list[str]
    created_at: datetime
    version: int
    can: list[str]


class OrganisationPage(Page[OrganisationRead]):
    pass


class OrganisationQuery(PageQuery):
    q: Search | None = Field(None, description="Part of a name.")
    kind: OrganisationKind | None = None
    changed_since: When | None = None
