from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import event
from sqlmodel import select

from api.communities.models import JoinPolicy, Visibility
from api.core.actor import Role, State
from api.core.clock import now
from api.memberships import policy, queries
from api.memberships.models import Membership
from api.memberships.schemas import MembershipRead
from tests import make
from tests.memberships.moves import change, end, join, joined, listed, memberships, read


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def harbour(db):
    return make.organisation(db, "Harbour Lane")


@pytest.fixture
def asha(db, harbour):
    return make.person(
        db, "Asha Rao", email="asha@harbour.example", organisation_id=harbour.id, team="Crisis"
    )


@pytest.fixture
def hub(db, lena):
    return make.community(db, "CYP Hub", lead=lena)


def test_the_list_says_who_people_are_and_where_they_work_but_not_how_to_write_to_them(
    acting, db, hub, asha, harbour
):
    bram = make.person(db, "Bram")
    joined(acting(asha), hub)
    joined(acting(bram), hub)

    [seen] = listed(acting(bram), hub, person_id=str(asha.id))

    assert seen["person_name"] == "Asha Rao"
    assert (seen["organisation_id"], seen["organisation_name"]) == (
        str(harbour.id),
        "Harbour Lane",
    )
    assert seen["team"] == "Crisis"
    assert (seen["community_name"], seen["community_slug"]) == ("CYP Hub", "cyp-hub")
    assert seen["can"] == []
    assert "asha@harbour.example" not in acting(bram).get(memberships(hub)).text


def test_the_list_says_the_same_as_the_single_read(acting, db, hub, lena, asha):
    joined(acting(asha), hub)
    bram = make.person(db, "Bram")
    joined(acting(bram), hub)
    fay = make.person(db, "Fay")
    make.member(db, hub, fay, Role.FACILITATOR)

    for reader in (asha, fay, lena):
        for item in listed(acting(reader), hub):
            assert item == read(acting(reader), item["id"])
            assert set(item) == set(MembershipRead.model_fields)


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


def test_filters_narrow_the_list(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    bram, rest = make.person(db, "Bram Ashton"), make.person(db, "Rest")
    make.member(db, hub, bram, Role.FACILITATOR)
    left = make.member(db, hub, rest)
    end(acting(lena), left.id)

    def names(**query):
        return sorted(m["person_name"] for m in listed(acting(lena), hub, **query))

    assert names() == ["Asha Rao", "Bram Ashton", "Lena"]
    assert names(state="removed") == ["Rest"]
    assert names(state=["removed", "active"]) == ["Asha Rao", "Bram Ashton", "Lena", "Rest"]
    assert names(role="facilitator") == ["Bram Ashton"]
    assert names(q="ASH") == ["Asha Rao", "Bram Ashton"]
    assert names(q="rao ash") == ["Asha Rao"]
    assert names(q="100%") == []
    assert names(person_id=str(asha.id)) == ["Asha Rao"]
    assert names(person_id=made["id"]) == []


def test_what_has_ended_is_listed_for_whoever_keeps_a_copy(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    since = now().isoformat()
    end(acting(asha), made["id"])

    changed = listed(acting(lena), hub, changed_since=since)

    assert [(m["id"], m["state"]) for m in changed] == [(made["id"], "ended")]
    later = (now() + timedelta(seconds=1)).isoformat()
    assert listed(acting(lena), hub, changed_since=later) == []


def test_members_do_not_list_who_has_left(acting, db, hub, lena, asha):
    bram = make.person(db, "Bram")
    made = joined(acting(bram), hub)
    joined(acting(asha), hub)
    end(acting(bram), made["id"])

    assert listed(acting(asha), hub, state="ended") == []
    assert acting(asha).get(f"/v1/memberships/{made['id']}").status_code == 404


def test_a_long_list_comes_in_pages_by_age_or_by_name(acting, db, hub, lena):
    for name in ("Cleo", "Asha", "Dara", "Bram", "Asha"):
        make.member(db, hub, make.person(db, name))

    def walk(**query):
        found, cursor = [], None
        while True:
            page = acting(lena).get(
                memberships(hub),
                params={"limit": 2, **query, **({"cursor": cursor} if cursor else {})},
            )
            found += [m["person_name"] for m in page.json()["items"]]
            cursor = page.json()["next"]
            if cursor is None:
                return found
            assert 'rel="next"' in page.headers["link"]

    assert walk() == ["Asha", "Bram", "Dara", "Asha", "Cleo", "Lena"]
    assert walk(sort="name") == ["Asha", "Asha", "Bram", "Cleo", "Dara", "Lena"]
    counted = acting(lena).get(memberships(hub), params={"limit": 1, "count": True})
    assert counted.json()["count"] == 6


def test_a_cursor_of_one_community_is_no_good_in_another(acting, db, hub, lena):
    make.member(db, hub, make.person(db, "Asha"))
    other = make.community(db, "Other", lead=lena)
    cursor = acting(lena).get(memberships(hub), params={"limit": 1}).json()["next"]

    refused = acting(lena).get(memberships(other), params={"limit": 1, "cursor": cursor})

    assert refused.status_code == 422
    assert refused.json()["type"] == "/problems/bad-cursor"


def test_a_page_costs_the_same_number_of_statements_however_long_it_is(acting, app, db, hub, lena):
    make.member(db, hub, make.person(db, "Asha"))
    reader = acting(lena)
    statements: list[str] = []
    event.listen(app.state.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))

    def cost():
        statements.clear()
        assert reader.get(memberships(hub), params={"limit": 100}).status_code == 200
        return len(statements)

    reader.get(memberships(hub))
    few = cost()
    for n in range(20):
        make.member(db, hub, make.person(db, f"Member {n}"))

    assert cost() == few <= 6


def test_my_memberships_are_listed_with_their_communities(acting, db, lena, asha):
    for name in ("Peer circle", "CYP Hub"):
        joined(acting(asha), make.community(db, name, lead=lena))
    left = joined(acting(asha), make.community(db, "Left", lead=lena))
    end(acting(asha), left["id"])

    mine = acting(asha).get("/v1/me/memberships").json()["items"]
    facilitating = acting(asha).get("/v1/me/memberships?role=facilitator").json()["items"]

    assert [m["community_name"] for m in mine] == ["CYP Hub", "Peer circle"]
    assert [m["community_slug"] for m in mine] == ["cyp-hub", "peer-circle"]
    assert [m["state"] for m in mine] == ["active", "active"]
    assert facilitating == []
    assert acting(None).get("/v1/me/memberships").status_code == 401


def test_an_unchanged_membership_need_not_be_sent_again(acting, hub, asha):
    made = joined(acting(asha), hub)
    path = f"/v1/memberships/{made['id']}"
    etag = acting(asha).get(path).headers["etag"]

    assert acting(asha).get(path, headers={"If-None-Match": etag}).status_code == 304


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
