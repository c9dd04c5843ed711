"""How a membership is written for one reader: what they may know of it, what they may do to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select, tuple_

from api.communities.models import Community
from api.communities.reading import Placed
from api.core.actor import Actor, Standing, State
from api.core.db import Database, columns
from api.core.items import Item
from api.core.rows import JsonRow, json_row, json_words, with_field
from api.identity.models import Organisation, Person
from api.memberships import policy
from api.memberships.models import LIVE, Membership
from api.memberships.schemas import MembershipRead

_M, _P = columns(Membership), columns(Person)
_C, _O = columns(Community), columns(Organisation)

# What only the person concerned and those who run the community are told.
_PRIVATE = ("invited_by_id", "expires_at", "reason")
_ELSEWHERE = {
    "community_name": _C.name,
    "community_slug": _C.slug,
    "person_name": _P.name,
    "organisation_id": _P.organisation_id,
    "organisation_name": _O.name,
    "team": _P.team,
}
_KNOWN = [n for n in MembershipRead.model_fields if n not in (*_PRIVATE, "position", "can")]
_ROW = json_row(**{n: _ELSEWHERE[n] if n in _ELSEWHERE else _M[n] for n in _KNOWN})
_KEPT = JsonRow({n: _M[n] for n in _PRIVATE}).label("private")
_UNTOLD = ",".join(f'"{name}":null' for name in _PRIVATE)

_before = Membership.__table__.alias("before")  # type: ignore[attr-defined]  # every table class has one
_POSITION = case(
    (
        _M.state == State.WAITLISTED,
        select(func.count())
        .where(
            _before.c.community_id == _M.community_id,
            _before.c.state == State.WAITLISTED,
            tuple_(_before.c.queued_at, _before.c.id) <= tuple_(_M.queued_at, _M.id),
        )
        .correlate(Membership.__table__)  # type: ignore[attr-defined]  # likewise
        .scalar_subquery(),
    )
).label("position")

_ROWS = (
    select(
        _ROW,
        _KEPT,
        _POSITION,
        _M.person_id.label("person"),
        _M.role,
        _M.state,
        _M.joined_at.is_not(None).label("joined"),
        (func.coalesce(_M.ground_rules_version, 0) >= _C.ground_rules_version).label("current"),
        _C.lineage,
        _C.visibility,
        _C.join_policy,
        _C.status,
    )
    .select_from(Membership)
    .join(Community, _C.id == _M.community_id)
    .join(Person, _P.id == _M.person_id)
    .outerjoin(Organisation, _O.id == _P.organisation_id)
)


def rows(*order: Any) -> Select[Any]:
    """Select memberships as JSON text, with what `writer` needs and what the list is sorted by."""
    return _ROWS.add_columns(*order)


def writer(me: Actor) -> Callable[[Item], str]:
    """Make the function that adds what depends on the reader; it works each case out once."""
    seen: dict[Any, tuple[bool, str]] = {}

    def write(item: Item) -> str:
        own = item.person == me.person_id
        case = (own, item.state, item.joined, item.current, item.lineage, item.status)
        if case not in seen:
            placed = Placed(
                UUID(item.lineage[-37:-1]),
                item.lineage,
                item.visibility,
                item.join_policy,
                item.status,
            )
            seat = policy.Seat(placed, item.person, item.state, item.joined, item.current)
            seen[case] = own or policy.runs(me, placed), json_words(policy.can(me, seat))
        told, can = seen[case]
        position = "null" if item.position is None else str(item.position)
        private = item.private[1:-1] if told else _UNTOLD
        text = with_field(item.item, "position", position)
        return with_field(f"{text[:-1]},{private}}}", "can", can)

    return write


def read(db: Database, me: Actor, membership_id: UUID) -> MembershipRead:
    """Read one membership, as it stands after what this request did to it."""
    db.flush()
    found: Any = db.connection().execute(_ROWS.where(_M.id == membership_id)).one()
    if found.person == me.person_id:
        me = _risen(me, found)
    return MembershipRead.model_validate_json(writer(me)(found))


def _risen(me: Actor, found: Any) -> Actor:
    """The caller with the standing this request gave them, or left them."""
    here = found.lineage[-37:-1]
    standings = {place: s for place, s in me.standings.items() if place != here}
    if found.state in LIVE:
        standings[here] = Standing(found.role, found.state, found.lineage)
    return replace(me, standings=standings)
