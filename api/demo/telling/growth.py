"""The large demo network: the small one, and around it local circles with a busy forum.

It is for measuring and exporting, not for reading: about a million activities, each of them handed
in by the forum through the same service as everybody's.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from api.core.actor import Role
from api.demo.cast.blueprint import Blueprint
from api.demo.cast.communities import ADULT, WORK, YOUNG
from api.demo.cast.people import Somebody, crowd
from api.demo.plan.belonging import Belonging, Style
from api.demo.plan.calendar import moment
from api.demo.steps.forum import Deed, Tell
from api.demo.steps.life import AddPerson, Enrol, Found
from api.demo.steps.stage import Step
from api.demo.telling.story import PEOPLE, Story
from api.engagement.models import ActivityKind

ACTIVITIES = 1_000_000
NEWCOMERS = 3000
_MEMBERS = 50
_WEEK = timedelta(weeks=1)
_PLACES = (
    "Tamebridge North",
    "Tamebridge South",
    "Northmere",
    "Wyrefield",
    "Leaford",
    "Stourham",
    "Penfold",
    "Brindle Heath",
    "Cannford",
    "Aldersmoor",
    "the western hills",
    "the valley towns",
)
_THEMES = (
    (YOUNG, "School nurses", "school health"),
    (YOUNG, "Family workers", "families"),
    (ADULT, "Link workers", "social prescribing"),
    (ADULT, "Crisis alternatives", "crisis care"),
    (WORK, "Staff listeners", "listening"),
)
_VERBS = (
    ("thread.read", ActivityKind.CONSUMPTION),
    ("resource.viewed", ActivityKind.CONSUMPTION),
    ("resource.viewed", ActivityKind.CONSUMPTION),
    ("thread.replied", ActivityKind.CONTRIBUTION),
)


class Growth:
    """Everything the large network has more than the small one."""

    def __init__(
        self,
        story: Story,
        seed: int,
        *,
        activities: int = ACTIVITIES,
        newcomers: int = NEWCOMERS,
        places: int = len(_PLACES),
    ):
        self._calendar = story.calendar
        self._random = Random(f"{seed}/growth")  # noqa: S311  (a story keeps no secrets)
        self._activities = activities
        grown = crowd(Random(f"{seed}/people"), PEOPLE + newcomers)  # noqa: S311
        self.newcomers = grown[PEOPLE:]
        self.circles = [
            Blueprint(
                key=f"{above}/{place}/{theme}",
                above=above,
                name=f"{theme} of {place}",
                purpose=f"To learn from each other as {theme.lower()}, close to home.",
                domain="What works here.",
                practice="An hour together each month, and the forum in between.",
                audience=theme,
                topics=(topic, "local circles"),
                age=2.0,
                region=place,
                size=_MEMBERS,
            )
            for place in _PLACES[:places]
            for above, theme, topic in _THEMES
        ]
        weeks = list(self._calendar.weeks())
        # A week is told on the Monday after it, and the last of these lies ahead.
        self._weeks = [day for day in weeks if moment(day + _WEEK, 6) < self._calendar.eve]

    def __len__(self) -> int:
        """How many steps there are, so that whoever waits sees how far they have come."""
        return len(self.newcomers) + len(self.circles) * (2 + len(self._weeks))

    def steps(self) -> Iterator[Step]:
        first = self._calendar.first
        for who in self.newcomers:
            yield AddPerson(moment(first, 7), who)
        crowds = {}
        for place, circle in enumerate(self.circles):
            crowds[circle.key] = members = self._members(place)
            day = first - timedelta(days=365)
            yield Found(moment(first, 8, place % 60), circle, day, members[0].who)
            yield Enrol(moment(first, 9, place % 60), circle.key, members)
        said = 0
        for number, monday in enumerate(self._weeks):
            for place, circle in enumerate(self.circles):
                done = number * len(self.circles) + place + 1
                due = self._activities * done // (len(self._weeks) * len(self.circles)) - said
                said += due
                yield self._week(circle, crowds[circle.key], monday, due)

    def _members(self, place: int) -> tuple[Belonging, ...]:
        """Fifty newcomers each, taken in turn, so that everybody belongs somewhere."""
        chosen = [
            self.newcomers[(place * _MEMBERS + n) % len(self.newcomers)] for n in range(_MEMBERS)
        ]
        joined = moment(self._calendar.first - timedelta(days=100), 12)
        return tuple(
            Belonging(
                who,
                self.circles[place].key,
                Role.MEMBER if n else Role.LEAD,
                Style.ACTIVE,
                joined,
                founding=True,
                online=True,
            )
            for n, who in enumerate(chosen)
        )

    def _week(
        self, circle: Blueprint, crowd: tuple[Belonging, ...], monday: date, due: int
    ) -> Tell:
        random = self._random
        deeds = []
        for number in range(due):
            # Few write much, and many write little.
            who: Somebody = crowd[int(len(crowd) * random.random() ** 2)].who
            verb, kind = random.choice(_VERBS)
            at = moment(monday, 6) + timedelta(minutes=random.randrange(7 * 24 * 60 - 60))
            deeds.append(Deed(who, verb, kind, at, f"{circle.key}/{monday:%Y-%m-%d}/{number}"))
        return Tell(moment(monday + _WEEK, 6), circle.key, tuple(deeds))
