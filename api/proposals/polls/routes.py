from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import col

from api.core.actor import Actor
from api.core.db import Database
from api.core.problems import NotFound, raises
from api.core.work import Db, Me, Work
from api.proposals import policy, queries
from api.proposals.models import DatePoll, Proposal
from api.proposals.polls import reading, service
from api.proposals.polls.schemas import (
    PollCreate,
    PollDecision,
    PollList,
    PollRead,
    VotesPut,
)
from api.proposals.polls.service import PollIsOpen, PollOver

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)

MOST = 20


def _read(db: Database, me: Actor, idea: policy.Idea, poll: DatePoll) -> PollRead:
    [found] = reading.read(db, me, idea, [poll])
    return found


def _found(db: Database, me: Actor, poll_id: UUID) -> tuple[DatePoll, Proposal, policy.Idea]:
    """Those who may see the proposal see how its dates stand, but no names."""
    poll = db.get(DatePoll, poll_id)
    idea = queries.find(db, me, poll.proposal_id) if poll else None
    if poll is None or idea is None:
        raise NotFound("No such poll.")
    return poll, db.get_one(Proposal, poll.proposal_id), idea


@router.get("/proposals/{proposal_id}/date-polls", responses=raises(NotFound))
def read_date_polls(db: Db, me: Me, proposal_id: UUID) -> PollList:
    """Read the questions for a date of the first session, and how they stand."""
    _, idea = queries.get(db, me, proposal_id)
    found = select(DatePoll).where(col(DatePoll.proposal_id) == idea.id)
    polls = db.scalars(found.order_by(col(DatePoll.id).desc()).limit(MOST)).all()
    return PollList(items=reading.read(db, me, idea, polls))


@router.post(
    "/proposals/{proposal_id}/date-polls",
    status_code=201,
    responses=raises(NotFound, PollIsOpen),
)
def ask_dates(db: Db, me: Me, proposal_id: UUID, new: PollCreate) -> PollRead:
    """Ask those who would come which of two to twelve dates suits them."""
    proposal, idea = queries.held(db, me, proposal_id)
    return _read(db, me, idea, service.ask(db, me, proposal, idea, new))


@router.get("/date-polls/{poll_id}", responses=raises(NotFound))
def get_date_poll(db: Db, me: Me, poll_id: UUID) -> PollRead:
    """Fetch one poll, with how many people each date suits."""
    poll, _, idea = _found(db, me, poll_id)
    return _read(db, me, idea, poll)


@router.put("/date-polls/{poll_id}/votes/me", responses=raises(NotFound, PollOver))
def vote_on_dates(db: Db, me: Me, poll_id: UUID, said: VotesPut) -> PollRead:
    """Say which dates suit you; dates you leave out keep what you said before."""
    poll, _, idea = _found(db, me, poll_id)
    service.vote(db, me, idea, poll, said.votes)
    return _read(db, me, idea, poll)


@router.post("/date-polls/{poll_id}/decision", responses=raises(NotFound, PollOver))
def decide_date(db: Db, me: Me, poll_id: UUID, said: PollDecision) -> PollRead:
    """Choose a date; the first session is put into the programme at once."""
    poll, proposal, _ = _found(db, me, poll_id)
    # Nobody may end the proposal between our look and the session.
    proposal, idea = queries.held(db, me, proposal.id)
    service.decide(db, me, proposal, idea, poll, said)
    return _read(db, me, idea, poll)
