"""Exports of sessions, of who came, and of everything people did."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from api.engagement.exports.columns import Column
from api.engagement.exports.tables import Slice, Table, since, within
from api.engagement.models import Activity, ActivityKind
from api.engagement.queries import known_at
from api.sessions.models import Attendance, Session, SessionFact

_S: Any = Session.__table__.c  # type: ignore[attr-defined]  # every table class has one
_F: Any = SessionFact.__table__.c  # type: ignore[attr-defined]
_T: Any = Attendance.__table__.c  # type: ignore[attr-defined]
_A: Any = Activity.__table__.c  # type: ignore[attr-defined]
_EVERY = frozenset({"from", "to", "changed_since", "as_of"})


def _sessions(asked: Slice) -> Select[Any]:
    return (
        select(_F.session_id)
        .join(Session, _S.id == _F.session_id)
        .where(
            asked.holds(_F.community_id),
            known_at(SessionFact, asked.as_of),
            *within(_F.starts_at, asked),
            *since(asked, _S.changed_at),
        )
        .order_by(_F.session_id)
    )


SESSIONS = Table(
    (
        Column("id", "The session.", _F.session_id),
        Column("community_id", "Of which community.", _F.community_id),
        Column("series_id", "The series it belongs to, if any.", _S.series_id),
        Column("title", "What it is called.", _S.title, free=True),
        Column("kind", "What kind of meeting it is.", _S.kind),
        Column("status", "`tentative`, `confirmed`, `held` or `cancelled`.", _F.status),
        Column("mode", "Where people meet.", _F.mode),
        Column("access", "Who may come.", _F.access),
        Column("starts_at", "When it starts.", _F.starts_at),
        Column("ends_at", "When it ends.", _F.ends_at),
        Column("timezone", "The time zone it is announced in.", _S.timezone),
        Column("capacity", "Seats; of a hybrid session those in the room.", _F.capacity),
        Column("online_capacity", "Seats online in a hybrid session.", _F.online_capacity),
        Column("location", "Where it takes place.", _S.location, free=True),
        Column(
            "function_tags", "Which of the five functions it serves.", _S.function_tags, free=True
        ),
        Column("changed_at", "When it last changed.", _S.changed_at),
    ),
    _sessions,
    _EVERY,
)


def _attendances(asked: Slice) -> Select[Any]:
    return (
        select(_T.id)
        .join(SessionFact, _F.session_id == _T.session_id)
        .where(
            asked.holds(_F.community_id),
            known_at(SessionFact, asked.as_of),
            known_at(Attendance, asked.as_of),
            *within(_F.starts_at, asked),
            *since(asked, _T.recorded_at),
        )
        .order_by(_T.id)
    )


ATTENDANCES = Table(
    (
        Column("id", "The record; a correction is another one.", _T.id),
        Column("session_id", "Which session.", _T.session_id),
        Column("community_id", "Of which community.", _F.community_id),
        Column("starts_at", "When the session started.", _F.starts_at),
        Column("person_id", "Who.", _T.person_id),
        Column("status", "`attended`, `partial`, `walk_in` or `no_show`.", _T.status),
        Column("minutes", "How long they stayed, if known.", _T.minutes),
        Column("mode", "`online` or `in_person`, if known.", _T.seating),
        Column("source", "Who says so: `self`, `facilitator`, `import` or `api`.", _T.source),
        Column("recorded_by_id", "Who recorded it.", _T.recorded_by_id),
        Column("recorded_at", "When it was recorded.", _T.recorded_at),
    ),
    _attendances,
    _EVERY,
)


def _activities(asked: Slice) -> Select[Any]:
    known: ColumnElement[bool] = _A.recorded_at <= asked.as_of
    wanted = asked.holds(_A.community_id)
    found = select(_A.seq).where(
        wanted,
        # What somebody reads is counted, and shown to nobody.
        _A.kind != ActivityKind.CONSUMPTION,
        known,
        _A.retracted_at.is_(None) | (_A.retracted_at > asked.as_of),
        *within(_A.occurred_at, asked),
        *since(asked, _A.recorded_at),
    )
    if wanted is true():
        return found.order_by(_A.seq)  # as they lie in the table, so the first leaves at once
    # Their numbers are put in order, not the rows: a million of those would fill the memory.
    return select(_A.seq).where(_A.seq.in_(found)).order_by(_A.seq)


ACTIVITIES = Table(
    (
        Column("id", "The activity.", _A.id),
        Column("person_id", "Who did it.", _A.person_id),
        Column("community_id", "In which community.", _A.community_id),
        Column("organisation_id", "Where they worked when it was recorded.", _A.organisation_id),
        Column("verb", "What was done.", _A.verb),
        Column("kind", "`contribution` or `attendance`.", _A.kind),
        Column("object_type", "What it was done to.", _A.object_type),
        Column("object_id", "To which one.", _A.object_id),
        Column("occurred_at", "When it was done.", _A.occurred_at),
        Column("recorded_at", "When we learned of it.", _A.recorded_at),
        Column("source", "Whose record it is; ours is `trellis`.", _A.source, free=True),
        Column("source_id", "What it is called there.", _A.source_id, free=True),
    ),
    _activities,
    _EVERY,
)
