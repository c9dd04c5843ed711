"""Many rows in one request: all of them or none, unless the caller asks for what can be had."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.core.problems import Fault, Invalid, ProblemBody

SHOWN = 50


class Outcome(StrEnum):
    """What became of one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class HowMuch(StrEnum):
    """Whether one wrong row refuses them all."""

    ALL = "all"
    PARTIAL = "partial"


class BulkQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mode: HowMuch = Field(
        HowMuch.ALL, description="`partial` stores the rows that are right and names the others."
    )
    dry_run: bool = Field(False, description="Do everything but keep it.")


class BulkItem(BaseModel):
    index: int = Field(description="Which row, counted from 0.")
    status: Outcome
    id: UUID | None = Field(description="What the row made or found.")
    problem: ProblemBody | None


class BulkRead(BaseModel):
    items: list[BulkItem]
    applied: int = Field(description="How many rows made or changed something.")
    unchanged: int = Field(description="How many rows said what was there already.")
    dry_run: bool

    @classmethod
    def of(cls, items: list[BulkItem], *, dry_run: bool, **more: int) -> Self:
        applied = sum(i.status in (Outcome.CREATED, Outcome.UPDATED) for i in items)
        unchanged = sum(i.status is Outcome.UNCHANGED for i in items)
        return cls(items=items, applied=applied, unchanged=unchanged, dry_run=dry_run, **more)


def refused(index: int, at: str, detail: str) -> BulkItem:
    """The answer to one row that cannot be stored."""
    body = Invalid().body()
    body.errors = [Fault(at=at, detail=detail)]
    return BulkItem(index=index, status=Outcome.REFUSED, id=None, problem=body)


def refuse_all(faults: Iterable[tuple[str, str]], what: str = "rows") -> None:
    """Refuse a whole request for the sake of some of its rows; name the first of them."""
    found = list(faults)
    if not found:
        return
    number = "One thing is" if len(found) == 1 else f"{len(found)} things are"
    more = f" {len(found) - SHOWN} more are not named here." if len(found) > SHOWN else ""
    raise Invalid(
        f"{number} wrong with the {what}. Nothing was stored.{more}",
        [{"at": at, "detail": detail} for at, detail in found[:SHOWN]],
    )
