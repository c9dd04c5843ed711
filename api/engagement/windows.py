"""The time a metric looks at: half-open windows in a community's own time zone.

A window holds its start and does not hold its end, so neighbours share no moment and miss none.
People say dates, which begin and end at midnight where the community lives; what is stored and
compared is UTC. Days of 23 and 25 hours, midnights that do not exist and days a country skipped
all follow from asking the zone for the moment a date begins.

    read(text)                              -> date | datetime
    begins(day, zone)                       -> the moment a date begins
    between(start, end, zone)               -> Window
    ending(end, days, zone)                 -> Window of that many local days
    split(window, interval)                 -> list of Windows
    on_calendar(window, interval)           -> bool
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# Outside these years a shift to another zone can leave the calendar of the language.
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_DAYS = 36_600
# A year of days, with room for a leap day and for both ends to be cut.
MOST_BUCKETS = 370


class WindowProblem(ValueError):
    """A window that cannot be; its text is written for the person who asked."""


class UnknownZone(WindowProblem):
    """The time zone is not in the IANA database."""


class BadBoundary(WindowProblem):
    """A boundary is no date and no moment, or lies outside the calendar we answer for."""


class EmptyWindow(WindowProblem):
    """The window ends before it starts, or at the same moment."""


class TooManyBuckets(WindowProblem):
    """The window would be cut into more pieces than one answer should hold."""


class Interval(StrEnum):
    """What a window is cut into; weeks start on Monday, as in ISO 8601."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FOUR_WEEKS = "28d"


@dataclass(frozen=True, slots=True)
class Window:
    """The moments from `start` up to but without `end`, both UTC, seen from `timezone`.

    `whole` is False for a piece that the edge of a larger window cut short, whose counts must not
    be compared with those of its neighbours.
    """

    start: datetime
    end: datetime
    timezone: str
    whole: bool = True

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    @property
    def last_date(self) -> date:
        """The local date that holds the last moment of the window: 0 days before its end."""
        moment = self.end - timedelta(microseconds=1)
        return moment.astimezone(find_zone(self.timezone)).date()


def find_zone(name: str) -> ZoneInfo:
    """Find a time zone by its IANA name; anything else is an `UnknownZone`."""
    # A name with an odd shape makes the library look for files, and fail in as many ways.
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(
            f"{name[:60]!r} is not an IANA time zone such as Europe/London."
        ) from None


def read(text: str) -> date | datetime:
    """Read a date (2026-03-01) or a moment with its offset (2026-03-01T09:00:00Z).

    A moment without an offset is a `BadBoundary`: it would mean another time for every reader.
    """
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        raise BadBoundary(
            f"{text[:40]!r} is neither a date like 2026-03-01 nor a moment like"
            " 2026-03-01T09:00:00Z."
        ) from None


def begins(day: date, timezone: str) -> datetime:
    """Find the moment, in UTC, at which a date begins in a zone."""
    return _utc(_midnight(day), find_zone(timezone))


def between(start: date | datetime, end: date | datetime, timezone: str) -> Window:
    """Make the window from one boundary to another.

    A date stands for the moment it begins in the zone, so `end` is the first date that is *not*
    in the window. An end at or before the start is an `EmptyWindow`, a naive moment or a year
    outside 1900 to 2200 a `BadBoundary`.
    """
    zone = find_zone(timezone)
    window = Window(_moment(start, zone), _moment(end, zone), timezone)
    if window.end <= window.start:
        raise EmptyWindow("The window must end after it starts.")
    return window


def ending(end: date | datetime, days: int, timezone: str) -> Window:
    """Make the window of the last `days` local days before `end`.

    Days are counted on the local clock: 28 days before noon is noon, also across a change of the
    clocks, although the hours then are not 28 times 24. Days outside 1 to 36,600 are a
    `BadBoundary`.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadBoundary(f"A window looks back between 1 and {MOST_DAYS} days.")
    zone = find_zone(timezone)
    closing = _moment(end, zone)
    local = closing.astimezone(zone).replace(tzinfo=None) - timedelta(days=days)
    opening = local.replace(tzinfo=zone).astimezone(UTC)
    _check_year(opening)
    return Window(opening, closing, timezone)


def split(window: Window, interval: Interval, most: int = MOST_BUCKETS) -> list[Window]:
    """Cut a window at the boundaries of the calendar, in order, without a gap.

    The first and the last piece may be cut short and then are not `whole`. Pieces of 28 days are
    counted from the start of the window, all others lie on the calendar of the zone. A date that
    a country skipped gives no piece. More pieces than `most` is a `TooManyBuckets`.
    """
    zone = find_zone(window.timezone)
    pieces: list[Window] = []
    for start, end in _steps(window.start.astimezone(zone), interval, zone):
        if start >= window.end:
            break
        opening, closing = max(start, window.start), min(end, window.end)
        if opening >= closing:
            continue
        if len(pieces) == most:
            raise TooManyBuckets(
                f"By {interval} this window has more than {most} pieces:"
                " ask for a longer interval or a shorter window."
            )
        whole = opening == start and closing == end
        pieces.append(Window(opening, closing, window.timezone, whole))
    return pieces


def on_calendar(window: Window, interval: Interval = Interval.MONTH) -> bool:
    """Tell whether a window begins and ends on boundaries of the calendar.

    Windows that anyone may slide a day at a time let a patient reader find the day on which a
    rounded count changes; windows on the calendar do not.
    """
    zone = find_zone(window.timezone)
    if interval is Interval.FOUR_WEEKS:
        return False
    return all(
        next(_steps(moment.astimezone(zone), interval, zone))[0] == moment
        for moment in (window.start, window.end)
    )


def _steps(
    start: datetime, interval: Interval, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the UTC bounds of the interval that holds `start` and of all that follow it."""
    if interval is Interval.FOUR_WEEKS:
        clock = start.replace(tzinfo=None)
        while True:
            after = clock + timedelta(days=28)
            yield _utc(clock, zone), _utc(after, zone)
            clock = after
    first = _first_date(start.date(), interval)
    while True:
        following = _next_date(first, interval)
        yield _utc(_midnight(first), zone), _utc(_midnight(following), zone)
        first = following


def _first_date(day: date, interval: Interval) -> date:
    match interval:
        case Interval.WEEK:
            return day - timedelta(days=day.weekday())
        case Interval.MONTH:
            return day.replace(day=1)
        case Interval.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case Interval.YEAR:
            return day.replace(month=1, day=1)
        case _:
            return day


def _next_date(first: date, interval: Interval) -> date:
    match interval:
        case Interval.DAY:
            return first + timedelta(days=1)
        case Interval.WEEK:
            return first + timedelta(days=7)
        case Interval.YEAR:
            return first.replace(year=first.year + 1)
        case _:
            months = first.month + (3 if interval is Interval.QUARTER else 1)
            return date(first.year + (months > 12), months - 12 * (months > 12), 1)


def _moment(boundary: date | datetime, zone: ZoneInfo) -> datetime:
    _check_year(boundary)
    if not isinstance(boundary, datetime):
        return _utc(_midnight(boundary), zone)
    if boundary.tzinfo is None:
        raise BadBoundary("A moment needs its offset from UTC, such as Z or +01:00.")
    return boundary.astimezone(UTC)


def _check_year(boundary: date) -> None:
    if not FIRST_YEAR <= boundary.year <= LAST_YEAR:
        raise BadBoundary(f"Windows lie between the years {FIRST_YEAR} and {LAST_YEAR}.")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _utc(clock: datetime, zone: ZoneInfo) -> datetime:
    # A midnight that a change of the clocks skipped is read with the offset before the change,
    # which makes it the very moment of the change; one that comes twice is its first coming.
    return clock.replace(tzinfo=zone).astimezone(UTC)
