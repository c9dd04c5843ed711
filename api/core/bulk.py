"""Many rows in one request: all of them or none, unless the caller asks for what can be had."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WrapValidator

from api.core.faults import validation_faults
from api.core.problems import Fault, Invalid, ProblemBody

SHOWN = 50

Row = TypeVar("Row")
# Where in a row, and what is wrong there; nowhere in particular is "".
RowFault = tuple[str, str]


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


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that has not the shape of one, and where it is wrong."""

    faults: list[RowFault]


def _row_by_row(value: Any, read: Callable[[Any], Row]) -> Row | Misfit:
    """Keep a row that cannot be read apart, so that it does not hide what the others say."""
    try:
        return read(value)
    except ValidationError as wrong:
        return Misfit([(f["at"], f["detail"]) for f in validation_faults(wrong.errors())])


# On the rows of a list: each that cannot be read becomes a `Misfit`; the contract shows the row.
RowByRow = WrapValidator(_row_by_row)


def told_apart(rows: Sequence[Row | Misfit]) -> tuple[dict[int, Row], dict[int, list[RowFault]]]:
    """Part the rows that could be read from what is wrong with the others, by their numbers."""
    whole: dict[int, Row] = {}
    faults: dict[int, list[RowFault]] = {}
    for index, row in enumerate(rows):
        if isinstance(row, Misfit):
            faults[index] = row.faults
        else:
            whole[index] = row
    return whole, faults


def place(index: int, at: str) -> str:
    """Where something in a row stands in the whole request."""
    row = f"body/items/{index}"
    return f"{row}/{at}" if at else row


def refused(index: int, *faults: RowFault) -> BulkItem:
    """The answer to one row that cannot be stored."""
    body = Invalid().body()
    body.errors = [Fault(at=place(index, at), detail=detail) for at, detail in faults]
    return BulkItem(index=index, status=Outcome.REFUSED, id=None, problem=body)


def refuse_rows(faults: Mapping[int, Sequence[RowFault]], what: str = "rows") -> None:
    """Refuse a whole request for the sake of some of its rows, in their order."""
    wrong = ((i, fault) for i, found in sorted(faults.items()) for fault in found)
    refuse_all(((place(i, at), detail) for i, (at, detail) in wrong), what)


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
