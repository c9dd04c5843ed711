"""The door: token or cookie, then the person, then every role they hold, in one statement."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, bindparam, cast, null, or_, select
from sqlmodel import SQLModel, col

from api.communities.models import Community
from api.core.actor import Actor, Role, Standing, State
from api.core.clock import now
from api.core.db import Database
from api.core.prepared import first
from api.core.problems import Forbidden, Unauthenticated
from api.core.rows import CELL, ROW, cells, sheet
from api.core.secrets import digest
from api.core.settings import Settings
from api.core.work import READING, Identify, Knock
from api.identity.me.service import PREFIX
from api.identity.models import Person, SignIn, Token
from api.memberships.models import LIVE, Membership


def _statement(credential: type[SQLModel]) -> Select[Any]:
    held: Any = credential
    standing = cells(col(Membership.role), col(Membership.state), col(Community.lineage))
    live = or_(*(col(Membership.state) == state for state in LIVE))
    standings = (
        select(sheet(standing, col(Community.lineage)))
        .select_from(Membership)
        .join(Community, col(Community.id) == col(Membership.community_id))
        .where(col(Membership.person_id) == col(Person.id), live)
        .scalar_subquery()
    )
    return (
        select(
            col(held.expires_at),
            col(held.id),
            cast(held.scopes, Text) if credential is Token else null(),
            col(Person.id),
            col(Person.steward),
            standings,
        )
        .join(Person, col(Person.id) == held.person_id)
        .where(
            held.digest == bindparam("digest"),
            held.revoked_at.is_(None),
            col(Person.disabled_at).is_(None),
        )
    )


_ROLES = {str(role): role for role in Role}
_STATES = {str(state): state for state in State}


def door(settings: Settings) -> Identify:
    """Make the function that tells who is asking."""
    origins = settings.origins

    def identify(db: Database, shown: Knock) -> Actor:
        """Read the caller with every live membership; revoking works on the next request."""
        if shown.authorization:
            kind, _, word = shown.authorization.partition(" ")
            if kind.lower() != "bearer" or not word.startswith(PREFIX):
                raise Unauthenticated("Send `Authorization: Bearer trellis_pat_…`.")
            return _read(db, Token, word)
        if shown.cookie:
            _same_site(shown, origins)
            return _read(db, SignIn, shown.cookie)
        raise Unauthenticated()

    return identify


def _read(db: Database, credential: type[SignIn] | type[Token], word: str) -> Actor:
    name = ("door", credential.__name__)
    found = first(db.connection(), name, lambda: _statement(credential), digest=digest(word))
    if found is None or _moment(found[0]) <= now():
        raise Unauthenticated("This token or sign-in is no longer valid.")
    _, credential_id, scopes, person_id, steward, standings = found
    held = None if scopes in (None, "null") else json.loads(scopes)
    by_token = credential is Token
    return Actor(
        person_id=_id(person_id),
        steward=bool(steward),
        standings=_standings(standings),
        scopes=frozenset(held) if held is not None else None,
        token_id=_id(credential_id) if by_token else None,
        sign_in_id=None if by_token else _id(credential_id),
    )


def _moment(raw: str | datetime) -> datetime:
    return raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)


def _id(raw: str | UUID) -> UUID:
    return raw if isinstance(raw, UUID) else UUID(raw)


def _standings(text: str | None) -> dict[str, Standing]:
    """Take apart what the database wrote in one piece; most people hold few, some hundreds."""
    held = {}
    for line in text.split(ROW) if text else ():
        role, state, lineage = line.split(CELL)
        held[lineage[-37:-1]] = Standing(_ROLES[role], _STATES[state], lineage)
    return held


def _same_site(shown: Knock, origins: frozenset[str]) -> None:
    """Refuse a change that another site's page sends with our cookie."""
    if shown.method in READING:
        return
    if shown.origin is not None:
        allowed = shown.origin in origins or shown.fetch_site == "same-origin"
    else:
        allowed = shown.fetch_site in (None, "same-origin", "none")
    if not allowed:
        raise Forbidden("Changes with a cookie are accepted only from our own pages.")
