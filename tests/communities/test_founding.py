"""Founding communities."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from api.communities.models import Community, Lineage
from api.core.actor import Role
from api.core.audit import AuditEntry
from api.core.clock import now
from tests import make
from tests.looking import count, look


def found(client, **body):
    return client.post("/v1/communities", json={"name": "Peer support workers", **body})


def test_a_steward_founds_a_network_and_leads_it(acting, db, sunita):
    made = found(acting(sunita), name="Midlands Network")

    assert made.status_code == 201, made.text
    body = made.json()
    assert body["slug"] == "midlands-network"
    assert (body["depth"], body["parent_id"], body["member_count"]) == (1, None, 1)
    assert (body["status"], body["stage"], body["my_state"]) == ("active", "potential", "active")
    assert body["founded_on"] == str(now().date())
    assert made.headers["etag"].startswith(f'"{body["version"]}-')
    [held] = acting(sunita).get("/v1/me").json()["roles"]
    assert held.items() >= {"community_id": body["id"], "role": "lead"}.items()


def test_what_a_founder_says_is_kept(acting, sunita):
    said = {
        "kind": "working_group",
        "purpose": "To share what helps.",
        "domain": "Peer support",
        "practice": "Case talks",
        "audience": "Peer workers",
        "region": "Wales",
        "visibility": "restricted",
        "join_policy": "on_request",
        "stage": "maturing",
        "timezone": "Europe/Berlin",
        "cadence": "weekly",
        "mode": "online",
        "languages": ["cy", "en"],
        "member_limit": 40,
        "founded_on": "2019-05-01",
    }
    more = {
        "topics": ["Grief", "grief", "Trauma"],
        "signposts": [{"label": "Helpline", "contact": "116 123"}],
        "ground_rules": ["Listen first.", "What is said here stays here."],
    }

    body = found(acting(sunita), **said, **more).json()

    assert body.items() >= said.items()
    assert body["topics"] == ["grief", "Trauma"]
    assert body["ground_rules_version"] == 1
    charter = acting(sunita).get(f"/v1/communities/{body['id']}/charter").json()
    assert charter["ground_rules"] == more["ground_rules"]
    assert charter["signposts"] == more["signposts"]
    assert "not a support group" in charter["statement"]


def test_a_member_founds_nothing(acting, db, network):
    asha = make.person(db)
    make.member(db, network, asha)

    assert found(acting(asha)).status_code == 403
    assert found(acting(asha), parent_id=str(network.id)).status_code == 403
    assert count(db, Community) == 1


def test_who_leads_an_umbrella_founds_beneath_it_at_any_depth(acting, db, lena, network):
    parent = network.id
    for depth in (2, 3, 4):
        made = found(acting(lena), name=f"Level {depth}", parent_id=str(parent))
        assert made.status_code == 201
        assert made.json()["depth"] == depth
        assert made.json()["parent_id"] == str(parent)
        parent = made.json()["id"]

    too_deep = found(acting(lena), name="Level 5", parent_id=str(parent))

    assert too_deep.status_code == 409
    assert too_deep.json()["type"] == "/problems/too-deep"


@pytest.mark.parametrize("role", [Role.LEAD, Role.COORDINATOR])
def test_who_governs_founds(acting, db, network, role):
    omar = make.person(db, "Omar")
    make.member(db, network, omar, role)

    assert found(acting(omar), parent_id=str(network.id)).status_code == 201


@pytest.mark.parametrize(
    "role", [Role.FACILITATOR, Role.SPONSOR, Role.ANALYST, Role.MEMBER, Role.OBSERVER]
)
def test_who_does_not_govern_founds_nothing(acting, db, network, role):
    omar = make.person(db, "Omar")
    make.member(db, network, omar, role)

    assert found(acting(omar), parent_id=str(network.id)).status_code == 403


def test_nothing_is_founded_beneath_what_nobody_may_see_or_what_sleeps(acting, db, lena, network):
    secret = make.community(db, "Secret", visibility="confidential")

    hidden = found(acting(lena), parent_id=str(secret.id))
    random = found(acting(lena), parent_id=str(make.UNKNOWN))
    acting(lena).post(f"/v1/communities/{network.id}/archive", json={})
    sleeping = found(acting(lena), parent_id=str(network.id))

    assert hidden.status_code == random.status_code == 422
    assert hidden.json()["errors"] == random.json()["errors"]
    assert sleeping.status_code == 409
    assert sleeping.json()["type"] == "/problems/archived"


def test_names_may_repeat_and_addresses_do_not(acting, db, sunita):
    slugs = [
        found(acting(sunita), name=n).json()["slug"] for n in ("Café", "cafe", "CAFÉ!", "日本")
    ]

    assert slugs == ["cafe", "cafe-2", "cafe-3", "community"]


def test_many_founded_at_once_get_addresses_of_their_own(acting, db, sunita):
    client = acting(sunita)

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: found(client, name="Café"), range(8)))

    assert {m.status_code for m in made} == {201}
    assert len({m.json()["slug"] for m in made}) == 8


def test_the_address_of_another_never_tells_that_a_confidential_one_exists(acting, db, sunita):
    make.community(db, "Whistle", visibility="confidential")

    made = found(acting(sunita), name="Whistle").json()

    assert made["slug"] == "whistle"


def test_the_ledger_knows_where_it_stood_from_the_first_day(acting, db, sunita):
    before = now()
    made = found(acting(sunita)).json()

    [entry] = look(db, select(Lineage))

    assert entry.lineage == f"{made['id']}/"
    assert entry.recorded_at >= before
    assert entry.replaced_at is None


def test_founding_is_written_down_with_its_consequences(acting, db, sunita):
    answer = found(acting(sunita), ground_rules=["Listen first."])

    rows = look(db, select(AuditEntry).where(AuditEntry.verb != "token.made"))
    assert [r.verb for r in rows] == [
        "community.founded",
        "membership.activated",
        "ground_rules.written",
    ]
    assert {r.request_id for r in rows} == {answer.headers["x-request-id"]}
    assert {r.actor_id for r in rows} == {sunita.id}
    assert {str(r.community_id) for r in rows} == {answer.json()["id"]}
