"""What was known, in the shape in which it is counted: people, what they did, who met whom.

Ids are whatever the driver gives, text or UUID: they are compared and sorted, never shown.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from api.sessions.models import Seating

Id = Any
Times = list[tuple[datetime, datetime | None]]


class People:
    """Who belonged when, each person once, with the organisation and team they were known by."""

    def __init__(self, rows: Iterable[tuple[Id, datetime, datetime | None, Id, str | None]]):
        times: dict[Id, Times] = defaultdict(list)
        self.organisations: dict[Id, Id] = {}
        self.teams: dict[Id, tuple[Id, str] | None] = {}
        for person, began, ended, organisation, team in rows:
            times[person].append((began, ended))
            self.organisations[person] = organisation
            self.teams[person] = (organisation, team) if team else None
        self.times = {person: unbroken(spells) for person, spells in times.items()}
        self._at: dict[datetime, frozenset[Id]] = {}
        self._during: dict[tuple[datetime, datetime], frozenset[Id]] = {}

    def at(self, moment: datetime) -> frozenset[Id]:
        """Those who belonged before this moment and after it: nobody whose time begins or ends
        at it, so that a window never counts people who were not in it."""
        if moment not in self._at:
            self._at[moment] = frozenset(
                person
                for person, times in self.times.items()
                if any(began < moment and (not ended or ended > moment) for began, ended in times)
            )
        return self._at[moment]

    def during(self, start: datetime, end: datetime) -> frozenset[Id]:
        """Those who belonged at any time from `start` up to but without `end`."""
        if (start, end) not in self._during:
            self._during[start, end] = frozenset(
                person
                for person, times in self.times.items()
                if any(began < end and (not ended or ended > start) for began, ended in times)
            )
        return self._during[start, end]

    def first(self, person: Id) -> datetime:
        """When somebody first belonged; whoever comes back is no newcomer."""
        return self.times[person][0][0]


class Deeds(NamedTuple):
    """How often one person did something of each class, and how many sessions they led."""

    contributions: int
    attendances: int
    views: int
    led: int

    @property
    def took_part(self) -> bool:
        return bool(self.contributions or self.attendances)


NOTHING = Deeds(0, 0, 0, 0)


class Record:
    """What people did, added up between neighbouring edges of the windows that are asked about."""

    def __init__(
        self, edges: Sequence[datetime], rows: Iterable[tuple[Id, int, int, int, int, int]]
    ):
        self._edges = edges
        self._pieces: dict[int, list[tuple[Id, Deeds]]] = defaultdict(list)
        for person, piece, *deeds in rows:
            self._pieces[piece].append((person, Deeds(*deeds)))
        self._between: dict[tuple[datetime, datetime], dict[Id, Deeds]] = {}

    def between(self, start: datetime, end: datetime) -> dict[Id, Deeds]:
        """What everybody did from one edge to another; both must be among those asked for."""
        if (start, end) not in self._between:
            total: dict[Id, Deeds] = {}
            for piece in range(bisect_left(self._edges, start), bisect_left(self._edges, end)):
                for person, deeds in self._pieces.get(piece, ()):
                    known = total.get(person)
                    total[person] = (
                        Deeds(*(a + b for a, b in zip(known, deeds, strict=True)))
                        if known
                        else deeds
                    )
            self._between[start, end] = total
        return self._between[start, end]


class Meeting(NamedTuple):
    """A session that was not cancelled, as it was known."""

    starts_at: datetime
    ends_at: datetime
    held: bool
    hybrid: bool
    capacity: int | None
    online_capacity: int | None


class Line(NamedTuple):
    """One line of a register: who was there, or was expected and was not."""

    person: Id
    came: bool
    seating: Seating | None
    counted: bool


class Yes(NamedTuple):
    """A yes with a confirmed place; `until` is when it was replaced by something else."""

    person: Id
    seating: Seating
    since: datetime
    until: datetime | None
    counted: bool


def unbroken(times: Times) -> Times:
    """Join times that overlap or touch, such as two roles in a row or two communities at once."""
    joined: Times = []
    for began, ended in sorted(times, key=lambda each: each[0]):
        before = joined[-1] if joined else None
        if before and (before[1] is None or before[1] >= began):
            last = None if before[1] is None or ended is None else max(before[1], ended)
            joined[-1] = (before[0], last)
        else:
            joined.append((began, ended))
    return joined
