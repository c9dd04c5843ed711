"""Whatever somebody sends, the answer says what is wrong with it, and never what they sent."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from api.communities.models import Community
from tests import make
from tests.looking import count

JSON = {"Content-Type": "application/json"}
# A word that stands for something private; no answer may hold it.
CANARY = "canary-7b1"


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """Hold an answer to the shape every problem has, and give its body back."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"/problems/{kind}"
    assert body["status"] == status
    assert body["title"]
    assert body["request_id"] == answer.headers["x-request-id"]
    assert CANARY not in answer.text
    return body


@pytest.fixture
def client(acting, db):
    return acting(make.steward(db))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/nothing", "/v1/nothing", "/v1/communities/", "/v1", "//v1/me"])
def test_an_unknown_address_is_not_found(client, method, path):
    problem(client.request(method, path), 404, "not-found")


def test_a_wrong_method_names_all_that_work_there(client):
    answer = client.delete("/v1/communities")

    problem(answer, 405, "not-allowed-here")
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_a_head_is_a_get_without_its_body(client):
    got, head = client.get("/v1/communities"), client.head("/v1/communities")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(got.content))
    assert client.head(f"/v1/communities/{make.UNKNOWN}").status_code == 404


BROKEN = {
    "cut short": '{"name":',
    "no JSON at all": "name=Harbour",
    "not UTF-8": b'{"name":"\xff\xfe"}',
    "nested without end": "[" * 100_000,
    "nested deeply": '{"name":' + "[" * 5_000 + "]" * 5_000 + "}",
    "a number of five thousand digits": '{"member_limit":' + "9" * 5_000 + "}",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_body_that_cannot_be_read_is_malformed(client, body):
    problem(client.post("/v1/communities", content=body, headers=JSON), 400, "malformed")


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_only_json_is_taken(client, kind):
    headers = {"Content-Type": kind} if kind else {}

    answer = client.post("/v1/communities", content='{"name":"Harbour"}', headers=headers)

    problem(answer, 415, "not-json")


SENSELESS = {
    "unknown field": ({"name": "Harbour", "colour": CANARY}, "body/colour"),
    "unknown field inside": (
        {"name": "Harbour", "signposts": [{"label": "Line", "contact": "116", "x": CANARY}]},
        "body/signposts/0/x",
    ),
    "null for required": ({"name": None}, "body/name"),
    "missing": ({"purpose": CANARY}, "body/name"),
    "blank": ({"name": "   "}, "body/name"),
    "too long": ({"name": CANARY * 20}, "body/name"),
    "two lines": ({"name": f"{CANARY}\nHarbour"}, "body/name"),
    "NUL": ({"name": f"{CANARY}\0"}, "body/name"),
    "lone surrogate": ({"name": f"{CANARY}\ud800"}, "body/name"),
    "hidden direction": ({"name": f"{CANARY}\u202e"}, "body/name"),
    "NUL in a list": ({"name": "Harbour", "topics": ["a\0"]}, "body/topics/0"),
    "too many": ({"name": "Harbour", "topics": [f"t{n}" for n in range(21)]}, "body/topics"),
    "2^63": ({"name": "Harbour", "member_limit": 2**63}, "body/member_limit"),
    "negative": ({"name": "Harbour", "member_limit": -1}, "body/member_limit"),
    "half a person": ({"name": "Harbour", "member_limit": 1.5}, "body/member_limit"),
    "a number for text": ({"name": 7}, "body/name"),
    "wrong enum": ({"name": "Harbour", "kind": CANARY}, "body/kind"),
    "wrong id": ({"name": "Harbour", "parent_id": CANARY}, "body/parent_id"),
    "unknown id": ({"name": "Harbour", "parent_id": str(make.UNKNOWN)}, "body/parent_id"),
    "wrong zone": ({"name": "Harbour", "timezone": f"Europe/{CANARY}"}, "body/timezone"),
    "wrong day": ({"name": "Harbour", "founded_on": CANARY}, "body/founded_on"),
    "no such day": ({"name": "Harbour", "founded_on": "2026-02-30"}, "body/founded_on"),
    "a day to come": ({"name": "Harbour", "founded_on": "2099-01-01"}, "body/founded_on"),
    "wrong language": ({"name": "Harbour", "languages": [CANARY]}, "body/languages/0"),
    "a list": ([CANARY], "body"),
    "text": (CANARY, "body"),
    "null": (None, "body"),
}


@pytest.mark.parametrize(("body", "at"), SENSELESS.values(), ids=SENSELESS.keys())
def test_a_body_that_makes_no_sense_is_told_where(client, db, body, at):
    answer = client.post("/v1/communities", content=json.dumps(body), headers=JSON)

    found = problem(answer, 422, "invalid")
    assert at in [fault["at"] for fault in found["errors"]]
    assert all(fault["detail"] for fault in found["errors"])
    assert count(db, Community) == 0


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_must_be_one(client, number):
    body = f'{{"name":"Harbour","member_limit":{number}}}'

    found = problem(client.post("/v1/communities", content=body, headers=JSON), 422, "invalid")

    assert found["errors"][0]["at"] == "body/member_limit"


def test_the_name_of_an_unknown_field_is_cut_and_made_text(client):
    body = '{"name":"Harbour","' + "long" * 1_000 + '":1}'
    found = problem(client.post("/v1/communities", content=body, headers=JSON), 422, "invalid")
    assert len(found["errors"][0]["at"]) < 100

    odd = '{"name":"Harbour","signposts":[{"\\ud800":1}]}'
    problem(client.post("/v1/communities", content=odd, headers=JSON), 422, "invalid")


def test_an_empty_body_is_missing(client):
    found = problem(client.post("/v1/communities", headers=JSON), 422, "invalid")

    assert found["errors"] == [{"at": "body", "detail": "is missing"}]


QUERIES = {
    "limit=0": "query/limit",
    "limit=101": "query/limit",
    "limit=-1": "query/limit",
    "limit=ten": "query/limit",
    "limit=9223372036854775808": "query/limit",
    f"limt={CANARY}": "query/limt",
    f"parent_id={CANARY}": "query/parent_id",
    f"stage={CANARY}": "query/stage",
    "q=": "query/q",
    "q=%00": "query/q",
    f"q={CANARY * 20}": "query/q",
    "count=maybe": "query/count",
    f"changed_since={CANARY}": "query/changed_since",
    "changed_since=2026-01-01T00:00:00": "query/changed_since",
    "changed_since=0001-01-01T00:00:00%2B14:00": "query/changed_since",
    "changed_since=9999-12-31T23:59:59-14:00": "query/changed_since",
    "changed_since=1e300": "query/changed_since",
    "changed_since=99999999999999": "query/changed_since",
    f"cursor={'x' * 1001}": "query/cursor",
}


@pytest.mark.parametrize(("query", "at"), QUERIES.items(), ids=[q[:30] for q in QUERIES])
def test_a_query_that_makes_no_sense_is_told_where(client, query, at):
    found = problem(client.get(f"/v1/communities?{query}"), 422, "invalid")

    assert [fault["at"] for fault in found["errors"]] == [at]


@pytest.mark.parametrize("word", [CANARY, "%00", "%ff", "1", "'; DROP TABLE people; --"])
def test_an_address_with_a_wrong_id_is_told_where(client, word):
    found = problem(client.get(f"/v1/communities/{word}"), 422, "invalid")

    assert found["errors"] == [{"at": "path/community_id", "detail": "is not an identifier"}]


def test_a_body_that_says_it_is_too_large_is_refused_unread(client):
    answer = client.post("/v1/communities", content=b" " * 1_000_001, headers=JSON)

    problem(answer, 413, "too-large")


def test_a_body_that_does_not_say_how_large_it_is_is_counted(client):
    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    answer = client.post("/v1/communities", content=endless(), headers=JSON)

    problem(answer, 413, "too-large")


def test_what_a_constraint_refuses_late_is_a_conflict(client, db, monkeypatch):
    make.community(db, "Harbour")
    monkeypatch.setattr("api.communities.service._free_slug", lambda *_, **__: "harbour")

    problem(client.post("/v1/communities", json={"name": "Harbour"}), 409, "conflict")

    assert count(db, Community) == 1


def test_a_fault_of_ours_is_logged_and_tells_nothing(client, monkeypatch, logged):
    def fall(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("api.communities.queries.where", fall)

    body = problem(client.get("/v1/communities?q=trauma"), 500, "broken")

    assert "detail" not in body
    assert body["request_id"] in logged.getvalue()
    assert "RuntimeError" in logged.getvalue()
    assert "trauma" not in logged.getvalue()
    assert "trellis_pat_" not in logged.getvalue()


def test_a_fault_in_a_statement_is_ours_and_not_the_databases(client, logged, monkeypatch):
    spoilt = text("no_such_column = :word").bindparams(word=CANARY)
    monkeypatch.setattr("api.communities.queries.contains", lambda *_: spoilt)

    problem(client.get(f"/v1/communities?q={CANARY}"), 500, "broken")

    assert "no_such_column" in logged.getvalue()
    assert CANARY not in logged.getvalue()
