"""How polls are written for one reader: how many each date suits, and what they said themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.proposals import policy
from api.proposals.models import DatePoll, PollOption, Proposal, Suits, Vote
from api.proposals.moves import news
from api.proposals.polls.schemas import OptionRead, PollRead


class Tally(NamedTuple):
    """What people said about one date."""

    yes: int = 0
    if_need_be: int = 0
    no: int = 0


def best(dates: Mapping[datetime, Tally]) -> datetime:
    """The date most people can come to; then the one fewer must bend for, then the soonest.

    Raises ValueError without dates.
    """
    if not dates:
        raise ValueError("a poll without dates has no best one")
    return min(dates, key=lambda at: (-(dates[at].yes + dates[at].if_need_be), -dates[at].yes, at))


def tally(votes: Iterable[Suits]) -> Tally:
    return _tally(Counter(votes))


def _tally(counted: Mapping[Suits, int]) -> Tally:
    order = (Suits.YES, Suits.IF_NEED_BE, Suits.NO)
    return Tally(*(counted.get(suits, 0) for suits in order))


def asked(db: Database, proposal: Proposal) -> list[UUID]:
    """Whom a poll is for."""
    people = [*news.interested(db, proposal), *news.behind(db, proposal)]
    return list(dict.fromkeys(people))


def tallies(db: Database, polls: Sequence[DatePoll]) -> dict[UUID, list[tuple[PollOption, Tally]]]:
    """What people said about each date of each poll, in the order of time."""
    ids = [poll.id for poll in polls]
    said: dict[UUID, dict[Suits, int]] = {}
    votes = (
        select(col(Vote.option_id), col(Vote.suits), func.count())
        .join(PollOption, col(PollOption.id) == col(Vote.option_id))
        .where(col(PollOption.poll_id).in_(ids))
        .group_by(col(Vote.option_id), col(Vote.suits))
    )
    for option_id, suits, people in db.execute(votes):
        said.setdefault(option_id, {})[suits] = people
    found: dict[UUID, list[tuple[PollOption, Tally]]] = {poll_id: [] for poll_id in ids}
    dates = select(PollOption).where(col(PollOption.poll_id).in_(ids))
    for option in db.scalars(dates.order_by(col(PollOption.starts_at))):
        found[option.poll_id].append((option, _tally(said.get(option.id, {}))))
    return found


def read(db: Database, me: Actor, idea: policy.Idea, polls: Sequence[DatePoll]) -> list[PollRead]:
    """Read polls of one proposal, in as many statements as one of them takes."""
    if not polls:
        return []
    dates = tallies(db, polls)
    ids = [poll.id for poll in polls]
    votes = select(Vote).join(PollOption, col(PollOption.id) == col(Vote.option_id))
    own = votes.where(col(PollOption.poll_id).in_(ids), col(Vote.person_id) == me.person_id)
    mine = {vote.option_id: vote.suits for vote in db.scalars(own)}
    people = (
        select(col(PollOption.poll_id), func.count(func.distinct(col(Vote.person_id))))
        .join(Vote, col(PollOption.id) == col(Vote.option_id))
        .where(col(PollOption.poll_id).in_(ids))
        .group_by(col(PollOption.poll_id))
    )
    voters: dict[UUID, int] = dict(db.execute(people).all())
    whom = len(asked(db, db.get_one(Proposal, idea.id)))
    return [
        PollRead.model_validate(
            poll,
            update={
                "open": _is_open(poll),
                "asked": whom,
                "voters": voters.get(poll.id, 0),
                "options": _options(dates[poll.id], mine),
                "can": _can(me, idea, poll, dates[poll.id]),
            },
        )
        for poll in polls
    ]


def _is_open(poll: DatePoll) -> bool:
    return poll.closed_at is None and now() < poll.closes_at


def _options(dates: list[tuple[PollOption, Tally]], mine: Mapping[UUID, Suits]) -> list[OptionRead]:
    first = best({option.starts_at: count for option, count in dates})
    return [
        OptionRead(
            id=option.id,
            starts_at=option.starts_at,
            **count._asdict(),
            my_vote=mine.get(option.id),
            best=option.starts_at == first and count.yes + count.if_need_be > 0,
        )
        for option, count in dates
    ]


def _can(
    me: Actor, idea: policy.Idea, poll: DatePoll, dates: list[tuple[PollOption, Tally]]
) -> list[str]:
    moment = now()
    ahead = any(option.starts_at > moment for option, _ in dates)
    can = []
    if _is_open(poll) and policy.vote(me, idea):
        can.append("vote")
    if poll.chosen_id is None and ahead and policy.ask_dates(me, idea):
        can.append("decide")
    return can
