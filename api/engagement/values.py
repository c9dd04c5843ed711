"""What a metric answers: a number together with everything needed to judge it.

Every formula returns a `Value`, disclosure control takes and gives a `Value`, and the payload of
the API is made from one. A metric that is several numbers at once carries them as `Part`s.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)

Number = int | float
Interval = tuple[float, float]


class Status(StrEnum):
    """Why a value is there, or why it is not."""

    OK = "ok"
    NO_DATA = "no_data"
    SUPPRESSED = "suppressed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the numbers of a metric that is several numbers; `key` is its name in the catalogue.

    A count or an index has a `value` only. A share has the counts it was made from too, and its
    `value` is in percent.
    """

    key: str
    value: Number | None
    numerator: int | None = None
    denominator: int | None = None
    status: Status = Status.OK


@dataclass(frozen=True, slots=True)
class Value:
    """The answer of one metric for one window.

    `value` is in the unit of the metric (percent for rates) and is None exactly when `status` is
    not OK or when the metric has no single number and only `parts`. `ci95` is in the same unit.
    `n` says how many people an index rests on.
    """

    value: Number | None
    numerator: int | None = None
    denominator: int | None = None
    ci95: Interval | None = None
    n: int | None = None
    parts: tuple[Part, ...] = ()
    status: Status = Status.OK

    def part(self, key: str) -> Part:
        """Find a part by its key; a key that is not there is a KeyError."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)


def whole(count: int, name: str) -> int:
    """Let a count through; a negative one is a ValueError, because it means a broken query."""
    if count < 0:
        raise ValueError(f"{name} cannot be negative: {count}")
    return count


def wilson(numerator: int, denominator: int) -> Interval | None:
    """Give the 95 % score interval of a proportion, as two proportions in [0, 1].

    The interval always holds the observed proportion and never leaves [0, 1]; it starts at exactly
    0 when nothing was counted and ends at exactly 1 when everything was. A denominator of 0 has
    none. A numerator outside [0, denominator] is a ValueError.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212, without
    continuity correction.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is not a proportion")
    if denominator == 0:
        return None
    share = numerator / denominator
    square = Z95 * Z95
    centre = share + square / (2 * denominator)
    half = Z95 * sqrt(share * (1 - share) / denominator + square / (4 * denominator * denominator))
    scale = 1 + square / denominator
    low = 0.0 if numerator == 0 else max(0.0, (centre - half) / scale)
    high = 1.0 if numerator == denominator else min(1.0, (centre + half) / scale)
    return low, high


def percent(numerator: int, denominator: int) -> float | None:
    """Express a ratio of counts in percent; None when there is nothing to divide by."""
    return None if denominator == 0 else 100 * numerator / denominator


def count(number: int) -> Value:
    """Answer with a plain count; 0 is an answer, not missing."""
    return Value(whole(number, "a count"))


def rate(
    numerator: int, denominator: int, parts: tuple[Part, ...] = (), n: int | None = None
) -> Value:
    """Answer with a share of a population in percent, with its Wilson interval in percent.

    A denominator of 0 gives status `no_data` and no value. A numerator above its denominator is
    reported as it is (a room can be overfull), without an interval, because it is no proportion.
    """
    whole(numerator, "a numerator")
    whole(denominator, "a denominator")
    if denominator == 0:
        return Value(None, numerator, denominator, None, n, parts, Status.NO_DATA)
    interval = wilson(numerator, denominator) if numerator <= denominator else None
    ci95 = (100 * interval[0], 100 * interval[1]) if interval else None
    return Value(percent(numerator, denominator), numerator, denominator, ci95, n, parts)


def share(key: str, numerator: int, denominator: int) -> Part:
    """Make a part that is a share of a population, in percent; `no_data` when there is nobody."""
    whole(numerator, key)
    value = percent(numerator, denominator)
    return Part(key, value, numerator, denominator, Status.NO_DATA if value is None else Status.OK)


def tally(key: str, number: int) -> Part:
    """Make a part that is a plain count."""
    return Part(key, whole(number, key))
