"""How somebody who was added, and has no password yet, comes in for the first time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from api.core.actor import Role
from api.core.audit import AuditEntry
from api.core.clock import now
from tests import make
from tests.identity.conftest import typed
from tests.looking import look


@pytest.fixture
def lena(db):
    """She leads a network."""
    lena = make.person(db, "Lena")
    make.community(db, "Midlands", lead=lena)
    return lena


@pytest.fixture
def noor(db):
    return make.person(db, "Noor", email="noor@harbour.example")


def make_link(client, person):
    return client.post(f"/v1/people/{person.id}/sign-in-links")


def word_of(answer) -> str:
    return answer.json()["url"].partition("#")[2]


def use(client, word):
    return client.post("/v1/sign-ins/by-link", **typed({"token": word}))


def test_who_leads_a_network_hands_somebody_new_a_link(acting, browser, db, lena, noor):
    answer = make_link(acting(lena), noor)

    assert answer.status_code == 201
    assert answer.json()["url"].startswith("http://testserver/sign-in/link#trellis_link_")
    until = datetime.fromisoformat(answer.json()["expires_at"])
    assert timedelta(days=1) < until - datetime.now(UTC) <= timedelta(days=2)
    client = browser()
    assert use(client, word_of(answer)).status_code == 201
    assert client.get("/v1/me").json()["id"] == str(noor.id)
    [row] = look(db, select(AuditEntry).where(AuditEntry.verb == "sign_in.link_made"))
    assert (row.actor_id, row.object_id) == (lena.id, noor.id)


def test_who_was_here_before_needs_a_steward(acting, browser, db, lena, noor):
    use(browser(), word_of(make_link(acting(lena), noor)))

    assert make_link(acting(lena), noor).status_code == 403
    assert make_link(acting(make.steward(db)), noor).status_code == 201


def test_a_link_into_a_stewards_place_is_made_by_stewards_alone(acting, db, lena):
    sunita = make.steward(db)

    assert make_link(acting(lena), sunita).status_code == 403
    assert make_link(acting(sunita), sunita).status_code == 201


def test_others_make_nobody_a_way_in(acting, db, lena, noor):
    omar, child = make.person(db, "Omar"), make.person(db, "Chidi")
    network = look(db, select(make.Community))[0]
    make.member(db, network, omar, Role.FACILITATOR)
    make.community(db, "Harbour", parent=network, lead=child)

    assert make_link(acting(omar), noor).status_code == 404
    assert make_link(acting(child), noor).status_code == 403
    assert make_link(acting(noor), noor).status_code == 403


def test_a_narrow_token_needs_the_scope_for_it(acting, lena, noor):
    path = f"/v1/people/{noor.id}/sign-in-links"

    assert acting(lena, ["people:read"]).post(path).status_code == 403
    assert acting(lena, ["people:provision"]).post(path).status_code == 201


def test_nobody_whose_access_ended_is_given_a_link(acting, db):
    gone = make.person(db, "Gareth", disabled_at=now())

    assert make_link(acting(make.steward(db)), gone).status_code == 409
