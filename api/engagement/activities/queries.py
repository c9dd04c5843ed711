"""The list of activities: oldest first, and never skipping what is committed late."""

from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Engine,
    Select,
    literal,
    literal_column,
    select,
    text,
    true,
    tuple_,
)
from sqlmodel import col

from api.communities import queries as communities
from api.communities.models import Community
from api.core.actor import Actor
from api.core.db import Database
from api.core.moments import beginning
from api.core.pages import BadCursor
from api.core.policy import permit
from api.core.problems import Invalid
from api.core.rows import json_row
from api.engagement import policy
from api.engagement.activities.schemas import ActivityQuery, ActivityRead
from api.engagement.models import Activity, ActivityKind
from api.engagement.queries import served_by

_C: Any = Activity.__table__.c  # type: ignore[attr-defined]  # every table class has one
_ROW = json_row(**{name: _C[name] for name in ActivityRead.model_fields})
Place = tuple[int, int]
BEGINNING: Place = (-1, 0)
_databases: WeakKeyDictionary[Engine, str] = WeakKeyDictionary()


def find(
    db: Database, actor: Actor, query: ActivityQuery, after: Place
) -> list[tuple[str, int, int]]:
    """Fetch one item more than a page holds, each with its place in the order of turns."""
    statement: Select[Any] = (
        select(_ROW, _C.tx, _C.seq)
        .where(*_where(db, actor, query), settled(db), tuple_(_C.tx, _C.seq) > _at(after))
        .order_by(_C.tx, _C.seq)
        .limit(query.limit + 1)
    )
    return [(row[0], row[1], row[2]) for row in db.connection().execute(statement)]


def settled(db: Database) -> ColumnElement[bool]:
    """The rows before which none can appear any more.

    A transaction that began earlier may commit later, with an earlier place in the order. A
    reader who had gone past that place would never see it; so rows of transactions that are not
    older than every one still open wait, usually for some milliseconds.
    """
    if db.get_bind().dialect.name == "sqlite":
        return true()  # it writes one transaction at a time, so none can overtake another
    oldest = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", BigInteger)
    return col(Activity.tx) < oldest


def incarnation(db: Database) -> str:
    """Name the database whose turns these are; a place in the order means nothing in another."""
    if db.get_bind().dialect.name == "sqlite":
        return "sqlite"
    engine = db.get_bind().engine
    if engine not in _databases:
        may_ask = "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')"
        which = "SELECT system_identifier FROM pg_control_system()"
        named = db.scalar(text(which)) if db.scalar(text(may_ask)) else "postgresql"
        _databases[engine] = str(named)
    return _databases[engine]


def place(values: list[Any]) -> Place:
    """Read a place from a cursor."""
    if len(values) != 2 or not all(isinstance(value, int) for value in values):
        raise BadCursor()
    return values[0], values[1]


def _at(after: Place) -> Any:
    return tuple_(*(literal(value, _C.tx.type) for value in after))


def _where(db: Database, actor: Actor, query: ActivityQuery) -> list[ColumnElement[bool]]:
    # What somebody reads is shown to nobody, not even to those who may see the rest.
    conditions = [_C.kind != ActivityKind.CONSUMPTION, *_whose(db, actor, query)]
    zone = _zone(db, query.community_id)
    if query.from_:
        conditions.append(_C.occurred_at >= beginning(query.from_, zone))
    if query.to:
        conditions.append(_C.occurred_at < beginning(query.to, zone))
    if query.changed_since:
        conditions.append(_changed_since(query.changed_since))
    if not query.retracted:
        conditions.append(_C.retracted_at.is_(None))
    for name in ("kind", "verb", "person_id"):
        wanted = getattr(query, name)
        if wanted is not None:
            conditions.append(_C[name] == wanted)
    return conditions


def _whose(db: Database, actor: Actor, query: ActivityQuery) -> list[ColumnElement[bool]]:
    """Everything where the caller serves; elsewhere only what they did themselves."""
    if query.include and not query.community_id:
        detail = "needs a community_id"
        raise Invalid(errors=[{"at": "query/include", "detail": detail}])
    own = query.person_id is not None and query.person_id == actor.person_id
    if query.community_id is None:
        if own or actor.steward:
            return []
        served = select(col(Community.id)).where(served_by(actor, policy.READING))
        return [_C.community_id.in_(served) | (_C.person_id == actor.person_id)]
    community = communities.get(db, actor, query.community_id)
    if not own:
        permit(policy.read_activities, actor, community)
    if not query.include:
        return [_C.community_id == community.id]
    # Whoever serves an umbrella serves what stands beneath it; others meet only themselves there.
    inside = select(col(Community.id)).where(communities.beneath(community.lineage))
    return [_C.community_id.in_(inside)]


def _zone(db: Database, community_id: UUID | None) -> str:
    if community_id is None:
        return "UTC"
    return db.get_one(Community, community_id).timezone


def _changed_since(moment: datetime) -> ColumnElement[bool]:
    either: ColumnElement[bool] = (_C.recorded_at >= moment) | (_C.retracted_at >= moment)
    return either
