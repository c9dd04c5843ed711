from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.core.db import columns
from api.core.lists import answer
from api.core.pages import PageQuery
from api.core.policy import permit
from api.core.problems import Conflict, NotFound, raises
from api.core.rows import json_row
from api.core.work import Db, Json, Me, Work
from api.proposals import policy, queries
from api.proposals.models import Sounding
from api.proposals.soundings import service
from api.proposals.soundings.schemas import (
    SoundingCreate,
    SoundingLetter,
    SoundingMade,
    SoundingPage,
    SoundingRead,
    SoundingReply,
    SoundingWord,
)
from api.proposals.soundings.service import EnoughAsked, SoundingOver

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=Work)

_S = columns(Sounding)
_ROW = json_row(**{name: _S[name] for name in SoundingRead.model_fields})


@router.get(
    "/proposals/{proposal_id}/soundings",
    response_model=SoundingPage,
    responses=raises(NotFound),
)
def list_soundings(db: Db, me: Me, proposal_id: UUID, query: Annotated[PageQuery, Query()]) -> Json:
    """List what colleagues think of an idea; only its proposer and the coordinators may."""
    _, idea = queries.get(db, me, proposal_id)
    permit(policy.see_soundings, me, idea)
    statement = select(_ROW, _S.id).where(_S.proposal_id == idea.id)
    return answer(db, statement, [_S.id], query, name=f"soundings/{idea.id}")


@router.post(
    "/proposals/{proposal_id}/soundings",
    status_code=201,
    responses=raises(NotFound, EnoughAsked),
    openapi_extra={"kept": False},
)
def ask_sounding(db: Db, me: Me, proposal_id: UUID, new: SoundingCreate) -> SoundingMade:
    """Ask a colleague what they think, by a private link; or write down what they said.

    The link is shown this once, needs no account, works once and for some days. With an `email` it
    is sent there as well.
    """
    proposal, idea = queries.held(db, me, proposal_id)
    sounding, word = service.ask_for(db, me, proposal, idea, new)
    settings = db.info["request"].app.state.settings
    link = f"{settings.public_url.rstrip('/')}{service.path_of(word)}" if word else None
    return SoundingMade.model_validate(sounding, update={"link": link})


@router.delete(
    "/proposals/{proposal_id}/soundings/{sounding_id}",
    status_code=204,
    responses=raises(NotFound, Conflict),
)
def withdraw_sounding(db: Db, me: Me, proposal_id: UUID, sounding_id: UUID) -> None:
    """Take a link back that nobody has used yet."""
    _, idea = queries.get(db, me, proposal_id)
    service.withdraw(db, me, idea, sounding_id)


@router.post("/sounding-links/read", responses=raises(NotFound, SoundingOver))
def read_sounding_link(db: Db, asked: SoundingWord) -> SoundingLetter:
    """Read the idea a private link is about, without an account. Reading it answers nothing."""
    return service.read_letter(db, asked.word.get_secret_value())


@router.post("/sounding-links/answer", status_code=204, responses=raises(NotFound, SoundingOver))
def answer_sounding_link(db: Db, said: SoundingReply) -> None:
    """Say what you think of an idea by your private link; it works once."""
    service.reply(db, said.word.get_secret_value(), said)
