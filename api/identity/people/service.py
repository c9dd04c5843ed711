from sqlalchemy import literal, update
from sqlmodel import col, select

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import Conflict, Forbidden, Invalid
from api.core.rows import folded
from api.identity import policy
from api.identity.events import (
    LinkMade,
    OrganisationAdded,
    OrganisationChanged,
    PersonAdded,
    PersonChanged,
    PersonDisabled,
    PersonRestored,
)
from api.identity.models import Affiliation, Organisation, Person, SignIn, Token
from api.identity.people.schemas import (
    OrganisationCreate,
    OrganisationUpdate,
    PersonCreate,
    PersonUpdate,
)
from api.identity.sign_ins import service as sign_ins


class EmailTaken(Conflict):
    """Another person already has this e-mail address."""

    title = "Somebody already has this address"


class AccessEnded(Conflict):
    """The person may not sign in."""

    title = "Their access has ended"


class OrganisationNameTaken(Conflict):
    """Another organisation already has this name."""

    title = "An organisation with this name already exists"


def add_person(db: Database, actor: Actor, new: PersonCreate) -> Person:
    """Add somebody who may belong to communities; this alone lets nobody sign in."""
    permit(policy.add_person, actor, None)
    _free_email(db, new.email)
    _known_organisation(db, new.organisation_id)
    person = Person.model_validate(new, update={"changed_at": now()})
    db.add(person)
    db.flush()
    _affiliate(db, person)
    record(db, PersonAdded(object_id=person.id))
    return person


def edit_person(db: Database, actor: Actor, person: Person, change: PersonUpdate) -> None:
    permit(policy.edit_person, actor, person)
    changed = change.model_dump(exclude_unset=True)
    if changed.get("email", person.email) != person.email:
        permit(policy.change_email, actor, person)
        _free_email(db, changed["email"])
    if {"organisation_id", "counted"} & changed.keys():
        permit(policy.place_person, actor, person)
        _known_organisation(db, changed.get("organisation_id"))
    moved = {"organisation_id", "team", "counted"} & changed.keys()
    person.sqlmodel_update({**changed, "changed_at": now()})
    db.add(person)
    db.flush()
    if moved:
        _affiliate(db, person)
    record(db, PersonChanged(object_id=person.id))


def disable_person(db: Database, actor: Actor, person: Person) -> None:
    """End somebody's access at once: every sign-in and token of theirs stops working."""
    permit(policy.disable_person, actor, person)
    moment = now()
    person.sqlmodel_update({"disabled_at": moment, "changed_at": moment})
    db.add(person)
    for credential in (SignIn, Token):
        db.execute(
            update(credential)
            .where(col(credential.person_id) == person.id, col(credential.revoked_at).is_(None))
            .values(revoked_at=moment)
        )
    record(db, PersonDisabled(object_id=person.id))


def restore_person(db: Database, actor: Actor, person: Person) -> None:
    """Let somebody sign in again. What they were signed in with stays revoked."""
    permit(policy.disable_person, actor, person)
    if person.disabled_at is None:
        return
    person.sqlmodel_update({"disabled_at": None, "changed_at": now()})
    db.add(person)
    db.flush()
    record(db, PersonRestored(object_id=person.id))


def make_link(db: Database, actor: Actor, person: Person) -> str:
    """Make a link that signs a person in once; who has been here before needs a steward for it."""
    permit(policy.make_link, actor, person)
    if person.disabled_at:
        raise AccessEnded("Let them in again first.")
    if not actor.steward and (person.password_hash or _was_here(db, person)):
        raise Forbidden("They have signed in before, so only a steward may make another way in.")
    record(db, LinkMade(object_id=person.id))
    return sign_ins.make_link(db, person.id)


def _was_here(db: Database, person: Person) -> bool:
    return any(
        db.exec(select(kind.id).where(kind.person_id == person.id)).first()
        for kind in (SignIn, Token)
    )


def add_organisation(db: Database, actor: Actor, new: OrganisationCreate) -> Organisation:
    permit(policy.add_organisation, actor, None)
    _free_name(db, new.name)
    organisation = Organisation.model_validate(new, update={"changed_at": now()})
    db.add(organisation)
    db.flush()
    record(db, OrganisationAdded(object_id=organisation.id))
    return organisation


def edit_organisation(
    db: Database, actor: Actor, organisation: Organisation, change: OrganisationUpdate
) -> None:
    permit(policy.edit_organisation, actor, organisation)
    changed = change.model_dump(exclude_unset=True)
    if changed.get("name", organisation.name).casefold() != organisation.name.casefold():
        _free_name(db, changed["name"])
    organisation.sqlmodel_update({**changed, "changed_at": now()})
    db.add(organisation)
    db.flush()
    record(db, OrganisationChanged(object_id=organisation.id))


def _affiliate(db: Database, person: Person) -> None:
    """Keep where somebody belonged when, and whether they count, for metrics about the past."""
    moment = now()
    db.execute(
        update(Affiliation)
        .where(col(Affiliation.person_id) == person.id, col(Affiliation.replaced_at).is_(None))
        .values(replaced_at=moment)
    )
    db.add(
        Affiliation(
            person_id=person.id,
            organisation_id=person.organisation_id,
            team=person.team,
            counted=person.counted,
            recorded_at=moment,
        )
    )


def _free_email(db: Database, email: str | None) -> None:
    if email and db.exec(select(Person.id).where(Person.email == email)).first():
        raise EmailTaken()


def _free_name(db: Database, name: str) -> None:
    same = folded(col(Organisation.name)) == folded(literal(name))
    if db.exec(select(Organisation.id).where(same)).first():
        raise OrganisationNameTaken()


def _known_organisation(db: Database, organisation_id: object) -> None:
    if organisation_id and db.get(Organisation, organisation_id) is None:
        raise Invalid(errors=[{"at": "body/organisation_id", "detail": "no such organisation"}])
