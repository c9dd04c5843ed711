"""Choosing a password."""

from sqlmodel import select

from api.core.audit import AuditEntry
from api.identity.sign_ins import service
from tests import make
from tests.identity.conftest import PASSWORD, typed
from tests.looking import look

NEW = "eight brown acorns"


def choose(client, new=NEW, current=PASSWORD):
    body = {"new_password": new}
    if current is not None:
        body["current_password"] = current
    return client.put("/v1/me/password", **typed(body))


def test_a_new_password_ends_every_other_sign_in(signed_in, browser, asha, db):
    here, there = signed_in(asha), signed_in(asha)

    assert choose(here).status_code == 204

    assert here.get("/v1/me").status_code == 200
    assert there.get("/v1/me").status_code == 401
    old = {"email": asha.email, "password": PASSWORD}
    assert browser().post("/v1/sign-ins", json=old).status_code == 401
    assert signed_in(asha, NEW).get("/v1/me").status_code == 200
    assert len(look(db, select(AuditEntry).where(AuditEntry.verb == "password.set"))) == 1


def test_a_new_password_makes_links_worthless_that_were_sent_before(signed_in, browser, asha, db):
    word = service.make_link(db, asha.id)
    db.commit()

    choose(signed_in(asha))

    answer = browser().post("/v1/sign-ins/by-link", json={"token": word})
    assert answer.status_code == 401


def test_without_the_current_password_nothing_changes(signed_in, asha):
    client = signed_in(asha)

    for current in ("wrong", "", None):
        assert choose(client, current=current).status_code == 403

    assert signed_in(asha, PASSWORD)


def test_somebody_at_an_open_browser_cannot_guess_for_ever(signed_in, asha):
    client = signed_in(asha)
    for _ in range(10):
        assert choose(client, current="wrong").status_code == 403

    answer = choose(client)

    assert answer.status_code == 429
    assert answer.headers["retry-after"]


def test_who_came_by_a_link_chooses_their_first_password(browser, db):
    newcomer = make.person(db, "Newcomer", email="new@example.org")
    word = service.make_link(db, newcomer.id)
    db.commit()
    client = browser()
    client.post("/v1/sign-ins/by-link", json={"token": word})
    assert client.get("/v1/me").json()["has_password"] is False

    assert choose(client, current=None).status_code == 204

    assert client.get("/v1/me").json()["has_password"] is True


def test_a_password_has_eight_to_two_hundred_characters_and_is_no_common_one(signed_in, asha):
    client = signed_in(asha)

    for wrong in ("seven 7", "x" * 201, "eight\0 characters", "\ud800" * 8, "Password123"):
        answer = choose(client, new=wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["at"] == "body/new_password"
        assert "eight" not in answer.text


def test_a_password_is_the_same_however_its_accents_were_typed(signed_in, asha):
    choose(signed_in(asha), new="cafe\u0301 au lait")

    assert signed_in(asha, "caf\u00e9 au lait")


def test_a_narrowed_token_cannot_change_a_password(acting, asha):
    assert choose(acting(asha, ["me:read", "me:write"])).status_code == 403
    assert choose(acting(None)).status_code == 401


def test_an_unknown_field_is_refused(signed_in, asha):
    body = {"new_password": NEW, "current_password": PASSWORD, "hint": "a tree"}

    assert signed_in(asha).put("/v1/me/password", json=body).status_code == 422
