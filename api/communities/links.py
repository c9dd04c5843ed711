"""Links between communities: offered by one side, accepted by the other."""

from sqlmodel import col, select

from api.communities import policy
from api.communities.events import LinkAnswered, LinkOffered, LinkRemoved
from api.communities.models import Community, CommunityLink, LinkState
from api.communities.schemas import LinkCreate
from api.communities.service import living
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Conflict, Forbidden, IllegalMove


class AlreadyLinked(Conflict):
    """There is such a link between these two, offered or accepted."""

    title = "These two are linked already"


def offer(
    db: Database, actor: Actor, here: Community, there: Community, new: LinkCreate
) -> CommunityLink:
    """Offer a link; who may speak for both sides needs nobody's answer."""
    permit(policy.edit, actor, here)
    living(here)
    living(there)
    if here.id == there.id:
        raise AlreadyLinked("A community needs no link to itself.")
    pair = (here.id, there.id)
    known = db.exec(
        select(CommunityLink).where(
            col(CommunityLink.from_id).in_(pair),
            col(CommunityLink.to_id).in_(pair),
            CommunityLink.kind == new.kind,
        )
    ).first()
    if known and known.state is not LinkState.DECLINED:
        raise AlreadyLinked()
    if known:
        db.delete(known)  # declined once does not mean never; the audit keeps the answer
        db.flush()
    link = CommunityLink(
        from_id=here.id,
        to_id=there.id,
        kind=new.kind,
        note=new.note,
        offered_by_id=actor.person_id,
    )
    db.add(link)
    record(db, LinkOffered(object_id=link.id, community_id=here.id))
    if policy.edit(actor, there):
        _settle(db, actor, link, LinkState.ACCEPTED)
    db.flush()
    return link


def answer(db: Database, actor: Actor, link: CommunityLink, there: Community, accept: bool) -> None:
    if not policy.edit(actor, there):
        raise Forbidden("Only those who lead the community it was offered to may answer.")
    if link.state is not LinkState.OFFERED:
        raise IllegalMove(f"It was {link.state} before.", legal=["remove"])
    _settle(db, actor, link, LinkState.ACCEPTED if accept else LinkState.DECLINED)


def remove(
    db: Database, actor: Actor, link: CommunityLink, here: Community, there: Community
) -> None:
    """Take a link away; either side may."""
    if not (policy.edit(actor, here) or policy.edit(actor, there)):
        raise Forbidden("Only those who lead one of the two may remove a link.")
    record(db, LinkRemoved(object_id=link.id, community_id=here.id))
    db.delete(link)


def _settle(db: Database, actor: Actor, link: CommunityLink, state: LinkState) -> None:
    link.state = state
    link.answered_by_id = actor.person_id
    link.answered_at = now()
    db.add(link)
    record(db, LinkAnswered(object_id=link.id, community_id=link.to_id))
