"""Who belongs to which community of the demo network, since when, and how they live there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from api.core.actor import Role
from api.demo.cast.blueprint import Blueprint
from api.demo.cast.communities import BLUEPRINTS, NETWORK
from api.demo.cast.people import COORDINATOR, LEAD, MEMBER, Somebody
from api.demo.plan.calendar import Calendar, moment, working


class Style(StrEnum):
    """How somebody takes part. Most communities have few at the core and many at the edge."""

    CORE = "core"
    ACTIVE = "active"
    PERIPHERAL = "peripheral"
    QUIET = "quiet"


# With those who lead, near what Wenger, McDermott and Snyder saw: 10 to 15 % core, 15 to 20 %
# active.
SHARES = {Style.CORE: 6, Style.ACTIVE: 16, Style.PERIPHERAL: 48, Style.QUIET: 30}


class Ending(StrEnum):
    """How somebody's time came to an end."""

    LEFT = "left"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Belonging:
    """One person in one community. `founding` ones were members before the network moved here."""

    who: Somebody
    key: str
    role: Role
    style: Style
    joined: datetime
    founding: bool
    online: bool
    # From this day on they come less and less.
    fades: date | None = None
    ending: Ending | None = None
    ended: datetime | None = None

    def belongs(self, at: datetime) -> bool:
        return self.joined <= at and (self.ended is None or at < self.ended)


def settle(random: Random, people: Sequence[Somebody], calendar: Calendar) -> list[Belonging]:
    """Spread people over the communities: everybody belongs somewhere, some to two or three."""
    belongings = _serving(random, people, calendar)
    # Whoever leads an umbrella need not ask to be let in beneath it, so they are not members there.
    serving = {belonging.who for belonging in belongings}
    leaves = [b for b in BLUEPRINTS if b.size]
    crowds: dict[str, list[Somebody]] = {b.key: [] for b in leaves}
    known = {who.name: who for who in people}
    crowds["trauma"] += [known[LEAD], known[MEMBER]]
    others = [who for who in people if who.name not in (LEAD, MEMBER) and who not in serving]
    # First one community for everybody, as long as there is room where their team belongs.
    for who in others:
        room = [b for b in leaves if len(crowds[b.key]) < b.size]
        fitting = [b for b in room if who.team in b.teams] or room
        free = [b.size - len(crowds[b.key]) for b in fitting]
        crowds[random.choices(fitting, free)[0].key].append(who)
    for blueprint in leaves:
        crowd = crowds[blueprint.key]
        while len(crowd) < blueprint.size:
            who = random.choice(others)
            near = who.team in blueprint.teams or random.random() < 0.12
            if near and who not in crowd:
                crowd.append(who)
    crowds["peer"][-1] = known[MEMBER]
    for blueprint in leaves:
        belongings += _crowd(random, blueprint, crowds[blueprint.key], calendar)
    return belongings


def _serving(random: Random, people: Sequence[Somebody], calendar: Calendar) -> list[Belonging]:
    """Those who lead and coordinate the umbrellas."""
    known = {who.name: who for who in people}
    seniors = [who for who in people if who.team in ("Public health", "Research", "Grants")]
    belongings = []
    for blueprint in BLUEPRINTS:
        if blueprint.size:
            continue
        roles = [Role.LEAD, Role.COORDINATOR]
        if blueprint.key == NETWORK:
            roles += [Role.SPONSOR, Role.ANALYST]
        chosen = random.sample([who for who in seniors if who.name != COORDINATOR], len(roles))
        if blueprint.key == NETWORK:
            chosen[1] = known[COORDINATOR]
        for who, role in zip(chosen, roles, strict=True):
            since = _before(random, blueprint, calendar)
            belongings.append(
                Belonging(who, blueprint.key, role, Style.ACTIVE, since, True, online=True)
            )
    return belongings


def _crowd(
    random: Random, blueprint: Blueprint, crowd: Iterable[Somebody], calendar: Calendar
) -> list[Belonging]:
    made = []
    for place, who in enumerate(crowd):
        role = _role(blueprint, place)
        style = random.choices(list(SHARES), list(SHARES.values()))[0]
        if role is not Role.MEMBER:
            style = Style.CORE
        elif who.name == MEMBER:
            style = Style.ACTIVE
        # Leads are there first; of the others about two in five came since the move.
        early = role is not Role.MEMBER or who.name == MEMBER or random.random() < 0.6
        founding = is_older(blueprint, calendar) and early
        if founding:
            joined = _before(random, blueprint, calendar)
        else:
            joined = _since(random, blueprint, calendar, early=role is not Role.MEMBER)
        made.append(
            _aged(
                random,
                Belonging(
                    who, blueprint.key, role, style, joined, founding, random.random() < 0.55
                ),
                blueprint,
                calendar,
            )
        )
    return made


def is_older(blueprint: Blueprint, calendar: Calendar) -> bool:
    """Whether a community existed before the network moved to Trellis."""
    return founded(blueprint, calendar) < calendar.first


def founded(blueprint: Blueprint, calendar: Calendar) -> date:
    return working(calendar.days_ago(blueprint.age * 365))


def _role(blueprint: Blueprint, place: int) -> Role:
    if place == 0:
        return Role.LEAD
    if place == 1 and blueprint.size >= 40 and blueprint.key != "trauma":
        return Role.LEAD
    return Role.FACILITATOR if place in (2, 3) and blueprint.size >= 11 else Role.MEMBER


def _before(random: Random, blueprint: Blueprint, calendar: Calendar) -> datetime:
    """Some day between the founding and the move."""
    birth = founded(blueprint, calendar)
    days = (calendar.first - birth).days
    # More of those who are here today came lately.
    return moment(calendar.first - timedelta(days=1 + int(days * random.random() ** 1.6)), 12)


def _since(random: Random, blueprint: Blueprint, calendar: Calendar, *, early: bool) -> datetime:
    """Some working day since the move, or since the founding where that was later."""
    start = max(calendar.first, founded(blueprint, calendar)) + timedelta(days=1)
    # Where places are few, those who come last are told of elsewhere.
    end = calendar.days_ago(35 if blueprint.limit else 2)
    if blueprint.closed:
        end = calendar.today - blueprint.closed - timedelta(days=20)
    days = max((end - start).days, 1)
    part = random.random() * 0.03 if early else random.random()
    day = start + timedelta(days=int(days * part))
    return moment(working(day), random.randint(8, 17), random.randint(0, 59))


def _aged(
    random: Random, belonging: Belonging, blueprint: Blueprint, calendar: Calendar
) -> Belonging:
    """Let some drift away, and some of those go, or take a break."""
    ordinary = belonging.role is Role.MEMBER and belonging.who.name != MEMBER
    if not ordinary or blueprint.closed or random.random() > 0.2:
        return belonging
    start = max(belonging.joined.date(), calendar.first)
    days = (calendar.today - start).days
    if days < 60:
        return belonging
    fades = start + timedelta(days=random.randint(30, days - 10))
    lasts = fades + timedelta(days=random.randint(25, 70))
    fate = random.random()
    if fate < 0.45 or lasts >= calendar.days_ago(2):
        return replace(belonging, fades=fades)
    return replace(
        belonging,
        fades=fades,
        ending=Ending.LEFT if fate < 0.85 else Ending.PAUSED,
        ended=moment(lasts, random.randint(8, 20), random.randint(0, 59)),
    )
