"""What was known of milestones when: metrics asked about the past must find them again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlmodel import col

from api.communities.events import (
    CommunityArchived,
    CommunityDissolved,
    CommunityReformed,
    CommunityRestored,
)
from api.core.clock import now
from api.core.db import Database
from api.core.events import Event, on
from api.proposals.models import Milestone, MilestoneFact, ProgrammePlan


def keep(db: Database, community_id: UUID, milestones: Sequence[Milestone]) -> None:
    """Close what was known of some milestones, and keep what is known from now on."""
    forget(db, col(MilestoneFact.milestone_id).in_([each.id for each in milestones]))
    moment = now()
    db.add_all(
        MilestoneFact(
            milestone_id=each.id,
            community_id=community_id,
            phase=each.phase,
            due_on=each.due_on,
            done_on=each.done_on,
            recorded_at=moment,
        )
        for each in milestones
    )
    db.flush()


def forget(db: Database, *which: ColumnElement[bool]) -> None:
    """Close what was known, and keep nothing in its place."""
    db.execute(
        update(MilestoneFact)
        .where(*which, col(MilestoneFact.replaced_at).is_(None))
        .values(replaced_at=now())
        .execution_options(synchronize_session=False)
    )


@on(CommunityArchived, CommunityDissolved)
def nothing_is_due(db: Database, event: Event) -> None:
    """Nobody waits any longer for what a community that has ended meant to do later."""
    fact = MilestoneFact
    later = col(fact.due_on) >= now().date()
    forget(db, col(fact.community_id) == event.object_id, col(fact.done_on).is_(None), later)


@on(CommunityRestored, CommunityReformed)
def due_again(db: Database, event: Event) -> None:
    """A community that comes back has the plan it had."""
    planned = select(Milestone).join(
        ProgrammePlan, col(ProgrammePlan.id) == col(Milestone.plan_id)
    ).where(col(ProgrammePlan.community_id) == event.object_id)  # fmt: skip
    keep(db, event.object_id, db.scalars(planned).all())
