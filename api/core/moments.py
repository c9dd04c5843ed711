"""Moments and days from outside, within the years that people have records of."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, TypeAdapter, ValidationError

FIRST_YEAR, LAST_YEAR = 1900, 2100

_NUMBER = re.compile(r"[-+]?[\d.]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _written(value: Any) -> Any:
    """Refuse numbers: a count of seconds is neither a date nor says where it began."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip()):
        raise ValueError("is not written as RFC 3339 says, such as 2026-01-31T10:00:00Z")
    return value


def _bounded(value: Any) -> Any:
    # Beyond these, a change of time zone could leave the calendar.
    _within(value.year)
    if not isinstance(value, datetime):
        return value
    moment = value.astimezone(UTC)
    # Elsewhere it may be another year by now, and what was taken once must be taken again.
    _within(moment.year)
    return moment


def _within(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"must lie between the years {FIRST_YEAR} and {LAST_YEAR}")


When = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_bounded)]
_MOMENT: TypeAdapter[datetime] = TypeAdapter(When)


def day(written: str) -> date:
    """Read a day that is written as YYYY-MM-DD, and in no other way."""
    try:
        if not _DAY.fullmatch(written):
            raise ValueError
        found = date.fromisoformat(written)
    except ValueError:
        raise ValueError("is not a day written as YYYY-MM-DD") from None
    _bounded(found)
    return found


def _edge(value: Any) -> datetime | date:
    if isinstance(value, str) and len(value.strip()) <= len("2026-01-31"):
        return day(value.strip())
    try:
        return _MOMENT.validate_python(value)
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from None


def _day(value: Any) -> date:
    if isinstance(value, str):
        return day(value.strip())
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("is not a day written as YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_bounded)]
# Where a window begins or ends: a moment, or the first moment of a day.
Edge = Annotated[datetime | date, BeforeValidator(_edge)]


def beginning(edge: datetime | date, timezone: str = "UTC") -> datetime:
    """The moment an edge stands for; a day begins at midnight where the community is."""
    if isinstance(edge, datetime):
        return edge
    return datetime.combine(edge, time(), ZoneInfo(timezone)).astimezone(UTC)
