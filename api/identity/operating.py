"""What an operator does about people from a shell, before anybody can sign in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlmodel import select

from api.core.clock import now
from api.core.db import Database, create_engine
from api.core.events import record
from api.core.problems import Conflict, Invalid, NotFound
from api.core.settings import Settings
from api.core.text import Email, Name
from api.core.work import transaction
from api.identity.events import LinkMade, PersonAdded, PersonChanged
from api.identity.me import service as me
from api.identity.me.schemas import Scope
from api.identity.models import Affiliation, Person
from api.identity.sign_ins import passwords
from api.identity.sign_ins import service as sign_ins
from api.identity.sign_ins.schemas import NewPassword


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """The transaction of one command."""
    engine = create_engine(settings.database_url, connections=1)
    try:
        with transaction(engine, settings=settings) as db:
            yield db
    finally:
        engine.dispose()


def make_steward(settings: Settings, email: str, name: str, password: str | None) -> str:
    """Make or find the person, make them a steward, and return a link that signs them in once."""
    email, name = _valid(Email, email, "EMAIL"), _valid(Name, name, "--name")
    chosen = _valid(NewPassword, password, "Password") if password is not None else None
    hashed = passwords.hashed(chosen.get_secret_value()) if chosen else None
    with database(settings) as db:
        person = db.exec(select(Person).where(Person.email == email)).first()
        event: PersonAdded | PersonChanged
        if person is None:
            person = Person(name=name, email=email, changed_at=now())
            db.add(person)
            db.flush()
            db.add(Affiliation(person_id=person.id, recorded_at=now()))
            event = PersonAdded(object_id=person.id)
        else:
            if person.disabled_at:
                raise Conflict(f"The access of {email} was ended. Use another address.")
            event = PersonChanged(object_id=person.id)
        person.steward = True
        record(db, event)
        db.flush()
        if hashed:
            sign_ins.keep_password(db, person.id, hashed)
        return settings.sign_in_link(sign_ins.make_link(db, person.id))


def make_token(
    settings: Settings, email: str, name: str, scopes: list[str] | None, days: int
) -> str:
    """Make a personal token for somebody who exists, and return the word."""
    known = {s.value for s in Scope}
    if unknown := set(scopes or ()) - known:
        raise Invalid(
            f"No such scope: {', '.join(sorted(unknown))}. There are: {', '.join(sorted(known))}."
        )
    with database(settings) as db:
        person = db.exec(select(Person).where(Person.email == email.strip().lower())).first()
        if person is None or person.disabled_at:
            raise NotFound(f"Nobody here has the address {email}.")
        expires_at = now() + timedelta(days=days)
        return me.make_token(db, person.id, _valid(Name, name, "--name"), scopes, expires_at)[1]


def make_link(settings: Settings, email: str) -> str:
    """Make a link that signs in once somebody who exists, such as one who lost every other way."""
    with database(settings) as db:
        person = db.exec(select(Person).where(Person.email == email.strip().lower())).first()
        if person is None or person.disabled_at:
            raise NotFound(f"Nobody here has the address {email}.")
        record(db, LinkMade(object_id=person.id))
        return settings.sign_in_link(sign_ins.make_link(db, person.id))


def _valid(kind: Any, value: str, what: str) -> Any:
    try:
        checked: Any = TypeAdapter(kind).validate_python(value)
    except ValidationError as wrong:
        raise Invalid(f"{what}: {wrong.errors()[0]['msg']}") from None
    return checked
