"""The sessions of the demo network: when each community meets, about what, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from api.communities.models import Cadence, Mode, Visibility
from api.demo.cast.blueprint import Blueprint
from api.demo.cast.communities import BLUEPRINTS
from api.demo.cast.topics import SHAPES, topics
from api.demo.plan.belonging import founded
from api.demo.plan.calendar import Calendar, fortnightly, is_break, moment, monthly, working
from api.sessions.models import Access, SessionKind

ROOMS = (
    "Northmere Library, Room 2",
    "The Weir Rooms, Tamebridge",
    "Marlowe Vale House, first floor",
    "Wyrefield County Hall, Committee Room B",
    "Harbour Lane, the long table",
)
GUESTS = ("Dr Imogen Farr", "Prof. Elis Tudor", "Salwa Idris", "Canon Joe Whitaker")
EXCUSES = (
    "The speaker is ill; we look for another day.",
    "Too few of us can leave the wards that week.",
    "The building is closed after the storm.",
)


class Slot(NamedTuple):
    """When a community meets: the weekday, the week of the month, the hour and the minute."""

    weekday: int
    week: int
    hour: int
    minute: int = 0


_SLOTS = {
    "network": Slot(2, 1, 10),
    "young": Slot(1, 2, 15, 30),
    "adult": Slot(3, 0, 10),
    "work": Slot(1, 3, 12),
    "cwp": Slot(2, 0, 16),
    "emhp": Slot(3, 0, 15, 30),
    "capt": Slot(4, 2, 13),
    "attendance": Slot(1, 0, 9, 30),
    "peer": Slot(1, 0, 12),
    "trauma": Slot(3, 0, 12, 30),
    "physical": Slot(2, 2, 13),
    "rural": Slot(3, 1, 19),
    "champions": Slot(1, 1, 12, 30),
    "managers": Slot(4, 0, 8, 30),
    "incidents": Slot(2, 3, 17),
    "remote": Slot(3, 2, 11),
}


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session as it is planned; the community and the start tell it from others."""

    key: str
    kind: SessionKind
    title: str
    starts: datetime
    ends: datetime
    announced: datetime
    mode: Mode
    access: Access
    room: str
    capacity: int | None
    online_capacity: int | None
    tentative: bool
    excuse: str | None
    # Moved to its time from one an hour earlier, a week before it took place.
    moved: bool
    guest: str | None

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds() // 60)


def programme(random: Random, calendar: Calendar) -> list[Gathering]:
    """Plan every session of the network, in the order in which they start."""
    planned: list[Gathering] = []
    for blueprint in BLUEPRINTS:
        titles = _titles(blueprint.key)
        for day in _days(blueprint, calendar):
            kind, title = next(titles)
            planned.append(_gathering(random, blueprint, calendar, day, kind, title))
    return sorted(planned, key=lambda g: (g.starts, g.key))


def _titles(key: str) -> Iterator[tuple[SessionKind, str]]:
    """One topic after another; who runs out of them takes them up again."""
    for turn in count():
        for kind, title in topics(key):
            yield kind, title if turn == 0 else f"{title} (again)"


def _days(blueprint: Blueprint, calendar: Calendar) -> Iterator[date]:
    slot = _SLOTS[blueprint.key]
    first = max(
        calendar.first + timedelta(days=3), founded(blueprint, calendar) + timedelta(days=12)
    )
    last = calendar.last
    if blueprint.closed:
        last = calendar.today - blueprint.closed - timedelta(days=14)
    if blueprint.key == "trauma":
        days = fortnightly(calendar.visit, first, last)
    elif blueprint.cadence is Cadence.FORTNIGHTLY:
        # In the weeks between, so that nobody has to choose.
        monday = calendar.visit - timedelta(days=calendar.visit.weekday())
        anchor = monday + timedelta(days=7 + slot.weekday)
        days = fortnightly(anchor, first, last)
    elif blueprint.cadence is Cadence.QUARTERLY:
        middle = calendar.first + timedelta(days=30 + 7 * slot.week + slot.weekday)
        days = fortnightly(middle, first, last, weeks=13)
    else:
        days = monthly(slot.week, slot.weekday, first, last)
    for day in days:
        if day == calendar.visit or not is_break(day, schools=blueprint.schools):
            yield working(day)


def _gathering(
    random: Random,
    blueprint: Blueprint,
    calendar: Calendar,
    day: date,
    kind: SessionKind,
    title: str,
) -> Gathering:
    slot = _SLOTS[blueprint.key]
    starts = moment(day, slot.hour, slot.minute)
    past = starts < calendar.eve
    mode = _mode(random, blueprint, kind)
    visit = day == calendar.visit and blueprint.key == "trauma"
    capacity, online_capacity = _seats(random, kind, mode)
    announced = _announced(random, blueprint, calendar, starts)
    chance = random.random()
    return Gathering(
        key=blueprint.key,
        kind=kind,
        title=title,
        starts=starts,
        ends=starts + timedelta(minutes=SHAPES[kind].minutes),
        announced=announced,
        mode=mode,
        access=_access(random, blueprint, kind),
        room=random.choice(ROOMS) if mode is not Mode.ONLINE else "",
        capacity=capacity,
        online_capacity=online_capacity,
        tentative=not past and not visit and (starts - calendar.eve).days > 24,
        excuse=random.choice(EXCUSES) if chance < 0.035 and past else None,
        moved=0.035 <= chance < 0.07 and past and (starts - announced).days > 8,
        guest=random.choice(GUESTS) if kind is SessionKind.WEBINAR else None,
    )


def _announced(
    random: Random, blueprint: Blueprint, calendar: Calendar, starts: datetime
) -> datetime:
    """Some weeks before, but never before the community was here or after yesterday."""
    wished = working((starts - timedelta(days=random.randint(30, 44))).date())
    earliest = max(calendar.first, founded(blueprint, calendar) + timedelta(days=1))
    latest = calendar.days_ago(1)
    day = min(max(wished, earliest), latest)
    return moment(day, random.randint(18, 20), random.randint(0, 59))


def _mode(random: Random, blueprint: Blueprint, kind: SessionKind) -> Mode:
    if blueprint.key == "trauma":
        return Mode.HYBRID
    if kind in (SessionKind.WEBINAR, SessionKind.DROP_IN):
        return Mode.ONLINE
    if kind in (SessionKind.TRAINING, SessionKind.LAUNCH):
        return Mode.IN_PERSON
    if blueprint.mode is Mode.HYBRID:
        return random.choice((Mode.HYBRID, Mode.HYBRID, Mode.IN_PERSON))
    return random.choices((Mode.ONLINE, Mode.IN_PERSON), (9, 1))[0]


def _seats(random: Random, kind: SessionKind, mode: Mode) -> tuple[int | None, int | None]:
    if mode is Mode.HYBRID:
        return random.choice((8, 10, 12)), random.choice((None, None, 30))
    if mode is Mode.IN_PERSON:
        return random.choice((12, 14, 16)), None
    if kind in (SessionKind.WORKSHOP, SessionKind.CASE_DISCUSSION, SessionKind.PEER_CIRCLE):
        return random.choice((None, 12, 14, 16)), None
    return (100, None) if kind is SessionKind.WEBINAR else (None, None)


def _access(random: Random, blueprint: Blueprint, kind: SessionKind) -> Access:
    if blueprint.visibility in (Visibility.CONFIDENTIAL, Visibility.PRIVATE):
        return Access.MEMBERS
    if not blueprint.size:
        return Access.OPEN if kind is SessionKind.WEBINAR else Access.NETWORK
    wide = kind in (SessionKind.WEBINAR, SessionKind.SHOW_AND_TELL, SessionKind.TRAINING)
    return random.choice((Access.NETWORK, Access.OPEN)) if wide else Access.MEMBERS
