"""People, the organisations they work for, and the ways they sign in."""

from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from api.core.db import At, Document, OwnId, Ref, Row, Versioned, choice
from api.core.text import Email, Line, Name, OneLine, Word

# Finding them takes a walk through many files.
_zones = cache(available_timezones)


def _known_zone(value: str) -> str:
    if value not in _zones():
        raise ValueError("is not an IANA time zone, such as Europe/London")
    return value


Zone = Annotated[str, Field(max_length=60), OneLine, AfterValidator(_known_zone)]
Locale = Annotated[
    str,
    Field(max_length=20, schema_extra={"pattern": r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"}),
]


class OrganisationKind(StrEnum):
    """What part an organisation plays in a network."""

    PROVIDER = "provider"
    CHARITY = "charity"
    UNIVERSITY = "university"
    EMPLOYER = "employer"
    FUNDER = "funder"
    OTHER = "other"


class OrganisationBase(SQLModel):
    name: Name
    kind: OrganisationKind = Field(
        default=OrganisationKind.PROVIDER, sa_type=choice(OrganisationKind)
    )


class Organisation(OrganisationBase, Versioned, Row, table=True):
    """A provider, charity, university, employer or funder that people belong to."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("name"),)

    domains: list[str] = Field(default_factory=list, sa_type=Document)
    teams: list[str] = Field(default_factory=list, sa_type=Document)


class PersonBase(SQLModel):
    name: Name
    email: Email | None = Field(default=None, max_length=254)
    team: Word | None = Field(default=None, max_length=60)
    timezone: Zone = "Europe/London"
    locale: Locale = "en-GB"


class Person(PersonBase, Versioned, Row, table=True):
    """Somebody who belongs to communities, whether or not they ever sign in."""

    __tablename__ = "people"

    email: str | None = Field(default=None, max_length=254, unique=True)
    organisation_id: UUID | None = Ref(default=None, foreign_key="organisations.id", index=True)
    steward: bool = False
    # Guests, robots and staff accounts are left out of every metric.
    counted: bool = True
    password_hash: str | None = Field(default=None, max_length=200)
    preferences: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    disabled_at: datetime | None = At(default=None)


class Affiliation(SQLModel, table=True):
    """Where a person belonged, and whether metrics count them, as it was known at any moment."""

    __tablename__ = "affiliations"
    __table_args__ = (
        Index(
            "uq_affiliations_current",
            "person_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        Index("ix_affiliations_person_id", "person_id", "recorded_at"),
    )

    id: UUID = OwnId()
    person_id: UUID = Ref(foreign_key="people.id")
    organisation_id: UUID | None = Ref(default=None, foreign_key="organisations.id")
    team: str | None = Field(default=None, max_length=60)
    counted: bool = True
    recorded_at: datetime = At()
    replaced_at: datetime | None = At(default=None)


class SignIn(Row, table=True):
    """A browser somebody is signed in with."""

    __tablename__ = "sign_ins"

    person_id: UUID = Ref(foreign_key="people.id", index=True)
    digest: str = Field(max_length=64, unique=True)
    expires_at: datetime = At()
    revoked_at: datetime | None = At(default=None)
    address: str | None = Field(default=None, max_length=60)
    agent: str | None = Field(default=None, max_length=200)


class SignInLink(Row, table=True):
    """A link that signs somebody in once."""

    __tablename__ = "sign_in_links"

    person_id: UUID = Ref(foreign_key="people.id", index=True)
    digest: str = Field(max_length=64, unique=True)
    expires_at: datetime = At()
    used_at: datetime | None = At(default=None)


class Token(Row, table=True):
    """A word by which a script acts for a person; only its hash is kept."""

    __tablename__ = "tokens"

    person_id: UUID = Ref(foreign_key="people.id", index=True)
    name: Line
    digest: str = Field(max_length=64, unique=True)
    # Null is everything the person may do; a list narrows it.
    scopes: list[str] | None = Field(default=None, sa_type=Document)
    expires_at: datetime = At()
    revoked_at: datetime | None = At(default=None)
