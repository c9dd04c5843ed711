import pytest

from api.core.actor import Role
from api.core.clock import now
from tests import make
from tests.memberships.moves import (
    change,
    count,
    end,
    joined,
    membership_of,
    spells,
)


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


def test_a_coordinator_may_be_named_before_there_is_anything_beneath(acting, db, hub, lena, asha):
    made = joined(acting(lena), hub, person_id=str(asha.id), role="coordinator")
    bram = make.person(db, "Bram")

    assert made["role"] == "coordinator"
    assert joined(acting(asha), hub, person_id=str(bram.id))["state"] == "active"
