"""What an operator does from a shell, before anybody can sign in."""

import pytest
from sqlmodel import select

from api.core.problems import Invalid, NotFound
from api.identity.models import Affiliation, Person
from api.identity.operating import make_steward, make_token
from tests.honest import HonestClient
from tests.looking import look


def test_the_first_steward_gets_a_link_that_signs_in_once(settings, browser, db):
    link = make_steward(settings, " Sunita@Example.org ", "Sunita", None)

    address, _, word = link.partition("#")
    assert address == "http://testserver/sign-in/link"
    client = browser()
    assert client.post("/v1/sign-ins/by-link", json={"token": word}).status_code == 201
    me = client.get("/v1/me").json()
    assert (me["email"], me["steward"]) == ("sunita@example.org", True)
    assert len(look(db, select(Affiliation))) == 1


def test_somebody_who_is_there_becomes_a_steward(settings, db, asha):
    make_steward(settings, "asha@example.org", "Another name", None)

    [person] = look(db, select(Person))
    assert (person.id, person.name, person.steward) == (asha.id, "Asha", True)


def test_a_password_can_be_given_with_the_steward(settings, browser):
    make_steward(settings, "sunita@example.org", "Sunita", "nine cafe\u0301s")

    body = {"email": "sunita@example.org", "password": "nine caf\u00e9s"}
    assert browser().post("/v1/sign-ins", json=body).status_code == 201


@pytest.mark.parametrize(
    ("email", "name", "password"),
    [
        ("nobody", "Sunita", None),
        ("sunita@example.org", "", None),
        ("sunita@example.org", "Sunita", "short"),
        ("sunita@example.org", "Sunita", ""),
    ],
)
def test_a_steward_that_makes_no_sense_is_refused(settings, db, email, name, password):
    with pytest.raises(Invalid):
        make_steward(settings, email, name, password)

    assert look(db, select(Person)) == []


def test_a_token_is_made_for_somebody_who_is_there(app, settings, asha):
    word = make_token(settings, "ASHA@example.org", "Export", ["me:read"], 7)

    client = HonestClient(app, headers={"Authorization": f"Bearer {word}"})
    assert client.get("/v1/me").status_code == 200
    assert client.get("/v1/communities").status_code == 403


def test_a_token_that_makes_no_sense_is_refused(settings, asha):
    with pytest.raises(NotFound):
        make_token(settings, "nobody@example.org", "Export", None, 7)
    with pytest.raises(Invalid, match="everything"):
        make_token(settings, "asha@example.org", "Export", ["everything"], 7)
    with pytest.raises(Invalid):
        make_token(settings, "asha@example.org", "", None, 7)
