"""How long things take that have not all happened yet.

Whoever is still waiting has waited for some time without an end, and leaving them out would make
every wait look short. The estimator of Kaplan and Meier counts them for as long as they waited.

    kaplan_meier(waits)                      -> Curve
    Curve.median                             days until half of them are over; None if never
    Curve.by(days)                           share that is over by then; None if nobody knows
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import NamedTuple


class Wait(NamedTuple):
    """How many days something took; or, where it is not `over`, for how many it was watched."""

    days: float
    over: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that is over from each time on at which a wait ended, as (days, share).

    `watched` is for how long the longest wait was watched, None where there is none.
    """

    steps: tuple[tuple[float, float], ...]
    median: float | None
    watched: float | None

    def by(self, days: float) -> float | None:
        """Give the share, from 0 to 1, that is over after so many days, that day included.

        Beyond the longest wait that was watched nobody knows, so there is None; unless all were
        over before.
        """
        if self.watched is None:
            return None
        over = max((share for day, share in self.steps if day <= days), default=0.0)
        return None if over < 1 and self.watched < days else over


def kaplan_meier(waits: Iterable[Wait]) -> Curve:
    """Estimate the share S(t) that still waits after t days, from waits in any order.

    At each time t with d ends among the n who waited until then, S falls by the factor (n - d) / n.
    Whoever is no longer watched at t still counts among the n at t. The median is the first time
    at which S is at most one half, compared as whole numbers, so that a curve that meets one half
    exactly is not missed by a rounding. No waits give an empty curve; a wait that is negative,
    infinite or not a number is a ValueError.

    Source: E. L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958)
    457-481, with censoring at random: what takes somebody out of sight must say nothing about how
    long they would have waited.
    """
    ordered: Sequence[Wait] = sorted(waits)
    if any(not isfinite(wait.days) or wait.days < 0 for wait in ordered):
        raise ValueError("waits are finite and not negative")
    waiting = len(ordered)
    left, of = 1, 1
    median: float | None = None
    steps: list[tuple[float, float]] = []
    for days, group in groupby(ordered, key=lambda wait: wait.days):
        ends = [wait.over for wait in group]
        if over := sum(ends):
            left, of = left * (waiting - over), of * waiting
            steps.append((days, (of - left) / of))
            if median is None and 2 * left <= of:
                median = days
        waiting -= len(ends)
    return Curve(tuple(steps), median, ordered[-1].days if ordered else None)
