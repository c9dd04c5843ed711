from typing import Annotated
from uuid import UUID

from pydantic import Field, Strict
from sqlmodel import SQLModel

from api.core.schemas import UNSET, Asked
from api.proposals.calls.schemas import CoLeads, Organisations, People


class ProposalSettingsRead(SQLModel):
    """What a network asks of its proposals."""

    community_id: UUID
    min_people: int
    min_organisations: int
    min_co_leads: int
    call_days: int
    second_round_after_days: int
    first_warning_days: int
    last_warning_days: int
    quiet_days: int
    first_session_ahead_days: int
    min_present: int
    sounding_days: int
    version: int


class ProposalSettingsUpdate(Asked):
    min_people: People = UNSET
    min_organisations: Organisations = UNSET
    min_co_leads: CoLeads = UNSET
    call_days: Annotated[int, Strict(), Field(ge=7, le=60)] = UNSET
    second_round_after_days: Annotated[int, Strict(), Field(ge=0, le=365)] = UNSET
    first_warning_days: Annotated[int, Strict(), Field(ge=7, le=365)] = UNSET
    last_warning_days: Annotated[int, Strict(), Field(ge=7, le=365)] = UNSET
    quiet_days: Annotated[int, Strict(), Field(ge=14, le=730)] = UNSET
    first_session_ahead_days: Annotated[int, Strict(), Field(ge=0, le=90)] = UNSET
    min_present: Annotated[int, Strict(), Field(ge=2, le=100)] = UNSET
    sounding_days: Annotated[int, Strict(), Field(ge=1, le=60)] = UNSET
