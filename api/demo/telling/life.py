"""How the communities of the demo network come to be, and how people come to them and go."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from api.communities.models import JoinPolicy, Visibility
from api.core.actor import Role, State
from api.demo.cast.blueprint import Blueprint
from api.demo.cast.communities import BLUEPRINTS, LINKS
from api.demo.cast.organisations import ABSENT, WORKPLACES
from api.demo.cast.people import MEMBER, Somebody
from api.demo.plan.belonging import Belonging, Ending, Style, founded
from api.demo.plan.calendar import Calendar, moment, working
from api.demo.steps.life import (
    AcceptRules,
    Add,
    AddOrganisation,
    AddPerson,
    Archive,
    Enrol,
    Found,
    Hope,
    Invite,
    Join,
    Link,
    Move,
)
from api.demo.steps.stage import Step

Crowds = dict[str, list[Belonging]]
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_HIDDEN = (Visibility.PRIVATE, Visibility.CONFIDENTIAL)
# How many people wait for an answer today: those who asked, and those who were invited.
_ASKING = {"emhp": 3, "rural": 2}
_INVITED = {"capt": 2, "attendance": 1, "incidents": 1, "champions": 1}
_WAITING = {"managers": 2}
_CALLS_THE_MEMBER = "champions"


def arrivals(calendar: Calendar, people: Sequence[Somebody]) -> Iterator[Step]:
    """On the first morning organisations and people are entered."""
    at = moment(calendar.first, 5)
    for workplace in WORKPLACES + ABSENT:
        yield AddOrganisation(at, workplace)
    for who in people:
        yield AddPerson(at + _MINUTE, who)


def foundings(calendar: Calendar, crowds: Crowds) -> Iterator[Step]:
    """Communities that existed are founded again here, with their members; others come later."""
    for place, blueprint in enumerate(BLUEPRINTS):
        crowd = crowds[blueprint.key]
        at = opened(blueprint, calendar) + place * _MINUTE
        yield Found(at, blueprint, founded(blueprint, calendar), leading(crowd))
        if founding := tuple(b for b in crowd if b.founding):
            yield Enrol(at + _HOUR / 2, blueprint.key, founding)
        if blueprint.closed:
            yield Archive(moment(calendar.today - blueprint.closed, 16), blueprint.key)


def hopes(calendar: Calendar) -> Iterator[Step]:
    """Soon each community writes down where it would like to have somebody."""
    for blueprint in BLUEPRINTS:
        beneath = [b for b in BLUEPRINTS if blueprint.key in (b.key, b.above)]
        teams = {team for each in beneath for team in each.teams}
        wanted = [
            workplace
            for place, workplace in enumerate(WORKPLACES + ABSENT, start=len(blueprint.key))
            # Those whose teams it draws on, and some from farther away; the network wants all.
            if blueprint.above is None or place % 4 == 0 or not teams.isdisjoint(workplace.teams)
        ]
        yield Hope(opened(blueprint, calendar) + 8 * _DAY, blueprint.key, tuple(wanted))


def opened(blueprint: Blueprint, calendar: Calendar) -> datetime:
    return moment(max(calendar.first, founded(blueprint, calendar)), 6)


def leading(crowd: Sequence[Belonging]) -> Somebody:
    return next(b.who for b in crowd if b.role is Role.LEAD)


def comings_and_goings(random: Random, calendar: Calendar, crowds: Crowds) -> Iterator[Step]:
    """Everybody who came since the move, in the way their community has, and all who left."""
    for blueprint in BLUEPRINTS:
        crowd = crowds[blueprint.key]
        lead = leading(crowd)
        for belonging in crowd:
            if belonging.founding and belonging.style is not Style.QUIET:
                days = random.randint(0, 20)
                at = opened(blueprint, calendar) + days * _DAY + random.randint(60, 900) * _MINUTE
                yield AcceptRules(at, blueprint.key, belonging.who)
            elif not belonging.founding and belonging.who != lead:
                yield from _coming(random, blueprint, calendar, belonging, crowd)
            if belonging.ended:
                to = State.PAUSED if belonging.ending is Ending.PAUSED else State.ENDED
                who = belonging.who
                yield Move(belonging.ended, blueprint.key, who, to, by=who)


def _coming(
    random: Random,
    blueprint: Blueprint,
    calendar: Calendar,
    belonging: Belonging,
    crowd: Sequence[Belonging],
) -> Iterator[Step]:
    key, who, joined = blueprint.key, belonging.who, belonging.joined
    room = (joined - opened(blueprint, calendar)) / 2
    before = joined - min(room, random.randint(20, 90) * _HOUR)
    if belonging.role is not Role.MEMBER:
        yield Add(joined, key, who, belonging.role)
    elif blueprint.join_policy is JoinPolicy.BY_INVITATION or blueprint.visibility in _HIDDEN:
        if inviting := _inviting(crowd, before):
            yield Invite(before, key, inviting, who)
            yield Join(joined, key, who)
        else:
            yield Add(joined, key, who, Role.MEMBER)
    elif blueprint.join_policy is JoinPolicy.ON_REQUEST:
        yield Join(before, key, who)
        yield Move(joined, key, who, State.ACTIVE, by=leading(crowd))
    else:
        yield Join(joined, key, who)


def _inviting(crowd: Sequence[Belonging], at: datetime) -> Somebody | None:
    """Somebody who facilitates at that moment: leads need not invite, they add."""
    helpers = (b.who for b in crowd if b.role is Role.FACILITATOR and b.joined < at)
    return next(helpers, None)


class Door(NamedTuple):
    """Where people stand who would come in: the community, who is there, and who is not."""

    random: Random
    calendar: Calendar
    blueprint: Blueprint
    crowd: Sequence[Belonging]
    outside: list[Somebody]

    def when(self, days: int) -> datetime:
        """Some hour of a working day so many days ago."""
        day = working(self.calendar.days_ago(days))
        return moment(day, self.random.randint(9, 17), self.random.randint(0, 59))


def callers(
    random: Random, calendar: Calendar, crowds: Crowds, people: Sequence[Somebody]
) -> Iterator[Step]:
    """Those who stand at a door today: asking, invited, or waiting for a place."""
    serving = {
        b.who for blueprint in BLUEPRINTS if not blueprint.size for b in crowds[blueprint.key]
    }
    for blueprint in BLUEPRINTS:
        crowd = crowds[blueprint.key]
        inside = serving | {b.who for b in crowd}
        outside = [w for w in people if w not in inside and w.team in blueprint.teams]
        outside = random.sample(outside, min(len(outside), 12))
        if blueprint.key == _CALLS_THE_MEMBER:
            outside.append(next(w for w in people if w.name == MEMBER))
        door = Door(random, calendar, blueprint, crowd, outside)
        yield from _asking(door, _ASKING.get(blueprint.key, 0))
        yield from _invited(door, _INVITED.get(blueprint.key, 0))
        yield from _waiting(door, _WAITING.get(blueprint.key, 0))


def _asking(door: Door, number: int) -> Iterator[Step]:
    """Some wait for an answer, and one has had theirs."""
    key = door.blueprint.key
    for place in range(number):
        yield Join(door.when(2 + 3 * place), key, door.outside.pop())
    if number:
        declined, asked = door.outside.pop(), door.when(31)
        reason = "We are for people who work in the region. Ask again if that changes."
        yield Join(asked, key, declined)
        lead = leading(door.crowd)
        yield Move(asked + 2 * _DAY, key, declined, State.DECLINED, by=lead, reason=reason)


def _invited(door: Door, number: int) -> Iterator[Step]:
    for place in range(number):
        at = door.when(4 + 3 * place)
        if inviting := _inviting(door.crowd, at):
            yield Invite(at, door.blueprint.key, inviting, door.outside.pop())


def _waiting(door: Door, number: int) -> Iterator[Step]:
    """Places that became free go to the first of those who come; the last ones wait."""
    key = door.blueprint.key
    free = (door.blueprint.limit or 0) - sum(b.ended is None for b in door.crowd) if number else 0
    for place in range(free + number):
        at = door.when(20 - 3 * place)
        if inviting := _inviting(door.crowd, at - 5 * _HOUR):
            who = door.outside.pop()
            yield Invite(at - 5 * _HOUR, key, inviting, who)
            yield Join(at, key, who)


def bonds(calendar: Calendar) -> Iterator[Step]:
    """Links between communities; one offer still waits for its answer."""
    for place, (key, other, kind, note, accepted) in enumerate(LINKS):
        day = calendar.first + timedelta(days=45 + 16 * place) if accepted else calendar.days_ago(6)
        at = moment(working(day), 11, 20)
        yield Link(at, key, other, kind, note, at + 2 * _DAY if accepted else None)
