"""Keeps three things in step with a membership: its spells, the count of members, the event."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from api.communities.models import Community
from api.core.clock import now
from api.core.db import Database
from api.memberships.models import Membership, Spell


def begin(db: Database, membership: Membership, at: datetime) -> None:
    """A person becomes active: a spell begins, and the community has one member more."""
    db.add(_spell(membership, at, None))
    _count(db, membership, 1)


def end(db: Database, membership: Membership, at: datetime) -> None:
    """A person is no longer active: the open spell is replaced by one that has an end."""
    for open_spell in _replace_open(db, membership):
        db.add(_spell(membership, open_spell.began_at, max(at, open_spell.began_at)))
    _count(db, membership, -1)


def change_role(db: Database, membership: Membership) -> None:
    """One spell ends and another begins at the same moment, with the new role."""
    moment = now()
    for open_spell in _replace_open(db, membership):
        before = _spell(membership, open_spell.began_at, moment)
        before.role = open_spell.role
        db.add(before)
        db.add(_spell(membership, moment, None))


def _replace_open(db: Database, membership: Membership) -> list[Spell]:
    replaced = db.execute(
        update(Spell)
        .where(
            col(Spell.membership_id) == membership.id,
            col(Spell.ended_at).is_(None),
            col(Spell.replaced_at).is_(None),
        )
        .values(replaced_at=now())
        .returning(Spell)
    )
    return list(replaced.scalars())


def _spell(membership: Membership, began_at: datetime, ended_at: datetime | None) -> Spell:
    return Spell(
        membership_id=membership.id,
        community_id=membership.community_id,
        person_id=membership.person_id,
        role=membership.role,
        began_at=began_at,
        ended_at=ended_at,
        recorded_at=now(),
    )


def _count(db: Database, membership: Membership, step: int) -> None:
    # In the statement, not in the object, so that joining never disturbs somebody's edit.
    db.execute(
        update(Community)
        .where(col(Community.id) == membership.community_id)
        .values(member_count=col(Community.member_count) + step)
        .execution_options(synchronize_session=False)
    )
