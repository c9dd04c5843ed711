from typing import ClassVar
from uuid import UUID

from api.core.events import Event


class MembershipEvent(Event):
    """Something happened to a membership."""

    person_id: UUID


class MembershipInvited(MembershipEvent):
    """A person was invited to a community."""

    kind: ClassVar[str] = "membership.invited"


class MembershipRequested(MembershipEvent):
    """A person asked to join a community."""

    kind: ClassVar[str] = "membership.requested"


class MembershipWaitlisted(MembershipEvent):
    """A community is full, and a person waits for a place."""

    kind: ClassVar[str] = "membership.waitlisted"


class MembershipActivated(MembershipEvent):
    """A person became, or is again, an active member."""

    kind: ClassVar[str] = "membership.activated"


class MembershipPaused(MembershipEvent):
    """A member takes a break."""

    kind: ClassVar[str] = "membership.paused"


class MembershipEnded(MembershipEvent):
    """A person left a community, or was removed from it."""

    kind: ClassVar[str] = "membership.ended"


class MembershipDeclined(MembershipEvent):
    """An invitation or a request came to nothing: declined, taken back, or run out."""

    kind: ClassVar[str] = "membership.declined"


class RoleChanged(MembershipEvent):
    """A member has another role."""

    kind: ClassVar[str] = "membership.role_changed"
    role: str


class MembershipRecorded(MembershipEvent):
    """A membership of the past was written down afterwards."""

    kind: ClassVar[str] = "membership.recorded"


class MembershipCorrected(MembershipEvent):
    """It was corrected when a person joined or left a community."""

    kind: ClassVar[str] = "membership.corrected"


class GroundRulesAccepted(MembershipEvent):
    """A member accepted the current ground rules of a community."""

    kind: ClassVar[str] = "membership.rules_accepted"
