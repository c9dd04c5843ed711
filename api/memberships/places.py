"""The places of a community: who gets one, who waits for one, and how many are taken.

Whatever changes a membership holds the row of its community first. On PostgreSQL that is what lets
one person in at a time: the last place is given once, the last lead stays, and nobody slips into
the queue unseen while a place is being freed. SQLite has one writer at a time anyway.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select

from api.communities.events import CommunityChanged
from api.communities.models import Community, CommunityStatus
from api.core.actor import State
from api.core.clock import now
from api.core.db import Database
from api.core.events import on, record
from api.core.jobs import job
from api.core.logs import log
from api.core.problems import Conflict, Invalid
from api.memberships import spells
from api.memberships.events import (
    MembershipActivated,
    MembershipEvent,
    MembershipRecorded,
    MembershipWaitlisted,
)
from api.memberships.models import Membership
from api.memberships.spells import Span

# What is held against others, without standing in the way of rows that merely refer to it.
_HOLD: Any = {"key_share": True}


class Full(Conflict):
    """Every place was taken in the meantime; read the community again."""

    title = "There is no place left"


class Places:
    """The places of one community while it is held; `settle` writes down what became of them."""

    def __init__(self, db: Database, community: Community):
        self.db = db
        self.community = community
        self._step = 0
        self._spans: list[tuple[Membership, Span]] = []
        queue = select(func.count()).select_from(Membership).where(*self._queue())
        self._waiting = db.exec(queue).one()

    def enter(self, membership: Membership, joined_at: datetime | None = None) -> None:
        """Make somebody active if there is a place nobody waits for; else let them wait in turn."""
        if self._free(self._waiting) >= 1:
            self._activate(membership, joined_at)
            return
        membership.state = State.WAITLISTED
        # Who had asked before the community was full waits since then.
        membership.queued_at = membership.queued_at or now()
        self._waiting += 1
        self.db.add(membership)
        tell(self.db, MembershipWaitlisted, membership)

    def vacate(self, membership: Membership, at: datetime) -> None:
        """End an active time, which frees a place for whoever waits longest."""
        self.write_down()
        spells.end(self.db, membership, at)
        self._step -= 1

    def recall(self, membership: Membership, joined_at: datetime, ended_at: datetime) -> None:
        """Write down a membership that was over before it became known; it takes no place."""
        membership.joined_at, membership.ended_at = joined_at, ended_at
        self._spans.append((membership, Span(membership.role, joined_at, ended_at)))
        self.db.add(membership)
        tell(self.db, MembershipRecorded, membership)

    def dequeue(self) -> None:
        """Forget somebody who waited."""
        self._waiting -= 1

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Do something that, if it fails, is undone alone."""
        self.write_down()  # what came before is not to be undone with it
        before = self._step, self._waiting
        try:
            with self.db.begin_nested():
                yield
        except Exception:
            self._step, self._waiting = before
            self._spans = []
            raise

    def settle(self) -> None:
        """Give what is free to those who wait longest, then write the spells and the count."""
        self.db.flush()
        free = self._free(0)
        if free and self._waiting:
            turn = select(Membership).where(*self._queue())
            turn = turn.order_by(col(Membership.queued_at), col(Membership.id)).limit(free)
            for membership in self.db.exec(turn).all():
                membership.changed_at = now()
                self._activate(membership, None)
                self._waiting -= 1
        self.write_down()
        self._count()

    def write_down(self) -> None:
        """Write the spells that have begun; in one go, because rows must be there to refer to."""
        self.db.flush()
        spells.write_down(self.db, self._spans, now())
        self._spans = []

    def _activate(self, membership: Membership, joined_at: datetime | None) -> None:
        at = joined_at or now()
        membership.state = State.ACTIVE
        membership.joined_at = membership.joined_at or at
        membership.queued_at = None
        self._step += 1
        self.db.add(membership)
        self._spans.append((membership, Span(membership.role, at, None)))
        tell(self.db, MembershipActivated, membership)

    def _free(self, kept: int) -> int:
        """How many places are left when `kept` of them are spoken for."""
        limit = self.community.member_limit
        if limit is None:
            return 1_000_000_000
        return max(0, limit - self.community.member_count - self._step - kept)

    def _queue(self) -> tuple[Any, ...]:
        waiting = col(Membership.state) == State.WAITLISTED
        return Membership.community_id == self.community.id, waiting

    def _count(self) -> None:
        if not self._step:
            return
        count, limit = col(Community.member_count), col(Community.member_limit)
        # In the statement, not in the object, so that joining never disturbs somebody's edit. The
        # condition holds whatever the code above believed.
        counted = self.db.execute(
            update(Community)
            .where(
                col(Community.id) == self.community.id,
                limit.is_(None) | (count + self._step <= limit) | (self._step < 0),
            )
            .values(member_count=count + self._step)
            .returning(count)
            .execution_options(synchronize_session=False)
        ).first()
        if counted is None:
            raise Full()
        self._step = 0
        self.db.refresh(self.community, ["member_count"])


@contextmanager
def held(
    db: Database, community: Community, membership: Membership | None = None
) -> Iterator[Places]:
    """Hold a community against everybody else, with one of its memberships as it now is."""
    db.flush()  # reading anew forgets what is not written yet
    db.refresh(community, with_for_update=_HOLD)
    if membership:
        db.refresh(membership, with_for_update=_HOLD)
    places = Places(db, community)
    yield places
    places.settle()


def tell(db: Database, event: type[MembershipEvent], membership: Membership, **more: Any) -> None:
    """Record that something happened to a membership."""
    record(
        db,
        event(
            object_id=membership.id,
            community_id=membership.community_id,
            person_id=membership.person_id,
            **more,
        ),
    )


@on(CommunityChanged)
def fill_places(db: Database, event: CommunityChanged) -> None:
    """A higher limit lets in those who wait; a lower one must not be below those who are in."""
    community = db.get_one(Community, event.object_id)
    with held(db, community):
        limit = community.member_limit
        # Only now, with the community held, is the count certain.
        if limit is not None and limit < community.member_count:
            detail = f"already has {community.member_count} members"
            raise Invalid(errors=[{"at": "body/member_limit", "detail": detail}])


@job("communities.verify_member_counts", every=timedelta(days=1))
def verify_member_counts(db: Database, _payload: dict[str, object]) -> None:
    """Compare every count of members with the members; mend and report what is wrong."""
    active = (
        select(func.count())
        .select_from(Membership)
        .where(Membership.community_id == Community.id, Membership.state == State.ACTIVE)
        .correlate(Community)
        .scalar_subquery()
    )
    for community in db.exec(select(Community).where(Community.member_count != active)).all():
        db.refresh(community, with_for_update=_HOLD)
        was = community.member_count
        counted = update(Community).where(col(Community.id) == community.id)
        db.execute(counted.values(member_count=active).execution_options(synchronize_session=False))
        db.refresh(community, ["member_count"])
        if community.member_count != was:
            log.warning(
                "member_count.mended",
                community_id=str(community.id),
                was=was,
                now=community.member_count,
            )
        if community.status is not CommunityStatus.ARCHIVED:
            Places(db, community).settle()
