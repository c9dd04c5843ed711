from api.core.actor import Role
from tests import make
from tests.memberships.moves import (
    change,
    count,
    end,
    join,
    joined,
    read,
    spells,
)


def test_a_member_takes_a_break_and_comes_back(acting, db, hub, asha):
    made = joined(acting(asha), hub)

    paused = change(acting(asha), made["id"], state="paused")
    assert paused.json()["state"] == "paused"
    assert paused.json()["can"] == ["resume", "leave"]
    assert count(db, hub) == 1

    resumed = change(acting(asha), made["id"], state="active")
    assert resumed.json()["state"] == "active"
    assert resumed.json()["joined_at"] == made["joined_at"]
    assert count(db, hub) == 2
    times = spells(db, made["id"])
    assert [s.ended_at is None for s in times] == [False, True]
    assert times[0].ended_at <= times[1].began_at


def test_a_member_leaves_and_what_was_stays_known(acting, db, hub, asha):
    made = joined(acting(asha), hub)

    assert end(acting(asha), made["id"]).status_code == 204

    left = read(acting(asha), made["id"])
    assert (left["state"], left["can"]) == ("ended", [])
    assert left["ended_at"] >= left["joined_at"]
    assert [s.ended_at is None for s in spells(db, made["id"])] == [False]
    assert count(db, hub) == 1


def test_a_lead_removes_somebody_and_says_why(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)

    assert end(acting(lena), made["id"], reason="Left the service.").status_code == 204

    told = read(acting(asha), made["id"])
    assert (told["state"], told["reason"]) == ("removed", "Left the service.")
    assert count(db, hub) == 1


def test_removal_takes_effect_with_the_next_request(acting, db, hub, lena, asha):
    bram = make.person(db, "Bram")
    joined(acting(bram), hub)
    made = joined(acting(lena), hub, person_id=str(asha.id), role="facilitator")
    path = f"/v1/communities/{hub.id}/memberships"
    assert acting(asha).get(path).status_code == 200

    end(acting(lena), made["id"])

    assert acting(asha).get(path).status_code == 403
    assert join(acting(asha), hub, person_id=str(bram.id)).status_code == 403


def test_members_neither_change_nor_remove_each_other(acting, db, hub, asha):
    bram = make.person(db, "Bram")
    made = joined(acting(bram), hub)
    joined(acting(asha), hub)

    answers = [
        end(acting(asha), made["id"]),
        change(acting(asha), made["id"], state="paused"),
        change(acting(asha), made["id"], role="lead"),
        change(acting(asha), made["id"], joined_at="2026-01-01T00:00:00Z"),
    ]

    assert [a.status_code for a in answers] == [403] * 4


def test_facilitators_open_the_door_but_show_nobody_out(acting, db, hub, asha):
    fay = make.person(db, "Fay")
    make.member(db, hub, fay, Role.FACILITATOR)
    made = joined(acting(asha), hub)

    assert end(acting(fay), made["id"]).status_code == 403
    assert change(acting(fay), made["id"], state="paused").status_code == 403
    assert change(acting(fay), made["id"], role="observer").status_code == 403
    assert read(acting(fay), made["id"])["can"] == []


def test_an_illegal_move_is_refused_naming_the_legal_ones(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)

    for state in ("invited", "requested", "waitlisted", "declined", "active"):
        refused = change(acting(lena), made["id"], state=state)
        assert refused.status_code == 409
        assert refused.json()["type"] == "/problems/illegal-move"
        assert refused.json()["legal"] == ["paused", "ended", "removed"]
    end(acting(asha), made["id"])

    assert change(acting(lena), made["id"], state="active").json()["legal"] == []
    assert end(acting(lena), made["id"]).json()["legal"] == []
    assert change(acting(lena), made["id"], role="lead").json()["legal"] == []


def test_a_change_made_from_an_older_version_is_refused(acting, hub, lena, asha):
    made = joined(acting(asha), hub)
    path = f"/v1/memberships/{made['id']}"
    old = acting(lena).get(path).headers["etag"]
    change(acting(lena), made["id"], role="observer")

    stale = acting(lena).patch(path, json={"role": "sponsor"}, headers={"If-Match": old})
    stale_end = acting(lena).delete(path, headers={"If-Match": old})
    blind = acting(lena).patch(path, json={"role": "sponsor"})
    blind_end = acting(lena).delete(path)

    assert [stale.status_code, stale_end.status_code] == [412, 412]
    assert [blind.status_code, blind_end.status_code] == [428, 428]
    assert read(acting(lena), made["id"])["role"] == "observer"


def test_a_change_that_changes_nothing_makes_no_new_version(acting, hub, lena, asha):
    made = joined(acting(asha), hub)

    same = change(acting(lena), made["id"], role="member", joined_at=made["joined_at"])

    assert same.status_code == 200, same.text
    assert same.json()["version"] == made["version"]
    assert same.json()["changed_at"] == made["changed_at"]
