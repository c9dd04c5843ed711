"""Calling out to a network, and hearing what it says."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database, insert_into
from api.core.events import record
from api.core.ids import new_id
from api.core.jobs import ask
from api.core.policy import permit
from api.core.problems import Conflict, Invalid
from api.identity.models import Person
from api.proposals import policy, queries
from api.proposals.calls import audience, counting
from api.proposals.calls.schemas import CallAsked, ExpressionCreate
from api.proposals.events import InterestExpressed
from api.proposals.guards import LONGEST_CALL, SHORTEST_CALL, Counts
from api.proposals.lifecycle import ProposalState
from api.proposals.models import (
    Expression,
    InterestCall,
    Proposal,
    ProposalSettings,
    Recipient,
)

# A clock that is a little ahead is nobody's fault.
_LENIENT = timedelta(minutes=5)


class NoCall(Conflict):
    """There is no open interest call to answer."""

    title = "Nobody is asking right now"


class CallNotOpen(NoCall):
    """A call is answered from the moment it opens."""

    title = "The call has not opened yet"


class CameTooLate(NoCall):
    """The call had closed, so this answer was not counted."""

    title = "The call has closed"


class RemindedAlready(Conflict):
    """People are reminded of a call once, at most."""

    title = "They have been reminded already"


def open_call(
    db: Database,
    actor: Actor,
    proposal: Proposal,
    settings: ProposalSettings,
    asked: CallAsked,
) -> InterestCall:
    """Fix what a call must reach and whom it goes to, and open it."""
    moment = now()
    opens_at = asked.opens_at or moment
    closes_at = asked.closes_at or opens_at + timedelta(days=settings.call_days)
    _in_time(opens_at, closes_at, moment)
    call = InterestCall(
        proposal_id=proposal.id,
        round=proposal.round + 1,
        text=asked.text,
        opens_at=opens_at,
        closes_at=closes_at,
        min_people=_or(asked.min_people, settings.min_people),
        min_organisations=_or(asked.min_organisations, settings.min_organisations),
        min_co_leads=_or(asked.min_co_leads, settings.min_co_leads),
        audience=asked.audience.model_dump(mode="json"),
        audience_size=0,
    )
    db.add(call)
    db.flush()
    call.audience_size = audience.address(db, actor, proposal, call, asked.audience)
    if call.audience_size == 0:
        raise Invalid(errors=[{"at": "body/details/audience", "detail": "reaches nobody"}])
    db.flush()
    about = {"call_id": str(call.id)}
    ask(db, "proposals.send_call", about, key=str(call.id), at=opens_at)
    ask(db, "proposals.close_call", about, key=str(call.id), at=closes_at)
    return call


def express(db: Database, actor: Actor, idea: policy.Idea, said: ExpressionCreate) -> UUID:
    """Answer a call in one's own name."""
    if idea.state is not ProposalState.INTEREST_CALL:
        closed = queries.newest_call(db, idea.id)
        raise CameTooLate() if closed else NoCall()
    call = queries.newest_call(db, idea.id)
    assert call is not None  # noqa: S101  (the state says so)
    _answerable(call, now())
    permit(policy.express, actor, idea)
    return answer(db, call, actor.person_id, said)


def answer(db: Database, call: InterestCall, person_id: UUID, said: ExpressionCreate) -> UUID:
    """Write an answer down, unless the call closed a moment ago; whoever closes it waits for us."""
    db.refresh(call, with_for_update={"read": True})
    moment = now()
    _answerable(call, moment)
    person = db.get_one(Person, person_id)
    written = {
        "organisation_id": person.organisation_id,
        "interested": said.interested,
        "role": said.role,
        "comment": said.comment,
        "changed_at": moment,
    }
    new = insert_into(db, Expression).values(
        id=new_id(),
        created_at=moment,
        proposal_id=call.proposal_id,
        person_id=person_id,
        version=1,
        **written,
    )
    stored = new.on_conflict_do_update(
        index_elements=["proposal_id", "person_id"],
        set_={**written, "version": col(Expression.version) + 1},
    )
    made: Any = db.execute(stored.returning(col(Expression.id)))
    expression_id: UUID = made.scalar_one()
    db.execute(
        update(Recipient)
        .where(
            col(Recipient.call_id) == call.id,
            col(Recipient.person_id) == person_id,
            col(Recipient.answered_at).is_(None),
        )
        .values(answered_at=moment)
        .execution_options(synchronize_session=False)
    )
    proposal = db.get_one(Proposal, call.proposal_id)
    record(db, InterestExpressed(object_id=proposal.id, community_id=proposal.parent_id))
    return expression_id


def close(db: Database, call: InterestCall) -> Counts:
    """Close a call: what was answered until now counts, and nothing after it."""
    db.refresh(call, with_for_update=True)
    call.closed_at = now()
    yeses = counting.said(db, call)
    call.came_to = yeses._asdict()
    db.flush()
    return yeses.counts


def close_early(db: Database, call: InterestCall) -> Counts:
    """Close a call before its time, as somebody asks; one that has not opened asked nobody yet."""
    if call.opens_at > now():
        raise CallNotOpen(f"It opens at {call.opens_at.isoformat()}.")
    return close(db, call)


def remind(db: Database, actor: Actor, idea: policy.Idea) -> int:
    """Remind those who have not answered, at most once in a call."""
    permit(policy.coordinates, actor, idea)
    call = queries.newest_call(db, idea.id)
    if call is None or idea.state is not ProposalState.INTEREST_CALL:
        raise NoCall()
    db.refresh(call, with_for_update=True)
    if call.closed_at or call.closes_at <= now():
        raise NoCall(f"It closed at {(call.closed_at or call.closes_at).isoformat()}.")
    if call.nudged_at:
        raise RemindedAlready(f"That was at {call.nudged_at.isoformat()}.")
    if call.sent_at is None:
        raise CallNotOpen("It is still being sent.")
    permit(policy.nudge, actor, idea)
    call.nudged_at = now()
    undecided = select(func.count()).select_from(Recipient).where(*counting.unanswered(call.id))
    ask(db, "proposals.remind", {"call_id": str(call.id)}, key=str(call.id))
    return int(db.scalar(undecided) or 0)


def _answerable(call: InterestCall, moment: datetime) -> None:
    if call.closed_at or call.closes_at <= moment:
        raise CameTooLate(f"It closed at {(call.closed_at or call.closes_at).isoformat()}.")
    if call.opens_at > moment:
        raise CallNotOpen(f"It opens at {call.opens_at.isoformat()}.")


def _or(asked: int | None, usual: int) -> int:
    return usual if asked is None else asked


def _in_time(opens_at: datetime, closes_at: datetime, moment: datetime) -> None:
    def wrong(field: str, detail: str) -> Invalid:
        return Invalid(errors=[{"at": f"body/details/{field}", "detail": detail}])

    if opens_at < moment - _LENIENT:
        raise wrong("opens_at", "lies in the past")
    if opens_at > moment + LONGEST_CALL:
        raise wrong("opens_at", f"lies more than {LONGEST_CALL.days} days ahead")
    if not SHORTEST_CALL <= closes_at - opens_at <= LONGEST_CALL:
        days = f"{SHORTEST_CALL.days} to {LONGEST_CALL.days}"
        raise wrong("closes_at", f"must be {days} days after it opens")
