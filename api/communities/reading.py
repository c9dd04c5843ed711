"""How a community is written for one reader: its own columns, their standing, what they may do."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Text, select, type_coerce

from api.communities import policy
from api.communities.models import Community, CommunityStatus, JoinPolicy, Visibility
from api.communities.schemas import CommunityRead
from api.core.actor import INHERITED, Actor, Role
from api.core.db import Database, columns
from api.core.items import Item
from api.core.policy import granted
from api.core.rows import NULL, json_row, json_words, with_field

_C = columns(Community)
_OWN = [n for n in CommunityRead.model_fields if n not in ("my_state", "can")]
_ROW = json_row(**{n: _C[n] for n in _OWN})
# As text: what a rule asks about is the same for many rows, and made an object once for all.
_PLAIN = [type_coerce(_C[n], Text) for n in ("lineage", "visibility", "join_policy", "status")]
_above = Community.__table__.alias("above")  # type: ignore[attr-defined]  # every table class has one
_ABOVE = (
    select(type_coerce(_above.c.visibility, Text))
    .where(_above.c.id == _C.parent_id)
    .scalar_subquery()
    .label("visibility_above")
)
_PARENT = re.compile(r'"parent_id" ?: ?"[0-9a-f-]{36}"')


class Placed(NamedTuple):
    """As much of a community as rules ask about, without the cost of an object."""

    id: UUID
    lineage: str
    visibility: Visibility
    join_policy: JoinPolicy
    status: CommunityStatus


def read(db: Database, community: Community, me: Actor) -> CommunityRead:
    """Write one community for one reader; a parent they may not see is none."""
    above = db.get(Community, community.parent_id) if community.parent_id else None
    return CommunityRead.model_validate(
        community,
        update={
            "parent_id": above.id if above and policy.see(me, above) else None,
            "my_state": me.state_in(community.id),
            "can": granted(me, community, policy.RULES),
        },
    )


def rows(*order: Any) -> Select[Any]:
    """Select communities as JSON text, with what `writer` needs and what the list is sorted by."""
    wanted: list[Any] = [_ROW, *_PLAIN, _ABOVE, *order]
    return select(*wanted)


def writer(me: Actor) -> Callable[[Item], str]:
    """Make the function that adds what depends on the reader; it works each case out once."""
    seen: dict[Any, str] = {}
    above: dict[str, tuple[frozenset[Role], bool]] = {}

    def look_up(over: str, visibility: str) -> tuple[frozenset[Role], bool]:
        """What is held over a place, and whether the reader may know what stands right above."""
        if visibility == NULL:
            return frozenset(), True
        parent = Placed(
            UUID(over[-37:-1]),
            over,
            Visibility(visibility),
            JoinPolicy.OPEN,
            CommunityStatus.ACTIVE,
        )
        return frozenset(me.roles_at(over)) & INHERITED, policy.see(me, parent)

    def write(item: Item) -> str:
        text, lineage, visibility, join_policy, status, visibility_above = item.cells[:6]
        over, here = lineage[:-37], lineage[-37:-1]
        standing = me.standings.get(here)
        own = (standing.role, standing.state) if standing else None
        # Siblings share what is held over them; where nothing is, communities of one kind are
        # all alike to this reader.
        if over not in above:
            above[over] = look_up(over, visibility_above)
        held, known = above[over]
        if not known:
            text = _PARENT.sub('"parent_id":null', text, count=1)
        case = (visibility, join_policy, status, own, held, lineage[:36])
        if case not in seen:
            placed = Placed(
                UUID(here),
                lineage,
                Visibility(visibility),
                JoinPolicy(join_policy),
                CommunityStatus(status),
            )
            can = json_words(granted(me, placed, policy.RULES))
            mine = f'"{standing.state}"' if standing else "null"
            seen[case] = f'{mine},"can":{can}'
        return with_field(text, "my_state", seen[case])

    return write
