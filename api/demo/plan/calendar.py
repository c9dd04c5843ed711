"""When things happen in the demo network: nine months that end yesterday, in local time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
WEEK = timedelta(weeks=1)
_PAST = 39 * WEEK
_AHEAD = 8 * WEEK
_FRIDAY = 4


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of the day where the network is, in UTC."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything is told from one day, so that the same day tells the same story."""

    today: date

    @property
    def first(self) -> date:
        """The Monday on which the network moved to Trellis."""
        day = self.today - _PAST
        return day - timedelta(days=day.weekday())

    @property
    def last(self) -> date:
        """How far ahead anything is planned."""
        return self.today + _AHEAD

    @property
    def eve(self) -> datetime:
        """The end of yesterday; nothing that is told happened later."""
        return moment(self.today, 0)

    @property
    def visit(self) -> date:
        """A working day very soon, on which a visitor finds a session of theirs."""
        days = (self.today + timedelta(days=ahead) for ahead in (2, 1, 3, 4))
        return next(day for day in days if day.weekday() <= _FRIDAY)

    def weeks(self) -> Iterator[date]:
        """The Mondays from the first to the last that has passed."""
        day = self.first
        while day < self.today:
            yield day
            day += WEEK

    def days_ago(self, days: float) -> date:
        return self.today - timedelta(days=days)


def working(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def is_break(day: date, *, schools: bool) -> bool:
    """Whether nobody meets: around Christmas, and where schools decide, in summer."""
    if (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 3):
        return True
    return schools and (7, 20) <= (day.month, day.day) <= (8, 31)


def season(day: date) -> float:
    """How likely people come, compared with an ordinary week."""
    if day.month == 8:
        return 0.55
    if day.month == 7 and day.day > 15:
        return 0.8
    if day.month == 12 and day.day > 7:
        return 0.7
    if day.month in (9, 10, 11):
        return 1.1
    return 1.0


def fortnightly(anchor: date, first: date, last: date, weeks: int = 2) -> Iterator[date]:
    """Every so many weeks, through the anchor."""
    step = timedelta(weeks=weeks)
    day = anchor - ((anchor - first) // step) * step
    while day <= last:
        yield day
        day += step


def monthly(week: int, weekday: int, first: date, last: date) -> Iterator[date]:
    """The first, second, … such weekday of every month."""
    month = first.replace(day=1)
    while month <= last:
        day = month + timedelta(days=(weekday - month.weekday()) % 7, weeks=week)
        if first <= day <= last:
            yield day
        month = (month + timedelta(days=32)).replace(day=1)
