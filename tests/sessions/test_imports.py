"""Taking in a list of who came: all of it, or nothing, and twice is once."""

import csv
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from api.communities.models import Community
from api.core.actor import Role
from api.core.events import Outbox
from api.identity.models import Person
from api.memberships.models import Membership, Spell
from api.sessions.models import Attendance, Session
from tests import make
from tests.looking import count, look
from tests.make import sessions as made

DAVIS = Path(__file__).parents[1] / "data" / "davis_southern_women.csv"
# People who came to each of the fourteen events, as the study prints them.
SIZES = [3, 3, 6, 4, 8, 8, 10, 14, 12, 5, 4, 6, 3, 3]

NOBODY = "nobody here is called that; `add_people` would add them"


@pytest.fixture
def community(db, lena):
    return make.community(db, lead=lena, timezone="America/New_York", mode="in_person")


@pytest.fixture
def femi(db, community):
    """He facilitates, and so may load lists, but not look people up."""
    femi = make.person(db, "Femi")
    make.member(db, community, femi, Role.FACILITATOR)
    return femi


@pytest.fixture
def take_in(acting, lena, community):
    """`take_in(rows)` sends a list as the lead of the community."""

    def send(rows, by=lena, query="", **more):
        numbered = [{"line": n, **row} for n, row in enumerate(rows, start=2)]
        url = f"/v1/communities/{community.id}/attendance-imports{query}"
        return acting(by).post(url, json={"rows": numbered, **more})

    return send


def davis():
    with DAVIS.open() as file:
        return list(csv.DictReader(file))


def said(person="Asha", session="E1", date="2026-03-02", **more):
    return {"person": person, "session": session, "date": date, **more}


def test_the_southern_women_come_in_as_they_were_counted(acting, db, lena, community, take_in):
    answer = take_in(davis(), add_people=True)

    body = answer.json()
    assert answer.status_code == 200, answer.text
    assert (body["applied"], body["unchanged"]) == (89, 0)
    assert (body["people_added"], body["sessions_added"]) == (18, 14)
    listed, cursor = [], None
    while True:
        query = {"community_id": str(community.id), "limit": 100}
        page = acting(lena).get(
            "/v1/attendances", params=query | ({"cursor": cursor} if cursor else {})
        )
        listed += page.json()["items"]
        if not (cursor := page.json()["next"]):
            break
    sizes = Counter(row["session_id"] for row in listed)
    sessions = acting(lena).get("/v1/sessions?sort=soonest&limit=100").json()["items"]
    by_title = {s["title"]: sizes[s["id"]] for s in sessions}
    assert [by_title[f"E{n}"] for n in range(1, 15)] == SIZES
    assert {s["status"] for s in sessions} == {"held"}
    assert {row["source"] for row in listed} == {"import"}
    # Noon in New York, in the winter of 1936.
    first = next(s for s in sessions if s["title"] == "E2")
    assert first["starts_at"] == "1936-03-02T17:00:00Z"
    assert db.get_one(Community, community.id, populate_existing=True).member_count == 19


def test_the_same_list_again_changes_nothing(db, take_in):
    take_in(davis(), add_people=True)
    tables = (Person, Membership, Spell, Session, Attendance)
    before = [count(db, table) for table in tables]
    told = len(look(db, select(Outbox).where(Outbox.kind == "attendance.recorded")))

    again = take_in(davis(), add_people=True).json()

    assert (again["applied"], again["unchanged"]) == (0, 89)
    assert (again["people_added"], again["sessions_added"]) == (0, 0)
    assert {i["status"] for i in again["items"]} == {"unchanged"}
    assert [count(db, table) for table in tables] == before
    assert len(look(db, select(Outbox).where(Outbox.kind == "attendance.recorded"))) == told


def test_everybody_who_is_added_belongs_from_their_first_session_on(db, community, take_in):
    later, earlier = said(date="2026-03-02"), said(date="2025-05-05")
    take_in([later], add_people=True)
    take_in([later, earlier], add_people=True)

    asha = look(db, select(Person).where(Person.name == "Asha"))[0]
    membership = look(db, select(Membership).where(Membership.person_id == asha.id))[0]
    assert membership.joined_at == datetime(2025, 5, 5, 16, tzinfo=UTC)
    assert asha.email is None
    current = select(Spell).where(Spell.person_id == asha.id, col(Spell.replaced_at).is_(None))
    assert [s.began_at for s in look(db, current)] == [membership.joined_at]


def test_a_dry_run_answers_as_if_and_keeps_nothing(db, take_in):
    before = count(db, Person)

    tried = take_in(davis(), query="?dry_run=true", add_people=True).json()

    assert (tried["applied"], tried["people_added"], tried["dry_run"]) == (89, 18, True)
    assert count(db, Attendance) == count(db, Session) == 0
    assert count(db, Person) == before


def test_people_nobody_knows_are_refused_unless_they_are_to_be_added(db, take_in):
    refused = take_in(davis())

    assert refused.status_code == 422
    body = refused.json()
    assert body["detail"].startswith("89 things are wrong with the list. Nothing was stored.")
    assert "39 more" in body["detail"]
    assert len(body["errors"]) == 50
    assert body["errors"][0] == {
        "at": "line 2/person",
        "detail": NOBODY,
    }
    assert count(db, Attendance) == count(db, Session) == 0


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"person": ""}, "person"),
        ({"person": "x"}, "person"),
        ({"person": "x" * 130}, "person"),
        ({"person": "A\x00sha"}, "person"),
        ({"person": "As\nha"}, "person"),
        ({"person": "asha@"}, "person"),
        ({"person": "stranger@example.org"}, "person"),
        ({"session": " "}, "session"),
        ({"session": "x" * 200}, "session"),
        ({"date": ""}, "date"),
        ({"date": "02/03/2026"}, "date"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": "1899-12-31"}, "date"),
        ({"date": "9999-01-01"}, "date"),
        ({"date": (datetime.now(UTC) + timedelta(days=2)).date().isoformat()}, "date"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": "an hour"}, "minutes"),
        ({"minutes": 2**63}, "minutes"),
        ({"minutes": "99999999999999999999"[:20]}, "minutes"),
        ({"mode": "by post"}, "mode"),
    ],
)
def test_one_wrong_line_refuses_the_list_and_is_named(db, community, take_in, wrong, at):
    asha = make.person(db, "Asha")
    make.member(db, community, asha)

    refused = take_in([said(date="2026-03-01"), {**said(), **wrong}])

    assert refused.status_code == 422, refused.text
    assert [e["at"] for e in refused.json()["errors"]] == [f"line 3/{at}"]
    assert count(db, Attendance) == count(db, Session) == 0


def test_everything_wrong_is_named_in_the_order_of_the_list(db, community, take_in):
    make.member(db, community, make.person(db, "Asha"))

    refused = take_in([said(date="soon", minutes="x"), said("Ben"), said(), said()])

    assert [(e["at"], e["detail"]) for e in refused.json()["errors"]] == [
        ("line 2/date", "is not a day written as YYYY-MM-DD"),
        ("line 2/minutes", "Input should be a valid integer"),
        ("line 3/person", NOBODY),
        ("line 5/person", "is in line 4 with the same session"),
    ]


def test_people_are_found_by_address_or_by_name_however_it_is_written(db, community, take_in):
    asha = make.person(db, "Asha  Öztürk".replace("  ", " "), email="asha@example.org")
    make.member(db, community, asha)

    answer = take_in(
        [
            said("ASHA@example.org", "E1"),
            said("asha öztürk", "E2"),
            said(" Asha   ÖZTÜRK ", "E3"),
        ]
    )

    assert answer.status_code == 200, answer.text
    assert {a.person_id for a in look(db, select(Attendance))} == {asha.id}
    twice = take_in([said("asha@example.org"), said("Asha Öztürk")])
    assert twice.json()["errors"][0]["detail"] == "is in line 2 with the same session"


def test_a_name_that_could_be_two_people_is_refused(db, community, take_in):
    for email in ("one@example.org", "two@example.org"):
        make.member(db, community, make.person(db, "Sam Lee", email=email))

    refused = take_in([said("Sam Lee")], add_people=True)

    assert refused.json()["errors"] == [
        {"at": "line 2/person", "detail": "could be several people; use an e-mail address"}
    ]
    assert take_in([said("one@example.org")]).status_code == 200


def test_members_come_before_people_of_the_same_name_elsewhere(db, community, take_in):
    make.person(db, "Sam Lee")
    ours = make.person(db, "Sam Lee")
    make.member(db, community, ours)

    assert take_in([said("Sam Lee")]).status_code == 200
    assert look(db, select(Attendance))[0].person_id == ours.id


def test_somebody_from_elsewhere_is_a_guest_unless_members_are_made(db, community, take_in):
    guest = make.person(db, "Guest Here")

    first = take_in([said("Guest Here")])
    assert first.json()["people_added"] == 0
    assert count(db, Membership, Membership.person_id == guest.id) == 0

    take_in([said("Guest Here")], add_people=True)
    assert count(db, Membership, Membership.person_id == guest.id) == 1


def test_sessions_are_found_by_title_and_day_where_the_community_is(db, community, take_in):
    make.member(db, community, make.person(db, "Asha"))
    # Nine in the evening in New York is the next day in UTC.
    starts_at = datetime(2026, 3, 3, 2, tzinfo=UTC)
    known = made.held(db, community, "Peer circle", starts_in=starts_at - datetime.now(UTC))

    answer = take_in([said(session="PEER  circle", date="2026-03-02", minutes="45")])

    assert answer.json()["sessions_added"] == 0, answer.text
    [record] = look(db, select(Attendance))
    assert (record.session_id, record.minutes) == (known.id, 45)
    assert take_in([said(session="Peer circle", date="2026-03-03")]).json()["sessions_added"] == 1


def test_sessions_that_fit_badly_are_refused(acting, db, lena, community, take_in):
    make.member(db, community, make.person(db, "Asha"))
    day = datetime(2026, 3, 2, 15, tzinfo=UTC)
    for _ in range(2):
        made.held(db, community, "Twice", starts_in=day - datetime.now(UTC))
    made.held(db, community, "In the room", starts_in=day - datetime.now(UTC), mode="in_person")
    cancelled = made.session(db, community, "Off", starts_in=day - datetime.now(UTC))
    etag = acting(lena).get(f"/v1/sessions/{cancelled.id}").headers["etag"]
    acting(lena).delete(f"/v1/sessions/{cancelled.id}", headers={"If-Match": etag})

    refused = take_in(
        [said(session="Twice"), said(session="Off"), said(session="In the room", mode="online")]
    )

    assert [(e["at"], e["detail"]) for e in refused.json()["errors"]] == [
        ("line 2/session", "several sessions have this title on that day"),
        ("line 3/session", "was cancelled"),
        ("line 4/mode", "the session was in person"),
    ]


def test_the_ways_people_came_make_the_mode_of_a_new_session(db, community, take_in):
    for name in ("Asha", "Ben Li"):
        make.member(db, community, make.person(db, name))

    take_in(
        [
            said("Asha", "Both", mode="Online"),
            said("Ben Li", "Both", mode="in person"),
            said("Asha", "Far", mode="online"),
            said("Asha", "Unsaid"),
        ]
    )

    modes = {s.title: str(s.mode) for s in look(db, select(Session))}
    assert modes == {"Both": "hybrid", "Far": "online", "Unsaid": "in_person"}


def test_what_is_known_better_stays_and_what_contradicts_is_corrected(db, community, take_in):
    asha, ben = make.person(db, "Asha"), make.person(db, "Ben Li")
    for person in (asha, ben):
        make.member(db, community, person)
    day = datetime(2026, 3, 2, 15, tzinfo=UTC)
    session = made.held(db, community, "E1", starts_in=day - datetime.now(UTC))
    made.came(db, session, asha, status="partial", minutes=30)
    made.came(db, session, ben, status="no_show")

    answer = take_in([said("Asha"), said("Ben Li")]).json()

    assert [i["status"] for i in answer["items"]] == ["unchanged", "updated"]
    current = look(db, select(Attendance).where(col(Attendance.replaced_at).is_(None)))
    assert {a.person_id: str(a.status) for a in current} == {asha.id: "partial", ben.id: "attended"}


def test_who_may_take_a_list_in(acting, db, lena, community, take_in):
    femi, asha = make.person(db, "Femi"), make.person(db, "Asha")
    make.member(db, community, femi, Role.FACILITATOR)
    make.member(db, community, asha)

    assert take_in([said()], by=asha).status_code == 403
    assert take_in([said()], by=femi).status_code == 200
    assert take_in([said("New Person")], by=femi, add_people=True).status_code == 403
    acting(lena).post(f"/v1/communities/{community.id}/archive", json={})
    assert take_in([said()]).status_code == 409


def test_a_list_needs_the_scope_of_attendances(acting, lena, community):
    url = f"/v1/communities/{community.id}/attendance-imports"
    rows = {"rows": [{"line": 2, **said("Lena")}]}

    assert acting(lena, ["sessions:write"]).post(url, json=rows).status_code == 403
    assert acting(lena, ["attendances:write"]).post(url, json=rows).status_code == 200


def test_a_full_community_takes_nobody_in_silently(acting, db, lena):
    small = make.community(db, "Small", lead=lena, member_limit=2)
    rows = [{"line": n, **said(f"Person {n}")} for n in range(2, 5)]
    url = f"/v1/communities/{small.id}/attendance-imports"

    refused = acting(lena).post(url, json={"rows": rows, "add_people": True})

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/too-few-places"
    assert count(db, Attendance) == 0


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body/rows"),
        ({"rows": []}, "body/rows"),
        ({"rows": None}, "body/rows"),
        ({"rows": [{"line": 2, "person": "Asha", "session": "E1"}]}, "body/rows/0/date"),
        ({"rows": [{**said(), "line": 2, "colour": "x"}]}, "body/rows/0/colour"),
        ({"rows": [{**said(), "line": 0}]}, "body/rows/0/line"),
        ({"rows": [{**said(), "line": 2, "person": 7}]}, "body/rows/0/person"),
        ({"rows": [{**said(), "line": 2}], "timezone": "Mars"}, "body/timezone"),
        ({"rows": [{**said(), "line": 2}], "add_people": None}, "body/add_people"),
        ({"rows": [{**said(), "line": 2}] * 20_001}, "body/rows"),
    ],
)
def test_a_body_that_is_no_list_is_refused(acting, lena, community, body, at):
    refused = acting(lena).post(f"/v1/communities/{community.id}/attendance-imports", json=body)

    assert refused.status_code == 422
    assert at in [e["at"] for e in refused.json()["errors"]]


def test_a_list_may_be_larger_than_other_bodies_but_not_without_end(acting, db, lena, community):
    url = f"/v1/communities/{community.id}/attendance-imports"
    two_megabytes = {"rows": [{**said("x" * 300), "line": 2}] * 6_000}
    six_megabytes = json.dumps({"rows": [{**said("x" * 300), "line": 2}] * 18_000})

    assert acting(lena).post(url, json=two_megabytes).status_code == 422
    too_large = acting(lena).post(
        url, content=six_megabytes, headers={"Content-Type": "application/json"}
    )
    assert too_large.status_code == 413


def test_the_same_list_twice_at_once_adds_everybody_once(acting, db, lena, community):
    acting(lena).get("/v1/sessions")
    url = f"/v1/communities/{community.id}/attendance-imports"
    body = {"rows": [{"line": n, **row} for n, row in enumerate(davis())], "add_people": True}
    body["rows"][0]["line"] = 90
    clients = [acting(lena) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda c: c.post(url, json=body), clients))

    assert [a.status_code for a in answers] == [200] * 4
    assert sorted(a.json()["applied"] for a in answers) == [0, 0, 0, 89]
    assert (count(db, Session), count(db, Attendance)) == (14, 89)


def test_an_address_nobody_has_adds_somebody_with_it(db, take_in):
    answer = take_in([said("Noor.Khan@Harbour.example")], add_people=True)

    assert answer.json()["people_added"] == 1
    [noor] = look(db, select(Person).where(Person.email == "noor.khan@harbour.example"))
    assert noor.name == "Noor Khan"


def test_a_list_is_no_way_to_ask_who_is_known(db, community, femi, take_in):
    """Who may not look people up names members, and of everybody else hears that nobody is."""
    make.person(db, "Bo Far", email="bo@far.example")
    member = make.person(db, "Asha", email="asha@harbour.example")
    make.member(db, community, member)

    for stranger in ("bo@far.example", "Bo Far", "nobody@far.example"):
        [error] = take_in([said(stranger)], by=femi).json()["errors"]
        assert error["detail"] == NOBODY
    assert take_in([said("asha@harbour.example")], by=femi).status_code == 200


def test_adding_people_needs_the_scopes_for_it(acting, db, lena, community):
    url = f"/v1/communities/{community.id}/attendance-imports"
    body = {"rows": [{"line": 2, **said("New Person")}], "add_people": True}
    narrow = acting(lena, ["attendances:write"])
    wide = acting(lena, ["attendances:write", "people:provision", "memberships:write"])

    assert narrow.post(url, json=body).status_code == 403
    assert count(db, Person, Person.name == "New Person") == 0
    assert wide.post(url, json=body).status_code == 200
