"""Which counts an answer holds, how often, and how they add up.

One crowd turns up in many places of an answer: the members at the end of October are those at the
start of November, the denominator of a share and the total of its parts. A ledger recognises them,
so that a count hidden in one place is not left standing in another.

    Entry(metric, window, value, group)                      one value of an answer
    Breakdown(total, parts)                                  groups that make up another
    Ledger(entries, profile, breakdowns)                     seen(index, crowd), contradictions
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from api.engagement.definitions.crowds import SUMS
from api.engagement.feasible import ANYTHING, Bounds, Cell, Sum, beneath, withheld
from api.engagement.metric import At, Crowd, Kind, Metric, PartKind
from api.engagement.profile import Profile
from api.engagement.values import Part, Status, Value
from api.engagement.windows import Window, ending


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of an answer: of which metric, for which window, and of which group or community."""

    metric: Metric
    window: Window
    value: Value
    group: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The group `total` is made of `parts`, with every person in one part at most.

    The parts need not be all there are: a community and one of its children are a breakdown too,
    and what is protected then is the rest of the community.
    """

    total: str
    parts: tuple[str, ...]


class Place(NamedTuple):
    """A crowd at a time in a group; `apart` sets one aside that contradicts the others."""

    crowd: str
    start: datetime
    end: datetime
    group: str
    apart: str = ""


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A count in a value: whether it is printed, and what a reader knows when it is not."""

    crowd: Crowd | None
    count: int | None
    printed: bool
    otherwise: Bounds


class Ledger:
    """The counts of one answer, and which of them have to be withheld.

    `contradictions` names, for tests of queries, crowds that were counted differently in two
    places and sums that do not add up. Such counts are protected one by one, not together.
    """

    def __init__(
        self, entries: Sequence[Entry], profile: Profile, breakdowns: Sequence[Breakdown] = ()
    ) -> None:
        self.contradictions: list[str] = []
        self._profile = profile
        self._cells: dict[Place, Cell] = {}
        self._places: dict[tuple[int, Crowd], Place] = {}
        for index, entry in enumerate(entries):
            for sighting in _sightings(entry, profile):
                self._enter(index, entry, sighting)
        sums = [*self._crowd_sums(entries), *self._group_sums(breakdowns)]
        self._gone = beneath(sums, lambda place: profile.small(self._cells[place].count))
        for place in self._gone:
            few = Bounds(0, profile.below - 1)
            self._cells[place] = replace(self._cells[place], known=few, shown=False)
        self._gone |= withheld(self._cells, sums)

    def seen(self, index: int, crowd: Crowd | None) -> int | None:
        """Give the form in which the entry with this index may show a crowd; None if it may not."""
        place = self._places.get((index, crowd)) if crowd else None
        if place is None or place in self._gone:
            return None
        return self._profile.show(self._cells[place].count)

    def _enter(self, index: int, entry: Entry, sighting: _Sighting) -> None:
        crowd, count = sighting.crowd, sighting.count
        if crowd is None or count is None:
            return
        place = place_of(crowd, entry)
        known = self._cells.get(place)
        if known and known.count != count:
            self.contradictions.append(
                f"{entry.metric.id} counts {count} {place.crowd}, not {known.count}"
            )
            place = place._replace(apart=f"{entry.metric.id}: {count}")
            known = self._cells.get(place)
        self._places[index, crowd] = place
        self._cells[place] = self._cell(count, sighting.printed, sighting.otherwise, known)

    def _cell(
        self, count: int, printed: bool, otherwise: Bounds, known: Cell | None = None
    ) -> Cell:
        profile = self._profile
        bounds = profile.band(count) if printed else otherwise
        small = profile.small(count)
        return Cell(
            count=count,
            known=bounds.within(known.known) if known else bounds,
            secret=small,
            shown=(printed or bool(known and known.shown)) and not small,
        )

    def _crowd_sums(self, entries: Sequence[Entry]) -> list[Sum[Place]]:
        """Find the sums of the catalogue among the counts; a part nobody shows is still a part."""
        scenes = {(entry.window, entry.group): entry for entry in entries}
        found: dict[Sum[Place], None] = {}
        for scene in scenes.values():
            for each in SUMS:
                total = place_of(each.total, scene)
                parts = [place_of(part, scene) for part in each.parts]
                present = [part for part in parts if part in self._cells]
                absent = [part for part in parts if part not in self._cells]
                if total not in self._cells and not absent:
                    self._unseen(total, self._together(parts))
                rest = absent[0] if absent else None
                if len(absent) > 1:
                    rest = total._replace(apart=" and ".join(part.crowd for part in absent))
                found |= dict.fromkeys(self._sum(total, present, rest))
        return list(found)

    def _group_sums(self, breakdowns: Sequence[Breakdown]) -> list[Sum[Place]]:
        """Find the counts of groups that make up the same count of another.

        Groups that come to more than their total overlap, and so tell a reader nothing about it.
        """
        found: list[Sum[Place]] = []
        for each in breakdowns:
            for total in [place for place in self._cells if place.group == each.total]:
                parts = [total._replace(group=part) for part in each.parts]
                present = [part for part in parts if part in self._cells]
                if self._together(present) <= self._cells[total].count:
                    rest = total._replace(apart=f"all but {each.parts}")
                    found.extend(self._sum(total, present, rest))
        return found

    def _sum(self, total: Place, present: list[Place], rest: Place | None) -> Iterator[Sum[Place]]:
        """Yield a sum, completed by the rest of the total; nothing if it does not add up.

        A rest that has no name of its own is left out where it is nobody, because a reader may
        know that the parts are all there are.
        """
        if total not in self._cells or not present:
            return
        left = self._cells[total].count - self._together(present)
        if left < 0 or (left > 0 and rest is None):
            self.contradictions.append(f"{total.crowd} and its parts differ by {left}")
        elif rest is None or (left == 0 and rest.apart):
            yield Sum(total, tuple(present))
        else:
            self._unseen(rest, left)
            yield Sum(total, (*present, rest))

    def _together(self, places: Sequence[Place]) -> int:
        return sum(self._cells[place].count for place in places)

    def _unseen(self, place: Place, count: int) -> None:
        self._cells.setdefault(place, self._cell(count, False, ANYTHING))


def place_of(crowd: Crowd, entry: Entry) -> Place:
    """Find the place of a crowd in an answer: the same place is the same people."""
    window = entry.window
    if crowd.days is not None:
        window = ending(window.end, crowd.days, window.timezone)
    start = window.end if crowd.at is At.END else window.start
    end = window.start if crowd.at is At.START else window.end
    return Place(crowd.name, start, end, entry.group)


def _sightings(entry: Entry, profile: Profile) -> Iterator[_Sighting]:
    """List the counts in a value; of a rate also those that are not in it."""
    metric, value = entry.metric, entry.value
    if value.status is Status.SUPPRESSED or not metric.protected:
        return
    if metric.kind is Kind.COUNT and value.value is not None:
        yield _count(metric.value, int(value.value))
    if metric.kind is Kind.RATE:
        yield from _share(metric.numerator, metric.denominator, value, profile)
        if value.denominator is not None and value.numerator is not None:
            rest = value.denominator - value.numerator
            if rest >= 0:
                yield _Sighting(metric.rest, rest, False, profile.rough(rest))
    else:
        yield _count(metric.denominator, value.denominator)
    yield _count(metric.n, value.n)
    for part in value.parts:
        defined = metric.part(part.key)
        if defined.kind is PartKind.SHARE:
            yield from _share(defined.crowd, defined.of, part, profile)
        elif defined.kind is PartKind.COUNT and part.value is not None:
            yield _count(defined.crowd, int(part.value))


def _count(crowd: Crowd | None, count: int | None) -> _Sighting:
    return _Sighting(crowd, count, True, ANYTHING)


def _share(
    numerator: Crowd | None, denominator: Crowd | None, share: Value | Part, profile: Profile
) -> Iterator[_Sighting]:
    """List the two counts of a share; the numerator is printed only where the share is.

    Of a share that is not printed a reader knows whether it was too small or too large.
    """
    yield _count(denominator, share.denominator)
    if share.numerator is None or share.denominator is None:
        return
    printed = profile.rate_shows(share.numerator, share.denominator)
    yield _Sighting(numerator, share.numerator, printed, profile.rough(share.numerator))
