from datetime import timedelta

import pytest

from api.core.clock import now
from tests import make
from tests.make.past import at
from tests.memberships.moves import (
    change,
    count,
    every_spell,
    join,
    joined,
    spells,
)


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
