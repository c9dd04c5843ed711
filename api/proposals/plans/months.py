"""Days counted in months. Pure."""

from calendar import monthrange
from datetime import date


def months_after(start: date, months: int) -> date:
    """The same day some months later; where that month is shorter, its last day.

    >>> months_after(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    >>> months_after(date(2027, 1, 31), 2)
    datetime.date(2027, 3, 31)

    Counted from the first day each time, so that a short month does not shorten those after it.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
