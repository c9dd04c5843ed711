"""The formulas about ideas on their way to a community, and about plans.

Like those in `formulas.py` they are pure: queries find the steps and days, these functions count.

    proposal_funnel(journeys)                        -> percent; parts for stages, exits and times
    duplicate_avoidance(submitted, referrals)        -> percent; parts merged, joined, waiting
    programme_adherence(milestones, today, phases)   -> percent; parts late, slip_days ... phase:*
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from api.engagement.survival import Wait, kaplan_meier
from api.engagement.values import Part, Status, Value, rate, share, tally

DAY = timedelta(days=1)
# After so many days somebody who was pointed to a community has had the time to join it.
SETTLED = 28
# The stages that a proposal has to reach, where it may end, and where it may have to wait.
STAGES = ("interest_call", "interest_met", "launched")
EXITS = ("referred", "rejected", "withdrawn", "expired")
STATES = ("submitted", "scoping", "interest_call", "interest_met", "planning", "scheduled")


@dataclass(frozen=True, slots=True)
class Journey:
    """The states a proposal came to, in order and each with its moment, from `submitted` on.

    `until` is as far as anybody knows. A journey that does not begin with `submitted` is a
    ValueError.
    """

    moves: tuple[tuple[str, datetime], ...]
    until: datetime

    def __post_init__(self) -> None:
        if not self.moves or self.moves[0][0] != "submitted":
            raise ValueError("a journey begins when a proposal is submitted")

    @property
    def stands(self) -> str:
        """Where it stood last."""
        return self.moves[-1][0]

    @property
    def reached(self) -> frozenset[str]:
        """Every state it ever came to."""
        return frozenset(state for state, _ in self.moves)

    def to_launch(self) -> Wait:
        """The days from submission to launch; not over where it ended otherwise, or goes on.

        What ended otherwise is watched until its end, what goes on until now. An end that was
        taken back, by an appeal or a revival, is none.
        """
        start, (last, end) = self.moves[0][1], self.moves[-1]
        launched = last == "launched"
        return Wait(_days(start, end if launched or last in EXITS else self.until), launched)

    def within(self, state: str) -> Wait | None:
        """The days it spent in a state, all stays together; None if it never came there.

        However it left the state, the wait is over; it goes on only where it stands there still.
        """
        ends = [*self.moves, ("", self.until)]
        stays = [_days(a, b) for (here, a), (_, b) in pairwise(ends) if here == state]
        return Wait(sum(stays), self.stands != state) if stays else None


def proposal_funnel(journeys: Iterable[Journey]) -> Value:
    """Give the percentage of decided proposals that were launched, with stages, exits and times.

    Decided are the launched, the rejected and the expired. A proposal that was referred went where
    its people are already, and one that was withdrawn was let go by them: neither is a failure, so
    both are exits of their own, in no part of the rate. Proposals still underway are in no part of
    it either. Nothing decided is `no_data`, and the counts are still shown.

    Stages count whoever ever came there, as shares of all submitted; exits count where a proposal
    stood last. Times are Kaplan-Meier medians in days, `not_reached` where less than half are over,
    each followed by the share in percent that is over within 28 days; their numerator is how many
    are over, and their denominator how many were watched. See `Journey` for when a wait ends.
    """
    journeys = list(journeys)
    submitted = len(journeys)
    ends = Counter(journey.stands for journey in journeys)
    launched = ends["launched"]
    reached = Counter(state for journey in journeys for state in journey.reached)
    ended = launched + sum(ends[each] for each in EXITS)
    parts = [
        tally("submitted", submitted),
        *(share(stage, reached[stage], submitted) for stage in STAGES),
        *(tally(each, ends[each]) for each in EXITS),
        tally("underway", submitted - ended),
        *_times("days_to_launch", "launched", [journey.to_launch() for journey in journeys]),
    ]
    for state in STATES:
        waits = [wait for journey in journeys if (wait := journey.within(state))]
        parts += _times(f"days_in_{state}", f"left_{state}", waits)
    decided = launched + ends["rejected"] + ends["expired"]
    return rate(launched, decided, tuple(parts))


@dataclass(frozen=True, slots=True)
class Referral:
    """What came of one referral: `people` are those who were pointed to a community.

    `to_community` is False where a proposal was merged into another, and `settled` False within
    the first 28 days. `joined` are those of the people who joined within them.
    """

    to_community: bool
    settled: bool
    people: frozenset[str]
    joined: frozenset[str] = frozenset()


def duplicate_avoidance(submitted: int, referrals: Iterable[Referral]) -> Value:
    """Give the percentage of submitted proposals that were referred to an existing community.

    The part `joined` is the share of the people behind them who joined a community they were
    pointed to within 28 days, each person once; whoever was referred fewer days ago is not yet in
    it, and counted in `waiting`. Somebody who is in both is in `joined`. `merged` counts what was
    referred to another proposal instead. Nothing submitted is `no_data`; more referrals than
    proposals are a ValueError.
    """
    referrals = list(referrals)
    if len(referrals) > submitted:
        raise ValueError(f"{len(referrals)} of {submitted} cannot be referred")
    pointed = [each for each in referrals if each.to_community]
    settled = frozenset[str]().union(*(each.people for each in pointed if each.settled))
    joined = frozenset[str]().union(*(each.joined for each in pointed if each.settled))
    waiting = frozenset[str]().union(*(each.people for each in pointed if not each.settled))
    parts = (
        tally("merged", len(referrals) - len(pointed)),
        share("joined", len(joined & settled), len(settled)),
        tally("waiting", len(waiting - settled)),
    )
    return rate(len(pointed), submitted, parts)


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone whose day is over: its phase, its day, and the day on which it was done."""

    phase: str
    due_on: date
    done_on: date | None


def programme_adherence(milestones: Iterable[Due], today: date, *, by_phase: bool = True) -> Value:
    """Give the percentage of the milestones due that were done by their day.

    All are due before `today`. `slip_days` is the mean of done - due over those that are done, so
    that what was early is negative; `overdue_days` the mean of today - due over those that are
    not. Each has the sum of days as numerator and the count as denominator, and is `no_data` for
    none. The last parts are the same percentage for each phase, the first due first. No milestone
    is `no_data`; one that is not due yet is a ValueError.
    """
    ordered = sorted(milestones, key=lambda each: (each.due_on, each.phase))
    if ordered and ordered[-1].due_on >= today:
        raise ValueError(f"a milestone for {ordered[-1].due_on} is not due on {today}")
    slips = [(each.done_on - each.due_on).days for each in ordered if each.done_on]
    overdue = [(today - each.due_on).days for each in ordered if each.done_on is None]
    parts = [
        tally("late", sum(slip > 0 for slip in slips)),
        tally("open", len(overdue)),
        _mean("slip_days", slips),
        _mean("overdue_days", overdue),
    ]
    for phase in dict.fromkeys(each.phase for each in ordered) if by_phase else ():
        inside = [each for each in ordered if each.phase == phase]
        parts.append(share(f"phase:{phase}", sum(map(_kept, inside)), len(inside)))
    return rate(sum(map(_kept, ordered)), len(ordered), tuple(parts))


def _times(median: str, chance: str, waits: Sequence[Wait]) -> Iterator[Part]:
    """Yield the median of some waits, and the share that is over within 28 days."""
    curve, n = kaplan_meier(waits), len(waits)
    over = sum(wait.over for wait in waits)
    early = sum(wait.over and wait.days <= SETTLED for wait in waits)
    by = curve.by(SETTLED)
    status = Status.OK if curve.median is not None else Status.NOT_REACHED
    yield Part(median, curve.median, over, n, status if n else Status.NO_DATA)
    known = Status.OK if by is not None else Status.NO_DATA
    yield Part(f"{chance}_in_{SETTLED}_days", by and 100 * by, early, n, known)


def _mean(key: str, days: Sequence[int]) -> Part:
    """Make a part that is a mean of days, with what it was made of."""
    if not days:
        return Part(key, None, 0, 0, Status.NO_DATA)
    return Part(key, sum(days) / len(days), sum(days), len(days))


def _kept(milestone: Due) -> bool:
    return milestone.done_on is not None and milestone.done_on <= milestone.due_on


def _days(start: datetime, end: datetime) -> float:
    # A clock that was set back between two steps makes no time negative.
    return max((end - start) / DAY, 0.0)
