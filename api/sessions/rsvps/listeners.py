"""Seats of people who may no longer come are passed on in the transaction that decided it."""

from api.communities.events import CommunityChanged, CommunityMoved
from api.communities.models import Community, Visibility
from api.communities.queries import beneath
from api.core.db import Database
from api.core.events import Event, on
from api.identity.events import PersonDisabled
from api.memberships.events import (
    MembershipEnded,
    MembershipEvent,
    MembershipPaused,
    RoleChanged,
)
from api.sessions.queries import MINE, S
from api.sessions.rsvps.service import free_seats

_FOR_EVERYBODY = (Visibility.OPEN, Visibility.RESTRICTED)


@on(MembershipEnded, MembershipPaused, RoleChanged)
def when_a_membership_says_less(db: Database, event: MembershipEvent) -> None:
    free_seats(db, MINE.c.person_id == event.person_id)


@on(PersonDisabled)
def when_somebody_leaves(db: Database, event: PersonDisabled) -> None:
    free_seats(db, MINE.c.person_id == event.object_id)


@on(CommunityMoved)
def when_a_community_moves_to_another_network(db: Database, event: Event) -> None:
    free_seats(db, beneath(db.get_one(Community, event.object_id).lineage))


@on(CommunityChanged)
def when_a_community_hides(db: Database, event: Event) -> None:
    community = db.get_one(Community, event.object_id)
    # What everybody finds has hidden from nobody.
    if community.visibility not in _FOR_EVERYBODY:
        free_seats(db, S.community_id == community.id)
