from datetime import timedelta

import pytest

from api.communities.models import JoinPolicy, Visibility
from api.core import jobs
from api.core.actor import Role
from api.core.clock import now
from tests import make
from tests.memberships.moves import (
    change,
    count,
    end,
    join,
    joined,
    listed,
    membership_of,
    read,
)


@pytest.fixture
def fay(db):
    return make.person(db, "Fay")


@pytest.fixture
def hub(db, fay):
    """A community people come to by invitation, with a facilitator."""
    community = make.community(db, "CYP Hub", join_policy=JoinPolicy.BY_INVITATION)
    make.member(db, community, fay, Role.FACILITATOR)
    return community


def test_a_facilitator_invites_and_the_invited_person_accepts(acting, db, fay, hub):
    asha = make.person(db, "Asha")

    invited = joined(acting(fay), hub, person_id=str(asha.id))
    assert (invited["state"], invited["joined_at"]) == ("invited", None)
    assert invited["invited_by_id"] == str(fay.id)
    assert invited["can"] == ["remove"]
    assert count(db, hub) == 2
    assert read(acting(asha), invited["id"])["can"][:2] == ["accept", "refuse"]

    accepted = joined(acting(asha), hub)
    assert (accepted["id"], accepted["state"]) == (invited["id"], "active")
    assert count(db, hub) == 3


def test_an_invitation_can_also_be_accepted_by_changing_its_state(acting, db, fay, hub):
    asha = make.person(db, "Asha")
    invited = joined(acting(fay), hub, person_id=str(asha.id))

    accepted = change(acting(asha), invited["id"], state="active")

    assert accepted.json()["state"] == "active"


def test_an_invitation_is_accepted_once(acting, db, fay, hub):
    asha = make.person(db, "Asha")
    invited = joined(acting(fay), hub, person_id=str(asha.id))
    joined(acting(asha), hub)

    assert join(acting(asha), hub).status_code == 409
    again = change(acting(asha), invited["id"], state="active")
    assert again.status_code == 409
    assert again.json()["legal"] == ["paused", "ended", "removed"]
    assert count(db, hub) == 3


def test_an_invitation_is_for_one_person_only(acting, db, fay, hub):
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")
    invited = joined(acting(fay), hub, person_id=str(asha.id))

    assert join(acting(bram), hub).status_code == 403
    assert change(acting(bram), invited["id"], state="active").status_code == 404
    assert change(acting(fay), invited["id"], state="active").status_code == 403


def test_the_invited_person_refuses_and_those_who_invited_take_it_back(acting, db, fay, hub):
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")
    one = joined(acting(fay), hub, person_id=str(asha.id))
    other = joined(acting(fay), hub, person_id=str(bram.id))

    assert end(acting(asha), one["id"]).status_code == 204
    assert end(acting(fay), other["id"]).status_code == 204

    assert read(acting(asha), one["id"])["state"] == "declined"
    assert read(acting(fay), other["id"])["state"] == "removed"
    assert join(acting(bram), hub).status_code == 403


def test_an_invitation_lasts_twenty_eight_days(acting, db, fay, hub):
    asha = make.person(db, "Asha")
    invited = joined(acting(fay), hub, person_id=str(asha.id))
    stored = membership_of(db, hub, asha.id)
    assert abs(stored.expires_at - now() - timedelta(days=28)) < timedelta(minutes=1)
    make.ran_out(db, stored)

    by_joining = join(acting(asha), hub)
    by_changing = change(acting(asha), invited["id"], state="active")

    assert by_joining.status_code == 403, "it is as if there were none"
    assert by_changing.status_code == 409
    assert by_changing.json()["type"] == "/problems/run-out"
    assert count(db, hub) == 2


def test_invitations_nobody_answered_are_declined_by_the_clock(acting, db, fay, hub):
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")
    late = joined(acting(fay), hub, person_id=str(asha.id))
    fresh = joined(acting(fay), hub, person_id=str(bram.id))
    make.ran_out(db, membership_of(db, hub, asha.id))

    jobs.KINDS["memberships.expire_invitations"].do(db, {})
    db.commit()

    assert read(acting(fay), late["id"])["state"] == "declined"
    assert read(acting(fay), fresh["id"])["state"] == "invited"
    assert joined(acting(fay), hub, person_id=str(asha.id))["id"] != late["id"]


def test_whoever_ran_late_can_be_invited_anew_before_the_clock_comes_by(acting, db, fay, hub):
    asha = make.person(db, "Asha")
    late = joined(acting(fay), hub, person_id=str(asha.id))
    make.ran_out(db, membership_of(db, hub, asha.id))

    again = joined(acting(fay), hub, person_id=str(asha.id))

    assert again["id"] != late["id"]
    assert read(acting(fay), late["id"])["state"] == "declined"


def test_inviting_somebody_twice_is_refused(acting, db, fay, hub):
    asha = make.person(db, "Asha")
    joined(acting(fay), hub, person_id=str(asha.id))

    assert join(acting(fay), hub, person_id=str(asha.id)).status_code == 409


def test_an_invitation_opens_the_door_of_a_confidential_community(acting, db):
    lead = make.person(db, "Lena")
    fay, asha = make.person(db, "Fay"), make.person(db, "Asha")
    circle = make.community(
        db,
        "Quiet circle",
        lead=lead,
        visibility=Visibility.CONFIDENTIAL,
        join_policy=JoinPolicy.BY_INVITATION,
    )
    make.member(db, circle, fay, Role.FACILITATOR)
    assert join(acting(asha), circle).status_code == 404
    invited = joined(acting(fay), circle, person_id=str(asha.id))

    mine = acting(asha).get("/v1/me/memberships").json()["items"]
    assert [m["community_name"] for m in mine] == ["Quiet circle"]
    end(acting(asha), invited["id"])

    assert acting(asha).get(f"/v1/memberships/{invited['id']}").status_code == 404
    assert acting(asha).get("/v1/me/memberships?state=declined").json()["items"] == []


def test_leads_add_people_at_once(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    asha = make.person(db, "Asha")

    made = joined(acting(lead), community, person_id=str(asha.id), role="facilitator")

    assert (made["state"], made["role"]) == ("active", "facilitator")
    assert acting(asha).get(f"/v1/communities/{community.id}/memberships").status_code == 200


def test_leads_find_people_by_their_address_but_facilitators_learn_no_addresses(
    acting, db, fay, hub
):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    make.person(db, "Asha", email="asha@harbour.example")

    found = join(acting(lead), community, email="Asha@Harbour.example")
    unknown = join(acting(lead), community, email="nobody@harbour.example")
    probed = [
        join(acting(fay), hub, email=e) for e in ("asha@harbour.example", "nobody@harbour.example")
    ]

    assert found.status_code == 201
    assert unknown.json()["errors"] == [{"at": "body/email", "detail": "no such person"}]
    assert [p.status_code for p in probed] == [403, 403]
    assert probed[0].json()["detail"] == probed[1].json()["detail"]


def test_somebody_whose_access_has_ended_cannot_be_added(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    gone = make.person(db, "Gareth", disabled_at=now())

    refused = join(acting(lead), community, person_id=str(gone.id))

    assert refused.json()["errors"] == [{"at": "body/person_id", "detail": "no such person"}]


def test_members_bring_nobody_in(acting, db, hub):
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")
    make.member(db, hub, asha)

    refused = join(acting(asha), hub, person_id=str(bram.id))

    assert refused.status_code == 403
    assert listed(acting(asha), hub, person_id=str(bram.id)) == []


def test_facilitators_invite_members_and_observers_but_give_no_power(acting, db, fay, hub):
    for role, status in (
        ("observer", 201),
        ("facilitator", 403),
        ("lead", 403),
        ("sponsor", 403),
        ("analyst", 403),
    ):
        person = make.person(db, f"One {role}")
        assert join(acting(fay), hub, person_id=str(person.id), role=role).status_code == status


def test_a_first_day_goes_only_with_those_who_are_added(acting, db, fay, hub):
    asha = make.person(db, "Asha")

    refused = join(acting(fay), hub, person_id=str(asha.id), joined_at="2026-01-01T00:00:00Z")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/joined_at"
