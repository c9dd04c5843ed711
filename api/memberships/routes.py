from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.communities import queries as communities
from api.communities.policy import see_people
from api.communities.service import Archived
from api.core.bulk import BulkQuery, BulkRead
from api.core.db import columns
from api.core.lists import answer
from api.core.policy import permit
from api.core.preconditions import IfMatch
from api.core.problems import IllegalMove, NotFound, raises
from api.core.rows import folded, json_row
from api.core.work import Db, Json, Me, Work
from api.identity.models import Organisation, Person
from api.identity.people.queries import named_like
from api.memberships import bulk, changing, lifecycle, policy, queries, reading, service
from api.memberships.changing import LastLead, RulesChanged, RunOut
from api.memberships.models import Membership
from api.memberships.places import held
from api.memberships.schemas import (
    ColleaguePage,
    ColleagueQuery,
    Farewell,
    MembershipCreate,
    MembershipItems,
    MembershipPage,
    MembershipQuery,
    MembershipRead,
    MembershipSorting,
    MembershipUpdate,
    MyMembershipQuery,
)

router = APIRouter(prefix="/v1", tags=["memberships"], route_class=Work)


@router.get("/me/memberships", response_model=MembershipPage)
def list_my_memberships(db: Db, me: Me, query: Annotated[MyMembershipQuery, Query()]) -> Json:
    """List your own memberships, newest first: those that last, unless you ask for others."""
    order = [columns(Membership).id]
    statement = reading.rows(*order).where(*queries.where_mine(me, query))
    return answer(db, statement, order, query, name="my-memberships", write=reading.writer(me))


@router.get("/me/colleagues", response_model=ColleaguePage)
def list_my_colleagues(db: Db, me: Me, query: Annotated[ColleagueQuery, Query()]) -> Json:
    """List the people you share a community with, by name: those you may name in a proposal."""
    person, place = columns(Person), columns(Organisation)
    row = json_row(id=person.id, name=person.name, organisation=place.name)
    order = [folded(person.name).label("place"), person.id]
    statement = (
        select(row, *order)
        .outerjoin(Organisation, place.id == person.organisation_id)
        .where(*queries.colleagues(me), *([named_like(Person.name, query.q)] if query.q else []))
    )
    return answer(db, statement, order, query, name="colleagues", descending=False)


@router.get(
    "/communities/{community_id}/memberships",
    response_model=MembershipPage,
    responses=raises(NotFound),
)
def list_memberships(
    db: Db, me: Me, community_id: UUID, query: Annotated[MembershipQuery, Query()]
) -> Json:
    """List who belongs to a community.

    Members see who is active or pauses. Requests, invitations, the waiting list and who has left
    are for those who lead, coordinate or facilitate; everybody finds their own. To keep a copy up
    to date, ask with `changed_since`: then memberships that have ended are among them.
    """
    community = communities.get(db, me, community_id)
    if me.state_in(community.id) is None:
        permit(see_people, me, community)
    if query.include:
        permit(policy.look_beneath, me, community)
    by_name = query.sort is MembershipSorting.NAME
    key = columns(Membership).id
    order = [columns(Person).name, key] if by_name else [key]
    return answer(
        db,
        reading.rows(*order).where(*queries.where(me, community, query)),
        order,
        query,
        name=f"memberships/{community.id}",
        write=reading.writer(me),
        descending=not by_name,
        count=query.count,
    )


@router.post(
    "/communities/{community_id}/memberships",
    status_code=201,
    responses=raises(NotFound, service.BelongsAlready, RulesChanged, RunOut, Archived),
)
def add_membership(db: Db, me: Me, community_id: UUID, new: MembershipCreate) -> MembershipRead:
    """Join, ask to join, accept an invitation; or add or invite somebody else.

    With `{}` you join: at once where the community is open, as a request where it is not, by your
    invitation where you have one. That accepts the current ground rules. With `person_id` or
    `email`, those who lead or coordinate add that person at once, and those who facilitate invite
    them for 28 days. Where every place is taken, the membership is `waitlisted` and becomes active
    in its turn.
    """
    community = communities.get(db, me, community_id)
    with held(db, community) as places:
        if new.person_id or new.email:
            made = service.add(db, me, places, new)
        else:
            version = new.ground_rules_version
            made = service.join(db, me, places, version)
    return reading.read(db, me, made.id)


@router.put(
    "/communities/{community_id}/memberships",
    responses=raises(NotFound, Archived),
)
def put_memberships(
    db: Db,
    me: Me,
    community_id: UUID,
    new: MembershipItems,
    query: Annotated[BulkQuery, Query()],
) -> BulkRead:
    """Bring up to 1,000 memberships to the state you know, for those who lead or coordinate.

    Sending the same again changes nothing. `active` adds whoever is missing and says yes to who
    asked; it does not end a pause. `ended` ends a membership, or writes one of the past down when
    `joined_at` and `ended_at` say so. Nobody who is left out is touched. One row that is refused
    refuses them all, unless `mode=partial`.
    """
    community = communities.get(db, me, community_id)
    with held(db, community) as places:
        rows = bulk.bring(db, me, places, new.items, query.mode)
    db.flush()
    db.info["dry_run"] = query.dry_run
    return BulkRead.of(rows, dry_run=query.dry_run)


@router.get("/memberships/{membership_id}", responses=raises(NotFound))
def get_membership(db: Db, me: Me, membership_id: UUID) -> MembershipRead:
    """Fetch one membership."""
    membership, _ = queries.get(db, me, membership_id)
    return reading.read(db, me, membership.id)


@router.patch(
    "/memberships/{membership_id}",
    responses=raises(NotFound, IllegalMove, LastLead, RulesChanged, RunOut, Archived),
)
def edit_membership(
    db: Db, me: Me, membership_id: UUID, change: MembershipUpdate, match: IfMatch
) -> MembershipRead:
    """Move a membership on, give another role, correct its dates, or accept newer ground rules.

    `state` names where it should go: `active` accepts an invitation, approves a request or ends a
    pause; `declined` refuses either, a request with a `reason`; `paused` takes a break; `ended`
    leaves, and `removed` removes. What is legal from where it stands is in `can`.
    """
    membership, community = queries.get(db, me, membership_id)
    with held(db, community, membership) as places:
        match.hold(membership.version)
        changing.edit(db, me, places, membership, change)
    return reading.read(db, me, membership.id)


@router.delete(
    "/memberships/{membership_id}",
    status_code=204,
    responses=raises(NotFound, IllegalMove, LastLead, Archived),
)
def end_membership(
    db: Db, me: Me, membership_id: UUID, query: Annotated[Farewell, Query()], match: IfMatch
) -> None:
    """Leave, refuse an invitation or take back a request; or, for those who lead, end another's."""
    membership, community = queries.get(db, me, membership_id)
    with held(db, community, membership) as places:
        match.hold(membership.version)
        own = membership.person_id == me.person_id
        wanted = lifecycle.parting(membership.state, own=own)
        reason = query.reason
        changing.move(db, me, places, membership, wanted, reason, reason_at="query/reason")
