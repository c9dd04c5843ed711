"""What the metrics count over HTTP: whom, when, and as it was known when."""

from datetime import timedelta

import pytest

from api.communities.models import Cadence, Visibility
from api.core.clock import now
from api.engagement.models import ActivityKind, HopedFor
from api.sessions.models import Answer, AttendanceStatus, Mode, Seating, SessionStatus
from tests import make
from tests.engagement.asking import MARCH, YEAR, measured, one, parts, people
from tests.make import past


def test_the_catalogue_is_a_list_of_definitions(acting, db):
    asha = make.person(db)

    first = acting(asha).get("/v1/metrics", params={"limit": 5}).json()
    rest = acting(asha).get("/v1/metrics", params={"limit": 100, "cursor": first["next"]}).json()
    ids = [metric["id"] for metric in first["items"] + rest["items"]]

    assert len(ids) == len(set(ids)) == 15
    assert rest["next"] is None
    density = acting(asha).get("/v1/metrics/network_density").json()
    assert {p["name"]: p["default"] for p in density["parameters"]} == {
        "tie_min_shared": 2,
        "tie_max_size": 30,
    }
    assert acting(asha).get("/v1/metrics/happiness").status_code == 404


def test_a_value_carries_what_a_careful_reader_needs(acting, lena, community):
    value = one(acting(lena), community, "members")

    assert value["value"] == 1
    assert value["status"] == "ok" and value["suppressed"] is False
    assert value["profile"] == "exact"
    assert (value["unit"], value["version"], value["timezone"]) == ("people", 1, "Europe/London")
    assert value["as_of"] == value["to"]
    assert "counted once" in value["population"]


def test_every_metric_answers_for_an_empty_past(acting, lena, community):
    values = measured(acting(lena), community, **MARCH)

    assert len(values) == 15
    silent = {v["metric_id"] for v in values if v["status"] == "no_data"}
    counts = {v["metric_id"]: v["value"] for v in values if v["status"] == "ok"}
    assert counts == {"members": 0, "active_members": 0}
    assert silent == {v["metric_id"] for v in values} - set(counts)
    assert all(v["value"] is None for v in values if v["metric_id"] in silent)


def test_dates_begin_where_the_community_lives(acting, db, lena):
    community = make.community(db, lead=lena, timezone="America/New_York")

    value = one(acting(lena), community, "members", **{"from": "2026-07-01", "to": "2026-08-01"})
    moment = one(acting(lena), community, "members", to="2026-08-01T06:00:00+02:00")

    assert (value["from"], value["to"]) == ("2026-07-01T04:00:00Z", "2026-08-01T04:00:00Z")
    assert moment["to"] == "2026-08-01T04:00:00Z"


def test_whoever_comes_back_is_one_person(acting, db, lena, community):
    asha, femi, guest = *people(db, 2), make.person(db, "Guest", counted=False)
    past.spell(db, community, asha, "2026-01-05", "2026-02-01")
    past.spell(db, community, asha, "2026-03-10")
    past.spell(db, community, femi, "2026-01-05", "2026-03-20")
    past.spell(db, community, guest, "2026-01-05")

    grown = one(acting(lena), community, "net_growth", **MARCH)

    assert one(acting(lena), community, "members", to="2026-04-01")["value"] == 1
    assert one(acting(lena), community, "members", to="2026-03-15")["value"] == 2
    assert (grown["value"], parts(grown)) == (0, {"joined": 1, "left": 1})


def test_a_role_change_at_the_very_moment_loses_nobody(acting, db, lena, community):
    [asha] = people(db, 1)
    past.spell(db, community, asha, "2026-01-05", "2026-03-01")
    past.spell(db, community, asha, "2026-03-01")

    assert one(acting(lena), community, "members", to="2026-03-01T00:00:00Z")["value"] == 1


def test_looking_is_not_taking_part(acting, db, lena, community):
    asha, femi, mo, stranger = people(db, 4)
    for person in (asha, femi, mo):
        past.spell(db, community, person, "2026-01-05")
    past.activity(db, community, asha, "2026-03-30")
    past.activity(db, community, asha, "2026-03-04")
    past.activity(db, community, femi, "2026-03-10", ActivityKind.ATTENDANCE)
    past.activity(db, community, mo, "2026-03-10", ActivityKind.CONSUMPTION)
    past.activity(db, community, stranger, "2026-03-10")
    past.activity(db, community, mo, "2026-03-12", retracted="2026-03-13")

    active = one(acting(lena), community, "active_members", **MARCH)
    rate = one(acting(lena), community, "active_rate", **MARCH)

    assert active["value"] == 2
    assert parts(active) == {"day": 0, "week": 1, "month": 2}
    assert (rate["numerator"], rate["denominator"]) == (2, 3)
    assert rate["value"] == pytest.approx(66.6667, abs=1e-4)
    assert rate["ci95"] == pytest.approx([20.77, 93.85], abs=0.01)


def test_the_same_as_of_has_the_same_answer_for_ever(acting, db, lena, community):
    [asha] = people(db, 1)
    past.spell(db, community, asha, "2026-01-05")
    past.activity(db, community, asha, "2026-03-10", recorded="2026-03-11")
    asked = {"ids": "active_members,active_rate,members", "as_of": "2026-04-10", **MARCH}
    before = acting(lena).get(f"/v1/communities/{community.id}/metrics", params=asked)
    femi = make.person(db, "Femi")
    past.spell(db, community, femi, "2026-01-05", recorded="2026-05-01")
    past.activity(db, community, femi, "2026-03-12", recorded="2026-05-02")
    past.activity(db, community, asha, "2026-03-15", recorded="2026-03-16", retracted="2026-06-01")

    again = acting(lena).get(f"/v1/communities/{community.id}/metrics", params=asked)
    today = one(acting(lena), community, "active_members", **MARCH)

    assert again.content == before.content
    assert today["value"] == 2


def test_a_new_rhythm_or_clock_leaves_the_past_alone(acting, db, lena, community):
    asked = {"ids": "participation_mix,members", "as_of": now().isoformat(), **MARCH}
    before = acting(lena).get(f"/v1/communities/{community.id}/metrics", params=asked).content
    read = acting(lena).get(f"/v1/communities/{community.id}")

    changed = acting(lena).patch(
        f"/v1/communities/{community.id}",
        json={"cadence": "weekly", "timezone": "Asia/Tokyo"},
        headers={"If-Match": read.headers["etag"]},
    )
    after = acting(lena).get(f"/v1/communities/{community.id}/metrics", params=asked).content

    assert changed.status_code == 200, changed.text
    assert after == before
    today = one(acting(lena), community, "participation_mix")
    assert (today["timezone"], today["rule"]["cadence"]) == ("Asia/Tokyo", "weekly")


def test_an_umbrella_counts_everybody_once(acting, db, lena, community):
    one_child = make.community(db, "Children", lead=lena, parent=community)
    other = make.community(db, "Adults", lead=lena, parent=one_child)
    asha, femi = people(db, 2)
    past.spell(db, one_child, asha, "2026-01-05")
    past.spell(db, other, asha, "2026-01-05")
    past.spell(db, other, femi, "2026-01-05")
    for place in (one_child, other):
        past.activity(db, place, asha, "2026-03-10")

    everybody = measured(
        acting(lena),
        community,
        ids="members,active_members",
        include="descendants",
        as_of=now().isoformat(),
        **MARCH,
    )

    assert [v["value"] for v in everybody] == [2, 1]
    assert everybody[0]["rule"] == {"include": "descendants"}
    assert one(acting(lena), community, "members", **MARCH)["value"] == 0


def test_an_umbrella_counts_as_its_tree_was_known(acting, db, lena, community):
    elsewhere = make.community(db, "Elsewhere", lead=lena)
    child = make.community(db, "Children", lead=lena, parent=community)
    past.spell(db, child, make.person(db, "Asha"), "2026-01-05")
    before = now().isoformat()
    sunita = make.steward(db)
    read = acting(sunita).get(f"/v1/communities/{child.id}")
    moved = acting(sunita).patch(
        f"/v1/communities/{child.id}",
        json={"parent_id": str(elsewhere.id)},
        headers={"If-Match": read.headers["etag"]},
    )

    asked = {"include": "descendants", **MARCH}
    assert moved.status_code == 200, moved.text
    assert one(acting(lena), community, "members", **asked)["value"] == 0
    assert one(acting(lena), community, "members", as_of=before, **asked)["value"] == 1
    assert one(acting(lena), elsewhere, "members", **asked)["value"] == 1


def test_a_confidential_community_is_in_no_outsiders_count(acting, db, lena, community):
    hidden = make.community(
        db, "Hidden", lead=lena, parent=community, visibility=Visibility.CONFIDENTIAL
    )
    for person in people(db, 10):
        past.spell(db, hidden, person, "2026-01-05")
    asha = make.person(db, "Asha")
    make.member(db, community, asha)

    asked = {"include": "descendants", "profile": "nhs8", **MARCH}
    assert one(acting(lena), community, "members", **asked)["value"] == 10
    assert one(acting(asha), community, "members", **asked)["value"] == 0


def test_the_mix_follows_the_rhythm_of_the_community(acting, db, lena):
    weekly = make.community(db, lead=lena, cadence=Cadence.WEEKLY)
    core, regular, edge, dormant, new, host = people(db, 6)
    for person in (core, regular, edge, dormant, host):
        past.spell(db, weekly, person, "2025-09-01")
    past.spell(db, weekly, new, "2026-03-20")
    monday = past.at("2026-01-05T12:00")
    for week in range(9):
        past.activity(db, weekly, core, (monday + timedelta(weeks=week)).isoformat()[:16])
    for week in range(4):
        day = (monday + timedelta(weeks=week)).isoformat()[:16]
        past.activity(db, weekly, regular, day, ActivityKind.ATTENDANCE)
    past.activity(db, weekly, edge, "2026-02-02", ActivityKind.CONSUMPTION)
    for day in ("2026-02-02", "2026-02-09"):
        led = past.session(db, weekly, day)
        for verb in ("session.presented", "session.facilitated"):
            past.activity(db, weekly, host, day, verb=verb, object_id=led.id)

    mix = one(acting(lena), weekly, "participation_mix", to="2026-04-01")

    counts = {p["key"]: p["numerator"] for p in mix["parts"] if p["key"] != "new"}
    assert counts == {"core": 2, "active": 1, "peripheral": 1, "dormant": 1}
    assert parts(mix)["new"] == 1
    assert mix["rule"] == {"cadence": "weekly", "slots": 13, "slot_days": 7}


def test_leading_one_session_in_two_ways_is_leading_once(acting, db, lena):
    weekly = make.community(db, lead=lena, cadence=Cadence.WEEKLY)
    [host] = people(db, 1)
    past.spell(db, weekly, host, "2025-09-01")
    led = past.session(db, weekly, "2026-02-02")
    for verb in ("session.presented", "session.facilitated"):
        past.activity(db, weekly, host, "2026-02-02", verb=verb, object_id=led.id)

    mix = one(acting(lena), weekly, "participation_mix", to="2026-04-01")

    assert {p["key"]: p["numerator"] for p in mix["parts"]}["peripheral"] == 1


def test_participation_is_compared_over_all_members(acting, db, lena, community):
    members = people(db, 4)
    for person in members:
        past.spell(db, community, person, "2026-01-05")
    for _ in range(3):
        past.activity(db, community, members[0], "2026-03-10")
    past.activity(db, community, members[1], "2026-03-10")

    gini = one(acting(lena), community, "participation_gini", **MARCH)

    assert gini["n"] == 4
    assert gini["value"] == pytest.approx((1 * 1 + 3 * 3) / (4 * 4))


def test_promises_are_held_against_the_register(acting, db, lena, community):
    came, absent, silent, late, early, waiting, walked = people(db, 7)
    held = past.session(db, community, "2026-03-10T18:00", recorded="2026-02-01")
    past.rsvp(db, held, came, absent, silent, recorded="2026-03-01")
    past.rsvp(db, held, late, recorded="2026-03-01", replaced="2026-03-10T09:00")
    past.rsvp(db, held, late, answer=Answer.NO, recorded="2026-03-10T09:00")
    past.rsvp(db, held, early, recorded="2026-03-01", replaced="2026-03-05")
    past.rsvp(db, held, early, answer=Answer.NO, recorded="2026-03-05")
    past.rsvp(db, held, waiting, recorded="2026-03-01", place="waitlisted")
    past.attendance(db, held, came)
    past.attendance(db, held, walked, status=AttendanceStatus.WALK_IN)
    past.attendance(db, held, absent, status=AttendanceStatus.NO_SHOW)
    unmarked = past.session(db, community, "2026-03-17T18:00", recorded="2026-02-01")
    past.rsvp(db, unmarked, came, recorded="2026-03-01")
    off = past.session(db, community, "2026-03-24T18:00", status=SessionStatus.CANCELLED)
    past.rsvp(db, off, came, recorded="2026-03-01")
    past.attendance(db, off, came)

    kept = one(acting(lena), community, "rsvp_conversion", **MARCH)
    missed = one(acting(lena), community, "no_show_rate", **MARCH)

    assert (kept["numerator"], kept["denominator"]) == (1, 3)
    assert (missed["numerator"], missed["denominator"]) == (2, 3)
    assert kept["value"] + missed["value"] == pytest.approx(100)
    assert parts(missed) == {"recorded": 1, "unrecorded": 1, "late_cancel": 25}


def test_a_yes_while_the_session_runs_is_a_promise_too(acting, db, lena, community):
    early, during, afterwards = people(db, 3)
    held = past.session(db, community, "2026-03-10T18:00", recorded="2026-02-01")
    past.rsvp(db, held, early, recorded="2026-03-01", replaced="2026-03-10T18:10")
    past.rsvp(db, held, during, recorded="2026-03-10T18:20")
    past.rsvp(db, held, afterwards, recorded="2026-03-10T19:30")
    past.attendance(db, held, during, afterwards)

    kept = one(acting(lena), community, "rsvp_conversion", **MARCH)

    assert (kept["numerator"], kept["denominator"]) == (1, 2)


def test_seats_are_counted_for_each_limit(acting, db, lena, community):
    a, b, c, d = people(db, 4)
    room = past.session(db, community, "2026-03-10T18:00", recorded="2026-02-01", capacity=4)
    past.rsvp(db, room, a, b, recorded="2026-03-01")
    past.attendance(db, room, b, c)
    both = past.session(
        db,
        community,
        "2026-03-17T18:00",
        recorded="2026-02-01",
        mode=Mode.HYBRID,
        capacity=2,
        online_capacity=None,
    )
    past.rsvp(db, both, a, recorded="2026-03-01", seating=Seating.IN_PERSON)
    past.rsvp(db, both, d, recorded="2026-03-01", seating=Seating.ONLINE)
    past.session(db, community, "2026-03-24T18:00", status=SessionStatus.CONFIRMED, capacity=9)

    seats = one(acting(lena), community, "fill_rate", **MARCH)

    assert (seats["numerator"], seats["denominator"]) == (4, 6)
    assert parts(seats) == {"overfull": 0}


def test_reach_needs_a_list_of_whom_to_reach(acting, db, lena, community):
    ours, theirs, other = (make.organisation(db, name) for name in ("Ours", "Theirs", "Other"))
    for organisation in (ours, other):
        person = make.person(db, organisation.name, organisation_id=organisation.id)
        past.spell(db, community, person, "2026-01-05")
    without = one(acting(lena), community, "organisation_reach", **MARCH)
    db.add_all(
        HopedFor(community_id=community.id, organisation_id=o.id, recorded_at=past.at("2026-01-01"))
        for o in (ours, theirs)
    )
    db.commit()

    reach = one(acting(lena), community, "organisation_reach", **MARCH)

    assert (without["value"], without["status"]) == (None, "no_data")
    assert (reach["numerator"], reach["denominator"], reach["value"]) == (1, 2, 50)


@pytest.mark.parametrize(("shared", "ties"), [(1, 139), (2, 95), (3, 46)])
def test_ties_are_those_published(acting, lena, community, davis, shared, ties):
    value = one(
        acting(lena),
        community,
        "network_density",
        tie_min_shared=shared,
        tie_max_size="none",
        **YEAR,
    )

    assert (value["numerator"], value["denominator"], value["n"]) == (ties, 153, 18)
    assert value["value"] == pytest.approx(ties / 153)
    assert value["rule"] == {"tie_min_shared": shared, "tie_max_size": None}


def test_the_group_of_cross_team_ties_can_be_chosen(acting, lena, community, davis):
    by_house = one(acting(lena), community, "cross_team_ties", tie_min_shared=1, **YEAR)
    by_team = one(
        acting(lena), community, "cross_team_ties", tie_min_shared=1, group_by="team", **YEAR
    )

    assert by_house["rule"]["group_by"] == "organisation"
    assert parts(by_house)["external"] + parts(by_house)["internal"] == 139
    assert parts(by_house)["groups"] == 2
    assert parts(by_team)["groups"] == 6
