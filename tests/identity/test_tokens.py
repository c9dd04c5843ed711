"""Words by which scripts act for somebody."""

from datetime import timedelta

import pytest
from sqlmodel import select

from api.core.clock import now
from api.identity.me.schemas import Scope
from api.identity.models import Token
from tests import make
from tests.honest import HonestClient
from tests.looking import look


def bearer(app, word) -> HonestClient:
    return HonestClient(app, headers={"Authorization": f"Bearer {word}"})


@pytest.fixture
def sunita(db):
    return make.steward(db)


def test_a_token_is_shown_once_and_acts_for_its_person(app, acting, db, sunita):
    made = acting(sunita).post("/v1/me/tokens", json={"name": "Nightly export"}).json()

    assert made["token"].startswith("trellis_pat_")
    assert bearer(app, made["token"]).get("/v1/me").json()["id"] == str(sunita.id)
    listed = acting(sunita).get("/v1/me/tokens").json()["items"]
    assert {t["name"] for t in listed} == {"tests", "Nightly export"}
    assert all("token" not in t for t in listed)
    for kept in look(db, select(Token)):
        assert made["token"] not in str(kept.model_dump())


def test_the_scheme_is_read_as_http_says(app, db, sunita):
    word = make.token(db, sunita.id)

    for shown in (f"bearer {word}", f"BEARER {word}"):
        assert HonestClient(app).get("/v1/me", headers={"Authorization": shown}).status_code == 200


def test_scopes_narrow_what_a_token_may_do(acting, sunita):
    reading = acting(sunita, ["communities:read"])

    assert reading.get("/v1/communities").status_code == 200
    refused = reading.post("/v1/communities", json={"name": "Harbour"})
    assert refused.status_code == 403
    assert "communities:write" in refused.json()["detail"]
    assert reading.get("/v1/me").status_code == 403
    assert reading.get("/v1/people").status_code == 403


def test_scopes_give_nothing_their_person_may_not_do(acting, db):
    asha = make.person(db)

    answer = acting(asha, [s.value for s in Scope]).post(
        "/v1/communities", json={"name": "Harbour"}
    )

    assert answer.status_code == 403


def test_a_narrowed_token_cannot_make_a_wider_one(acting, sunita):
    narrow = acting(sunita, ["me:write", "communities:read"])

    for wider in (None, ["communities:write"], ["communities:read", "people:read"]):
        body = {"name": "Wider", **({"scopes": wider} if wider else {})}
        assert narrow.post("/v1/me/tokens", json=body).status_code == 403

    same = narrow.post("/v1/me/tokens", json={"name": "Same", "scopes": ["communities:read"]})
    assert same.status_code == 201
    assert same.json()["scopes"] == ["communities:read"]


def test_a_token_cannot_make_one_that_outlives_it(app, acting, db, sunita):
    end = now() + timedelta(days=3)
    body = {"name": "Short", "expires_at": end.isoformat()}
    short = bearer(app, acting(sunita).post("/v1/me/tokens", json=body).json()["token"])

    later = {"name": "Longer", "expires_at": (end + timedelta(seconds=1)).isoformat()}
    refused = short.post("/v1/me/tokens", json=later)
    usual = short.post("/v1/me/tokens", json={"name": "Usual"})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/expires_at"
    assert usual.json()["expires_at"] == short.get("/v1/me/tokens").json()["items"][1]["expires_at"]


def test_a_token_lasts_ninety_days_unless_told_and_a_year_at_most(acting, db, signed_in, asha):
    here = signed_in(asha)

    usual = here.post("/v1/me/tokens", json={"name": "Usual"})
    assert usual.status_code == 201
    [kept] = look(db, select(Token))
    assert timedelta(days=89) < kept.expires_at - now() <= timedelta(days=90)

    for wrong in (now() - timedelta(seconds=1), now() + timedelta(days=367)):
        body = {"name": "Odd", "expires_at": wrong.isoformat()}
        answer = here.post("/v1/me/tokens", json=body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["at"] == "body/expires_at"


def test_a_token_ends_when_it_said_it_would(app, db, sunita):
    word = make.token(db, sunita.id)
    [kept] = look(db, select(Token))
    kept.expires_at = now()
    db.add(kept)
    db.commit()

    assert bearer(app, word).get("/v1/me").status_code == 401


def test_a_revoked_token_is_gone_with_the_next_request(app, acting, db, sunita):
    made = acting(sunita).post("/v1/me/tokens", json={"name": "Lost"}).json()
    script = bearer(app, made["token"])
    assert script.get("/v1/me").status_code == 200

    assert acting(sunita).delete(f"/v1/me/tokens/{made['id']}").status_code == 204

    assert script.get("/v1/me").status_code == 401
    assert acting(sunita).delete(f"/v1/me/tokens/{made['id']}").status_code == 404


def test_the_tokens_of_others_do_not_exist(acting, db, sunita, asha):
    made = acting(asha).post("/v1/me/tokens", json={"name": "Mine"}).json()

    assert acting(sunita).delete(f"/v1/me/tokens/{made['id']}").status_code == 404
    assert made["id"] not in [t["id"] for t in acting(sunita).get("/v1/me/tokens").json()["items"]]


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body/name"),
        ({"name": ""}, "body/name"),
        ({"name": "x", "scopes": []}, "body/scopes"),
        ({"name": "x", "scopes": ["everything"]}, "body/scopes/0"),
        ({"name": "x", "expires_at": "tomorrow"}, "body/expires_at"),
        ({"name": "x", "expires_at": "2027-01-01T00:00:00"}, "body/expires_at"),
        ({"name": "x", "steward": True}, "body/steward"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(acting, sunita, body, at):
    answer = acting(sunita).post("/v1/me/tokens", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == at
