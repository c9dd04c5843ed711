from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict

from api.core.bulk import BulkRead
from api.core.schemas import Asked, Flag
from api.identity.models import Zone


class ImportRow(Asked):
    """One line of a list, as it was written; what is wrong with it is told by its line."""

    line: Annotated[int, Strict(), Field(ge=1, le=10_000_000)] = Field(
        description="Where it stood in the file, so that refusals can name it."
    )
    person: Annotated[str, Field(max_length=300)] = Field(
        description="An e-mail address, or the name as it stands among the members."
    )
    session: Annotated[str, Field(max_length=300)] = Field(description="Its title.")
    date: Annotated[str, Field(max_length=40)] = Field(description="The day, as YYYY-MM-DD.")
    minutes: Annotated[int, Strict()] | Annotated[str, Field(max_length=20)] | None = None
    mode: Annotated[str, Field(max_length=20)] | None = Field(
        None, description="`online` or `in_person`."
    )


class AttendanceImport(Asked):
    rows: Annotated[list[ImportRow], Field(min_length=1, max_length=20_000)]
    add_people: Flag = Field(
        False, description="Add people nobody knows, and make everybody in the list a member."
    )
    timezone: Zone | None = Field(None, description="Of the days; the community's own if not said.")


class ImportQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    dry_run: bool = Field(False, description="Do everything but keep it.")


class ImportRead(BulkRead):
    people_added: int
    sessions_added: int
