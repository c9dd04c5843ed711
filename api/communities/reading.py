"""How a community is written for one reader: its own columns, their standing, what they may do."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, select

from api.communities import policy
from api.communities.models import Community, JoinPolicy, Status, Visibility
from api.communities.schemas import CommunityRead
from api.core.actor import Actor, places
from api.core.db import columns
from api.core.policy import granted
from api.core.rows import json_row, json_words, with_field

_C = columns(Community)
_OWN = [n for n in CommunityRead.model_fields if n not in ("my_state", "can")]
_ROW = json_row(**{n: _C[n] for n in _OWN})


class Placed(NamedTuple):
    """As much of a community as rules ask about, without the cost of an object."""

    id: UUID
    lineage: str
    visibility: Visibility
    join_policy: JoinPolicy
    status: Status


def read(community: Community, me: Actor) -> CommunityRead:
    return CommunityRead.model_validate(
        community,
        update={
            "my_state": me.state_in(community.id),
            "can": granted(me, community, policy.RULES),
        },
    )


def rows(*order: Any) -> Select[Any]:
    """Select communities as JSON text, with what `writer` needs and what the list is sorted by."""
    return select(_ROW, _C.lineage, _C.visibility, _C.join_policy, _C.status, *order)


def writer(me: Actor) -> Callable[[Row[Any]], str]:
    """Make the function that adds what depends on the reader; it works each case out once."""
    seen: dict[Any, str] = {}

    def write(row: Row[Any]) -> str:
        text, lineage, visibility, join_policy, status = tuple(row)[:5]
        here = lineage[-37:-1]
        state = me.state_in(here)
        # Where the reader holds nothing above, communities of one kind are all alike to them.
        held = frozenset(me.roles_at(lineage))
        case = (visibility, join_policy, status, state, held, places(lineage)[0])
        if case not in seen:
            placed = Placed(UUID(here), lineage, visibility, join_policy, status)
            can = json_words(granted(me, placed, policy.RULES))
            mine = f'"{state}"' if state else "null"
            seen[case] = f'{mine},"can":{can}'
        return with_field(text, "my_state", seen[case])

    return write
