"""Who is asking, and what they hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Role(StrEnum):
    """What a person does in one community."""

    LEAD = "lead"
    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    SPONSOR = "sponsor"
    ANALYST = "analyst"
    MEMBER = "member"
    OBSERVER = "observer"


class State(StrEnum):
    """How a membership stands."""

    INVITED = "invited"
    REQUESTED = "requested"
    WAITLISTED = "waitlisted"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    DECLINED = "declined"
    REMOVED = "removed"


# Belonging to an umbrella does not make anyone a member beneath it; serving it does.
INHERITED = frozenset({Role.LEAD, Role.COORDINATOR, Role.FACILITATOR, Role.SPONSOR, Role.ANALYST})
GOVERNING = frozenset({Role.LEAD, Role.COORDINATOR})
RUNNING = GOVERNING | {Role.FACILITATOR}


class Standing(NamedTuple):
    """One live membership of the caller."""

    role: Role
    state: State
    lineage: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request with every live membership; read once, at the door."""

    person_id: UUID
    steward: bool = False
    standings: Mapping[str, Standing] = field(default_factory=dict)
    # None is every scope: a person in the browser, or a token that was not narrowed.
    scopes: frozenset[str] | None = None
    sign_in_id: UUID | None = None
    token_id: UUID | None = None

    def __post_init__(self) -> None:
        held = {place: s.role for place, s in self.standings.items() if s.state is State.ACTIVE}
        object.__setattr__(self, "_held", held)

    _held: Mapping[str, Role] = field(init=False, repr=False, compare=False, default_factory=dict)

    def holding(self, role: Role, lineage: str) -> "Actor":
        """The same caller, once they hold a role they did not come with."""
        standing = Standing(role, State.ACTIVE, lineage)
        return replace(self, standings={**self.standings, lineage[-37:-1]: standing})

    def roles_at(self, lineage: str) -> set[Role]:
        """The roles held in the community at the end of this lineage, or over it."""
        if not self._held:
            return set()
        *above, here = places(lineage)
        roles = {self._held[p] for p in above if p in self._held} & INHERITED
        if here in self._held:
            roles.add(self._held[here])
        return roles

    def holds(self, roles: Iterable[Role], lineage: str) -> bool:
        """Whether one of these roles is held here or over it; a steward holds every role."""
        return self.steward or not self.roles_at(lineage).isdisjoint(roles)

    def belongs(self, community_id: UUID) -> bool:
        return str(community_id) in self._held

    def state_in(self, community_id: UUID | str) -> State | None:
        standing = self.standings.get(str(community_id))
        return standing.state if standing else None

    @property
    def networks(self) -> set[str]:
        """The topmost communities of every tree in which the caller is active."""
        return {places(s.lineage)[0] for s in self.standings.values() if s.state is State.ACTIVE}

    @property
    def governed(self) -> list[str]:
        """The lineages over which a role of the caller holds, own communities included."""
        return [
            s.lineage
            for s in self.standings.values()
            if s.state is State.ACTIVE and s.role in INHERITED
        ]


def places(lineage: str) -> list[str]:
    """Split a lineage `root/…/self/` into community ids, outermost first."""
    return lineage.rstrip("/").split("/")
