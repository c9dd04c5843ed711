from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.core.db import columns
from api.core.lists import answer
from api.core.policy import permit
from api.core.problems import NotFound, raises
from api.core.work import Db, Json, Me, Work
from api.proposals import policy, queries
from api.proposals.calls import audience, reading, service
from api.proposals.calls.schemas import (
    Audience,
    AudienceSize,
    CallAnswer,
    CallLetter,
    CallList,
    ExpressionCreate,
    ExpressionPage,
    ExpressionQuery,
    ExpressionRead,
    LinkWord,
    Nudged,
)
from api.proposals.calls.service import CallNotOpen, CameTooLate, NoCall, RemindedAlready
from api.proposals.models import Expression

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)


@router.post(
    "/proposals/{proposal_id}/audience-checks",
    responses=raises(NotFound),
    openapi_extra={"kept": False},
)
def check_audience(db: Db, me: Me, proposal_id: UUID, asked: Audience) -> AudienceSize:
    """Learn how many people a call would reach, before it is sent; for coordinators."""
    proposal, idea = queries.get(db, me, proposal_id)
    permit(policy.coordinates, me, idea)
    return audience.size(db, me, proposal, asked)


@router.get("/proposals/{proposal_id}/calls", responses=raises(NotFound))
def read_calls(db: Db, me: Me, proposal_id: UUID) -> CallList:
    """Read the interest calls of a proposal: what they asked, what they need, how far they are."""
    _, idea = queries.get(db, me, proposal_id)
    return CallList(items=reading.calls(db, me, idea))


@router.post(
    "/proposals/{proposal_id}/reminders",
    responses=raises(NotFound, NoCall, RemindedAlready, CallNotOpen),
)
def remind_undecided(db: Db, me: Me, proposal_id: UUID) -> Nudged:
    """Remind those who have not answered the open call; that can be done once."""
    _, idea = queries.get(db, me, proposal_id)
    return Nudged(reminded=service.remind(db, me, idea))


@router.get(
    "/proposals/{proposal_id}/expressions",
    response_model=ExpressionPage,
    responses=raises(NotFound),
)
def list_expressions(
    db: Db, me: Me, proposal_id: UUID, query: Annotated[ExpressionQuery, Query()]
) -> Json:
    """List who answered a call and how; for coordinators. Everybody else sees how many."""
    _, idea = queries.get(db, me, proposal_id)
    permit(policy.see_expressions, me, idea)
    c = columns(Expression)
    statement = reading.expressions(idea.id, c.id)
    if query.interested is not None:
        statement = statement.where(c.interested == query.interested)
    if query.role:
        statement = statement.where(c.role == query.role)
    return answer(db, statement, [c.id], query, name=f"expressions/{idea.id}")


@router.post(
    "/proposals/{proposal_id}/expressions",
    status_code=201,
    responses=raises(NotFound, NoCall, CallNotOpen, CameTooLate),
)
def express_interest(db: Db, me: Me, proposal_id: UUID, said: ExpressionCreate) -> ExpressionRead:
    """Say that you would come, and as what; or, with `interested: false`, that it is not for you.

    Answering again replaces your answer. An answer that arrives as the call closes is either
    counted, or refused as too late.
    """
    _, idea = queries.get(db, me, proposal_id)
    return reading.expression(db, service.express(db, me, idea, said))


@router.post("/call-links/read", responses=raises(NotFound))
def read_call_link(db: Db, asked: LinkWord) -> CallLetter:
    """Read what the link in the mail of a call is about. Reading it answers nothing."""
    return reading.letter(db, asked.word.get_secret_value())


@router.post("/call-links/answer", responses=raises(NotFound, CallNotOpen, CameTooLate))
def answer_call_link(db: Db, said: CallAnswer) -> CallLetter:
    """Answer a call by the link in its mail, without signing in; again to change the answer."""
    word = said.word.get_secret_value()
    call, person = reading.opened(db, word)
    service.answer(db, call, person.id, said)
    return reading.letter(db, word)
