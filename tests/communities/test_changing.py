"""What a community says about itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from api.communities.models import Community
from api.core.actor import Role
from api.core.audit import AuditEntry
from tests import make
from tests.looking import look


def test_a_lead_changes_what_it_says(acting, db, lena, network, change):
    body = {
        "name": "Midlands and Wales",
        "purpose": "To share what helps.",
        "region": "Midlands",
        "visibility": "restricted",
        "topics": ["grief"],
        "member_limit": 40,
    }

    answer = change(lena, network, **body)

    assert answer.status_code == 200, answer.text
    assert answer.json().items() >= body.items()
    assert answer.json()["version"] == 2
    assert answer.json()["slug"] == "midlands-network", "links to it go on working"
    assert answer.json() == acting(lena).get(f"/v1/communities/{network.id}").json()
    assert change(lena, network, member_limit=None).json()["member_limit"] is None


@pytest.mark.parametrize("role", list(Role))
def test_only_who_governs_changes_it(acting, db, network, change, role):
    omar = make.person(db, "Omar")
    make.member(db, network, omar, role)
    beneath = make.community(db, "Beneath", parent=network, lead=make.person(db, "Other"))
    expected = 200 if role in (Role.LEAD, Role.COORDINATOR) else 403

    assert change(omar, network, region="Wales").status_code == expected
    assert change(omar, beneath, region="Wales").status_code == expected


def test_a_role_beneath_is_no_role_above(db, network, change):
    omar = make.person(db, "Omar")
    make.community(db, "Beneath", parent=network, lead=omar)

    assert change(omar, network, region="Wales").status_code == 403


def test_a_stage_is_decided_by_people_and_told(db, lena, network, change):
    change(lena, network, stage="maturing")
    change(lena, network, stage="maturing", region="Wales")

    verbs = look(db, select(AuditEntry.verb).where(AuditEntry.object_id == network.id))
    assert verbs.count("community.stage_changed") == 1
    assert verbs.count("community.changed") == 2


def test_fewer_places_than_members_make_no_sense(db, lena, network, change):
    for name in ("One", "Two"):
        make.member(db, network, make.person(db, name))

    answer = change(lena, network, member_limit=2)

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"at": "body/member_limit", "detail": "already has 3 members"}
    ]
    assert change(lena, network, member_limit=3).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": None},
        {"purpose": None},
        {"topics": None},
        {"visibility": "secret"},
        {"status": "archived"},
        {"member_count": 7},
        {"slug": "mine"},
        {"lineage": "/"},
        {"version": 1},
        {"purpose": "x" * 2001},
        {"signposts": [{"label": "Line"}]},
        {"languages": ["english please"]},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(db, lena, network, change, body):
    assert change(lena, network, **body).status_code == 422
    assert look(db, select(Community.version)) == [1]


def test_ground_rules_have_versions_that_are_kept(acting, db, lena, network):
    url = f"/v1/communities/{network.id}"
    client = acting(lena)
    assert client.get(f"{url}/ground-rules").json()["items"] == []

    for number in (1, 2, 3):
        answer = client.post(f"{url}/ground-rules", json={"rules": [f"Rule number {number}"]})
        assert answer.status_code == 201
        assert answer.json()["number"] == number

    listed = client.get(f"{url}/ground-rules?limit=2").json()
    assert [v["number"] for v in listed["items"]] == [3, 2]
    older = client.get(f"{url}/ground-rules?limit=2&cursor={listed['next']}").json()
    assert [v["rules"] for v in older["items"]] == [["Rule number 1"]]
    charter = client.get(f"{url}/charter").json()
    assert charter["ground_rules"] == ["Rule number 3"]
    assert charter["ground_rules_version"] == 3
    assert client.get(url).json()["ground_rules_version"] == 3


def test_ground_rules_are_written_by_who_governs_and_say_something(acting, db, lena, network):
    asha = make.person(db)
    make.member(db, network, asha)
    url = f"/v1/communities/{network.id}/ground-rules"

    assert acting(asha).post(url, json={"rules": ["Mine."]}).status_code == 403
    for wrong in ([], [""], ["x" * 301], ["ok rule"] * 21, None, "text"):
        assert acting(lena).post(url, json={"rules": wrong}).status_code == 422
    assert acting(asha).get(url).status_code == 200


def test_two_who_write_ground_rules_at_once_write_two_versions_or_one_is_told(
    acting, lena, network
):
    client = acting(lena)
    url = f"/v1/communities/{network.id}/ground-rules"
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda n: client.post(url, json={"rules": [f"Rule {n}"]}), range(4))
        )

    assert {a.status_code for a in answers} <= {201, 409, 412}
    numbers = [v["number"] for v in client.get(url).json()["items"]]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) == [a.status_code for a in answers].count(201)
