from api.core.actor import GOVERNING, Actor, State, places
from api.identity.models import Organisation, Person


def governs_somewhere(actor: Actor) -> bool:
    return actor.steward or any(
        s.state is State.ACTIVE and s.role in GOVERNING for s in actor.standings.values()
    )


def networks_governed_in(actor: Actor) -> set[str]:
    """The topmost communities of the trees in which the caller leads or coordinates anything."""
    return {
        places(s.lineage)[0]
        for s in actor.standings.values()
        if s.state is State.ACTIVE and s.role in GOVERNING
    }


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


def make_link(actor: Actor, person: Person) -> bool:
    """Only a steward, or who leads a network for somebody new in it, makes somebody a way in."""
    # A link signs in as that person, so it is never made for somebody who may do more.
    return actor.steward or (_governs_a_network(actor) and not person.steward)


def add_organisation(actor: Actor, _: object) -> bool:
    """Only a steward, or somebody who leads or coordinates a community, may add organisations."""
    return governs_somewhere(actor)


def edit_organisation(actor: Actor, _: Organisation) -> bool:
    """Only a steward, or somebody who leads or coordinates a network, may change organisations."""
    return _governs_a_network(actor)


PERSON_RULES = (edit_person, place_person, change_email, disable_person)
ORGANISATION_RULES = (edit_organisation,)
RULES = (*PERSON_RULES, make_link, see_contact, add_person, add_organisation, *ORGANISATION_RULES)
