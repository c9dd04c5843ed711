"""Moments and days from outside, within the years that people have records of."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

FIRST_YEAR, LAST_YEAR = 1900, 2100

_NUMBER = re.compile(r"[-+]?[\d.]*")


def _written(value: Any) -> Any:
    """Refuse numbers: a count of seconds is neither a date nor says where it began."""
    if isinstance(value, (date, datetime)):
        return value
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip()):
        raise ValueError("is not written as RFC 3339 says, such as 2026-01-31T10:00:00Z")
    return value


def _bounded(value: Any) -> Any:
    # Beyond these, a change of time zone could leave the calendar.
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"must lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return value.astimezone(UTC) if isinstance(value, datetime) else value


When = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_bounded)]
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_bounded)]
# Where a window begins or ends: a moment, or the first moment of a day.
Edge = When | Day


def beginning(edge: datetime | date, timezone: str = "UTC") -> datetime:
    """The moment an edge stands for; a day begins at midnight where the community is."""
    if isinstance(edge, datetime):
        return edge
    return datetime.combine(edge, time(), ZoneInfo(timezone)).astimezone(UTC)
