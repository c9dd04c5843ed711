"""Recording what partners say people did: each thing once, however often it is sent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlmodel import col

from api.communities import policy as communities
from api.communities.models import Community
from api.core.actor import Actor
from api.core.bulk import (
    BulkItem,
    HowMuch,
    Misfit,
    Outcome,
    RowFault,
    refuse_rows,
    refused,
    told_apart,
)
from api.core.clock import now
from api.core.db import Database, insert_into
from api.core.events import record
from api.core.ids import new_id
from api.engagement import policy
from api.engagement.activities.schemas import ActivityCreate
from api.engagement.events import ActivitiesRecorded
from api.engagement.models import OWN_SOURCE, Activity
from api.identity.models import Person

_C = Activity.__table__.c  # type: ignore[attr-defined]  # every table class has one
_SAYS = ("person_id", "community_id", "verb", "kind", "object_type", "object_id", "occurred_at")

Key = tuple[str, str]


class _Stored(NamedTuple):
    """What is kept under a key: its id, and what it says."""

    id: UUID
    says: tuple[Any, ...]


def record_activities(
    db: Database, actor: Actor, rows: Sequence[ActivityCreate | Misfit], mode: HowMuch
) -> list[BulkItem]:
    """Store the rows that are new, and answer for each one what became of it."""
    whole, faults = told_apart(rows)
    faults |= _faults(db, actor, whole)
    good = {i: row for i, row in whole.items() if not faults[i]}
    stored = _stored(db, map(_key, good.values()))
    faults |= _clashes(good, stored)
    _settle(faults, mode)
    fresh: dict[Key, ActivityCreate] = {}
    for i, row in good.items():
        if not faults[i] and _key(row) not in stored:
            fresh.setdefault(_key(row), row)
    made = _insert(db, fresh)
    if late := fresh.keys() - made.keys():
        # Somebody stored the same key at this very moment; it is there now, and can be compared.
        stored |= _stored(db, late)
        faults |= _clashes(good, stored)
        _settle(faults, mode)
    _tell(db, (fresh[key] for key in made))
    return [_answer(i, faults[i], good.get(i), made, stored) for i in range(len(rows))]


def _answer(
    index: int,
    faults: list[RowFault],
    row: ActivityCreate | None,
    made: dict[Key, UUID],
    stored: dict[Key, _Stored],
) -> BulkItem:
    """Say what became of a row; of two that are alike, the first was stored."""
    if row is None or faults:
        return refused(index, *faults)
    key = _key(row)
    if key in stored:
        found, status = stored[key].id, Outcome.UNCHANGED
    else:
        found, status = made[key], Outcome.CREATED
        stored[key] = _Stored(found, _says(row))
    return BulkItem(index=index, status=status, id=found, problem=None)


def _settle(faults: Mapping[int, list[RowFault]], mode: HowMuch) -> None:
    """Refuse everything for what is wrong with some of it, unless the caller wants the rest."""
    if mode is HowMuch.ALL:
        refuse_rows(faults, "activities")


def _key(row: ActivityCreate) -> Key:
    return row.source, row.source_id


def _says(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _SAYS)


def _faults(
    db: Database, actor: Actor, rows: Mapping[int, ActivityCreate]
) -> dict[int, list[RowFault]]:
    """Find what is wrong with each row by itself; three statements, however many rows."""
    places = _communities(db, actor, {row.community_id for row in rows.values()})
    people = _people(db, {row.person_id for row in rows.values()})
    moment = now()
    found: dict[int, list[RowFault]] = {}
    for i, row in rows.items():
        wrong = found[i] = []
        refusal = places.get(row.community_id, "no such community")
        if refusal:
            wrong.append(("community_id", refusal))
        if row.person_id not in people:
            wrong.append(("person_id", "no such person"))
        if row.occurred_at > moment:
            wrong.append(("occurred_at", "lies in the future"))
        if row.source.casefold() == OWN_SOURCE:
            wrong.append(("source", f"{OWN_SOURCE} is what Trellis itself records"))
    return found


def _communities(db: Database, actor: Actor, ids: set[UUID]) -> dict[UUID, str | None]:
    """Say of each community the caller may see why they may not record there, or None."""
    found = db.scalars(select(Community).where(col(Community.id).in_(ids)))
    return {
        community.id: None
        if policy.record_activities(actor, community)
        else policy.record_activities.__doc__
        for community in found
        if communities.see(actor, community)
    }


def _people(db: Database, ids: Iterable[UUID]) -> set[UUID]:
    return set(db.scalars(select(col(Person.id)).where(col(Person.id).in_(set(ids)))))


def _stored(db: Database, keys: Iterable[Key]) -> dict[Key, _Stored]:
    wanted = tuple_(_C.source, _C.source_id).in_(sorted(set(keys)))
    found: Iterable[Row[Any]] = db.execute(
        select(_C.source, _C.source_id, _C.id, *_said()).where(wanted)
    )
    return {(row.source, row.source_id): _Stored(row.id, _says(row)) for row in found}


def _said() -> list[Any]:
    return [_C[name] for name in _SAYS]


def _clashes(
    good: Mapping[int, ActivityCreate], stored: Mapping[Key, _Stored]
) -> dict[int, list[RowFault]]:
    """Find rows whose key is taken by something else, stored before or earlier in this batch."""
    said = {key: known.says for key, known in stored.items()}
    clashes: dict[int, list[RowFault]] = {}
    for i, row in good.items():
        if said.setdefault(_key(row), _says(row)) != _says(row):
            clashes[i] = [("source_id", "is already used for another activity")]
    return clashes


def _insert(db: Database, rows: Mapping[Key, ActivityCreate]) -> dict[Key, UUID]:
    """Insert what nobody else inserts at the same moment, and return the ids of what was."""
    if not rows:
        return {}
    belongs = dict(
        db.execute(
            select(col(Person.id), col(Person.organisation_id)).where(
                col(Person.id).in_({row.person_id for row in rows.values()})
            )
        ).all()
    )
    moment = now()
    values = [
        {
            **row.model_dump(),
            "id": new_id(),
            "organisation_id": belongs[row.person_id],
            "recorded_at": moment,
        }
        for row in rows.values()
    ]
    insert = (
        insert_into(db, Activity)
        .on_conflict_do_nothing(index_elements=["source", "source_id"])
        .returning(_C.source, _C.source_id, _C.id)
    )
    return {(row[0], row[1]): row[2] for row in db.connection().execute(insert, values)}


def _tell(db: Database, made: Iterable[ActivityCreate]) -> None:
    """Record one event for each community and source, not one for each row."""
    counts = Counter((row.community_id, row.source) for row in made)
    for (community_id, source), count in counts.items():
        record(
            db,
            ActivitiesRecorded(
                object_id=community_id, community_id=community_id, source=source, count=count
            ),
        )
