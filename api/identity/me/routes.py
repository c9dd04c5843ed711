from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database, columns
from api.core.events import record
from api.core.lists import answer
from api.core.pages import PageQuery
from api.core.preconditions import IfMatch
from api.core.problems import Forbidden, NotFound, TooMany, Unauthenticated, raises
from api.core.rows import json_row, with_field
from api.core.work import AtDesk, Db, Json, Me, Work
from api.identity import policy
from api.identity.events import PersonChanged
from api.identity.me import service
from api.identity.me.schemas import (
    Held,
    MeRead,
    MeUpdate,
    Preferences,
    PreferencesRead,
    SignInPage,
    TokenCreate,
    TokenMade,
    TokenPage,
    TokenRead,
)
from api.identity.models import Person, SignIn, Token
from api.identity.people import service as people
from api.identity.people.schemas import PersonUpdate
from api.identity.sign_ins import service as sign_ins
from api.identity.sign_ins.schemas import PasswordChange

router = APIRouter(prefix="/v1/me", tags=["me"], route_class=Work)


def _self(db: Database, me: Actor) -> Person:
    person = db.get(Person, me.person_id)
    if person is None:
        raise Unauthenticated()
    return person


def _read(db: Database, person: Person, me: Actor) -> MeRead:
    can = ["edit_profile"]
    can += [r.__name__ for r in (policy.add_person, policy.add_organisation) if r(me, None)]
    if me.steward:
        can.append("found_network")
    return MeRead.model_validate(
        person,
        update={
            "has_password": person.password_hash is not None,
            "roles": [
                Held(community_id=UUID(place), role=held.role, state=held.state)
                for place, held in sorted(me.standings.items())
            ],
            "networks": service.networks(db, me),
            "unread_notices": service.unread(db, me),
            "can": can,
        },
    )


@router.get("")
def read_me(db: Db, me: Me) -> MeRead:
    """Tell who you are: your details, every role you hold, and what you prefer."""
    return _read(db, _self(db, me), me)


@router.patch("")
def edit_me(db: Db, me: Me, change: MeUpdate, match: IfMatch) -> MeRead:
    """Change your own details."""
    person = _self(db, me)
    match.hold(person.version)
    changed = change.model_dump(exclude_unset=True)
    people.edit_person(db, me, person, PersonUpdate.model_validate(changed))
    return _read(db, person, me)


@router.get("/preferences")
def read_preferences(db: Db, me: Me) -> PreferencesRead:
    """Read what you said of how you like to learn."""
    return PreferencesRead.model_validate(_self(db, me).preferences)


@router.put("/preferences")
def write_preferences(db: Db, me: Me, new: Preferences) -> PreferencesRead:
    """Say how you like to learn. An empty object takes everything back."""
    person = _self(db, me)
    person.preferences = new.model_dump(mode="json", exclude_defaults=True)
    person.changed_at = now()
    record(db, PersonChanged(object_id=person.id))
    return PreferencesRead.model_validate(person.preferences)


@router.put(
    "/password",
    status_code=204,
    responses=raises(Unauthenticated, Forbidden, TooMany),
    openapi_extra={"x-scope": "me:write"},
)
def set_password(desk: AtDesk, change: PasswordChange) -> None:
    """Choose a password. It ends every other sign-in of yours."""
    with desk.transaction() as db:
        me = desk.house.identify(db, desk.shown)
        stored = _self(db, me).password_hash
    if me.scopes is not None:
        raise Forbidden("A narrowed token cannot change a password.")
    given = change.current_password
    current = given.get_secret_value() if given else None
    sign_ins.set_password(desk, me, stored, current, change.new_password.get_secret_value())


@router.get("/sign-ins", response_model=SignInPage)
def list_my_sign_ins(db: Db, me: Me, query: Annotated[PageQuery, Query()]) -> Json:
    """List the browsers you are signed in with, newest first."""
    c = columns(SignIn)
    names = ("id", "created_at", "expires_at", "agent")
    statement = select(json_row(**{n: c[n] for n in names}), c.id).where(
        c.person_id == me.person_id, c.revoked_at.is_(None), c.expires_at > now()
    )

    def write(row: Any) -> str:
        return with_field(row[0], "current", "true" if row[1] == me.sign_in_id else "false")

    return answer(db, statement, [c.id], query, name="my-sign-ins", write=write)


@router.delete("/sign-ins/{sign_in_id}", status_code=204, responses=raises(NotFound))
def revoke_my_sign_in(db: Db, me: Me, sign_in_id: UUID) -> None:
    """End one of your sign-ins; that browser has to sign in again."""
    sign_ins.revoke(db, me, sign_in_id)


@router.get("/tokens", response_model=TokenPage)
def list_my_tokens(db: Db, me: Me, query: Annotated[PageQuery, Query()]) -> Json:
    """List your personal tokens, newest first."""
    c = columns(Token)
    statement = select(json_row(**{n: c[n] for n in TokenRead.model_fields}), c.id).where(
        c.person_id == me.person_id, c.revoked_at.is_(None), c.expires_at > now()
    )
    return answer(db, statement, [c.id], query, name="my-tokens")


@router.post("/tokens", status_code=201, openapi_extra={"kept": False})
def make_my_token(db: Db, me: Me, new: TokenCreate) -> TokenMade:
    """Make a personal token for a script. It is shown in this answer and never again."""
    scopes = [s.value for s in new.scopes] if new.scopes else None
    token, word = service.make_own_token(db, me, new.name, scopes, new.expires_at)
    return TokenMade.model_validate(token, update={"token": word})


@router.delete("/tokens/{token_id}", status_code=204, responses=raises(NotFound))
def revoke_my_token(db: Db, me: Me, token_id: UUID) -> None:
    """Revoke a token; it stops working with the next request."""
    service.revoke_token(db, me, token_id)
