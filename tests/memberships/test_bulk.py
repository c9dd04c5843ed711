import pytest

from api.communities.models import JoinPolicy
from api.core.actor import Role
from api.core.clock import now
from api.identity.models import Person
from tests import make
from tests.make.past import at
from tests.memberships.moves import (
    bring,
    change,
    count,
    joined,
    listed,
    membership_of,
    one,
    outcomes,
    read,
    spells,
    statements,
)


def test_a_partner_brings_its_people_in_and_sends_them_again(acting, db, hub, lena, asha, bram):
    rows = [
        one(asha, role="facilitator", joined_at="2026-02-01T00:00:00Z"),
        {"email": "Bram@harbour.example"},
    ]

    first = bring(acting(lena), hub, *rows)
    again = bring(acting(lena), hub, *rows)

    assert outcomes(first) == ["created", "created"]
    assert first.json()["applied"] == 2 and first.json()["dry_run"] is False
    assert outcomes(again) == ["unchanged", "unchanged"]
    assert again.json()["applied"] == 0
    assert [i["id"] for i in first.json()["items"]] == [i["id"] for i in again.json()["items"]]
    assert count(db, hub) == 3
    made = membership_of(db, hub, asha.id)
    assert (made.role, made.joined_at) == (Role.FACILITATOR, at("2026-02-01"))


def test_what_differs_is_updated_and_what_is_left_out_stays(acting, db, hub, lena, asha, bram):
    kept = joined(acting(bram), hub)
    made = joined(acting(asha), hub)

    answer = bring(acting(lena), hub, one(asha, role="observer", joined_at="2026-02-01T00:00:00Z"))

    assert outcomes(answer) == ["updated"]
    after = read(acting(lena), made["id"])
    assert (after["role"], after["joined_at"]) == ("observer", "2026-02-01T00:00:00Z")
    assert read(acting(bram), kept["id"])["version"] == kept["version"]


def test_a_partner_says_who_has_left_and_says_it_again(acting, db, hub, lena, asha):
    made = joined(acting(lena), hub, **one(asha, joined_at="2026-02-01T00:00:00Z"))
    row = one(asha, state="ended", ended_at="2026-05-01T00:00:00Z")

    first, again = bring(acting(lena), hub, row), bring(acting(lena), hub, row)

    assert (outcomes(first), outcomes(again)) == (["updated"], ["unchanged"])
    after = read(acting(lena), made["id"])
    assert (after["state"], after["ended_at"]) == ("ended", "2026-05-01T00:00:00Z")
    assert [(s.began_at, s.ended_at) for s in spells(db, made["id"])] == [
        (at("2026-02-01"), at("2026-05-01"))
    ]
    assert outcomes(bring(acting(lena), hub, one(asha, state="ended"))) == ["unchanged"]
    assert count(db, hub) == 1


def test_a_membership_of_the_past_is_written_down_once(acting, db, hub, lena, asha):
    row = one(
        asha, state="ended", joined_at="2024-01-01T00:00:00Z", ended_at="2025-01-01T00:00:00Z"
    )

    first, again = bring(acting(lena), hub, row), bring(acting(lena), hub, row)
    moved = bring(acting(lena), hub, {**row, "ended_at": "2025-02-01T00:00:00Z"})

    assert [outcomes(a) for a in (first, again, moved)] == [
        ["created"],
        ["unchanged"],
        ["updated"],
    ]
    assert len({a.json()["items"][0]["id"] for a in (first, again, moved)}) == 1
    [spell] = spells(db, first.json()["items"][0]["id"])
    assert (spell.began_at, spell.ended_at) == (at("2024-01-01"), at("2025-02-01"))
    assert count(db, hub) == 1


def test_an_earlier_membership_does_not_end_the_one_that_lasts(acting, db, hub, lena, asha):
    made = joined(acting(lena), hub, **one(asha, joined_at="2026-02-01T00:00:00Z"))

    answer = bring(
        acting(lena),
        hub,
        one(asha, state="ended", joined_at="2024-01-01T00:00:00Z", ended_at="2025-01-01T00:00:00Z"),
    )

    assert outcomes(answer) == ["created"]
    assert read(acting(lena), made["id"])["state"] == "active"
    assert count(db, hub) == 2


def test_somebody_who_left_comes_back_with_a_new_membership(acting, db, hub, lena, asha):
    first = joined(acting(lena), hub, **one(asha, joined_at="2026-02-01T00:00:00Z"))
    bring(acting(lena), hub, one(asha, state="ended", ended_at="2026-05-01T00:00:00Z"))

    back = bring(acting(lena), hub, one(asha, joined_at="2026-06-01T00:00:00Z"))

    assert outcomes(back) == ["created"]
    assert back.json()["items"][0]["id"] != first["id"]
    assert len(listed(acting(lena), hub, person_id=str(asha.id), state=["active", "ended"])) == 2


def test_the_breaks_people_take_are_their_own(acting, db, hub, lena, asha):
    made = joined(acting(asha), hub)
    change(acting(asha), made["id"], state="paused")

    assert outcomes(bring(acting(lena), hub, one(asha))) == ["unchanged"]
    assert read(acting(asha), made["id"])["state"] == "paused"


def test_whoever_asked_or_was_invited_is_let_in(acting, db, lena, asha, bram):
    hub = make.community(db, "CYP Hub", lead=lena, join_policy=JoinPolicy.ON_REQUEST)
    fay = make.person(db, "Fay")
    make.member(db, hub, fay, Role.FACILITATOR)
    asked = joined(acting(asha), hub)
    invited = joined(acting(fay), hub, **one(bram))

    answer = bring(
        acting(lena), hub, one(asha, joined_at="2026-02-01T00:00:00Z"), one(bram, role="observer")
    )

    assert outcomes(answer) == ["updated", "updated"]
    assert [i["id"] for i in answer.json()["items"]] == [asked["id"], invited["id"]]
    assert read(acting(asha), asked["id"])["joined_at"] == "2026-02-01T00:00:00Z"
    assert read(acting(bram), invited["id"])["role"] == "observer"
    assert count(db, hub) == 4
    assert len(spells(db, asked["id"])) == 1


def test_a_request_is_not_declined_and_an_invitation_is_taken_back(acting, db, lena, asha, bram):
    hub = make.community(db, "CYP Hub", lead=lena, join_policy=JoinPolicy.ON_REQUEST)
    fay = make.person(db, "Fay")
    make.member(db, hub, fay, Role.FACILITATOR)
    asked = joined(acting(asha), hub)
    invited = joined(acting(fay), hub, **one(bram))

    answer = bring(
        acting(lena), hub, one(asha, state="ended"), one(bram, state="ended"), mode="partial"
    )

    assert outcomes(answer) == ["refused", "updated"]
    assert read(acting(asha), asked["id"])["state"] == "requested"
    assert read(acting(lena), invited["id"])["state"] == "removed"


@pytest.mark.parametrize("mode", ["all", "partial"])
def test_a_dry_run_says_everything_and_does_nothing(acting, db, hub, lena, asha, bram, mode):
    left = joined(acting(bram), hub)
    rows = [one(asha), one(bram, state="ended")]

    dry = bring(acting(lena), hub, *rows, dry_run=True, mode=mode)

    assert outcomes(dry) == ["created", "updated"]
    assert (dry.json()["applied"], dry.json()["dry_run"]) == (2, True)
    assert membership_of(db, hub, asha.id) is None
    assert read(acting(bram), left["id"])["state"] == "active"
    assert count(db, hub) == 2
    assert outcomes(bring(acting(lena), hub, *rows, mode=mode)) == ["created", "updated"]


def test_one_request_hands_a_community_from_one_lead_to_another(acting, db, hub, lena, asha):
    steward = make.steward(db)

    answer = bring(acting(steward), hub, one(lena, state="ended"), one(asha, role="lead"))

    assert outcomes(answer) == ["updated", "created"]
    assert membership_of(db, hub, asha.id).role is Role.LEAD
    assert count(db, hub) == 1


@pytest.mark.parametrize("mode", ["all", "partial"])
def test_a_thousand_rows_come_in_at_once(acting, app, db, hub, lena, mode):
    people = [
        Person(name=f"Person {n}", email=f"p{n}@harbour.example", changed_at=now())
        for n in range(1000)
    ]
    db.add_all(people)
    db.commit()
    rows = [one(p, joined_at="2026-02-01T00:00:00Z") for p in people]
    lead = acting(lena)
    asked = statements(app)

    answer = bring(lead, hub, *rows, mode=mode)
    # How the events are written is the core's affair; SQLite takes them one by one.
    own = [s for s in asked if "INTO outbox" not in s and "INTO audit_entries" not in s]
    again = bring(lead, hub, *rows, mode=mode)

    assert outcomes(answer) == ["created"] * 1000
    assert outcomes(again) == ["unchanged"] * 1000
    assert count(db, hub) == 1001
    assert len(own) < 50, "newcomers are written together, not one by one"
