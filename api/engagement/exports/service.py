"""Decides whether an export may begin, and what it will hold."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true
from sqlmodel import col

from api.communities import policy as communities
from api.communities import queries
from api.communities.models import Community, Lineage
from api.core.actor import Actor
from api.core.db import Database
from api.core.moments import beginning
from api.core.policy import permit
from api.core.problems import Invalid
from api.engagement import policy
from api.engagement.exports import numbers
from api.engagement.exports.datasets import Dataset, table
from api.engagement.exports.schemas import ExportQuery
from api.engagement.exports.tables import Slice
from api.engagement.exports.writing import lines
from api.engagement.metrics.asking import as_known
from api.engagement.metrics.schemas import ProfileName
from api.engagement.policy import TAKING
from api.engagement.profile import PROFILES
from api.engagement.queries import beneath_at, known_at, served_by

Read = Callable[[Connection], Iterator[bytes]]


def prepare(
    db: Database, actor: Actor, dataset: Dataset, query: ExportQuery
) -> tuple[Read, datetime]:
    """Refuse what may not be exported; else say how it is read, and as of when."""
    _known(query, numbers.FILTERS if dataset is Dataset.METRICS else table(dataset, None).filters)
    place = queries.get(db, actor, query.community_id) if query.community_id else None
    zone = place.timezone if place else "UTC"
    as_of = as_known(query.as_of, zone)
    asked = Slice(
        holds=_held(db, actor, place, query, as_of),
        as_of=as_of,
        start=beginning(query.from_, zone) if query.from_ else None,
        end=beginning(query.to, zone) if query.to else None,
        changed_since=query.changed_since,
    )
    if asked.start and asked.end and asked.start >= asked.end:
        raise Invalid(errors=[{"at": "query/from", "detail": "must be earlier than `to`"}])
    if dataset is Dataset.METRICS:
        profile = PROFILES[query.profile or ProfileName.NHS8]
        if query.profile not in (None, ProfileName.NHS8):
            _exactly(db, actor, asked)
        span = numbers.months(query, as_of)
        return numbers.lines(asked, span, profile, query.format), as_of
    return lines(table(dataset, as_of if query.as_of else None), asked, query.format), as_of


def _known(query: ExportQuery, filters: frozenset[str]) -> None:
    """Refuse a filter the dataset cannot follow, rather than seem to follow it."""
    if unknown := sorted(query.filters - filters):
        detail = "this dataset cannot be narrowed by it"
        raise Invalid(errors=[{"at": f"query/{name}", "detail": detail} for name in unknown])


def _held(
    db: Database, actor: Actor, place: Community | None, query: ExportQuery, as_of: datetime
) -> Callable[[Any], ColumnElement[bool]]:
    """Make the condition that a row belongs to a community whose records the caller may take."""
    served = served_by(actor, TAKING)
    if place is None:
        if actor.steward:
            return lambda _: true()
        permit(policy.export_anything, actor, None)
        ids = select(col(Community.id)).where(served)
        return lambda column: column.in_(ids)
    permit(communities.export, actor, place)
    lineage = db.scalar(
        select(col(Lineage.lineage)).where(
            col(Lineage.community_id) == place.id, known_at(Lineage, as_of)
        )
    )
    if query.include is None or lineage is None:
        return lambda column: column == place.id
    # What has since left the umbrella is no longer theirs to take.
    beneath = beneath_at(actor, lineage, as_of).where(served)
    return lambda column: column.in_(beneath)


def _exactly(db: Database, actor: Actor, asked: Slice) -> None:
    """Refuse exact numbers unless they may be had of every community that is asked for."""
    c: Any = Community
    rows = select(c.id, c.lineage, c.visibility, c.join_policy, c.status).where(asked.holds(c.id))
    for row in db.connection().execute(rows):
        permit(communities.measure_exactly, actor, row)
