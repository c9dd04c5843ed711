"""Who facilitates a session, who speaks, and whom a closed one is for."""

from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from api.core.db import Database
from api.core.problems import Invalid
from api.identity.models import Person
from api.sessions.models import Part, Session, SessionPart

_PARTS = {
    "facilitator_ids": Part.FACILITATOR,
    "speakers": Part.SPEAKER,
    "named_ids": Part.NAMED,
}


class Carriers(TypedDict):
    """Those who carried a session, as events name them."""

    facilitator_ids: list[UUID]
    speaker_ids: list[UUID]


def assign(db: Database, session: Session, asked: dict[str, Any]) -> None:
    """Give these parts to these people, instead of to those who had them."""
    wanted = {name: _somebody(asked[name]) for name in asked}
    _known(db, wanted)
    for name, helpers in wanted.items():
        db.execute(
            delete(SessionPart)
            .where(col(SessionPart.session_id) == session.id, col(SessionPart.part) == _PARTS[name])
            .execution_options(synchronize_session=False)
        )
        db.add_all(
            SessionPart(
                session_id=session.id,
                part=_PARTS[name],
                place=place,
                person_id=person_id,
                name=guest,
            )
            for place, (person_id, guest) in enumerate(dict.fromkeys(helpers))
        )
    db.flush()


def name_too(db: Database, session: Session, ids: list[UUID]) -> None:
    """Let a session be for these people too, besides those it is for already."""
    named = db.exec(
        select(SessionPart.person_id).where(
            SessionPart.session_id == session.id, SessionPart.part == Part.NAMED
        )
    ).all()
    added = [i for i in ids if i not in set(named)]
    db.add_all(
        SessionPart(session_id=session.id, part=Part.NAMED, place=place, person_id=person_id)
        for place, person_id in enumerate(added, start=len(named))
    )


def carriers(db: Database, session: Session) -> Carriers:
    found = db.exec(
        select(SessionPart.part, SessionPart.person_id)
        .where(SessionPart.session_id == session.id, col(SessionPart.person_id).is_not(None))
        .order_by(col(SessionPart.place))
    ).all()
    return Carriers(
        facilitator_ids=[p for part, p in found if p and part is Part.FACILITATOR],
        speaker_ids=[p for part, p in found if p and part is Part.SPEAKER],
    )


def _somebody(asked: list[Any]) -> list[tuple[UUID | None, str | None]]:
    return [(a["person_id"], a["name"]) if isinstance(a, dict) else (a, None) for a in asked]


def _known(db: Database, wanted: dict[str, list[tuple[UUID | None, str | None]]]) -> None:
    ids = {person_id for helpers in wanted.values() for person_id, _ in helpers if person_id}
    if not ids:
        return
    known = set(
        db.exec(select(Person.id).where(col(Person.id).in_(ids), col(Person.disabled_at).is_(None)))
    )
    faults = [
        {"at": f"body/{name}/{index}", "detail": "no such person"}
        for name, helpers in wanted.items()
        for index, (person_id, _) in enumerate(helpers)
        if person_id and person_id not in known
    ]
    if faults:
        raise Invalid(errors=faults[:50])
