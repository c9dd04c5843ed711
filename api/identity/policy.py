from api.core.actor import GOVERNING, Actor, State, places
from api.identity.models import Organisation, Person


def governs_somewhere(actor: Actor) -> bool:
    return actor.steward or any(
        s.state is State.ACTIVE and s.role in GOVERNING for s in actor.standings.values()
    )


def _governs_a_network(actor: Actor) -> bool:
    return actor.steward or any(
        s.state is State.ACTIVE and s.role in GOVERNING and len(places(s.lineage)) == 1
        for s in actor.standings.values()
    )


def add_person(actor: Actor, _: object) -> bool:
    """Only a steward, or somebody who leads or coordinates a community, may add people."""
    return governs_somewhere(actor)


def see_contact(actor: Actor, person: Person) -> bool:
    """An e-mail address is seen by its owner, and by those who lead or coordinate a community."""
    return actor.person_id == person.id or governs_somewhere(actor)


def edit_person(actor: Actor, person: Person) -> bool:
    """Only the person, a steward, or somebody who leads or coordinates a network may change it."""
    return actor.person_id == person.id or _governs_a_network(actor)


def place_person(actor: Actor, _: Person) -> bool:
    """Only a steward, or somebody who leads or coordinates a network, may say where they belong."""
    return _governs_a_network(actor)


def change_email(actor: Actor, person: Person) -> bool:
    """Only a steward may change the address somebody signs in with."""
    return actor.steward or (person.email is None and _governs_a_network(actor))


def disable_person(actor: Actor, person: Person) -> bool:
    """Only a steward may end somebody's access, and never their own."""
    return actor.steward and actor.person_id != person.id


def add_organisation(actor: Actor, _: object) -> bool:
    """Only a steward, or somebody who leads or coordinates a community, may add organisations."""
    return governs_somewhere(actor)


def edit_organisation(actor: Actor, _: Organisation) -> bool:
    """Only a steward, or somebody who leads or coordinates a network, may change organisations."""
    return _governs_a_network(actor)


PERSON_RULES = (edit_person, place_person, change_email, disable_person)
ORGANISATION_RULES = (edit_organisation,)
RULES = (*PERSON_RULES, see_contact, add_person, add_organisation, *ORGANISATION_RULES)
