from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Select, select

from api.core.db import columns
from api.core.lists import answer
from api.core.pages import PageQuery
from api.core.problems import Changed, IllegalMove, NotFound, raises
from api.core.rows import json_row, with_field
from api.core.work import Db, Json, Me, Work
from api.identity.models import Person
from api.proposals import queries
from api.proposals.calls.service import CallNotOpen
from api.proposals.guards import GuardFailed
from api.proposals.models import Transition
from api.proposals.moves import reading, service
from api.proposals.moves.schemas import (
    TransitionCreate,
    TransitionMade,
    TransitionPage,
)

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)

_T = columns(Transition)
_ROW = json_row(
    **{n: _T[n] for n in ("id", "proposal_id", "number")},
    **{"from": _T.from_state, "to": _T.to_state},
    **{n: _T[n] for n in ("actor_id", "at", "reason", "evidence")},
    actor_name=columns(Person).name,
)


def _rows() -> Select[tuple[str, int]]:
    return select(_ROW, _T.number).outerjoin(Person, columns(Person).id == _T.actor_id)


@router.get(
    "/proposals/{proposal_id}/transitions",
    response_model=TransitionPage,
    responses=raises(NotFound),
)
def list_transitions(
    db: Db, me: Me, proposal_id: UUID, query: Annotated[PageQuery, Query()]
) -> Json:
    """List every step a proposal has taken, the newest first; replayed they give its state.

    What was decided before a call, and why, is for those named in it and for its coordinators; and
    of what is similar, everybody is shown what they may see.
    """
    _, idea = queries.get(db, me, proposal_id)
    statement = _rows().where(_T.proposal_id == idea.id)
    return answer(
        db,
        statement,
        [_T.number],
        query,
        name=f"transitions/{idea.id}",
        write=lambda item: reading.told(db, me, idea, item.item),
    )


@router.post(
    "/proposals/{proposal_id}/transitions",
    status_code=201,
    responses=raises(NotFound, IllegalMove, GuardFailed, CallNotOpen, Changed),
)
def move_proposal(db: Db, me: Me, proposal_id: UUID, asked: TransitionCreate) -> TransitionMade:
    """Take one step: say where to, from which version, why, and what the step needs.

    A step that is not possible from here is refused with the `legal` ones; one that is not ready
    names each guard that failed and what to do about it; one decided on an older version is 412.
    """
    proposal, idea = queries.held(db, me, proposal_id)
    made = service.move(db, me, proposal, idea, asked)
    db.flush()
    text = db.execute(_rows().where(_T.id == made.id)).scalar_one()
    return TransitionMade.model_validate_json(
        with_field(text, "proposal_version", str(proposal.version))
    )
