from datetime import timedelta

import pytest

from api.core.actor import Role
from api.core.clock import now
from tests import make
from tests.make.past import at
from tests.memberships.moves import (
    change,
    count,
    end,
    every_spell,
    join,
    joined,
    membership_of,
    read,
    spells,
)


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def asha(db):
    return make.person(db, "Asha")


@pytest.fixture
def hub(db, lena):
    return make.community(db, "CYP Hub", lead=lena)


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


def test_leads_give_roles_and_the_spells_follow(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)

    given = change(acting(lena), made["id"], role="facilitator")

    assert given.json()["role"] == "facilitator"
    times = spells(db, made["id"])
    assert [s.role for s in times] == [Role.MEMBER, Role.FACILITATOR]
    assert times[0].ended_at == times[1].began_at
    assert count(db, hub) == 2


@pytest.mark.parametrize("role", [Role.MEMBER, Role.FACILITATOR, Role.SPONSOR, Role.COORDINATOR])
def test_nobody_promotes_themself(acting, db, hub, asha, role):
    made = make.member(db, hub, asha, role)

    refused = change(acting(asha), made.id, role="lead")

    assert refused.status_code == 403
    assert membership_of(db, hub, asha.id).role == role


def test_whoever_leads_may_step_down_while_another_leads(acting, db, hub, asha):
    made = make.member(db, hub, asha, Role.LEAD)

    stepped = change(acting(asha), made.id, role="member")

    assert stepped.json()["role"] == "member"
    assert "change_role" not in stepped.json()["can"], "the answer knows what is left"


def test_a_lead_of_the_umbrella_takes_the_lead_beneath_it(acting, db):
    petra, lena = make.person(db, "Petra"), make.person(db, "Lena")
    network = make.community(db, "Midlands Network", lead=petra)
    make.member(db, network, lena, Role.COORDINATOR)
    hub = make.community(db, "CYP Hub", lead=lena, parent=network)
    own = joined(acting(petra), hub)

    assert change(acting(petra), own["id"], role="lead").json()["role"] == "lead"


def test_roles_over_a_community_hold_beneath_it_and_never_above(acting, db, asha):
    petra = make.person(db, "Petra")
    network = make.community(db, "Midlands Network", lead=petra)
    hub = make.community(db, "CYP Hub", lead=make.person(db, "Lena"), parent=network)
    deep = joined(acting(asha), hub)
    wide = make.member(db, network, asha)
    hub_lead = make.person(db, "Hal")
    make.member(db, hub, hub_lead, Role.LEAD)
    make.member(db, network, hub_lead)

    assert change(acting(petra), deep["id"], role="observer").status_code == 200
    assert change(acting(hub_lead), wide.id, role="observer").status_code == 403


def test_the_last_lead_stays_whichever_way_they_try_to_go(acting, db, hub, lena):
    own = membership_of(db, hub, lena.id)
    steward = make.steward(db)

    answers = [
        end(acting(lena), own.id),
        change(acting(lena), own.id, state="paused"),
        change(acting(lena), own.id, state="ended"),
        change(acting(lena), own.id, role="member"),
        end(acting(steward), own.id),
        change(acting(steward), own.id, role="coordinator"),
    ]

    assert [a.json()["type"] for a in answers] == ["/problems/last-lead"] * 6
    assert membership_of(db, hub, lena.id).role is Role.LEAD


def test_a_lead_who_cannot_sign_in_any_more_does_not_count(acting, db, hub, lena, asha):
    make.member(db, hub, asha, Role.LEAD)
    asha.disabled_at = now()
    db.add(asha)
    db.commit()

    assert end(acting(lena), membership_of(db, hub, lena.id).id).status_code == 409


def test_a_paused_or_invited_lead_does_not_count_either(acting, db, hub, lena, asha):
    bram = make.person(db, "Bram")
    resting = joined(acting(lena), hub, person_id=str(asha.id), role="lead")
    change(acting(asha), resting["id"], state="paused")
    joined(acting(lena), hub, person_id=str(bram.id))

    assert end(acting(lena), membership_of(db, hub, lena.id).id).status_code == 409


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


def test_leads_correct_when_somebody_joined_and_left(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    earlier = change(acting(lena), made["id"], joined_at="2026-03-01T09:00:00Z")
    assert earlier.json()["joined_at"] == "2026-03-01T09:00:00Z"
    left = change(acting(lena), made["id"], state="ended", ended_at="2026-06-30T18:00:00Z")
    assert left.json()["ended_at"] == "2026-06-30T18:00:00Z"
    later = change(acting(lena), made["id"], ended_at="2026-07-31T18:00:00Z")
    assert later.status_code == 200, later.text

    [spell] = spells(db, made["id"])
    assert spell.began_at.isoformat() == "2026-03-01T09:00:00+00:00"
    assert spell.ended_at.isoformat() == "2026-07-31T18:00:00+00:00"
    assert count(db, hub) == 1


def test_a_correction_leaves_what_was_believed_before_it(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    before = spells(db, made["id"])
    asked_at = now()

    change(acting(lena), made["id"], joined_at="2026-03-01T09:00:00Z")

    everything = every_spell(db, made["id"])
    then = [
        s
        for s in everything
        if s.recorded_at <= asked_at and (s.replaced_at is None or s.replaced_at > asked_at)
    ]
    assert [(s.began_at, s.ended_at) for s in then] == [(s.began_at, s.ended_at) for s in before]


def test_members_do_not_correct_their_own_dates(acting, hub, asha):
    made = joined(acting(asha), hub)

    assert change(acting(asha), made["id"], joined_at="2026-01-01T00:00:00Z").status_code == 403
    assert (
        change(acting(asha), made["id"], state="ended", ended_at="2026-01-01T00:00:00Z").status_code
        == 403
    )


@pytest.mark.parametrize(
    ("dates", "where", "detail"),
    [
        ({"joined_at": "future"}, "body/joined_at", "lies in the future"),
        ({"ended_at": "2026-06-01T00:00:00Z"}, "body/ended_at", "has ended"),
        ({"state": "ended", "ended_at": "future"}, "body/ended_at", "lies in the future"),
        (
            {"state": "ended", "ended_at": "2025-06-01T00:00:00Z"},
            "body/ended_at",
            "before they joined",
        ),
        ({"state": "paused", "ended_at": "2026-06-01T00:00:00Z"}, "body/ended_at", "has ended"),
    ],
)
def test_dates_that_cannot_be_are_refused(acting, db, hub, lena, asha, dates, where, detail):
    made = make.member(db, hub, asha, joined_at=at("2026-01-01"))
    tomorrow = (now() + timedelta(days=1)).isoformat()
    asked = {k: tomorrow if v == "future" else v for k, v in dates.items()}

    refused = change(acting(lena), made.id, **asked)

    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["at"] == where
    assert detail in refused.json()["errors"][0]["detail"]
    assert [s.ended_at for s in spells(db, made.id)] == [None]


def test_times_in_which_somebody_belonged_never_overlap(acting, db, hub, lena, asha):
    first = make.member(db, hub, asha, joined_at=at("2026-01-01"))
    change(acting(lena), first.id, state="ended", ended_at="2026-06-01T00:00:00Z")

    too_early = join(acting(lena), hub, person_id=str(asha.id), joined_at="2026-05-01T00:00:00Z")
    back = joined(acting(lena), hub, person_id=str(asha.id), joined_at="2026-08-01T00:00:00Z")
    stretched = change(acting(lena), first.id, ended_at="2026-09-01T00:00:00Z")
    pulled = change(acting(lena), back["id"], joined_at="2026-05-01T00:00:00Z")
    touching = change(acting(lena), back["id"], joined_at="2026-06-01T00:00:00Z")

    assert [too_early.status_code, stretched.status_code, pulled.status_code] == [422] * 3
    assert touching.status_code == 200


def test_who_paused_before_cannot_have_joined_after(acting, db, hub, lena, asha):
    made = make.member(db, hub, asha, joined_at=at("2026-01-01"))
    change(acting(asha), made.id, state="paused")
    after_the_pause = now().isoformat()

    refused = change(acting(lena), made.id, joined_at=after_the_pause)

    assert refused.status_code == 422
    assert "last active" in refused.json()["errors"][0]["detail"]


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
