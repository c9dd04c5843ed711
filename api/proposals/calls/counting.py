"""What a call needs, and how far it is."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from api.core.db import Database
from api.proposals.guards import Counts
from api.proposals.models import Expression, InterestCall, Offer, Recipient


def needs(call: InterestCall) -> Counts:
    return Counts(call.min_people, call.min_organisations, call.min_co_leads)


def counts(db: Database, proposal_id: UUID) -> Counts:
    """Count who would come: each person and organisation once, and who would share the lead."""
    people = (
        select(
            func.count(),
            func.count(func.distinct(col(Expression.organisation_id))),
            func.count().filter(col(Expression.role) == Offer.CO_LEAD),
        )
        .select_from(Expression)
        .where(col(Expression.proposal_id) == proposal_id, col(Expression.interested))
    )
    return Counts(*db.execute(people).one())


def unanswered(call_id: UUID) -> list[Any]:
    return [col(Recipient.call_id) == call_id, col(Recipient.answered_at).is_(None)]
