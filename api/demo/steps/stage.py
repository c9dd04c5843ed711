"""Where the story of the demo network is played: the database, and who is who in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlmodel import select

from api.communities.models import Community
from api.core import clock
from api.core.actor import Actor
from api.core.db import Database
from api.demo.cast.people import Somebody
from api.demo.plan.programme import Gathering
from api.memberships import queries as memberships
from api.memberships.models import Membership
from api.memberships.places import Places, held
from api.sessions import queries as sessions

# Whoever runs Trellis, before the network has anybody who may do things.
_OPERATOR = Actor(person_id=UUID(int=0), steward=True)


class Stage:
    """One database while a story is played in it, with what its parts are called there."""

    def __init__(self, db: Database):
        self.db = db
        self.people: dict[Somebody, UUID] = {}
        self.organisations: dict[str, UUID] = {}
        self.communities: dict[str, UUID] = {}
        self.leads: dict[str, Somebody] = {}
        self.sessions: dict[Gathering, UUID] = {}
        self.proposals: dict[str, UUID] = {}
        self.polls: dict[str, UUID] = {}
        self._actors: dict[UUID, Actor] = {}

    @contextmanager
    def at(self, moment: datetime, who: Somebody | None = None) -> Iterator[Actor]:
        """Let it be this moment, and let what happens be done by this person."""
        with clock.at(moment):
            actor = self.actor(who) if who else _OPERATOR
            self.db.info["actor"] = actor if who else None
            yield actor
            self.db.flush()

    def actor(self, who: Somebody) -> Actor:
        """Somebody as the door would see them now."""
        person_id = self.people[who]
        if person_id not in self._actors:
            self._actors |= sessions.actors(self.db, {person_id})
        return self._actors[person_id]

    def community(self, key: str) -> Community:
        return self.db.get_one(Community, self.communities[key])

    @contextmanager
    def places(
        self, key: str, *who: Somebody, membership: Membership | None = None
    ) -> Iterator[Places]:
        """The places of a community, held while these people come or go."""
        with held(self.db, self.community(key), membership) as places:
            yield places
        self._look_again([self.people[each] for each in who])
        if places.community.member_limit:
            # A place that became free was passed on to somebody else.
            here = select(Membership.person_id).where(
                Membership.community_id == places.community.id
            )
            self._look_again(self.db.exec(here).all())

    def founded(self, key: str, community_id: UUID, lead: Somebody) -> None:
        """Remember what a community is called here, and who speaks for it."""
        self.communities[key] = community_id
        self.leads[key] = lead
        self._look_again([self.people[lead]])

    def _look_again(self, person_ids: Iterable[UUID]) -> None:
        """Forget what these people held, because it changed."""
        for person_id in person_ids:
            self._actors.pop(person_id, None)

    def membership(self, key: str, who: Somebody) -> Membership:
        found = memberships.find_live(self.db, self.communities[key], self.people[who])
        if found is None:
            raise LookupError(f"{who.name} does not belong to {key}")
        return found


class Step(Protocol):
    """Something that happens at a moment."""

    @property
    def at(self) -> datetime: ...

    def play(self, stage: Stage) -> None: ...
