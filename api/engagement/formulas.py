"""The formulas of the catalogue that need nothing but counts.

Queries count, these functions divide: each formula is written here once, so that SQLite,
PostgreSQL, the page, the export and the report cannot disagree. All are pure, and none knows a
person by name. Rates are in percent. A negative count is a ValueError everywhere, because it can
only come from a broken query; an empty population is status `no_data`, never 0.

    members(active)                                          -> a count
    net_growth(joined, left, active_at_start)                -> percent; parts joined, left
    organisation_reach(reached, listed)                      -> percent
    active_members(in_window, day, week, month)              -> a count; parts day, week, month
    active_rate(active, population)                          -> percent
    participation_mix(people, cadence)                       -> parts core ... dormant, new
    participation_gini(contributions)                        -> index 0 to 1
    rsvp_conversion(attended, yes)                           -> percent
    no_show_rate(absent, yes, recorded, late)                -> percent; parts
    fill_rate(sessions)                                      -> percent; part overfull

The two network metrics are in `network.py`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, isfinite

from api.engagement.values import Part, Status, Value, count, percent, rate, share, tally, whole


def members(active: int) -> Value:
    """Count the distinct people whose membership is active at one instant.

    Somebody who left and came back is one person; a membership that ends at the instant counts 0.
    """
    return count(active)


def net_growth(joined: int, left: int, active_at_start: int) -> Value:
    """Give (joined - left) / active at the start, in percent, from -100 upwards.

    `joined` are the people who were members in the window but not at its start, `left` those who
    were members in the window but not at its end; somebody who came and went inside it is in both,
    somebody who left and returned inside it in neither. Then joined - left is exactly the change
    in the number of members. A start of 0 is `no_data`, and the counts are still shown. More
    people leaving than there ever were is a ValueError.
    """
    parts = (tally("joined", joined), tally("left", left))
    change = joined - left
    if active_at_start + change < 0:
        raise ValueError(f"{left} cannot leave when there were {active_at_start} and {joined}")
    if whole(active_at_start, "active_at_start") == 0:
        return Value(None, change, 0, parts=parts, status=Status.NO_DATA)
    return Value(percent(change, active_at_start), change, active_at_start, parts=parts)


def organisation_reach(reached: int, listed: int) -> Value:
    """Give the percentage of the organisations hoped for that have at least one active member.

    `listed` is how many organisations the landscape list names and `reached` how many of those
    are there; organisations outside the list belong in neither. No list is `no_data`.
    """
    return _proportion(reached, listed)


def active_members(in_window: int, day: int, week: int, month: int) -> Value:
    """Count the distinct members who contributed or attended in the window; views do not count.

    The parts are the same count over the last 1, 7 and 28 days before the end of the window. They
    are nested, so anything but day <= week <= month is a ValueError.
    """
    if not day <= week <= month:
        raise ValueError(f"a day of {day}, a week of {week} and a month of {month} are not nested")
    parts = (tally("day", day), tally("week", week), tally("month", month))
    return Value(whole(in_window, "in_window"), parts=parts)


def active_rate(active: int, population: int) -> Value:
    """Give the percentage of the people who were members at any time in the window and took part.

    `active` counts only people of that population, so more than all is a ValueError.
    """
    return _proportion(active, population)


def rsvp_conversion(attended: int, yes: int) -> Value:
    """Give the percentage of those who said yes and came, pooled over sessions (sum / sum).

    `yes` are answers that stood at the start with a confirmed place, in sessions that were held
    and have a register; `attended` are those of them who came, for however long. Walk-ins and the
    waiting list are in neither. It and `no_show_rate` add up to 100.
    """
    return _proportion(attended, yes)


def no_show_rate(absent: int, yes: int, recorded: int, late: int) -> Value:
    """Give the percentage of those who said yes and did not come; the rest of `rsvp_conversion`.

    Once a register exists, a yes that is not in it is absence too. `recorded` says how many of the
    absent were marked as a no-show, so the parts `recorded` and `unrecorded` show how far the
    number rests on an empty line. `late` counts answers withdrawn less than 24 hours before the
    start; its part is a share of everybody who still meant to come a day before (`yes + late`).
    """
    if whole(recorded, "recorded") > absent:
        raise ValueError(f"{recorded} of {absent} absences cannot be recorded")
    parts = (
        tally("recorded", recorded),
        tally("unrecorded", absent - recorded),
        share("late_cancel", late, whole(yes, "yes") + late),
    )
    return _proportion(absent, yes, parts)


def fill_rate(sessions: Iterable[tuple[int, int | None]]) -> Value:
    """Give the percentage of seats taken, pooled over the sessions that have a limit (sum / sum).

    Each session is (seats taken, capacity); a capacity of None is no limit and leaves the session
    out. A hybrid session is one pair for the room and one for online. `n` is None, because seats
    are not people; the part `overfull` counts pairs with more taken than there are, which should
    be 0. A value above 100 has no interval.
    """
    limited = [(taken, seats) for taken, seats in sessions if seats is not None]
    for taken, seats in limited:
        whole(min(taken, seats), "seats")
    overfull = sum(taken > seats for taken, seats in limited)
    return rate(
        sum(taken for taken, _ in limited),
        sum(seats for _, seats in limited),
        (tally("overfull", overfull),),
    )


def participation_gini(contributions: Sequence[int | float]) -> Value:
    """Measure how unequally people contribute: 0 when all give the same, towards 1 when one does.

    One number per member, zeros included, in any order. With x sorted upwards and i from 1 to n,
    the index is sum((2i - n - 1) x(i)) / (n sum(x)); its largest possible value is (n - 1) / n,
    which is why small communities look more equal than they are and `n` is reported. Nobody, or
    nobody who gave anything, is `no_data`; one person alone is 0. A negative, infinite or
    not-a-number contribution is a ValueError.

    Source: Gini's mean difference in the form of A. Sen, On Economic Inequality (1973), without
    the small-sample correction.
    """
    if any(not isfinite(each) or each < 0 for each in contributions):
        raise ValueError("contributions are finite and not negative")
    n = len(contributions)
    largest = max(contributions, default=0)
    if largest == 0:
        return Value(None, n=n, status=Status.NO_DATA)
    # Measured in units of the largest, no sum can overflow, whatever a partner counts.
    ordered = sorted(each / largest for each in contributions)
    spread = fsum((2 * i - n - 1) * x for i, x in enumerate(ordered, start=1))
    return Value(max(spread / (n * fsum(ordered)), 0.0), n=n)


class Level(StrEnum):
    """How much of a part somebody takes, derived from what they did and never stored."""

    CORE = "core"
    ACTIVE = "active"
    PERIPHERAL = "peripheral"
    DORMANT = "dormant"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a community meets, and so how often its core and active members turn up.

    The look back is `slots` spans of `days` days that end with the window; `core` and `active` are
    how many of those spans somebody has to appear in.
    """

    name: str
    days: int
    slots: int
    core: int
    active: int

    @property
    def lookback(self) -> int:
        """How many days back from the end of the window count."""
        return self.days * self.slots

    def slot(self, days_before_end: int) -> int:
        """Tell which span a day falls in: the last `days` days are 0, those before them 1, ...

        `days_before_end` is 0 for the last day of the window. A day outside the look back is a
        ValueError.
        """
        if not 0 <= days_before_end < self.lookback:
            raise ValueError(f"{days_before_end} days back is outside {self.lookback}")
        return days_before_end // self.days


WEEKLY = Cadence("weekly", days=7, slots=13, core=9, active=4)
MONTHLY = Cadence("monthly", days=30, slots=3, core=3, active=2)
CADENCES = {cadence.name: cadence for cadence in (WEEKLY, MONTHLY)}

# Whoever joined fewer days ago has not had the time to show what they are.
NEW_DAYS = 28
# Leading or presenting this many sessions makes a core member, however seldom they post.
CORE_LED = 2


@dataclass(frozen=True, slots=True)
class Participation:
    """What one member, or `people` members alike, did in the look back of the cadence.

    `contributed` and `took_part` are in how many slots there was a contribution, and a
    contribution or attendance; `led` is how many sessions they led or presented; `looked` is
    whether they viewed anything; `new` is whether they joined less than `NEW_DAYS` ago.
    """

    contributed: int = 0
    took_part: int = 0
    led: int = 0
    looked: bool = False
    new: bool = False
    people: int = 1


def level(participation: Participation, cadence: Cadence = WEEKLY) -> Level:
    """Class one member by what they did, never by their rank among the others.

    Core: contributed in `cadence.core` slots, or led `CORE_LED` sessions. Active: took part in
    `cadence.active` slots. Peripheral: took part or looked at all. Dormant: nothing. New members
    are not classed. Slots that do not fit the cadence are a ValueError.
    """
    done = participation
    if not 0 <= done.contributed <= done.took_part <= cadence.slots or done.led < 0:
        raise ValueError(f"{done} does not fit {cadence.slots} slots")
    if done.new:
        return Level.NEW
    if done.contributed >= cadence.core or done.led >= CORE_LED:
        return Level.CORE
    if done.took_part >= cadence.active:
        return Level.ACTIVE
    if done.took_part or done.looked or done.led:
        return Level.PERIPHERAL
    return Level.DORMANT


def participation_mix(people: Iterable[Participation], cadence: Cadence = WEEKLY) -> Value:
    """Share out the members at the end of the window over core, active, peripheral and dormant.

    The parts are shares, in percent, of the members that can be classed; the part `new` counts
    those that cannot yet. There is no single value. Nobody to class is `no_data`.

    Source: the levels of E. Wenger, R. McDermott and W. Snyder, Cultivating Communities of
    Practice (2002), with 10 to 15 % core and 15 to 20 % active as their experience.
    """
    found: Counter[Level] = Counter()
    for each in people:
        found[level(each, cadence)] += whole(each.people, "people")
    new = found.pop(Level.NEW, 0)
    classed = found.total()
    parts: list[Part] = [
        share(each, found[each], classed) for each in Level if each is not Level.NEW
    ]
    parts.append(tally(Level.NEW, new))
    status = Status.OK if classed else Status.NO_DATA
    return Value(None, denominator=classed, n=classed + new, parts=tuple(parts), status=status)


def _proportion(numerator: int, denominator: int, parts: tuple[Part, ...] = ()) -> Value:
    if numerator > denominator:
        raise ValueError(f"{numerator} cannot be among {denominator}")
    return rate(numerator, denominator, parts)
