"""How ideas for new communities fare: one has become one, and five are on their way."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from api.demo.cast.communities import ADULT, NETWORK, WORK, YOUNG
from api.demo.cast.ideas import CALL, FATHERS, GARDEN, GRIEF, MONEY, NIGHT, SCHOOLS, Sketch
from api.demo.cast.people import Somebody, known
from api.demo.plan.calendar import Calendar, moment
from api.demo.steps.ideas import (
    Accept,
    Agree,
    AskDates,
    Decide,
    Draft,
    Express,
    Meet,
    Sound,
    Take,
    Vote,
)
from api.demo.steps.stage import Step
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Offer, Office, Opinion, Suits

S = ProposalState
_OFFERS = (Offer.CO_LEAD, Offer.MEMBER, Offer.MEMBER, Offer.SPEAKER, Offer.MEMBER, Offer.OBSERVER)
_NEW = {"decision": "no_duplicate"}


def proposals(calendar: Calendar, crowd: Sequence[Somebody]) -> Iterator[Step]:
    """Tell of every idea; `crowd` are people who were there from the first day and still are."""
    member, lead, coordinator = known()
    others = [who for who in crowd if who not in (member, lead, coordinator)]

    def ago(days: float, hour: int = 11) -> datetime:
        return moment(calendar.days_ago(days), hour)

    yield from _launched(calendar, others[:14], coordinator)
    yield from _called(calendar, others[14:24], coordinator)
    yield from _forming(calendar, others[24:36], coordinator)
    first, second, third, fourth = others[36:40]
    yield Draft(ago(12, 9), FATHERS, first, YOUNG, first, (second,))
    yield Take(ago(11, 16), "fathers", first, S.SUBMITTED)
    yield Draft(ago(40, 9), SCHOOLS, third, YOUNG, third, (fourth,))
    yield Take(ago(39, 9), "schools", third, S.SUBMITTED)
    because = "They meet monthly, in the hours you need, and have room for your teams."
    yield Take(ago(36, 14), "schools", coordinator, S.REFERRED, because, target="emhp")
    yield Draft(ago(3, 18), MONEY, member, ADULT)


def _until_called(
    calendar: Calendar, sketch: Sketch, above: str, crowd: Sequence[Somebody],
    coordinator: Somebody, since: int, closes_in: int = 21,
) -> Iterator[Step]:  # fmt: skip
    """From the first draft to the day a call opens, `since` days before today."""
    key, proposer, supporter = sketch.key, crowd[0], crowd[1]

    def before(days: float, hour: int = 10) -> datetime:
        return moment(calendar.days_ago(since + days), hour)

    yield Draft(before(20), sketch, proposer, above, proposer, (supporter,))
    yield Take(before(18), key, proposer, S.SUBMITTED)
    yield Take(before(14), key, coordinator, S.SCOPING, "Nothing here does this yet.", _NEW)
    yield Sound(before(9), key, proposer, "Kit, night nurse", Opinion.YES, "At 07:30, after work.")
    yield Sound(before(7), key, proposer, "Jo, ward manager", Opinion.PERHAPS, "Who covers for us?")
    yield Sound(before(6), key, proposer, "Sam, peer worker", Opinion.YES, "I would come.")
    closes_at = moment(calendar.days_ago(since - closes_in), 17)
    details = {"text": CALL, "closes_at": closes_at.isoformat()}
    yield Take(before(0, 9), key, coordinator, S.INTEREST_CALL, None, details)


def _said(calendar: Calendar, key: str, people: Sequence[Somebody], since: int) -> Iterator[Step]:
    for n, who in enumerate(people):
        at = moment(calendar.days_ago(since - 1 - n // 3), 9 + n % 8)
        yield Express(at, key, who, _OFFERS[n % len(_OFFERS)])


def _called(calendar: Calendar, crowd: Sequence[Somebody], by: Somebody) -> Iterator[Step]:
    """Night staff: a call that six people have answered, and that still lacks two."""
    yield from _until_called(calendar, NIGHT, NETWORK, crowd, by, since=4)
    yield from _said(calendar, "night", crowd[2:8], since=4)
    yield Express(moment(calendar.days_ago(1), 16), "night", crowd[8], interested=False)


def _forming(calendar: Calendar, crowd: Sequence[Somebody], by: Somebody) -> Iterator[Step]:
    """Green time: a community in the making, whose people are asked for a date."""
    key, lead, sponsor = "garden", crowd[2], crowd[1]
    yield from _until_called(calendar, GARDEN, ADULT, crowd, by, since=33)
    yield from _said(calendar, key, crowd[2:], since=33)

    def ago(days: float, hour: int = 10) -> datetime:
        return moment(calendar.days_ago(days), hour)

    yield Take(ago(18), key, by, S.INTEREST_MET)
    yield Agree(ago(15), key, by, Office.LEAD, lead)
    yield Agree(ago(14), key, by, Office.SPONSOR, sponsor)
    starts_on = calendar.days_ago(10).isoformat()
    details = {"template": "full", "starts_on": starts_on}
    yield Take(ago(10), key, by, S.PLANNING, None, details)
    dates = tuple(ago(-days, 13 if days % 2 else 17) for days in (16, 17, 23))
    yield AskDates(ago(2), key, lead, dates)
    yield Vote(ago(1, 9), key, crowd[3], (Suits.YES, Suits.NO, Suits.IF_NEED_BE))
    yield Vote(ago(1, 12), key, crowd[4], (Suits.YES, Suits.IF_NEED_BE, Suits.NO))
    yield Vote(ago(1, 15), key, crowd[5], (Suits.IF_NEED_BE, Suits.YES, Suits.NO))


def _launched(calendar: Calendar, crowd: Sequence[Somebody], by: Somebody) -> Iterator[Step]:
    """Colleagues after a bereavement: from an idea to a community in ten weeks."""
    key, lead, sponsor = "grief", crowd[2], crowd[1]
    yield from _until_called(calendar, GRIEF, WORK, crowd, by, since=110)
    yield from _said(calendar, key, crowd[2:], since=110)

    def ago(days: float, hour: int = 10) -> datetime:
        return moment(calendar.days_ago(days), hour)

    yield Take(ago(100), key, by, S.INTEREST_MET)
    yield Agree(ago(97), key, by, Office.LEAD, lead)
    yield Agree(ago(96), key, by, Office.SPONSOR, sponsor)
    details = {"template": "light", "starts_on": calendar.days_ago(92).isoformat()}
    yield Take(ago(92), key, by, S.PLANNING, None, details)
    yield AskDates(ago(88), key, lead, (ago(66, 13), ago(64, 13)))
    for n, who in enumerate(crowd[3:9]):
        suits = (Suits.YES, Suits.NO) if n % 3 else (Suits.NO, Suits.YES)
        yield Vote(ago(86, 9 + n), key, who, suits)
    yield Decide(ago(80), key, lead)
    yield Take(ago(79), key, lead, S.SCHEDULED)
    yield Meet(ago(66, 15), key, lead, (lead, *crowd[3:10]))
    yield Take(ago(65), key, lead, S.LAUNCHED)
    for n, who in enumerate(crowd[3:10]):
        yield Accept(ago(64) + timedelta(hours=n), key, who)
