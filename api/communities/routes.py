from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select
from sqlmodel import select as select_rows

from api.communities import links, policy, queries, service
from api.communities.models import Community, CommunityLink, GroundRules
from api.communities.reading import read, rows, writer
from api.communities.schemas import (
    Archiving,
    Charter,
    CommunityCreate,
    CommunityPage,
    CommunityQuery,
    CommunityRead,
    CommunitySorting,
    CommunityUpdate,
    GroundRulesCreate,
    GroundRulesPage,
    GroundRulesRead,
    LinkAnswer,
    LinkCreate,
    LinkPage,
    LinkRead,
    Signpost,
    Tree,
    TreeNode,
)
from api.core.actor import Actor, Role
from api.core.db import columns
from api.core.items import Item
from api.core.lists import answer
from api.core.pages import PageQuery
from api.core.policy import granted
from api.core.preconditions import IfMatch
from api.core.problems import Conflict, IllegalMove, NotFound, raises
from api.core.rows import folded, json_row, json_words, with_field
from api.core.work import Db, Json, Me, Work

router = APIRouter(prefix="/v1", tags=["communities"], route_class=Work)

STATEMENT = (
    "This is professional learning. It is not a support group or a counselling space; "
    "if something here stirs up more than that, please stop and look for support."
)


@router.get("/communities", response_model=CommunityPage, openapi_extra={"swift": True})
def list_communities(db: Db, me: Me, query: Annotated[CommunityQuery, Query()]) -> Json:
    """List the communities you may see, newest first unless sorted by name."""
    c = columns(Community)
    by_name = query.sort is CommunitySorting.NAME
    order = [folded(c.name).label("place"), c.id] if by_name else [c.id]
    return answer(
        db,
        rows(*order).where(*queries.where(db, me, query)),
        order,
        query,
        name="communities",
        write=writer(me),
        descending=not by_name,
        count=query.count,
        fixed=True,
    )


@router.post(
    "/communities",
    status_code=201,
    responses=raises(service.TooDeep, service.Archived, service.StillForming),
)
def found_community(db: Db, me: Me, new: CommunityCreate) -> CommunityRead:
    """Found a community beneath one you lead or coordinate; you become its first lead."""
    community = service.found(db, me, new)
    return read(db, community, me.holding(Role.LEAD, community.lineage))


@router.get("/communities/{community_id}", responses=raises(NotFound))
def get_community(db: Db, me: Me, community_id: UUID) -> CommunityRead:
    """Fetch one community."""
    return read(db, queries.get(db, me, community_id), me)


@router.patch(
    "/communities/{community_id}",
    responses=raises(
        NotFound, service.TooDeep, service.WouldCircle, service.Archived, service.StillForming
    ),
)
def edit_community(
    db: Db, me: Me, community_id: UUID, change: CommunityUpdate, match: IfMatch
) -> CommunityRead:
    """Change what a community says about itself, or move it by naming another parent."""
    community = queries.get(db, me, community_id)
    match.hold(community.version)
    service.edit(db, me, community, change)
    return read(db, community, me)


@router.post(
    "/communities/{community_id}/archive", responses=raises(NotFound, Conflict, IllegalMove)
)
def archive_community(db: Db, me: Me, community_id: UUID, how: Archiving) -> CommunityRead:
    """Put a community away, saying how it ended. Everything stays readable; restore undoes it."""
    community = queries.get(db, me, community_id)
    service.archive(db, me, community, how.closed_as)
    return read(db, community, me)


@router.post("/communities/{community_id}/restore", responses=raises(NotFound, IllegalMove))
def restore_community(db: Db, me: Me, community_id: UUID) -> CommunityRead:
    """Bring a community back from the archive."""
    community = queries.get(db, me, community_id)
    service.restore(db, me, community)
    return read(db, community, me)


@router.get("/communities/{community_id}/tree", responses=raises(NotFound))
def read_tree(db: Db, me: Me, community_id: UUID) -> Tree:
    """Read the whole network a community stands in, as far as you may see it, in reading order."""
    community = queries.get(db, me, community_id)
    root = community.lineage[:37]
    found = db.exec(
        select_rows(Community).where(queries.beneath(root), queries.visible_to(me))
    ).all()
    seen = {c.id for c in found}
    return Tree(
        items=[
            TreeNode.model_validate(
                c, update={"parent_id": c.parent_id if c.parent_id in seen else None}
            )
            for c in _reading_order(list(found))
        ]
    )


def _reading_order(found: list[Community]) -> list[Community]:
    """Parents before children, siblings by name; what is hidden still keeps its place."""
    names = {str(c.id): c.name.casefold() for c in found}

    def place(community: Community) -> list[tuple[str, str]]:
        return [(names.get(p, ""), p) for p in community.lineage.rstrip("/").split("/")]

    return sorted(found, key=place)


@router.get("/communities/{community_id}/charter", responses=raises(NotFound))
def read_charter(db: Db, me: Me, community_id: UUID) -> Charter:
    """Read what a community is for and what its members ask of each other."""
    community = queries.get(db, me, community_id)
    current = db.exec(
        select_rows(GroundRules).where(
            GroundRules.community_id == community.id,
            GroundRules.number == community.ground_rules_version,
        )
    ).first()
    return Charter.model_validate(
        community,
        update={
            "community_id": community.id,
            "ground_rules": current.rules if current else [],
            "statement": STATEMENT,
            "signposts": [Signpost.model_validate(s) for s in community.signposts],
        },
    )


@router.get(
    "/communities/{community_id}/ground-rules",
    response_model=GroundRulesPage,
    responses=raises(NotFound),
)
def list_ground_rules(
    db: Db, me: Me, community_id: UUID, query: Annotated[PageQuery, Query()]
) -> Json:
    """List the versions of a community's ground rules, newest first."""
    community = queries.get(db, me, community_id)
    c = columns(GroundRules)
    statement = select(json_row(**{n: c[n] for n in GroundRulesRead.model_fields}), c.number).where(
        c.community_id == community.id
    )
    return answer(db, statement, [c.number], query, name=f"ground-rules/{community.id}")


@router.post(
    "/communities/{community_id}/ground-rules",
    status_code=201,
    responses=raises(NotFound, service.Archived),
)
def write_ground_rules(
    db: Db, me: Me, community_id: UUID, new: GroundRulesCreate
) -> GroundRulesRead:
    """Write a new version of the ground rules; earlier ones are kept."""
    community = queries.get(db, me, community_id)
    return GroundRulesRead.model_validate(service.write_ground_rules(db, me, community, new.rules))


def _read_link(me: Actor, link: CommunityLink, bond: policy.Bond) -> LinkRead:
    return LinkRead.model_validate(link, update={"can": granted(me, bond, policy.LINK_RULES)})


@router.get(
    "/communities/{community_id}/links", response_model=LinkPage, responses=raises(NotFound)
)
def list_links(db: Db, me: Me, community_id: UUID, query: Annotated[PageQuery, Query()]) -> Json:
    """List the links of a community; offers are seen by those who lead one of the two."""
    here = queries.get(db, me, community_id)
    c = columns(CommunityLink)
    row = json_row(**{n: c[n] for n in LinkRead.model_fields if n != "can"})

    def write(item: Item) -> str:
        bond = policy.Bond(*item[1:4])
        return with_field(item[0], "can", json_words(granted(me, bond, policy.LINK_RULES)))

    statement = queries.links_of(me, here, row)
    return answer(db, statement, [c.id], query, name=f"links/{here.id}", write=write)


@router.post(
    "/communities/{community_id}/links",
    status_code=201,
    responses=raises(NotFound, links.AlreadyLinked, service.Archived),
)
def offer_link(db: Db, me: Me, community_id: UUID, new: LinkCreate) -> LinkRead:
    """Offer a link to another community; its leads accept or decline."""
    here = queries.get(db, me, community_id)
    there = queries.named(db, me, new.to_id, "body/to_id")
    link = links.offer(db, me, here, there, new)
    return _read_link(me, link, policy.Bond(link.state, here.lineage, there.lineage))


@router.put("/links/{link_id}/answer", responses=raises(NotFound, IllegalMove))
def answer_link(db: Db, me: Me, link_id: UUID, change: LinkAnswer) -> LinkRead:
    """Accept or decline a link that was offered to a community you lead."""
    link, bond = queries.get_link(db, me, link_id)
    links.answer(db, me, link, bond, change.accept)
    return _read_link(me, link, bond._replace(state=link.state))


@router.delete("/links/{link_id}", status_code=204, responses=raises(NotFound))
def remove_link(db: Db, me: Me, link_id: UUID) -> None:
    """Take a link away."""
    link, bond = queries.get_link(db, me, link_id)
    links.remove(db, me, link, bond)
