from itertools import product

import pytest
from sqlmodel import select

from api.communities.models import JoinPolicy, Visibility
from api.core.actor import Role, State
from api.core.clock import now
from api.memberships import policy, queries
from api.memberships.models import Membership
from tests import make
from tests.memberships.moves import change, end, join, joined, listed, memberships, read


@pytest.fixture
def harbour(db):
    return make.organisation(db, "Harbour Lane")


@pytest.fixture
def asha(db, harbour):
    return make.person(
        db, "Asha Rao", email="asha@harbour.example", organisation_id=harbour.id, team="Crisis"
    )


def test_strangers_learn_no_names(acting, db, hub, asha):
    joined(acting(asha), hub)
    stranger = make.person(db, "Sten")

    assert acting(stranger).get(memberships(hub)).status_code == 403
    assert acting(None).get(memberships(hub)).status_code == 401
    own = joined(acting(asha), make.community(db, "Other"))
    assert acting(stranger).get(f"/v1/memberships/{own['id']}").status_code == 404


def test_a_hidden_community_shows_no_membership_to_those_outside(acting, db, asha):
    circle = make.community(db, "Quiet circle", visibility=Visibility.CONFIDENTIAL)
    made = make.member(db, circle, asha)
    stranger = make.person(db, "Sten")

    answers = [
        acting(stranger).get(memberships(circle)),
        acting(stranger).get(f"/v1/memberships/{made.id}"),
        change(acting(stranger), made.id, state="paused"),
        end(acting(stranger), made.id),
        acting(stranger).put(memberships(circle), json={"items": [{"email": "a@b.example"}]}),
    ]

    assert [a.status_code for a in answers] == [404] * 5
    unknown = acting(stranger).get(f"/v1/memberships/{asha.id}")
    assert answers[1].json()["detail"] == unknown.json()["detail"]


def test_requests_and_invitations_are_for_those_who_run_the_community_and_for_oneself(
    acting, db, lena, asha
):
    hub = make.community(db, "CYP Hub", lead=lena, join_policy=JoinPolicy.ON_REQUEST)
    fay, bram, cleo = (make.person(db, n) for n in ("Fay", "Bram", "Cleo"))
    make.member(db, hub, fay, Role.FACILITATOR)
    make.member(db, hub, bram)
    joined(acting(asha), hub)
    joined(acting(fay), hub, person_id=str(cleo.id))

    def names(reader):
        return sorted(m["person_name"] for m in listed(acting(reader), hub))

    assert names(bram) == ["Bram", "Fay", "Lena"]
    assert names(fay) == ["Asha Rao", "Bram", "Cleo", "Fay", "Lena"]
    assert names(lena) == names(fay)
    assert names(asha) == ["Asha Rao"], "whoever asked sees their own request and nobody else"
    assert names(cleo) == ["Cleo"]


def test_why_somebody_rests_is_between_them_and_those_who_run_the_community(
    acting, db, hub, lena, asha
):
    bram = make.person(db, "Bram")
    made = joined(acting(asha), hub)
    joined(acting(bram), hub)
    change(acting(asha), made["id"], state="paused", reason="Parental leave.")

    assert read(acting(lena), made["id"])["reason"] == "Parental leave."
    assert read(acting(asha), made["id"])["reason"] == "Parental leave."
    assert read(acting(bram), made["id"])["reason"] is None
    assert "Parental" not in acting(bram).get(memberships(hub)).text


def test_members_do_not_list_who_has_left(acting, db, hub, lena, asha):
    bram = make.person(db, "Bram")
    made = joined(acting(bram), hub)
    joined(acting(asha), hub)
    end(acting(bram), made["id"])

    assert listed(acting(asha), hub, state="ended") == []
    assert acting(asha).get(f"/v1/memberships/{made['id']}").status_code == 404


def test_a_narrow_token_reads_but_does_not_write(acting, db, hub, asha):
    joined(acting(asha), hub)
    reader = acting(asha, ["memberships:read"])

    assert reader.get(memberships(hub)).status_code == 200
    assert reader.get("/v1/me/memberships").status_code == 200
    assert join(reader, make.community(db, "Other")).status_code == 403


ROLES = [*Role, None]


def test_the_rule_and_its_twin_in_sql_agree_for_every_reader_and_every_state(db, lena):
    """Everybody in every role, here or above, sees exactly the rows that the rule lets them see."""
    network = make.community(db, "Midlands Network", lead=lena)
    hub = make.community(db, "CYP Hub", lead=lena, parent=network)
    rows = []
    for state in State:
        person = make.person(db, f"In {state}")
        row = Membership(
            community_id=hub.id,
            person_id=person.id,
            state=state,
            joined_at=now() if state is State.ACTIVE else None,
            changed_at=now(),
        )
        db.add(row)
        rows.append((person, row))
    db.commit()
    readers = [make.steward(db), make.person(db, "Sten"), *(p for p, _ in rows)]
    for here, above in product(ROLES, ROLES):
        reader = make.person(db, f"{here} under {above}")
        if here:
            make.member(db, hub, reader, here)
        if above:
            make.member(db, network, reader, above)
        readers.append(reader)

    everything = db.exec(select(Membership).where(Membership.community_id == hub.id)).all()
    for reader in readers:
        actor = make.actor(db, reader)
        by_rule = {m.id for m in everything if policy.see(actor, queries.seat(m, hub))}
        by_sql = set(
            db.exec(
                select(Membership.id).where(
                    Membership.community_id == hub.id, queries.visible_to(actor, hub)
                )
            )
        )
        assert by_rule == by_sql, reader.name
    db.commit()
