"""Links between communities: offered by one side, accepted by the other."""

from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, select

from api.communities import policy
from api.communities.events import LinkAnswered, LinkOffered, LinkRemoved
from api.communities.models import Community, CommunityLink, LinkState, pair_of
from api.communities.schemas import LinkCreate
from api.communities.service import living
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Conflict, IllegalMove


class AlreadyLinked(Conflict):
    """There is such a link between these two, offered or accepted."""

    title = "These two are linked already"


def offer(
    db: Database, actor: Actor, here: Community, there: Community, new: LinkCreate
) -> CommunityLink:
    """Offer a link; who may speak for both sides needs nobody's answer."""
    permit(policy.govern, actor, here)
    living(here)
    living(there)
    if here.id == there.id:
        raise AlreadyLinked("A community needs no link to itself.")
    pair = pair_of(here.id, there.id)
    # Declined once does not mean never; the audit keeps the answer.
    db.execute(
        delete(CommunityLink).where(
            col(CommunityLink.pair) == pair,
            col(CommunityLink.kind) == new.kind,
            col(CommunityLink.state) == LinkState.DECLINED,
        )
    )
    if db.exec(
        select(CommunityLink.id).where(CommunityLink.pair == pair, CommunityLink.kind == new.kind)
    ).first():
        raise AlreadyLinked()
    link = CommunityLink(
        from_id=here.id,
        to_id=there.id,
        pair=pair,
        kind=new.kind,
        note=new.note,
        offered_by_id=actor.person_id,
    )
    db.add(link)
    db.flush()
    record(db, LinkOffered(object_id=link.id, community_id=here.id))
    if policy.govern(actor, there):
        _settle(db, actor, link, LinkState.ACCEPTED)
    return link


def answer(
    db: Database, actor: Actor, link: CommunityLink, bond: policy.Bond, accept: bool
) -> None:
    """Accept or decline a link; of two answers at once the first counts."""
    permit(policy.answer_link, actor, bond._replace(state=LinkState.OFFERED))
    _settle(db, actor, link, LinkState.ACCEPTED if accept else LinkState.DECLINED)


def remove(db: Database, actor: Actor, link: CommunityLink, bond: policy.Bond) -> None:
    """Take a link away; either side may."""
    permit(policy.remove_link, actor, bond)
    record(db, LinkRemoved(object_id=link.id, community_id=link.from_id))
    db.execute(delete(CommunityLink).where(col(CommunityLink.id) == link.id))


def _settle(db: Database, actor: Actor, link: CommunityLink, state: LinkState) -> None:
    offered = update(CommunityLink).where(
        col(CommunityLink.id) == link.id, col(CommunityLink.state) == LinkState.OFFERED
    )
    answered = {"state": state, "answered_by_id": actor.person_id, "answered_at": now()}
    settled: Any = db.execute(offered.values(answered))
    if not settled.rowcount:
        raise IllegalMove("It was answered before.", legal=["remove"])
    db.refresh(link)
    record(db, LinkAnswered(object_id=link.id, community_id=link.to_id))
