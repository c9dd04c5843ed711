"""Somebody whose access has ended is locked out on every way in, at once."""

import pytest
from sqlmodel import select

from api.core.audit import AuditEntry
from api.core.problems import Conflict, NotFound
from api.identity.operating import make_steward, make_token
from api.identity.sign_ins import service
from tests import make
from tests.identity.conftest import PASSWORD
from tests.looking import look


def disable(acting, sunita, person):
    tag = acting(sunita).get(f"/v1/people/{person.id}").headers["etag"]
    return acting(sunita).delete(f"/v1/people/{person.id}", headers={"If-Match": tag})


@pytest.fixture
def sunita(db):
    return make.steward(db)


def test_every_way_in_closes_at_once(acting, signed_in, browser, db, asha, sunita, settings):
    by_cookie, by_token = signed_in(asha), acting(asha)
    link = service.make_link(db, asha.id)
    db.commit()
    assert by_token.get("/v1/me").status_code == by_cookie.get("/v1/me").status_code == 200

    assert disable(acting, sunita, asha).status_code == 204

    assert by_cookie.get("/v1/me").status_code == 401
    assert by_token.get("/v1/me").status_code == 401
    by_password = browser().post("/v1/sign-ins", json={"email": asha.email, "password": PASSWORD})
    assert by_password.status_code == 401
    assert browser().post("/v1/sign-ins/by-link", json={"token": link}).status_code == 401
    change = {"new_password": "eight brown acorns", "current_password": PASSWORD}
    assert by_cookie.put("/v1/me/password", json=change).status_code == 401
    with pytest.raises(NotFound):
        make_token(settings, asha.email, "Again", None, 90)
    with pytest.raises(Conflict):
        make_steward(settings, asha.email, "Asha", None)


def test_who_was_shut_out_can_be_let_in_again_and_signs_in_anew(
    acting, signed_in, browser, db, asha, sunita
):
    before = signed_in(asha)
    disable(acting, sunita, asha)
    path = f"/v1/people/{asha.id}/restore"
    assert acting(asha).post(path).status_code == 401

    answer = acting(sunita).post(path)

    assert answer.status_code == 200
    assert answer.json()["disabled_at"] is None
    assert acting(sunita).post(path).json()["version"] == answer.json()["version"]
    assert before.get("/v1/me").status_code == 401
    anew = browser().post("/v1/sign-ins", json={"email": asha.email, "password": PASSWORD})
    assert anew.status_code == 201
    assert len(look(db, select(AuditEntry).where(AuditEntry.verb == "person.restored"))) == 1


def test_only_a_steward_lets_somebody_in_again(acting, db, asha, sunita):
    lena = make.person(db, "Lena")
    make.community(db, lead=lena)
    disable(acting, sunita, asha)

    assert acting(lena).post(f"/v1/people/{asha.id}/restore").status_code == 403


def test_it_can_be_seen_and_is_written_down(acting, db, asha, sunita):
    answer = disable(acting, sunita, asha)

    seen = acting(sunita).get(f"/v1/people/{asha.id}").json()
    assert seen["disabled_at"]
    [row] = look(db, select(AuditEntry).where(AuditEntry.verb == "person.disabled"))
    assert (row.object_id, row.actor_id) == (asha.id, sunita.id)
    assert row.request_id == answer.headers["x-request-id"]


def test_only_a_steward_ends_access_and_never_their_own(acting, db, asha, sunita):
    lena = make.person(db, "Lena")
    make.community(db, lead=lena)

    assert disable(acting, lena, asha).status_code == 403
    assert disable(acting, asha, asha).status_code == 403
    assert disable(acting, sunita, sunita).status_code == 403
    assert acting(sunita).delete(f"/v1/people/{asha.id}").status_code == 428
    assert acting(asha).get("/v1/me").status_code == 200
