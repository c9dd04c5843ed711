from typing import ClassVar
from uuid import UUID

from api.core.events import Event


class SessionScheduled(Event):
    """A session was put into the programme."""

    kind: ClassVar[str] = "session.scheduled"


class SessionRescheduled(Event):
    """A session has another time."""

    kind: ClassVar[str] = "session.rescheduled"


class SessionChanged(Event):
    """Something about a session changed, but not its time."""

    kind: ClassVar[str] = "session.changed"


class SessionHeld(Event):
    """A session took place."""

    kind: ClassVar[str] = "session.held"


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
    status: str
    source: str


class MaterialAdded(Event):
    """Something to read was added to a session."""

    kind: ClassVar[str] = "material.added"


class MaterialRemoved(Event):
    """Something to read was taken from a session."""

    kind: ClassVar[str] = "material.removed"
