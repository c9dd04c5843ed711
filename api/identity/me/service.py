from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import SQLModel, select

from api.core import secrets
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.problems import Forbidden, Invalid, NotFound
from api.identity.events import TokenMade, TokenRevoked
from api.identity.me.schemas import Network
from api.identity.models import Token

PREFIX = "trellis_pat"
USUAL = timedelta(days=90)
LONGEST = timedelta(days=366)


def networks(db: Database, actor: Actor) -> list[Network]:
    """The networks the caller is active in, by name; not one that is confidential above them."""
    # The room this table belongs to stands above this one, so it is known by name alone.
    place = SQLModel.metadata.tables["communities"].c
    rows = db.execute(
        select(place.id, place.name, place.visibility)
        .where(place.id.in_(UUID(root) for root in actor.networks))
        .order_by(place.name, place.id)
    )
    return [
        Network(id=row.id, name=row.name)
        for row in rows
        if row.visibility != "confidential" or actor.belongs(row.id)
    ]


def unread(db: Database, actor: Actor) -> int:
    """How many notices the caller has not read; their table, too, is known by name alone."""
    notice = SQLModel.metadata.tables["notices"].c
    mine = notice.person_id == actor.person_id, notice.read_at.is_(None)
    found: int = db.execute(select(func.count(notice.id)).where(*mine)).scalar_one()
    return found


def make_token(
    db: Database,
    person_id: UUID,
    name: str,
    scopes: list[str] | None,
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """Make a personal token; the word is returned once and never stored."""
    moment = now()
    expires_at = expires_at or moment + USUAL
    if not moment < expires_at <= moment + LONGEST:
        detail = "must lie ahead, at most a year"
        raise Invalid(errors=[{"at": "body/expires_at", "detail": detail}])
    word = secrets.token(PREFIX)
    token = Token(
        person_id=person_id,
        name=name,
        digest=secrets.digest(word),
        scopes=sorted(set(scopes)) if scopes else None,
        expires_at=expires_at,
    )
    db.add(token)
    record(db, TokenMade(object_id=token.id))
    return token, word


def make_own_token(
    db: Database, actor: Actor, name: str, scopes: list[str] | None, expires_at: datetime | None
) -> tuple[Token, str]:
    """Make a token for the caller; a token cannot make a wider or a longer-lived one."""
    if actor.scopes is not None and not (scopes and set(scopes) <= actor.scopes):
        raise Forbidden("A token can only make tokens with scopes it has itself.")
    if actor.token_id:
        last = db.get_one(Token, actor.token_id).expires_at
        if expires_at and expires_at > last:
            detail = "lies after the end of the token that asks"
            raise Invalid(errors=[{"at": "body/expires_at", "detail": detail}])
        expires_at = expires_at or min(last, now() + USUAL)
    return make_token(db, actor.person_id, name, scopes, expires_at)


def revoke_token(db: Database, actor: Actor, token_id: UUID) -> None:
    found = db.get(Token, token_id)
    if found is None or found.person_id != actor.person_id or found.revoked_at:
        raise NotFound("No such token of yours.")
    found.revoked_at = now()
    record(db, TokenRevoked(object_id=found.id))
