from datetime import timedelta

import pytest

from api.core.actor import Role
from api.core.clock import now
from tests import make
from tests.make.past import at
from tests.memberships.moves import (
    bring,
    count,
    end,
    every_spell,
    joined,
    listed,
    membership_of,
    memberships,
    one,
    outcomes,
    spells,
)


def test_one_wrong_row_refuses_them_all_and_each_is_named(acting, db, hub, lena, asha, bram):
    gone = make.person(db, "Gareth", disabled_at=now())
    tomorrow = (now() + timedelta(days=1)).isoformat()
    answer = bring(
        acting(lena),
        hub,
        one(asha),
        {"email": "nobody@harbour.example"},
        {"person_id": "01890000-0000-7000-8000-000000000000"},
        {"email": "asha@harbour.example"},
        one(bram, joined_at=tomorrow),
        one(gone),
        one(lena, state="ended"),
    )

    assert answer.status_code == 422
    assert [(e["at"], e["detail"]) for e in answer.json()["errors"]] == [
        ("body/items/1/email", "no such person"),
        ("body/items/2/person_id", "no such person"),
        ("body/items/3/email", "names the same person as row 0"),
        ("body/items/4/joined_at", "lies in the future"),
        ("body/items/5/person_id", "no such person"),
        ("body/items/6", "Make somebody else a lead first."),
    ]
    assert membership_of(db, hub, asha.id) is None
    assert count(db, hub) == 1
    assert every_spell(db, membership_of(db, hub, lena.id).id)[0].ended_at is None


def test_in_partial_mode_each_row_has_its_own_fate(acting, db, hub, lena, asha, bram):
    cleo, dara = make.person(db, "Cleo"), make.person(db, "Dara")
    tomorrow = (now() + timedelta(days=1)).isoformat()

    answer = bring(
        acting(lena),
        hub,
        one(asha, joined_at="2026-02-01T00:00:00Z"),
        one(bram, joined_at=tomorrow),
        one(cleo, state="ended"),
        one(lena, role="member"),
        one(dara, role="facilitator"),
        mode="partial",
    )

    assert outcomes(answer) == ["created", "refused", "refused", "refused", "created"]
    assert answer.json()["applied"] == 2
    refused = [i["problem"] for i in answer.json()["items"][1:4]]
    assert [p["errors"][0]["at"] for p in refused] == [
        "body/items/1/joined_at",
        "body/items/2/state",
        "body/items/3",
    ]
    assert refused[2]["type"] == "/problems/last-lead"
    assert count(db, hub) == 3
    made = membership_of(db, hub, asha.id)
    assert [s.began_at for s in spells(db, made.id)] == [at("2026-02-01")]
    assert membership_of(db, hub, bram.id) is None
    assert len(spells(db, membership_of(db, hub, dara.id).id)) == 1


def test_a_refused_row_takes_no_place_and_undoes_nobody_elses(acting, db, lena):
    """The place of a row that fails halfway is free for the row behind it."""
    hub = make.community(db, "CYP Hub", lead=lena, member_limit=3)
    people = [make.person(db, n) for n in ("Asha", "Bram", "Cleo", "Dara")]
    first = joined(acting(lena), hub, **one(people[0], joined_at="2026-02-01T00:00:00Z"))
    end(acting(lena), first["id"])

    answer = bring(
        acting(lena),
        hub,
        one(people[1]),
        one(people[0], joined_at="2026-03-01T00:00:00Z"),  # they belonged then already
        one(people[2]),
        one(people[3]),
        mode="partial",
    )

    assert outcomes(answer) == ["created", "refused", "created", "created"]
    states = {m["person_name"]: m["state"] for m in listed(acting(lena), hub)}
    assert states == {"Lena": "active", "Bram": "active", "Cleo": "active", "Dara": "waitlisted"}
    assert count(db, hub) == 3


def test_a_dry_run_of_what_would_be_refused_is_refused(acting, hub, lena):
    refused = bring(acting(lena), hub, {"email": "nobody@harbour.example"}, dry_run=True)

    assert refused.status_code == 422


def test_only_those_who_lead_bring_people_in_bulk(acting, db, hub, asha, bram):
    fay = make.person(db, "Fay")
    make.member(db, hub, fay, Role.FACILITATOR)
    make.member(db, hub, asha)

    for person in (fay, asha, bram):
        assert bring(acting(person), hub, one(bram)).status_code == 403
    assert bring(acting(None), hub, one(bram)).status_code == 401


def test_a_coordinator_cannot_use_it_to_become_a_lead(acting, db, hub, bram):
    make.member(db, hub, bram, Role.COORDINATOR)

    refused = bring(acting(bram), hub, one(bram, role="lead"))

    assert refused.status_code == 422
    assert "never themselves" in refused.json()["errors"][0]["detail"]
    assert membership_of(db, hub, bram.id).role is Role.COORDINATOR


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({}, "body/items/0"),
        ({"person_id": None}, "body/items/0/person_id"),
        (
            {"email": "a@b.example", "person_id": "01890000-0000-7000-8000-000000000000"},
            "body/items/0",
        ),
        ({"email": "a@b.example", "state": "paused"}, "body/items/0/state"),
        ({"email": "a@b.example", "role": "king"}, "body/items/0/role"),
        ({"email": "a@b.example", "rôle": "lead"}, "body/items/0/rôle"),
        ({"email": "a@b.example", "ended_at": "2026-01-01T00:00:00Z"}, "body/items/0"),
        ({"email": "a@b.example", "joined_at": 2**63}, "body/items/0/joined_at"),
        ({"email": "a@b.example", "joined_at": "2026-01-01T00:00:00"}, "body/items/0/joined_at"),
        ({"email": "a\x00@b.example"}, "body/items/0/email"),
        (7, "body/items/0"),
        (None, "body/items/0"),
    ],
)
def test_a_row_that_makes_no_sense_is_named_and_hides_no_other(
    acting, db, hub, lena, asha, row, where
):
    whole = bring(acting(lena), hub, row, one(asha))
    before = membership_of(db, hub, asha.id)
    part = bring(acting(lena), hub, row, one(asha), mode="partial")

    assert whole.status_code == 422
    assert [e["at"] for e in whole.json()["errors"]] == [where]
    assert before is None
    assert outcomes(part) == ["refused", "created"]
    assert [e["at"] for e in part.json()["items"][0]["problem"]["errors"]] == [where]
    assert membership_of(db, hub, asha.id)


def test_rows_are_counted_as_they_were_sent(acting, hub, lena, asha):
    """A row that cannot be read keeps its number, so those behind it keep theirs."""
    part = bring(acting(lena), hub, {"rôle": 1}, one(asha), one(asha), mode="partial")

    assert outcomes(part) == ["refused", "created", "refused"]
    [twice] = part.json()["items"][2]["problem"]["errors"]
    assert twice == {"at": "body/items/2/person_id", "detail": "names the same person as row 1"}


def test_no_rows_too_many_rows_and_unknown_words_are_refused(acting, hub, lena):
    row = {"email": "nobody@harbour.example"}

    assert bring(acting(lena), hub).status_code == 422
    assert bring(acting(lena), hub, *[row] * 1001).status_code == 422
    assert bring(acting(lena), hub, row, mode="some").status_code == 422
    assert bring(acting(lena), hub, row, dryrun=True).status_code == 422
    assert acting(lena).put(memberships(hub), json=[row]).status_code == 422
