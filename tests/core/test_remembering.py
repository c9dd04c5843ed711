"""A connection may remember what it read, but never longer than it is true."""

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from tests import make


@pytest.fixture
def one_connection(settings):
    """An application whose every request comes by the same connection, or the one beside it."""
    app = create_app(settings.model_copy(update={"threads": 1}))
    yield TestClient(app)
    app.state.engine.dispose()


def test_a_token_that_was_revoked_by_itself_is_gone_at_once(one_connection, db):
    word = make.token(db, make.person(db).id)
    headers = {"Authorization": f"Bearer {word}"}
    [token] = one_connection.get("/v1/me/tokens", headers=headers).json()["items"]

    for _ in range(3):
        assert one_connection.get("/v1/me", headers=headers).status_code == 200
    gone = one_connection.delete(f"/v1/me/tokens/{token['id']}", headers=headers)

    assert gone.status_code == 204
    for _ in range(4):
        assert one_connection.get("/v1/me", headers=headers).status_code == 401
        assert one_connection.get("/v1/communities", headers=headers).status_code == 401


def test_what_somebody_did_themselves_shows_in_their_next_answer(one_connection, db):
    headers = {"Authorization": f"Bearer {make.token(db, make.steward(db).id)}"}

    for number in range(6):
        made = one_connection.post(
            "/v1/communities", json={"name": f"Harbour {number}"}, headers=headers
        ).json()
        for _ in range(3):
            roles = one_connection.get("/v1/me", headers=headers).json()["roles"]
            assert made["id"] in [r["community_id"] for r in roles]
            listed = one_connection.get("/v1/communities", headers=headers).json()["items"]
            assert listed[0]["id"] == made["id"]
            assert "leave" in listed[0]["can"]


def test_what_others_did_shows_in_the_next_answer(one_connection, db):
    person = make.person(db)
    headers = {"Authorization": f"Bearer {make.token(db, person.id)}"}
    community = make.community(db)
    for _ in range(3):
        assert one_connection.get("/v1/me", headers=headers).json()["roles"] == []

    make.member(db, community, person)

    for _ in range(3):
        assert len(one_connection.get("/v1/me", headers=headers).json()["roles"]) == 1
