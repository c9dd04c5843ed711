from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, literal, or_, true
from sqlmodel import SQLModel, col, select

from api.core.actor import Actor
from api.core.db import Database
from api.core.problems import NotFound
from api.core.rows import folded
from api.identity import policy
from api.identity.models import Organisation, Person


def contains(column: Any, words: str, fold: Callable[[str], Any] = str) -> ColumnElement[bool]:
    """Whether every one of these words occurs in a column, both folded in the same way."""

    def pattern(word: str) -> Any:
        for special in "\\%_":
            word = word.replace(special, "\\" + special)
        return fold(f"%{word}%")

    return and_(true(), *(column.like(pattern(w), escape="\\") for w in words.split()))


def named_like(column: Any, words: str) -> ColumnElement[bool]:
    """Whether every word occurs in a column of text as somebody wrote it."""
    return contains(folded(col(column)), words, lambda word: folded(literal(word)))


def known_to(actor: Actor) -> ColumnElement[bool]:
    """The people a caller may look up: themselves, and for those who govern their networks' people.

    Those who were never in any network are known to all who govern, who could not bring them into
    one otherwise. Members meet each other in the lists of their communities, which say less.
    """
    if actor.steward:
        return true()
    networks = policy.networks_governed_in(actor)
    themselves = col(Person.id) == actor.person_id
    if not networks:
        return themselves
    # The rooms these tables belong to stand above this one, so they are known by name alone.
    tables = SQLModel.metadata.tables
    belonging, place = tables["memberships"].c, tables["communities"].c
    anywhere = select(belonging.id).where(belonging.person_id == col(Person.id))
    within = anywhere.join(tables["communities"], place.id == belonging.community_id).where(
        or_(*(place.lineage.startswith(f"{network}/") for network in sorted(networks)))
    )
    return or_(themselves, ~anywhere.exists(), within.exists())


def get_person(db: Database, actor: Actor, person_id: UUID) -> Person:
    """Fetch a person the caller may look up."""
    found = db.exec(select(Person).where(Person.id == person_id, known_to(actor))).first()
    if found is None:
        raise NotFound("No such person.")
    return found


def get_organisation(db: Database, organisation_id: UUID) -> Organisation:
    found = db.get(Organisation, organisation_id)
    if found is None:
        raise NotFound("No such organisation.")
    return found


def people_where(actor: Actor, query: Any) -> list[ColumnElement[bool]]:
    """The conditions of a list of people, as its filters ask."""
    conditions = [known_to(actor)]
    if query.q:
        conditions.append(named_like(Person.name, query.q))
    if query.email:
        conditions.append(col(Person.email) == query.email)
    if query.organisation_id:
        conditions.append(col(Person.organisation_id) == query.organisation_id)
    if query.changed_since:
        conditions.append(col(Person.changed_at) >= query.changed_since)
    return conditions


def organisations_where(query: Any) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.q:
        conditions.append(named_like(Organisation.name, query.q))
    if query.kind:
        conditions.append(col(Organisation.kind) == query.kind)
    if query.changed_since:
        conditions.append(col(Organisation.changed_at) >= query.changed_since)
    return conditions
