from typing import ClassVar
from uuid import UUID

from api.core.events import Event


class ProposalEvent(Event):
    """Something happened to a proposal; `community_id` is the umbrella it is meant for."""


class ProposalDrafted(ProposalEvent):
    """Somebody began to write an idea down."""

    kind: ClassVar[str] = "proposal.drafted"


class ProposalChanged(ProposalEvent):
    """What a proposal says was changed."""

    kind: ClassVar[str] = "proposal.changed"


class ProposalSubmitted(ProposalEvent):
    """A proposal was handed to the coordinators."""

    kind: ClassVar[str] = "proposal.submitted"


class ProposalReferred(ProposalEvent):
    """A proposal was referred to what exists already."""

    kind: ClassVar[str] = "proposal.referred"
    targets: list[UUID]


class ProposalAssessed(ProposalEvent):
    """A coordinator found that nothing like it exists."""

    kind: ClassVar[str] = "proposal.assessed"


class CallOpened(ProposalEvent):
    """The members of a network were asked whether they would come."""

    kind: ClassVar[str] = "proposal.call_opened"
    call_id: UUID


class InterestMet(ProposalEvent):
    """Enough people would come."""

    kind: ClassVar[str] = "proposal.interest_met"


class InterestNotMet(ProposalEvent):
    """A call closed before enough people had said yes."""

    kind: ClassVar[str] = "proposal.interest_not_met"


class PlanningBegun(ProposalEvent):
    """A lead and a sponsor have agreed, and a community is forming."""

    kind: ClassVar[str] = "proposal.planning_begun"
    forming_id: UUID


class FirstSessionSet(ProposalEvent):
    """Charter and first session stand."""

    kind: ClassVar[str] = "proposal.scheduled"


class ProposalLaunched(ProposalEvent):
    """A proposal has become a community."""

    kind: ClassVar[str] = "proposal.launched"
    launched_id: UUID


class ProposalRejected(ProposalEvent):
    """A coordinator said no."""

    kind: ClassVar[str] = "proposal.rejected"


class ProposalAppealed(ProposalEvent):
    """A proposer asked for a second look."""

    kind: ClassVar[str] = "proposal.appealed"


class ProposalWithdrawn(ProposalEvent):
    """Whoever carried a proposal let it go."""

    kind: ClassVar[str] = "proposal.withdrawn"


class ProposalExpired(ProposalEvent):
    """A proposal lay still for too long."""

    kind: ClassVar[str] = "proposal.expired"


class ProposalRevived(ProposalEvent):
    """A proposal that had expired goes on."""

    kind: ClassVar[str] = "proposal.revived"


class SoundingAsked(ProposalEvent):
    """A colleague was asked, in private, what they think of an idea."""

    kind: ClassVar[str] = "proposal.sounding_asked"


class SoundingAnswered(ProposalEvent):
    """A colleague said, in private, what they think of an idea."""

    kind: ClassVar[str] = "proposal.sounding_answered"


class InterestExpressed(ProposalEvent):
    """Somebody answered an interest call."""

    kind: ClassVar[str] = "proposal.interest_expressed"


class IntroductionMade(ProposalEvent):
    """A proposer and the leads of a community were introduced to each other."""

    kind: ClassVar[str] = "proposal.introduced"
    target_id: UUID


class OfficeNamed(ProposalEvent):
    """Somebody was asked to lead or to sponsor what is to come."""

    kind: ClassVar[str] = "proposal.office_named"
    person_id: UUID


class OfficeAnswered(ProposalEvent):
    """Somebody said whether they will lead or sponsor."""

    kind: ClassVar[str] = "proposal.office_answered"
    person_id: UUID


class PollOpened(ProposalEvent):
    """The interested were asked which date suits them."""

    kind: ClassVar[str] = "proposal.poll_opened"


class PollDecided(ProposalEvent):
    """A date was chosen for the first session."""

    kind: ClassVar[str] = "proposal.poll_decided"
