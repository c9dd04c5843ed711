"""A list stays right while it grows, and its cursor cannot be bent."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from api.core.pages import BadCursor, Cursors, PageQuery, scope_of
from api.core.secrets import Secret
from tests import make

KEY = b"k" * 32


def walk(client, url):
    """Every item of a list, page by page."""
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield from page["items"]
        link = answer.headers.get("link", "")
        assert bool(link) == bool(page["next"])
        url = link.partition(">")[0].removeprefix("<") or None


@pytest.fixture
def people(db):
    return [make.person(db, f"Person {n:02}") for n in range(23)]


def test_a_list_is_walked_to_its_end_without_a_gap_or_a_repeat(acting, db, people):
    client = acting(make.steward(db))

    walked = [p["id"] for p in walk(client, "/v1/people?limit=4")]

    assert walked == sorted(walked, reverse=True)
    assert len(walked) == len(set(walked)) == 24
    assert client.get("/v1/people?limit=24").json()["next"] is None
    assert client.get("/v1/people?limit=23").json()["next"]


def test_what_is_added_or_leaves_meanwhile_disturbs_nobody(acting, db, people):
    client = acting(make.steward(db))
    first = client.get("/v1/people?limit=10").json()
    make.person(db, "Newcomer")

    rest = client.get(f"/v1/people?limit=100&cursor={first['next']}").json()["items"]

    names = [p["name"] for p in first["items"] + rest]
    assert len(names) == len(set(names)) == 24
    assert "Newcomer" not in names


def test_a_cursor_belongs_to_one_list_and_its_filters(acting, db, people):
    client = acting(make.steward(db))
    cursor = client.get("/v1/people?limit=4&q=person").json()["next"]

    for other in (
        f"/v1/people?cursor={cursor}",
        f"/v1/people?q=pers&cursor={cursor}",
        f"/v1/organisations?cursor={cursor}",
        f"/v1/communities?cursor={cursor}",
    ):
        answer = client.get(other)
        assert answer.status_code == 422
        assert answer.json()["type"] == "/problems/bad-cursor"

    assert client.get(f"/v1/people?limit=9&q=person&cursor={cursor}").status_code == 200, (
        "a page may have another size"
    )


def test_a_cursor_that_was_bent_is_refused(acting, db, people):
    client = acting(make.steward(db))
    cursor = client.get("/v1/people?limit=4").json()["next"]
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-3] ^= 1
    bent = base64.urlsafe_b64encode(raw).decode().rstrip("=")

    for wrong in (bent, cursor[:-1], cursor + "A", cursor + "!", "=", "%F0%9F%8C%BF", "nonsense"):
        answer = client.get(f"/v1/people?cursor={wrong}")
        assert answer.status_code == 422, wrong
        assert wrong not in answer.text or len(wrong) < 3


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_only_what_was_written_is_read(wrong, place):
    cursors = Cursors(KEY)

    assert cursors.read("people?", cursors.write("people?", *place)) == place
    with pytest.raises(BadCursor):
        cursors.read("people?", wrong)
    with pytest.raises(BadCursor):
        Cursors(b"other").read("people?", cursors.write("people?", *place))


def test_the_scope_of_a_list_names_its_filters_and_not_its_page():
    assert scope_of("people", PageQuery(limit=3, cursor="x")) == "people?"


def test_without_a_key_of_its_own_a_deployment_writes_no_cursors(acting, db, people):
    """Such as one whose tables were made by hand."""
    client = acting(make.steward(db))
    db.execute(delete(Secret))
    db.commit()

    assert client.get("/v1/people?limit=4").status_code == 503
    assert client.get("/v1/people?limit=100").status_code == 200
