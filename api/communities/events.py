from typing import ClassVar
from uuid import UUID

from api.core.events import Event


class CommunityFounded(Event):
    """A community was founded."""

    kind: ClassVar[str] = "community.founded"
    founder_id: UUID


class CommunityChanged(Event):
    """What a community says about itself changed."""

    kind: ClassVar[str] = "community.changed"


class StageChanged(Event):
    """People decided that a community is at another stage of its life."""

    kind: ClassVar[str] = "community.stage_changed"
    stage: str


class CommunityMoved(Event):
    """A community, with everything beneath it, moved to another place in the tree."""

    kind: ClassVar[str] = "community.moved"


class CommunityArchived(Event):
    """A community was put away."""

    kind: ClassVar[str] = "community.archived"


class CommunityRestored(Event):
    """A community came back from the archive."""

    kind: ClassVar[str] = "community.restored"


class GroundRulesWritten(Event):
    """A community gave itself a new version of its ground rules."""

    kind: ClassVar[str] = "ground_rules.written"


class LinkOffered(Event):
    """A community offered a link to another."""

    kind: ClassVar[str] = "link.offered"


class LinkAnswered(Event):
    """The other community accepted or declined a link."""

    kind: ClassVar[str] = "link.answered"


class LinkRemoved(Event):
    """A link between two communities was taken away."""

    kind: ClassVar[str] = "link.removed"


class CommunityOpened(Event):
    """A community that was forming has held its first session, and lives."""

    kind: ClassVar[str] = "community.opened"


class CommunityDissolved(Event):
    """A community that was forming came to nothing."""

    kind: ClassVar[str] = "community.dissolved"


class CommunityReformed(Event):
    """A community that had come to nothing is forming again."""

    kind: ClassVar[str] = "community.reformed"
