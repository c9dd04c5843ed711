"""What a call needs, and how far it is."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from api.core.db import Database
from api.identity.models import Person
from api.proposals.guards import Counts
from api.proposals.models import Expression, InterestCall, Offer, Recipient


class Yeses(NamedTuple):
    """How many would come."""

    # By what they offered to be.
    roles: dict[str, int]
    # How many organisations they work at.
    organisations: int
    # Those among them the call was sent to, by where they worked then.
    reached: dict[str, int]

    @property
    def people(self) -> int:
        return sum(self.roles.values())

    @property
    def counts(self) -> Counts:
        """Each person and organisation once, and who would share the lead."""
        return Counts(self.people, self.organisations, self.roles.get(Offer.CO_LEAD, 0))


def needs(call: InterestCall) -> Counts:
    return Counts(call.min_people, call.min_organisations, call.min_co_leads)


def said(db: Database, call: InterestCall) -> Yeses:
    """Count who would come now; whoever lost their access would not."""
    role, where, people = col(Expression.role), col(Recipient.organisation_id), func.count()
    yes = (
        col(Expression.proposal_id) == call.proposal_id,
        col(Expression.interested),
        col(Person.disabled_at).is_(None),
    )
    join = col(Person.id) == col(Expression.person_id)
    roles = select(role, people).join(Person, join).where(*yes).group_by(role)
    places = select(func.count(func.distinct(col(Expression.organisation_id))))
    reached = (
        select(where, people)
        .select_from(Expression)
        .join(Person, join)
        .join(Recipient, col(Recipient.person_id) == col(Expression.person_id))
        .where(*yes, col(Recipient.call_id) == call.id)
        .group_by(where)
    )
    return Yeses(
        roles={offer.value: n for offer, n in db.execute(roles.order_by(role))},
        organisations=db.scalar(places.join(Person, join).where(*yes)) or 0,
        reached={str(i or ""): n for i, n in db.execute(reached)},
    )


def came_to(db: Database, call: InterestCall) -> Yeses:
    """What a call came to when it closed; while it is open, how far it is."""
    return Yeses(**call.came_to) if call.came_to else said(db, call)


def unanswered(call_id: UUID) -> list[Any]:
    return [col(Recipient.call_id) == call_id, col(Recipient.answered_at).is_(None)]
