from typing import NamedTuple, Protocol
from uuid import UUID

from api.communities.models import CommunityStatus, JoinPolicy, LinkState, Visibility
from api.core.actor import GOVERNING, RUNNING, Actor, Role, State, places


class Placed(Protocol):
    """What a rule needs to know of a community; a row of a list has it as a table row does."""

    @property
    def id(self) -> UUID: ...
    @property
    def lineage(self) -> str: ...
    @property
    def visibility(self) -> Visibility: ...
    @property
    def join_policy(self) -> JoinPolicy: ...
    @property
    def status(self) -> CommunityStatus: ...


def _inside(actor: Actor, community: Placed) -> bool:
    return actor.steward or bool(actor.roles_at(community.lineage))


def see(actor: Actor, community: Placed) -> bool:
    """A private community is seen by its network, a confidential or forming one by its own only."""
    if community.status is CommunityStatus.DISSOLVED:
        return False
    if community.status is CommunityStatus.FORMING:
        return _inside(actor, community) or actor.state_in(community.id) is not None
    if community.visibility in (Visibility.OPEN, Visibility.RESTRICTED):
        return True
    if _inside(actor, community) or actor.state_in(community.id):
        return True
    network = places(community.lineage)[0]
    return community.visibility is Visibility.PRIVATE and network in actor.networks


def see_content(actor: Actor, community: Placed) -> bool:
    """What happens inside is for its members, unless the community is open."""
    return community.visibility is Visibility.OPEN or _inside(actor, community)


def see_people(actor: Actor, community: Placed) -> bool:
    """The names of members are for those who belong to the community or serve it."""
    return _inside(actor, community)


def govern(actor: Actor, community: Placed) -> bool:
    """Only a lead or coordinator of the community, or of an umbrella over it, may decide that."""
    return actor.holds(GOVERNING, community.lineage)


def edit(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate a community that is not archived may change it."""
    return govern(actor, community) and community.status is not CommunityStatus.ARCHIVED


def found_beneath(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate a living community may found one beneath it."""
    return edit(actor, community) and community.status is not CommunityStatus.FORMING


def let_go(actor: Actor, umbrella: Placed) -> bool:
    """Only those who lead or coordinate the umbrella it stands under may move a community away."""
    return actor.holds(GOVERNING, umbrella.lineage)


def archive(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate a living community may put it away."""
    return edit(actor, community) and community.status is not CommunityStatus.FORMING


def restore(actor: Actor, community: Placed) -> bool:
    """Only those who lead or coordinate an archived community may bring it back."""
    return govern(actor, community) and community.status is CommunityStatus.ARCHIVED


def invite(actor: Actor, community: Placed) -> bool:
    """Only those who lead, coordinate or facilitate a living community may bring people in."""
    return (
        actor.holds(RUNNING, community.lineage) and community.status is not CommunityStatus.ARCHIVED
    )


def schedule(actor: Actor, community: Placed) -> bool:
    """Only those who lead, coordinate or facilitate a living community may plan its sessions."""
    return (
        actor.holds(RUNNING, community.lineage) and community.status is not CommunityStatus.ARCHIVED
    )


def measure(actor: Actor, community: Placed) -> bool:
    """Its numbers are for those who serve the community and for its members."""
    return _inside(actor, community)


def measure_exactly(actor: Actor, community: Placed) -> bool:
    """Numbers not yet rounded are for those who lead, coordinate or analyse the community."""
    if actor.holds(GOVERNING, community.lineage):
        return True
    trusted = actor.scopes is None or "metrics:exact" in actor.scopes
    return trusted and actor.holds((Role.ANALYST,), community.lineage)


def export(actor: Actor, community: Placed) -> bool:
    """Only those who lead, coordinate or analyse a community may take its records away."""
    return actor.holds(GOVERNING | {Role.ANALYST}, community.lineage)


def join(actor: Actor, community: Placed) -> bool:
    """Anybody who does not belong yet may join a living community that is open to join."""
    return (
        community.join_policy is JoinPolicy.OPEN
        and community.status is CommunityStatus.ACTIVE
        and actor.state_in(community.id) is None
    )


def ask_to_join(actor: Actor, community: Placed) -> bool:
    """Anybody who does not belong yet may ask, where people join on request."""
    return (
        community.join_policy is JoinPolicy.ON_REQUEST
        and community.status is CommunityStatus.ACTIVE
        and actor.state_in(community.id) is None
    )


def accept_invitation(actor: Actor, community: Placed) -> bool:
    """Only a person who was invited to a living community may accept."""
    return (
        community.status is not CommunityStatus.ARCHIVED
        and actor.state_in(community.id) is State.INVITED
    )


def leave(actor: Actor, community: Placed) -> bool:
    """Only somebody who belongs, or waits to belong, may leave a living community."""
    belonging = (State.ACTIVE, State.PAUSED, State.REQUESTED, State.WAITLISTED)
    return (
        community.status is not CommunityStatus.ARCHIVED
        and actor.state_in(community.id) in belonging
    )


class Bond(NamedTuple):
    """What a rule needs to know of a link: how it stands, and where its two ends are."""

    state: LinkState
    from_lineage: str
    to_lineage: str


def answer_link(actor: Actor, link: Bond) -> bool:
    """Only those who lead or coordinate the community it was offered to may answer a link."""
    return link.state is LinkState.OFFERED and actor.holds(GOVERNING, link.to_lineage)


def remove_link(actor: Actor, link: Bond) -> bool:
    """Only those who lead or coordinate one of its two communities may take a link away."""
    return actor.holds(GOVERNING, link.from_lineage) or actor.holds(GOVERNING, link.to_lineage)


def see_offer(actor: Actor, link: Bond) -> bool:
    """Until it is accepted, a link is for those who lead or coordinate one of the two."""
    return link.state is LinkState.ACCEPTED or remove_link(actor, link)


LINK_RULES = (answer_link, remove_link)
RULES = (
    see_content,
    see_people,
    edit,
    found_beneath,
    archive,
    restore,
    invite,
    schedule,
    measure,
    measure_exactly,
    export,
    join,
    ask_to_join,
    accept_invitation,
    leave,
)
