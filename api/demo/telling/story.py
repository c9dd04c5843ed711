"""The story of the demo network: all that happens in it, in order, told without a database."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from api.demo.cast.blueprint import Blueprint
from api.demo.cast.communities import BLUEPRINTS
from api.demo.cast.people import Somebody, crowd
from api.demo.plan.belonging import Belonging, settle
from api.demo.plan.calendar import Calendar
from api.demo.plan.programme import Gathering, programme
from api.demo.plan.turnout import Turnout, turnout
from api.demo.steps.meetings import (
    Arrive,
    Cancel,
    KeepRegister,
    Mend,
    Respond,
    Schedule,
    Share,
    followed_up,
    moved,
)
from api.demo.steps.stage import Step
from api.demo.telling import forum, ideas, life

PEOPLE = 300
_PAGES = (
    ("The slides", "slides"),
    ("What we wrote down together", "notes"),
    ("One page for your team", "one-page"),
    ("To read before, ten minutes", "reading"),
)


class Story:
    """One telling: the same day and the same seed always make the same one."""

    def __init__(self, today: date, seed: int):
        self.calendar = Calendar(today)
        self._seed = seed
        self.people = crowd(self._random("people"), PEOPLE)
        self.belongings = settle(self._random("belonging"), self.people, self.calendar)
        self.crowds: life.Crowds = {b.key: [] for b in BLUEPRINTS}
        for belonging in self.belongings:
            self.crowds[belonging.key].append(belonging)

    def steps(self) -> list[Step]:
        """Everything that happens, in the order in which it does."""
        calendar, crowds = self.calendar, self.crowds
        told: list[Step] = [
            *life.arrivals(calendar, self.people),
            *life.foundings(calendar, crowds),
            *life.hopes(calendar),
            *life.comings_and_goings(self._random("coming"), calendar, crowds),
            *life.callers(self._random("callers"), calendar, crowds, self.people),
            *life.bonds(calendar),
            *self._sessions(),
            *self._forum(),
            *ideas.proposals(calendar, self._steady()),
        ]
        # What happens at the same moment stays in the order in which it was told.
        return sorted(told, key=lambda step: step.at)

    def _steady(self) -> list[Somebody]:
        """People who were there on the first day, and still are, as chance would have them."""
        there = {b.who for b in self.belongings if b.founding and b.ended is None}
        drawn = sorted(there, key=lambda who: who.name)
        self._random("ideas").shuffle(drawn)
        return drawn

    def _random(self, part: str) -> Random:
        """Chance for one part of the story, so that changing another leaves it as it was."""
        return Random(f"{self._seed}/{part}")  # noqa: S311  (a story keeps no secrets)

    def _sessions(self) -> Iterator[Step]:
        everybody = list({b.who: b for b in self.belongings}.values())
        random = self._random("turnout")
        for gathering in programme(self._random("programme"), self.calendar):
            crowd = self._invited(gathering.key)
            drawn = turnout(random, gathering, crowd, everybody, self.calendar)
            yield from _around(random, gathering, drawn, self.calendar)

    def _invited(self, key: str) -> list[Belonging]:
        """The members of a community; of an umbrella everybody beneath it, each of them once."""
        above = {b.key: b.above for b in BLUEPRINTS}
        sizes = {b.key: b.size for b in BLUEPRINTS}

        def inside(place: str | None) -> bool:
            return place is not None and (place == key or inside(above[place]))

        if sizes[key]:
            return self.crowds[key]
        found = {b.who: b for b in self.belongings if inside(b.key)}
        return list({**found, **{b.who: b for b in self.crowds[key]}}.values())

    def _forum(self) -> Iterator[Step]:
        random = self._random("forum")
        for monday in self.calendar.weeks():
            for blueprint in BLUEPRINTS:
                if blueprint.size and not self._is_over(blueprint, monday):
                    told = forum.week(random, blueprint.key, self.crowds[blueprint.key], monday)
                    if told and told.at < self.calendar.eve:
                        yield told

    def _is_over(self, blueprint: Blueprint, monday: date) -> bool:
        if blueprint.closed is None:
            return False
        return monday + timedelta(weeks=2) > self.calendar.today - blueprint.closed


def _around(
    random: Random, gathering: Gathering, drawn: Turnout, calendar: Calendar
) -> Iterator[Step]:
    """What happens around one session."""
    host = drawn.host
    yield Schedule(gathering.announced, gathering, drawn)
    if gathering.moved:
        yield moved(gathering.starts - timedelta(days=7), gathering, host)
    for reply in drawn.replies:
        yield Respond(reply.at, gathering, reply)
    if random.random() < 0.35 and gathering.announced + timedelta(hours=1) < calendar.eve:
        title, page = random.choice(_PAGES)
        address = f"{gathering.key}/{gathering.starts:%Y-%m-%d}/{page}"
        yield Share(gathering.announced + timedelta(minutes=40), gathering, host, title, address)
    if drawn.cancelled:
        yield Cancel(drawn.cancelled, gathering, host)
        return
    if gathering.starts >= calendar.eve:
        return
    yield from _afterwards(gathering, drawn)


def _afterwards(gathering: Gathering, drawn: Turnout) -> Iterator[Step]:
    """What happens at one session and once it is over."""
    host = drawn.host
    for presence in drawn.present:
        if presence.checks_in:
            yield Arrive(presence.checks_in, gathering, presence, host)
    if drawn.registered:
        yield KeepRegister(drawn.registered, gathering, drawn, host)
    if drawn.mended:
        yield Mend(drawn.mended, gathering, drawn, host)
    if drawn.followed_up:
        yield followed_up(drawn.followed_up, gathering, host)
