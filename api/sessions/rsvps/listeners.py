"""Seats of people who may no longer come are passed on in the transaction that decided it."""

from api.core.db import Database
from api.core.events import on
from api.identity.events import PersonDisabled
from api.memberships.events import (
    MembershipEnded,
    MembershipEvent,
    MembershipPaused,
    RoleChanged,
)
from api.sessions.queries import MINE
from api.sessions.rsvps.service import free_seats


@on(MembershipEnded, MembershipPaused, RoleChanged)
def when_a_membership_says_less(db: Database, event: MembershipEvent) -> None:
    free_seats(db, MINE.c.person_id == event.person_id)


@on(PersonDisabled)
def when_somebody_leaves(db: Database, event: PersonDisabled) -> None:
    free_seats(db, MINE.c.person_id == event.object_id)
