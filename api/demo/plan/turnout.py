"""Who says they will come to a session of the demo network, and who then does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from api.communities.models import Mode
from api.core.actor import RUNNING, Role
from api.demo.cast.people import MEMBER, Somebody
from api.demo.plan.belonging import Belonging, Style
from api.demo.plan.calendar import Calendar, moment, season, working
from api.demo.plan.programme import Gathering
from api.sessions.models import Access, Answer, SessionKind

_COMES = {Style.CORE: 0.86, Style.ACTIVE: 0.62, Style.PERIPHERAL: 0.2, Style.QUIET: 0.03}
_DRAWS = {SessionKind.WEBINAR: 1.25, SessionKind.LAUNCH: 1.4, SessionKind.DROP_IN: 0.5}
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers, when."""

    at: datetime
    who: Somebody
    answer: Answer
    online: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who means to be there, how long they stay, and when they check in, if they do."""

    who: Somebody
    minutes: int
    online: bool
    checks_in: datetime | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """Everything people do about one session."""

    # Who runs it: a facilitator, or a lead.
    host: Somebody
    facilitators: tuple[Somebody, ...]
    speakers: tuple[Somebody, ...]
    replies: tuple[Reply, ...]
    present: tuple[Presence, ...]
    cancelled: datetime | None
    # When the register was kept, if it was; whether it also names those who did not come; and
    # when somebody looked at it again and found a mistake.
    registered: datetime | None
    thorough: bool
    mended: datetime | None
    followed_up: datetime | None


def turnout(
    random: Random,
    gathering: Gathering,
    crowd: Sequence[Belonging],
    others: Sequence[Belonging],
    calendar: Calendar,
) -> Turnout:
    """Draw what the members of a community, and a few others, do about one of its sessions."""
    known = [b for b in crowd if b.belongs(gathering.announced)]
    running = [b.who for b in known if b.role in RUNNING]
    facilitators = tuple(random.sample(running, min(len(running), random.choice((1, 1, 2)))))
    core = [b.who for b in known if b.style is Style.CORE and b.who not in facilitators]
    speakers = tuple(random.sample(core, min(len(core), random.choice((1, 1, 2)))))
    invited = [b for b in crowd if b.belongs(gathering.starts)]
    if gathering.access in (Access.OPEN, Access.NETWORK):
        named = {b.who for b in crowd}
        strangers = [b for b in others if b.who not in named and b.belongs(gathering.announced)]
        guests = random.sample(strangers, min(len(strangers), random.choice((0, 1, 1, 2, 3))))
        invited += [replace(b, style=Style.ACTIVE, joined=gathering.announced) for b in guests]
    cancelled = None
    if gathering.excuse:
        notice = random.choice((1, 2, 4)) * _DAY
        cancelled = max(gathering.starts - notice, gathering.announced + _HOUR)
    carries = {*facilitators, *speakers}
    replies: list[Reply] = []
    present: list[Presence] = []
    for belonging in invited:
        chance = 0.97 if belonging.who in carries else _chance(belonging, gathering)
        comes = random.random() < chance
        says = comes or (belonging.who.name == MEMBER and gathering.starts > calendar.eve)
        replies += _replies(random, gathering, belonging, comes=says)
        if comes:
            present.append(_presence(random, gathering, belonging))
    replies = [r for r in replies if r.at < min(cancelled or calendar.eve, calendar.eve)]
    registered = _registered(random, gathering, calendar)
    return Turnout(
        facilitators[0] if facilitators else next(b.who for b in crowd if b.role is Role.LEAD),
        facilitators,
        speakers,
        tuple(replies),
        () if cancelled else tuple(present),
        cancelled,
        None if cancelled else registered,
        random.random() < 0.8,
        _later(random, registered, calendar, 0.1),
        _later(random, registered, calendar, 0.75),
    )


def _chance(belonging: Belonging, gathering: Gathering) -> float:
    """How likely somebody comes: by their style, the season, the kind, and how they drift."""
    day = gathering.starts.date()
    chance = _COMES[belonging.style] * season(day) * _DRAWS.get(gathering.kind, 1.0)
    if belonging.key != gathering.key and belonging.joined != gathering.announced:
        chance *= 0.4  # the meetings of an umbrella are not everybody's
    if belonging.style is not Style.QUIET and gathering.starts - belonging.joined < 40 * _DAY:
        chance = max(chance, 0.45)
    if belonging.fades and day > belonging.fades:
        chance *= 0.72 ** ((day - belonging.fades).days / 7)
    return min(chance, 0.97)


def _replies(
    random: Random, gathering: Gathering, belonging: Belonging, *, comes: bool
) -> list[Reply]:
    """One answer, none, or one and then another, spread over the time there is."""
    earliest = max(gathering.announced, belonging.joined) + timedelta(minutes=20)
    latest = gathering.starts - _HOUR
    if belonging.ended:
        latest = min(latest, belonging.ended)
    if earliest >= latest:
        return []

    def between(start: datetime) -> datetime:
        part = random.betavariate(0.8, 0.9)
        return start + timedelta(seconds=int((latest - start).total_seconds() * part))

    reply = Reply(between(earliest), belonging.who, Answer.YES, belonging.online)
    said = _said(random, belonging, comes=comes)
    replies = [replace(reply, answer=answer) for answer in said[:1]]
    if comes and belonging.who.name == MEMBER:
        return [replace(reply, at=earliest)]
    if said[1:] == (Answer.YES,):
        replies.append(replace(reply, at=between(reply.at + timedelta(seconds=1))))
    elif said[1:] == (Answer.NO,):
        # Something comes up; for most on the last day.
        late = max(gathering.starts - random.randint(2, 40) * _HOUR, reply.at + _HOUR)
        if late < latest:
            replies.append(replace(reply, at=late, answer=Answer.NO))
    return replies


def _said(random: Random, belonging: Belonging, *, comes: bool) -> tuple[Answer, ...]:
    """What somebody says: nothing, one thing, or one thing and later another."""
    yes, maybe, no = Answer.YES, Answer.MAYBE, Answer.NO
    if comes:
        said: list[tuple[Answer, ...]] = [(yes,), (maybe, yes), ()]
        return random.choices(said, (83, 7, 10))[0]
    says_no = 30 * _COMES[belonging.style]
    said = [(yes,), (yes, no), (maybe,), (no,), ()]
    return random.choices(said, (14, 6, 5, says_no, 75 - says_no))[0]


def _presence(random: Random, gathering: Gathering, belonging: Belonging) -> Presence:
    part = random.uniform(0.25, 0.58) if random.random() < 0.09 else random.uniform(0.86, 1.0)
    in_room = gathering.mode is Mode.IN_PERSON or not belonging.online
    checks_in = None
    if gathering.mode is not Mode.ONLINE and in_room and random.random() < 0.2:
        checks_in = gathering.starts + timedelta(minutes=random.randint(-9, 6))
    return Presence(belonging.who, round(gathering.minutes * part), belonging.online, checks_in)


def _registered(random: Random, gathering: Gathering, calendar: Calendar) -> datetime | None:
    """The same evening or on the next working day; now and then nobody thinks of it."""
    dice = random.random()
    at = gathering.ends + timedelta(minutes=random.randint(15, 120))
    if dice > 0.6:
        after = gathering.ends.date() + _DAY
        day = after if working(after) == after else after + 3 * _DAY
        at = moment(day, random.randint(9, 11), random.randint(0, 59))
    return at if at < calendar.eve and dice < 0.96 else None


def _later(
    random: Random, registered: datetime | None, calendar: Calendar, share: float
) -> datetime | None:
    """Some days after the register was kept, for a share of the sessions."""
    days, dice = random.randint(1, 6), random.random()
    if registered is None or dice > share:
        return None
    at = registered + days * _DAY + timedelta(minutes=7)
    return at if at < calendar.eve else None
