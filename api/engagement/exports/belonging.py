"""Exports of communities and of who belongs to them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, null, select

from api.communities.models import Community
from api.core.actor import State
from api.engagement.exports.columns import Column, shown
from api.engagement.exports.tables import Slice, Table, since
from api.engagement.profile import NHS8
from api.engagement.queries import known_at
from api.memberships.models import Membership, Spell

_C: Any = Community.__table__.c  # type: ignore[attr-defined]  # every table class has one
_M: Any = Membership.__table__.c  # type: ignore[attr-defined]
_P: Any = Spell.__table__.c  # type: ignore[attr-defined]


def _communities(asked: Slice) -> Select[Any]:
    return select(_C.id).where(asked.holds(_C.id), *since(asked, _C.changed_at)).order_by(_C.id)


COMMUNITIES = Table(
    (
        Column("id", "The community.", _C.id),
        Column("name", "Its name.", _C.name, free=True),
        Column("slug", "Its name as it stands in addresses.", _C.slug),
        Column("kind", "`community` or `working_group`.", _C.kind),
        Column("parent_id", "The community above it, if any.", _C.parent_id),
        Column("depth", "1 for a network, 4 at most.", _C.depth),
        Column("region", "Where it is at home.", _C.region, free=True),
        Column("topics", "What it is about; in CSV separated by `; `.", _C.topics, free=True),
        Column("languages", "As BCP 47 tags.", _C.languages, free=True),
        Column("visibility", "Who can find it.", _C.visibility),
        Column("join_policy", "How newcomers get in.", _C.join_policy),
        Column("stage", "Where it stands in its life.", _C.stage),
        Column("status", "`forming`, `active` or `archived`.", _C.status),
        Column("closed_as", "How it ended, if it did.", _C.closed_as),
        Column("timezone", "Its IANA time zone.", _C.timezone),
        Column("cadence", "How often it usually meets.", _C.cadence),
        Column("mode", "Where people meet.", _C.mode),
        Column(
            "member_count",
            "Active members: 0, or 8 and more rounded to the nearest 5; empty for 1 to 7.",
            shown(_C.member_count, NHS8),
        ),
        Column("founded_on", "The day it was founded.", _C.founded_on),
        Column("created_at", "When it was entered here.", _C.created_at),
        Column("changed_at", "When it last changed.", _C.changed_at),
    ),
    _communities,
    frozenset({"changed_since"}),
)


def _memberships(asked: Slice) -> Select[Any]:
    where = [asked.holds(_M.community_id), *since(asked, _M.changed_at), *_overlap(_M, asked)]
    return select(_M.id).where(*where).order_by(_M.id)


MEMBERSHIPS = Table(
    (
        Column("id", "The membership.", _M.id),
        Column("community_id", "Of which community.", _M.community_id),
        Column("person_id", "Whose.", _M.person_id),
        Column("role", "What they do there.", _M.role),
        Column("state", "How it stands; with `as_of` only `active` or `ended`.", _M.state),
        Column("joined_at", "When they first became active.", _M.joined_at),
        Column("ended_at", "When it ended, if it has.", _M.ended_at),
        Column("changed_at", "When it last changed.", _M.changed_at),
    ),
    _memberships,
    frozenset({"from", "to", "changed_since", "as_of"}),
)


def memberships_then(as_of: datetime) -> Table:
    """Find memberships as they were known at a moment.

    That is in the times in which people were active: the last of them says how a membership
    stood, the first when it began.
    """
    spells = {"partition_by": _P.membership_id}
    latest = (_P.began_at.desc(), _P.id.desc())
    known = (
        select(
            _P.membership_id.label("id"),
            _P.community_id,
            _P.person_id,
            _P.role,
            case((_P.ended_at <= as_of, _P.ended_at), else_=null()).label("ended_at"),
            func.min(_P.began_at).over(**spells).label("joined_at"),
            _P.recorded_at.label("changed_at"),
            func.row_number().over(**spells, order_by=latest).label("nth"),
        )
        .where(known_at(Spell, as_of), _P.began_at <= as_of)
        .subquery()
        .c
    )
    state = case((known.ended_at.is_(None), State.ACTIVE.value), else_=State.ENDED.value)

    def rows(asked: Slice) -> Select[Any]:
        where = [known.nth == 1, asked.holds(known.community_id), *since(asked, known.changed_at)]
        where += _overlap(known, asked)
        return select(known.id).where(*where).order_by(known.id)

    columns = (
        replace(column, value=state if column.name == "state" else known[column.name])
        for column in MEMBERSHIPS.columns
    )
    return Table(tuple(columns), rows, MEMBERSHIPS.filters)


def _overlap(membership: Any, asked: Slice) -> list[ColumnElement[bool]]:
    """Memberships that lasted into a window and began before it ended."""
    found = []
    if asked.start:
        found.append(membership.ended_at.is_(None) | (membership.ended_at > asked.start))
    if asked.end:
        found.append(membership.joined_at < asked.end)
    return found
