"""The network over HTTP: leads see who met whom, everybody else what adds up."""

import pytest
from sqlmodel import select

from api.core.actor import Role
from api.core.audit import AuditEntry
from api.engagement.metrics import answering
from api.sessions.models import AttendanceStatus, SessionStatus
from tests import make
from tests.engagement.asking import MARCH
from tests.make import past


@pytest.fixture
def met(db, community):
    """Asha and Femi met twice, Mo joined them once, and Zoë never came."""
    home = make.organisation(db)
    asha = make.person(db, "Asha", organisation_id=home.id, team="North")
    femi, mo, zoe = (make.person(db, name) for name in ("Femi", "Mo", "Zoë"))
    for person in (asha, femi, mo, zoe):
        past.spell(db, community, person, "2026-01-05")
    for day in ("2026-03-03", "2026-03-10"):
        held = past.session(db, community, day)
        past.attendance(db, held, asha, femi)
    past.attendance(db, held, mo, status=AttendanceStatus.PARTIAL)
    past.attendance(db, held, zoe, status=AttendanceStatus.NO_SHOW)
    return asha, femi, mo, zoe


def network(client, community, **asked):
    answer = client.get(f"/v1/communities/{community.id}/network", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_lead_sees_who_met_whom(acting, lena, community, met):
    asha, femi, *_ = met

    seen = network(acting(lena), community, **MARCH)

    nodes = {node["name"]: node for node in seen["nodes"]}
    assert {name: node["degree"] for name, node in nodes.items()} == {
        "Asha": 1, "Femi": 1, "Mo": 0, "Zoë": 0,
    }  # fmt: skip
    assert nodes["Asha"]["team"] == "North"
    assert nodes["Asha"]["organisation_id"] == str(asha.organisation_id)
    [tie] = seen["ties"]
    assert {tie["person_id"], tie["other_id"]} == {str(asha.id), str(femi.id)}
    assert (tie["shared"], tie["weight"]) == (2, 1.5)
    assert seen["rule"] == {"tie_min_shared": 2, "tie_max_size": 30, "group_by": "organisation"}
    density = seen["aggregates"][0]
    assert (density["metric_id"], density["numerator"], density["denominator"]) == (
        "network_density", 1, 6,
    )  # fmt: skip


def test_where_nobody_met_a_lead_sees_people_without_ties(acting, lena, community, met):
    seen = network(acting(lena), community, **{"from": "2026-02-01", "to": "2026-03-01"})

    assert {node["name"] for node in seen["nodes"]} == {"Asha", "Femi", "Mo", "Zoë"}
    assert seen["ties"] == []


def test_the_rule_decides_who_is_tied(acting, lena, community, met):
    loose = network(acting(lena), community, tie_min_shared=1, **MARCH)
    small = network(acting(lena), community, tie_min_shared=1, tie_max_size=2, **MARCH)

    assert len(loose["ties"]) == 3
    assert [tie["shared"] for tie in small["ties"]] == [1]


def test_guests_fill_a_room_but_are_tied_to_nobody(acting, db, lena, community, met):
    guest = make.person(db, "Guest", counted=False)
    past.spell(db, community, guest, "2026-01-05")
    held = past.session(db, community, "2026-03-20")
    past.attendance(db, held, *met, guest)
    off = past.session(db, community, "2026-03-21", status=SessionStatus.CANCELLED)
    past.attendance(db, off, *met)

    seen = network(acting(lena), community, tie_min_shared=1, tie_max_size=4, **MARCH)

    assert len(seen["nodes"]) == 4
    assert len(seen["ties"]) == 3


def test_members_and_analysts_see_no_people(acting, db, lena, community, met):
    ana, flo = make.person(db, "Ana"), make.person(db, "Flo")
    make.member(db, community, ana, Role.ANALYST)
    make.member(db, community, flo, Role.FACILITATOR)
    make.member(db, community, met[0])

    for person, profile in ((ana, "exact"), (flo, "nhs8"), (met[0], "nhs8")):
        seen = network(acting(person), community, **MARCH)
        assert (seen["nodes"], seen["ties"], seen["profile"]) == (None, None, profile)
        assert [v["metric_id"] for v in seen["aggregates"]] == [
            "network_density",
            "cross_team_ties",
        ]
    assert seen["aggregates"][0]["suppressed"] is True


def test_outsiders_see_nothing(acting, db, community):
    mo = make.person(db, "Mo")
    hidden = make.community(db, "Hidden", visibility="confidential")

    assert acting(mo).get(f"/v1/communities/{community.id}/network").status_code == 403
    assert acting(mo).get(f"/v1/communities/{hidden.id}/network").status_code == 404


def test_an_umbrella_has_one_network(acting, db, lena, community, met):
    child = make.community(db, "Child", lead=lena, parent=community)
    asha, _, mo, _ = met
    for day in ("2026-03-05", "2026-03-12"):
        past.attendance(db, past.session(db, child, day), asha, mo)

    alone = network(acting(lena), community, **MARCH)
    both = network(acting(lena), community, include="descendants", **MARCH)

    assert len(alone["ties"]) == 1
    assert sorted(tie["shared"] for tie in both["ties"]) == [2, 3]
    assert len(both["nodes"]) == 4


def test_the_network_can_be_had_as_it_was_known(acting, db, lena, community, met):
    _, femi, mo, _ = met
    late = past.session(db, community, "2026-03-17", recorded="2026-03-17")
    past.attendance(db, late, femi, mo, recorded="2026-05-01")

    then = network(acting(lena), community, as_of="2026-04-01", **MARCH)
    today = network(acting(lena), community, **MARCH)

    assert len(then["ties"]) == 1
    assert len(today["ties"]) == 2


def test_a_network_too_large_to_draw_says_so(acting, lena, community, met, monkeypatch):
    monkeypatch.setattr(answering, "MOST_TIES", 2)
    path = f"/v1/communities/{community.id}/network"

    answer = acting(lena).get(path, params={"tie_min_shared": 1, **MARCH})

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/network-too-large"


def test_looking_at_people_leaves_a_trace(acting, db, lena, community, met):
    network(acting(lena), community, **MARCH)

    db.rollback()
    verbs = db.exec(select(AuditEntry).where(AuditEntry.verb == "metric.read_exactly")).all()
    assert [(v.actor_id, v.object_id) for v in verbs] == [(lena.id, community.id)]
