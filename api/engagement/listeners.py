"""Keeps the record of activities, and the frames of communities, in step with what happens.

Everything here hears an event in the transaction that records it, so a number never lags behind.
What is corrected is retracted, not overwritten: a metric asked with an older `as_of` still finds
what was known then.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, insert, literal, select, update
from sqlmodel import col
from sqlmodel import select as select_rows

from api.communities.events import CommunityChanged, CommunityFounded
from api.communities.models import Community
from api.core.clock import now
from api.core.db import Database
from api.core.events import Event, on, on_many
from api.core.ids import new_id
from api.engagement.baselines import service as baselines
from api.engagement.models import (
    LED,
    OWN_SOURCE,
    Activity,
    ActivityKind,
    Frame,
    Submission,
    Turn,
    Verb,
)
from api.identity.models import Person
from api.proposals.events import ProposalLaunched, ProposalSubmitted
from api.proposals.lifecycle import ProposalState
from api.proposals.models import Proposal, Transition
from api.sessions.events import (
    AttendanceRecorded,
    AttendanceWithdrawn,
    SessionCorrected,
    SessionHeld,
    TookPlace,
)
from api.sessions.models import PRESENT

_C = Activity.__table__.c  # type: ignore[attr-defined]  # every table class has one
_SAID = (
    "id", "person_id", "community_id", "verb", "kind", "object_id", "occurred_at", "source_id",
    "recorded_at",
)  # fmt: skip
# One statement a deed, which finds the organisation by itself.
_WRITE = insert(Activity).from_select(
    [*_SAID, "object_type", "source", "organisation_id", "tx"],
    select(
        *(bindparam(name, type_=_C[name].type) for name in _SAID),
        literal("session"),
        literal(OWN_SOURCE),
        col(Person.organisation_id),
        Turn(),
    ).where(col(Person.id) == bindparam("person_id", type_=_C.person_id.type)),
    include_defaults=False,
)


@on_many(AttendanceRecorded)
def people_came(db: Database, events: list[AttendanceRecorded]) -> None:
    """Whoever was there took part; what was recorded about them before no longer holds."""
    moment = now()
    for event in events:
        if event.replaces_id:
            _retract(db, moment, *_attended(event.object_id, event.person_id))
    _write(
        db,
        [
            _deed(
                moment,
                event,
                event.person_id,
                event.occurred_at,
                verb=Verb.ATTENDED,
                source_id=str(event.attendance_id),
            )
            for event in events
            if event.status in PRESENT
        ],
    )


@on(AttendanceWithdrawn)
def nobody_knows(db: Database, event: AttendanceWithdrawn) -> None:
    """What was taken back no longer holds."""
    _retract(db, now(), *_attended(event.object_id, event.person_id))


@on(SessionHeld, SessionCorrected)
def somebody_led(db: Database, event: TookPlace) -> None:
    """Whoever facilitated or spoke contributed; a correction also moves what was on another day."""
    moment = now()
    wanted = {(Verb.FACILITATED.value, person) for person in event.facilitator_ids}
    wanted |= {(Verb.PRESENTED.value, person) for person in event.speaker_ids}
    known = db.execute(
        select(_C.id, _C.verb, _C.person_id, _C.occurred_at).where(*_of(event.object_id))
    ).all()
    stale = {row.id: row for row in known if not _holds(row, wanted, event.occurred_at)}
    standing = {(row.verb, row.person_id) for row in known if row.id not in stale}
    moved = {(row.verb, row.person_id) for row in stale.values() if row.verb not in LED}
    if stale:
        _retract(db, moment, _C.id.in_(stale))
    _write(
        db,
        [
            _deed(moment, event, person_id, event.occurred_at, verb=verb)
            for verb, person_id in sorted((wanted | moved) - standing)
        ],
    )


@on(CommunityFounded, CommunityChanged)
def frame(db: Database, event: Event) -> None:
    """Remember by which clock and rhythm a community was measured until now."""
    community = db.get_one(Community, event.object_id)
    current = db.exec(
        select_rows(Frame).where(
            Frame.community_id == community.id, col(Frame.replaced_at).is_(None)
        )
    ).first()
    told = (community.timezone, community.cadence)
    if current and (current.timezone, current.cadence) == told:
        return
    moment = now()
    if current:
        current.replaced_at = moment
        db.flush()
    db.add(
        Frame(
            community_id=community.id,
            timezone=community.timezone,
            cadence=community.cadence,
            recorded_at=moment,
        )
    )


@on(ProposalSubmitted)
def submitted(db: Database, event: ProposalSubmitted) -> None:
    """Remember where a proposal was submitted, because coordinators may move it."""
    step = Transition
    moment = select_rows(step.at).where(
        step.proposal_id == event.object_id, step.to_state == ProposalState.SUBMITTED
    )
    db.add(
        Submission(
            proposal_id=event.object_id,
            community_id=db.get_one(Proposal, event.object_id).parent_id,
            submitted_at=db.exec(moment).one(),
        )
    )


@on(ProposalLaunched)
def launched(db: Database, event: ProposalLaunched) -> None:
    """Keep the numbers a community begins with.

    At once, and not later: it takes a hundredth of a second, once in the life of a community,
    and whoever launches it finds them there.
    """
    baselines.take(db, db.get_one(Community, event.launched_id))


def _of(session_id: UUID) -> list[ColumnElement[bool]]:
    return [
        _C.object_id == session_id,
        _C.source == OWN_SOURCE,
        _C.retracted_at.is_(None),
    ]


def _attended(session_id: UUID, person_id: UUID) -> list[ColumnElement[bool]]:
    return [*_of(session_id), _C.person_id == person_id, _C.verb == Verb.ATTENDED]


def _holds(row: Any, wanted: set[tuple[str, UUID]], occurred_at: datetime) -> bool:
    right = row.verb not in LED or (row.verb, row.person_id) in wanted
    return right and row.occurred_at == occurred_at


def _retract(db: Database, moment: datetime, *which: ColumnElement[bool]) -> None:
    db.connection().execute(update(Activity).where(*which).values(retracted_at=moment, tx=Turn()))


def _write(db: Database, deeds: list[dict[str, Any]]) -> None:
    if deeds:
        db.connection().execute(_WRITE, deeds)


def _deed(
    moment: datetime,
    event: Event,
    person_id: UUID,
    occurred_at: datetime,
    *,
    verb: str,
    source_id: str | None = None,
) -> dict[str, Any]:
    made = new_id()
    return {
        "id": made,
        "person_id": person_id,
        "community_id": event.community_id,
        "verb": verb,
        "kind": ActivityKind.CONTRIBUTION if verb in LED else ActivityKind.ATTENDANCE,
        "object_id": event.object_id,
        "occurred_at": occurred_at,
        "source_id": source_id or str(made),
        "recorded_at": moment,
    }
