"""A POST that is repeated with its key happens once, and answers the same."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from api.communities import service
from api.communities.models import Community
from api.core.clock import now
from api.core.idempotency import KeptAnswer, forget_old_answers
from tests import make
from tests.looking import count

HARBOUR = {"name": "Harbour"}


def key(word: str) -> dict[str, str]:
    return {"Idempotency-Key": word}


def communities(db) -> int:
    return count(db, Community)


@pytest.fixture
def sunita(db):
    return make.steward(db)


def test_the_same_request_is_done_once_and_answered_byte_for_byte(acting, db, sunita):
    first = acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))
    again = acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["content-type"] == first.headers["content-type"]
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert communities(db) == 1


def test_another_request_under_the_same_key_is_refused(acting, db, sunita):
    acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))

    other = acting(sunita).post("/v1/communities", json={"name": "Lane"}, headers=key("one"))

    assert other.status_code == 422
    assert other.json()["type"] == "/problems/key-reused"
    assert communities(db) == 1


def test_a_refused_request_leaves_its_key_free(acting, db, sunita):
    wrong = {"name": "Harbour", "parent_id": str(make.UNKNOWN)}
    assert acting(sunita).post("/v1/communities", json=wrong, headers=key("one")).status_code == 422

    answer = acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))

    assert answer.status_code == 201


def test_a_request_that_broke_leaves_its_key_free(acting, db, sunita, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(service, "write_ground_rules", lambda *_, **__: 1 / 0)
        body = {**HARBOUR, "ground_rules": ["Listen first."]}
        answer = acting(sunita).post("/v1/communities", json=body, headers=key("one"))
        assert answer.status_code == 500
    assert communities(db) == 0

    assert (
        acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one")).status_code == 201
    )


def test_a_key_means_nothing_to_another_caller_or_at_another_address(acting, db, sunita):
    other = make.steward(db, "Omar")
    made = acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one")).json()

    theirs = acting(other).post("/v1/communities", json=HARBOUR, headers=key("one"))
    elsewhere = acting(sunita).post(
        f"/v1/communities/{made['id']}/archive", json={}, headers=key("one")
    )

    assert theirs.json()["id"] != made["id"]
    assert elsewhere.status_code == 200
    assert elsewhere.json()["status"] == "archived"


def test_the_query_belongs_to_the_request(acting, db, sunita):
    acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))

    other = acting(sunita).post("/v1/communities?mode=other", json=HARBOUR, headers=key("one"))

    assert other.status_code == 422


def test_a_key_is_forgotten_after_a_day(acting, db, sunita):
    acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))
    db.execute(update(KeptAnswer).values(created_at=now() - timedelta(hours=24, seconds=1)))
    db.commit()

    acting(sunita).post("/v1/communities", json=HARBOUR, headers=key("one"))
    assert communities(db) == 2

    db.execute(update(KeptAnswer).values(created_at=now() - timedelta(hours=25)))
    forget_old_answers(db, {})
    db.commit()
    assert count(db, KeptAnswer) == 0


@pytest.mark.parametrize("word", ["", "x" * 201, "sch\u00f6n", "tab\there"])
def test_a_key_is_a_word_of_sensible_length(acting, sunita, word):
    answer = acting(sunita).post(
        "/v1/communities", json=HARBOUR, headers={"Idempotency-Key": word.encode("latin-1")}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "header/idempotency-key"


def test_what_stands_in_the_way_of_a_secret_is_not_kept(acting, db, sunita):
    first = acting(sunita).post("/v1/me/tokens", json={"name": "Export"}, headers=key("one"))
    again = acting(sunita).post("/v1/me/tokens", json={"name": "Export"}, headers=key("one"))

    assert first.json()["token"] != again.json()["token"]
    assert count(db, KeptAnswer) == 0


def test_twenty_at_once_found_one_community(acting, db, sunita):
    client = acting(sunita)

    def post(_: int) -> tuple[int, bytes]:
        answer = client.post("/v1/communities", json=HARBOUR, headers=key("one"))
        return answer.status_code, answer.content

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(post, range(20)))

    assert {status for status, _ in answers} <= {201, 409}
    assert len({body for status, body in answers if status == 201}) == 1
    assert communities(db) == 1


def test_a_request_still_under_way_is_a_conflict(acting, db, sunita, monkeypatch, on_postgresql):
    entered, leave = threading.Event(), threading.Event()
    found = service.found

    def slow(*args):
        entered.set()
        leave.wait(10)
        return found(*args)

    monkeypatch.setattr(service, "found", slow)
    client = acting(sunita)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(client.post, "/v1/communities", json=HARBOUR, headers=key("one"))
        assert entered.wait(10)
        second = pool.submit(client.post, "/v1/communities", json=HARBOUR, headers=key("one"))
        if on_postgresql:
            assert second.result(10).status_code == 409
            assert second.result().json()["type"] == "/problems/in-flight"
        leave.set()

    assert first.result().status_code == 201
    if not on_postgresql:
        # Writers wait their turn on SQLite, and then the answer is there.
        assert second.result().content == first.result().content
    assert communities(db) == 1
