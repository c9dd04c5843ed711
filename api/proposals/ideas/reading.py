"""How a proposal is written for one reader."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, case, cast, literal, select
from sqlalchemy.orm import aliased

from api.communities.models import Community
from api.communities.queries import governed_by, visible_to
from api.core.actor import Actor
from api.core.db import Database, columns
from api.core.items import Item
from api.core.nested import json_array
from api.core.problems import NotFound
from api.core.rows import json_row, json_words, with_field
from api.identity.models import Organisation, Person
from api.identity.people.queries import named_like
from api.proposals import policy, queries
from api.proposals.ideas.schemas import (
    WAITING,
    DifferenceRead,
    Named,
    OfficeRead,
    ProposalQuery,
    ProposalRead,
    ProposalStory,
    Seen,
    Waiting,
)
from api.proposals.lifecycle import PROPOSED
from api.proposals.models import Office, OfficeHolder, Proposal, Supporter
from api.proposals.queries import C, P
from api.similarity.models import Kind
from api.similarity.queries import Idea as Described
from api.similarity.queries import hidden_match

PEOPLE = columns(Person)
_S = columns(Supporter)
_supporters = json_array(
    select(_S.person_id).where(_S.proposal_id == P.id).correlate_except(Supporter),
    literal('"') + cast(_S.person_id, Text) + literal('"'),
    _S.person_id,
)
_waiting = case(
    *((P.state == state, literal(party.value)) for state, party in WAITING.items()),
    else_=literal(Waiting.NOBODY.value),
)
_proposer: Any = aliased(Person)
_ELSEWHERE: dict[str, Any] = {
    "parent_name": C.name,
    "proposer_name": _proposer.name,
    "co_supporters": _supporters,
    "waiting_on": _waiting,
}
_KNOWN = [name for name in ProposalRead.model_fields if name != "can"]
_ROW = json_row(**{n: _ELSEWHERE[n] if n in _ELSEWHERE else P[n] for n in _KNOWN})


def rows(me: Actor, *order: Any) -> Select[Any]:
    """Select proposals as JSON text, with what `writer` needs and what the list is sorted by."""
    met = queries.met_by(me, _ROW).join(_proposer, _proposer.id == P.proposer_id)
    return met.add_columns(*order)


def writer(me: Actor) -> Callable[[Item], str]:
    """Make the function that adds what this reader may do."""

    def write(item: Item) -> str:
        return with_field(item.item, "can", json_words(policy.can(me, queries.as_idea(item))))

    return write


def read(db: Database, me: Actor, proposal_id: UUID) -> ProposalRead:
    """Read one proposal, as it stands after what this request did to it."""
    db.flush()
    row: Any = db.execute(rows(me).where(P.id == proposal_id)).one_or_none()
    if row is None or not policy.see(me, queries.as_idea(row)):
        raise NotFound("No such proposal.")
    return ProposalRead.model_validate_json(writer(me)(row))


def where(me: Actor, query: ProposalQuery) -> list[ColumnElement[bool]]:
    """The conditions of a list of proposals, as its filters ask."""
    conditions = [queries.visible_to(me)]
    if query.state:
        conditions.append(P.state.in_(query.state))
    if query.q:
        conditions.append(named_like(P.name, query.q))
    if query.mine:
        conditions.append(queries.involves(me.person_id))
    if query.desk:
        conditions += [P.submitted_at.is_not(None), governed_by(me), P.state.in_(sorted(PROPOSED))]
    if query.waiting_on:
        conditions.append(_waiting == query.waiting_on)
    if query.changed_since:
        conditions.append(P.changed_at >= query.changed_since)
    return conditions


def story(db: Database, me: Actor, proposal: Proposal, idea: policy.Idea) -> ProposalStory:
    """Read what surrounds a proposal; what only its coordinators know is null for others."""
    holders = queries.offices(db, proposal.id)
    helpers = queries.supporters(db, proposal.id)
    people = names_of(
        db,
        proposal.proposer_id,
        proposal.proposed_lead_id,
        *helpers,
        *(holder.person_id for holder in holders.values()),
    )
    decides = policy.coordinates(me, idea)
    # What the proposer saw is not for everybody behind the idea: each may see something else.
    close = policy.see_soundings(me, idea)
    shown = seen_by(db, me, [*proposal.seen, *proposal.differences]) if close else set()
    proposer = queries.as_seen_by(db, proposal.proposer_id)
    return ProposalStory(
        proposer=people[proposal.proposer_id],
        proposed_lead=people.get(proposal.proposed_lead_id) if proposal.proposed_lead_id else None,
        co_supporters=[people[i] for i in helpers],
        offices=[
            OfficeRead(
                office=office,
                person=people[holders[office].person_id],
                accepted=_accepted(holders[office]),
            )
            for office in Office
            if office in holders
        ],
        similar=[Seen.model_validate(s) for s in proposal.seen if s["id"] in shown],
        differences=[
            DifferenceRead.model_validate(d) for d in proposal.differences if d["id"] in shown
        ],
        hidden_match=(
            hidden_match(db, proposer, described(proposal), idea.parent.lineage[:37])
            if decides
            else None
        ),
    )


def seen_by(db: Database, me: Actor, things: Iterable[Mapping[str, Any]]) -> set[str]:
    """Of communities and proposals that were written down, the ids of those this reader may see.

    An open proposal of one's own network may be pointed to, though not yet read by everybody.
    """
    known = {str(t["id"]): t["kind"] for t in things}
    ids = [UUID(i) for i, kind in known.items() if kind == Kind.COMMUNITY]
    ideas = [UUID(i) for i, kind in known.items() if kind == Kind.PROPOSAL]
    found = set(db.scalars(select(C.id).where(C.id.in_(ids), visible_to(me)))) if ids else set()
    if ideas:
        placed = select(P.id).join(Community, C.id == P.parent_id)
        found |= set(db.scalars(placed.where(P.id.in_(ideas), visible_to(me))))
    return {str(i) for i in found}


def _accepted(holder: OfficeHolder) -> bool | None:
    if holder.accepted_at is None and holder.declined_at is None:
        return None
    return holder.accepted_at is not None


def described(proposal: Proposal) -> Described:
    """A proposal as the search for similar ones reads it."""
    return Described(
        name=proposal.name,
        purpose=proposal.purpose,
        domain=proposal.domain,
        topics=proposal.topics,
        audience=proposal.audience,
        region=proposal.region,
    )


def names_of(db: Database, *ids: UUID | None) -> dict[UUID, Named]:
    """Names and organisations of people, to be shown beside what they did."""
    found = (
        select(PEOPLE.id, PEOPLE.name, columns(Organisation).name)
        .outerjoin(Organisation, columns(Organisation).id == PEOPLE.organisation_id)
        .where(PEOPLE.id.in_([i for i in ids if i]))
    )
    return {i: Named(id=i, name=name, organisation=where) for i, name, where in db.execute(found)}
