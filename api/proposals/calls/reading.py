"""How a call is written for one reader: everybody sees how far it is, coordinators who answered."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import col

from api.communities.models import Community
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database, columns
from api.core.problems import NotFound
from api.core.rows import json_row
from api.identity.models import Organisation, Person
from api.proposals import guards, policy, queries
from api.proposals.calls import audience, counting, links
from api.proposals.calls.schemas import (
    CallLetter,
    CallReach,
    CallRead,
    ExpressionRead,
    Offered,
    Progress,
    Reached,
)
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Expression, InterestCall, Offer, Proposal, Recipient

_E = columns(Expression)
_WHO, _WHERE = columns(Person), columns(Organisation)
_ELSEWHERE = {"person_name": _WHO.name, "organisation": _WHERE.name}
_ROW = json_row(
    **{n: _ELSEWHERE[n] if n in _ELSEWHERE else _E[n] for n in ExpressionRead.model_fields}
)


def expressions(proposal_id: UUID, *order: ColumnElement[Any]) -> Select[Any]:
    """Select the answers to the calls of a proposal as JSON text."""
    return (
        select(_ROW, *order)
        .join(Person, _WHO.id == _E.person_id)
        .outerjoin(Organisation, _WHERE.id == _E.organisation_id)
        .where(_E.proposal_id == proposal_id)
    )


def expression(db: Database, expression_id: UUID) -> ExpressionRead:
    found = select(_ROW).join(Person, _WHO.id == _E.person_id)
    found = found.outerjoin(Organisation, _WHERE.id == _E.organisation_id)
    text = db.execute(found.where(_E.id == expression_id)).scalar_one()
    return ExpressionRead.model_validate_json(text)


def calls(db: Database, me: Actor, idea: policy.Idea) -> list[CallRead]:
    """Read the calls of a proposal, the newest first."""
    found = db.scalars(
        select(InterestCall)
        .where(col(InterestCall.proposal_id) == idea.id)
        .order_by(col(InterestCall.round).desc())
    ).all()
    mine = db.execute(expressions(idea.id).where(_E.person_id == me.person_id)).scalar()
    names = policy.see_expressions(me, idea)
    items = []
    for call in found:
        yeses = counting.came_to(db, call)
        far, needed = yeses.counts, counting.needs(call)
        more = {
            "progress": Progress(**far._asdict(), met=not guards.enough(far, needed)),
            "reach": _reach(db, call, yeses) if names else None,
            "my_answer": ExpressionRead.model_validate_json(mine) if mine else None,
        }
        items.append(CallRead.model_validate(call, update=more))
    return items


def letter(db: Database, word: str) -> CallLetter:
    """Read what the link of a call shows to the person it was mailed to."""
    call, person = opened(db, word)
    proposal = db.get_one(Proposal, call.proposal_id)
    said = db.scalars(
        select(Expression).where(_E.proposal_id == proposal.id, _E.person_id == person.id)
    ).first()
    asking = proposal.state is ProposalState.INTEREST_CALL and call.closed_at is None
    is_open = asking and call.opens_at <= now() < call.closes_at
    return CallLetter(
        proposal_id=proposal.id,
        name=proposal.name,
        # What is written of the idea after the call is for those who may read it then.
        purpose=proposal.purpose if is_open else "",
        text=call.text,
        closes_at=call.closes_at,
        state=proposal.state,
        open=is_open,
        person_name=person.name,
        my_answer=None if said is None else "interested" if said.interested else "not_for_me",
        my_role=said.role if said and said.interested else None,
    )


def opened(db: Database, word: str) -> tuple[InterestCall, Person]:
    """The call and the person of a link; it ends when they lose their access, or leave."""
    call_id, person_id = links.read(db, word)
    call, person = db.get(InterestCall, call_id), db.get(Person, person_id)
    if call is None or person is None or person.disabled_at:
        raise NotFound("This link is no longer good.")
    parent = db.get_one(Community, db.get_one(Proposal, call.proposal_id).parent_id)
    if not queries.in_network(db, audience.place(parent), [person.id]):
        raise NotFound("This link is no longer good.")
    return call, person


def _reach(db: Database, call: InterestCall, yeses: counting.Yeses) -> CallReach:
    to, answered = columns(Recipient), func.count(columns(Recipient).answered_at)
    rows = db.execute(
        select(to.organisation_id, _WHERE.name, func.count(), answered)
        .select_from(Recipient)
        .outerjoin(Organisation, _WHERE.id == to.organisation_id)
        .where(to.call_id == call.id)
        .group_by(to.organisation_id, _WHERE.name)
        .order_by(func.count().desc(), _WHERE.name)
    ).all()
    return CallReach(
        reached=sum(row[2] for row in rows),
        answered=sum(row[3] for row in rows),
        interested=yeses.people,
        by_organisation=[
            Reached(
                organisation_id=i,
                organisation=name,
                reached=n,
                answered=a,
                interested=yeses.reached.get(str(i or ""), 0),
            )
            for i, name, n, a in rows[:100]
        ],
        by_role=[Offered(role=Offer(role), people=n) for role, n in sorted(yeses.roles.items())],
    )
