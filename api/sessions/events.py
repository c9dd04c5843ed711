"""What happens around sessions.

`object_id` is the session, also where the event is about a person's answer or attendance: those
have no address of their own. Payloads hold ids and moments, so that whoever keeps a record of
activities in the same transaction need not read anything to write it:

- `session.held` and `session.corrected` name who facilitated and who spoke; a correction says what
  holds from now on, in place of everything said before about the same session.
- `attendance.recorded` names the new row, and the one it takes the place of, if there was one;
  `attendance.withdrawn` names a row that nothing takes the place of.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from api.core.events import Event


class SessionScheduled(Event):
    """A session was put into the programme."""

    kind: ClassVar[str] = "session.scheduled"
    starts_at: datetime


class SessionRescheduled(Event):
    """A session has another time."""

    kind: ClassVar[str] = "session.rescheduled"
    starts_at: datetime


class SessionChanged(Event):
    """Something about a session changed, but not its time."""

    kind: ClassVar[str] = "session.changed"


class TookPlace(Event):
    """When a session took place, and who carried it."""

    occurred_at: datetime
    facilitator_ids: list[UUID]
    speaker_ids: list[UUID]


class SessionHeld(TookPlace):
    """A session took place."""

    kind: ClassVar[str] = "session.held"


class SessionCorrected(TookPlace):
    """What is on record about a session that took place was corrected."""

    kind: ClassVar[str] = "session.corrected"


class SessionCancelled(Event):
    """A session will not take place."""

    kind: ClassVar[str] = "session.cancelled"


class RsvpAnswered(Event):
    """A person said whether they will come."""

    kind: ClassVar[str] = "rsvp.answered"
    person_id: UUID
    answer: str
    place: str


class RsvpPromoted(Event):
    """A person on the waiting list got a place."""

    kind: ClassVar[str] = "rsvp.promoted"
    person_id: UUID


class AttendanceRecorded(Event):
    """It was recorded that a person was, or was not, at a session."""

    kind: ClassVar[str] = "attendance.recorded"
    person_id: UUID
    attendance_id: UUID
    replaces_id: UUID | None
    status: str
    source: str
    # When the session started.
    occurred_at: datetime


class AttendanceWithdrawn(Event):
    """What was recorded about a person at a session was taken back."""

    kind: ClassVar[str] = "attendance.withdrawn"
    person_id: UUID
    attendance_id: UUID


class AttendancesImported(Event):
    """A list of who came was read into a community, which is the object."""

    kind: ClassVar[str] = "attendances.imported"
    rows: int


class MaterialAdded(Event):
    """Something to read was added to a session."""

    kind: ClassVar[str] = "material.added"


class MaterialRemoved(Event):
    """Something to read was taken from a session."""

    kind: ClassVar[str] = "material.removed"
