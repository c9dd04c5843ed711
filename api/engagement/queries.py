"""Which communities a caller serves, and what stood beneath one at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlmodel import col

from api.communities.models import Community, Lineage
from api.communities.queries import beneath, visible_to
from api.core.actor import Actor, Role, State


def served_by(actor: Actor, roles: Collection[Role]) -> ColumnElement[bool]:
    """The communities in which the actor holds one of these roles, there or from above."""
    if actor.steward:
        return true()
    held = [
        beneath(standing.lineage)
        for standing in actor.standings.values()
        if standing.state is State.ACTIVE and standing.role in roles
    ]
    return or_(*held) if held else false()


def known_at(table: Any, moment: datetime) -> ColumnElement[bool]:
    """The rows of a table that were current at a moment."""
    recorded, replaced = col(table.recorded_at), col(table.replaced_at)
    return and_(recorded <= moment, replaced.is_(None) | (replaced > moment))


def beneath_at(actor: Actor, lineage: str, moment: datetime) -> Select[UUID]:
    """The ids of a community and of everything beneath it, as the tree was known at a moment.

    What the caller may not see today is not among them: a confidential community is in no count
    of anybody who is not inside it.
    """
    column = col(Lineage.lineage)
    return (
        select(col(Lineage.community_id))
        .join(Community, col(Community.id) == col(Lineage.community_id))
        .where(
            column >= lineage,
            column < lineage[:-1] + "0",
            known_at(Lineage, moment),
            visible_to(actor),
        )
    )
