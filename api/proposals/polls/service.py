"""Finding a date for the first session among those who would come."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from api.communities.models import Community
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database, insert_into
from api.core.events import record
from api.core.jobs import ask as ask_job
from api.core.jobs import job
from api.core.policy import permit
from api.core.problems import Conflict, Invalid
from api.notifications.service import Note, notify
from api.proposals import policy
from api.proposals.events import PollDecided, PollOpened
from api.proposals.ideas.service import touch
from api.proposals.lifecycle import FORMING
from api.proposals.models import DatePoll, PollOption, Proposal, Vote
from api.proposals.polls import reading
from api.proposals.polls.schemas import PollCreate, PollDecision, VoteAsked
from api.sessions.models import SessionKind
from api.sessions.programme import service as programme
from api.sessions.programme.schemas import SessionCreate

OPEN_FOR = timedelta(days=7)


class PollIsOpen(Conflict):
    """One question at a time: decide the open poll before asking again."""

    title = "A poll is open already"


class PollOver(Conflict):
    """Votes are taken until a poll closes; a date is chosen once, and while it lies ahead."""

    title = "The poll is over"


def ask(
    db: Database, actor: Actor, proposal: Proposal, idea: policy.Idea, new: PollCreate
) -> DatePoll:
    """Ask those who would come, and those who prepare it, which date suits."""
    permit(policy.ask_dates, actor, idea)
    known = select(DatePoll).where(
        col(DatePoll.proposal_id) == proposal.id, col(DatePoll.closed_at).is_(None)
    )
    if db.scalars(known).first():
        raise PollIsOpen()
    moment = now()
    closes_at = new.closes_at or moment + OPEN_FOR
    if closes_at <= moment:
        raise Invalid(errors=[{"at": "body/closes_at", "detail": "lies in the past"}])
    faults = [
        {"at": f"body/options/{n}", "detail": detail}
        for n, starts_at in enumerate(new.options)
        if (detail := _impossible(starts_at, closes_at, moment, new.options[:n]))
    ]
    if faults:
        raise Invalid(errors=faults)
    community = db.get_one(Community, proposal.community_id)
    poll = DatePoll(
        proposal_id=proposal.id,
        asked_by_id=actor.person_id,
        timezone=new.timezone or community.timezone,
        minutes=new.minutes,
        closes_at=closes_at,
        changed_at=moment,
    )
    db.add(poll)
    db.flush()
    db.add_all(PollOption(poll_id=poll.id, starts_at=at) for at in sorted(new.options))
    db.flush()
    touch(db, proposal.id)
    record(db, PollOpened(object_id=proposal.id, community_id=proposal.parent_id))
    title = f"When shall “{proposal.name}” meet first?"
    _tell(
        db, proposal, reading.asked(db, proposal), title, "Say which dates suit you.", str(poll.id)
    )
    ask_job(db, "proposals.close_poll", {"poll_id": str(poll.id)}, key=str(poll.id), at=closes_at)
    return poll


def _impossible(
    starts_at: datetime, closes_at: datetime, moment: datetime, before: list[datetime]
) -> str | None:
    if starts_at <= moment:
        return "lies in the past"
    if starts_at <= closes_at:
        return "begins before the poll closes"
    if starts_at > moment + timedelta(days=366):
        return "lies more than a year ahead"
    return "is offered twice" if starts_at in before else None


def vote(
    db: Database, actor: Actor, idea: policy.Idea, poll: DatePoll, votes: list[VoteAsked]
) -> None:
    """Say which dates suit; said again, it replaces what was said."""
    permit(policy.vote, actor, idea)
    # Whoever decides holds the proposal before the poll; we come in the same order.
    touch(db, idea.id)
    db.refresh(poll, with_for_update={"read": True})
    if poll.closed_at or poll.closes_at <= now():
        raise PollOver("Votes are no longer taken.")
    known = {option.id for option in options(db, poll)}
    faults = [
        {"at": f"body/votes/{n}/option_id", "detail": "is no date of this poll"}
        for n, said in enumerate(votes)
        if said.option_id not in known
    ]
    if faults:
        raise Invalid(errors=faults)
    for said in votes:
        row = {"option_id": said.option_id, "person_id": actor.person_id, "suits": said.suits}
        new = insert_into(db, Vote).values(row)
        db.execute(
            new.on_conflict_do_update(
                index_elements=["option_id", "person_id"], set_={"suits": said.suits}
            )
        )


def decide(
    db: Database,
    actor: Actor,
    proposal: Proposal,
    idea: policy.Idea,
    poll: DatePoll,
    said: PollDecision,
) -> None:
    """Choose a date and put the first session into the programme."""
    permit(policy.ask_dates, actor, idea)
    db.refresh(poll, with_for_update=True)
    if poll.chosen_id:
        raise PollOver("A date was chosen.")
    dates = reading.tallies(db, [poll])[poll.id]
    found = {option.id: option for option, _ in dates}
    if said.option_id and said.option_id not in found:
        raise Invalid(errors=[{"at": "body/option_id", "detail": "is no date of this poll"}])
    if said.option_id:
        chosen = found[said.option_id]
    else:
        first = reading.best({option.starts_at: count for option, count in dates})
        chosen = next(option for option, _ in dates if option.starts_at == first)
    moment = now()
    if chosen.starts_at <= moment:
        if said.option_id:
            raise Invalid(errors=[{"at": "body/option_id", "detail": "lies in the past"}])
        raise PollOver("The best date has passed; choose another one, or ask again.")
    community = db.get_one(Community, proposal.community_id)
    helpers = [actor.person_id] if said.facilitator_ids is None else said.facilitator_ids
    session = programme.schedule(
        db,
        actor,
        community,
        SessionCreate(
            title=said.title or "First session",
            kind=SessionKind.LAUNCH,
            mode=said.mode or community.mode,
            access=said.access,
            location=said.location,
            joining_url=said.joining_url,
            starts_at=chosen.starts_at,
            ends_at=chosen.starts_at + timedelta(minutes=poll.minutes),
            timezone=poll.timezone,
            facilitator_ids=helpers,
        ),
    )
    poll.sqlmodel_update(
        {
            "chosen_id": chosen.id,
            "session_id": session.id,
            "closed_at": poll.closed_at or moment,
            "changed_at": moment,
        }
    )
    db.flush()
    touch(db, proposal.id)
    record(db, PollDecided(object_id=proposal.id, community_id=proposal.parent_id))


@job("proposals.close_poll")
def close_poll(db: Database, payload: dict[str, Any]) -> None:
    """Take no more votes, and tell whoever asked that it is time to choose."""
    poll = db.get_one(DatePoll, UUID(payload["poll_id"]))
    db.refresh(poll, with_for_update=True)
    if poll.closed_at:
        return
    poll.sqlmodel_update({"closed_at": now(), "changed_at": now()})
    db.flush()
    proposal = db.get_one(Proposal, poll.proposal_id)
    if proposal.state not in FORMING:
        # It closes all the same, so that another can be asked should the idea be revived.
        return
    title = f"The dates for “{proposal.name}” are in"
    _tell(db, proposal, [poll.asked_by_id], title, "Choose one now.", f"{poll.id}/closed")


def options(db: Database, poll: DatePoll) -> list[PollOption]:
    found = select(PollOption).where(col(PollOption.poll_id) == poll.id)
    return list(db.scalars(found.order_by(col(PollOption.starts_at))))


def _tell(
    db: Database, proposal: Proposal, people: Iterable[UUID], title: str, body: str, key: str
) -> None:
    notes = [Note(person_id, title, body, f"/proposals/{proposal.id}") for person_id in people]
    notify(db, notes, kind="proposal.date_poll", key=key, about_id=proposal.id)
