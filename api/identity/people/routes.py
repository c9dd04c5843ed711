from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from api.core.actor import Actor
from api.core.clock import now
from api.core.db import columns
from api.core.lists import answer
from api.core.policy import granted
from api.core.preconditions import IfMatch
from api.core.problems import Forbidden, NotFound, raises
from api.core.rows import json_row, json_words, with_field
from api.core.work import Db, Json, Me, Work
from api.identity import policy
from api.identity.models import Organisation, Person
from api.identity.people import queries, service
from api.identity.people.schemas import (
    OrganisationCreate,
    OrganisationPage,
    OrganisationQuery,
    OrganisationRead,
    OrganisationUpdate,
    PersonCreate,
    PersonPage,
    PersonQuery,
    PersonRead,
    PersonUpdate,
    WayIn,
)
from api.identity.sign_ins.service import LINK_LASTS

router = APIRouter(prefix="/v1", tags=["people"], route_class=Work)

_PROVISION = {"x-scope": "people:provision"}


def read_person(person: Person, me: Actor) -> PersonRead:
    seen = policy.see_contact(me, person)
    return PersonRead.model_validate(
        person,
        update={
            "email": person.email if seen else None,
            "can": granted(me, person, policy.PERSON_RULES),
        },
    )


def _read_organisation(organisation: Organisation, me: Actor) -> OrganisationRead:
    can = granted(me, organisation, policy.ORGANISATION_RULES)
    return OrganisationRead.model_validate(organisation, update={"can": can})


@router.get("/people", response_model=PersonPage)
def list_people(db: Db, me: Me, query: Annotated[PersonQuery, Query()]) -> Json:
    """List people, newest first: everybody for those who lead or coordinate, else yourself."""
    c = columns(Person)
    names = [n for n in PersonRead.model_fields if n != "can"]
    statement = select(json_row(**{n: c[n] for n in names}), c.email, c.id).where(
        *queries.people_where(me, query)
    )

    def write(row: Any) -> str:
        shell = Person(id=row[-1], name="", email=row[-2], changed_at=now())
        return with_field(row[0], "can", json_words(granted(me, shell, policy.PERSON_RULES)))

    return answer(db, statement, [c.id], query, name="people", write=write)


@router.post(
    "/people",
    status_code=201,
    responses=raises(service.EmailTaken),
    openapi_extra=_PROVISION,
)
def add_person(db: Db, me: Me, new: PersonCreate) -> PersonRead:
    """Add a person. They cannot sign in until a link or a password is made for them."""
    return read_person(service.add_person(db, me, new), me)


@router.get("/people/{person_id}", responses=raises(NotFound))
def get_person(db: Db, me: Me, person_id: UUID) -> PersonRead:
    """Fetch one person."""
    return read_person(queries.get_person(db, me, person_id), me)


@router.patch(
    "/people/{person_id}",
    responses=raises(NotFound, service.EmailTaken),
    openapi_extra=_PROVISION,
)
def edit_person(
    db: Db, me: Me, person_id: UUID, change: PersonUpdate, match: IfMatch
) -> PersonRead:
    """Change what is known of a person."""
    person = queries.get_person(db, me, person_id)
    match.hold(person.version)
    service.edit_person(db, me, person, change)
    return read_person(person, me)


@router.delete(
    "/people/{person_id}",
    status_code=204,
    responses=raises(NotFound, Forbidden),
    openapi_extra=_PROVISION,
)
def disable_person(db: Db, me: Me, person_id: UUID, match: IfMatch) -> None:
    """End somebody's access at once. What they took part in stays counted."""
    person = queries.get_person(db, me, person_id)
    match.hold(person.version)
    service.disable_person(db, me, person)


@router.post(
    "/people/{person_id}/restore",
    responses=raises(NotFound, Forbidden),
    openapi_extra=_PROVISION,
)
def restore_person(db: Db, me: Me, person_id: UUID) -> PersonRead:
    """Let somebody in again whose access was ended. They sign in anew."""
    person = queries.get_person(db, me, person_id)
    service.restore_person(db, me, person)
    return read_person(person, me)


@router.post(
    "/people/{person_id}/sign-in-links",
    status_code=201,
    responses=raises(NotFound, Forbidden, service.AccessEnded),
    openapi_extra={**_PROVISION, "kept": False},
)
def make_sign_in_link(db: Db, me: Me, person_id: UUID, request: Request) -> WayIn:
    """Make a link that signs a person in once, to hand to them. It is shown in this answer only."""
    person = queries.get_person(db, me, person_id)
    word = service.make_link(db, me, person)
    url = request.app.state.settings.sign_in_link(word)
    return WayIn(url=url, expires_at=now() + LINK_LASTS)


@router.get("/organisations", response_model=OrganisationPage)
def list_organisations(db: Db, me: Me, query: Annotated[OrganisationQuery, Query()]) -> Json:
    """List the organisations people belong to, newest first."""
    c = columns(Organisation)
    names = [n for n in OrganisationRead.model_fields if n != "can"]
    can = json_words(
        granted(me, Organisation(name="", changed_at=now()), policy.ORGANISATION_RULES)
    )
    statement = select(json_row(**{n: c[n] for n in names}), c.id).where(
        *queries.organisations_where(query)
    )
    return answer(
        db,
        statement,
        [c.id],
        query,
        name="organisations",
        write=lambda row: with_field(row[0], "can", can),
    )


@router.post(
    "/organisations",
    status_code=201,
    responses=raises(service.OrganisationNameTaken),
    openapi_extra=_PROVISION,
)
def add_organisation(db: Db, me: Me, new: OrganisationCreate) -> OrganisationRead:
    """Add an organisation, with the mail domains and teams its people have."""
    return _read_organisation(service.add_organisation(db, me, new), me)


@router.get("/organisations/{organisation_id}", responses=raises(NotFound))
def get_organisation(db: Db, me: Me, organisation_id: UUID) -> OrganisationRead:
    """Fetch one organisation."""
    return _read_organisation(queries.get_organisation(db, organisation_id), me)


@router.patch(
    "/organisations/{organisation_id}",
    responses=raises(NotFound, service.OrganisationNameTaken),
    openapi_extra=_PROVISION,
)
def edit_organisation(
    db: Db, me: Me, organisation_id: UUID, change: OrganisationUpdate, match: IfMatch
) -> OrganisationRead:
    """Change an organisation."""
    organisation = queries.get_organisation(db, organisation_id)
    match.hold(organisation.version)
    service.edit_organisation(db, me, organisation, change)
    return _read_organisation(organisation, me)
