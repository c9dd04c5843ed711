"""Ideas over HTTP: whose are counted, from when, and as it was known when."""

from uuid import uuid4

import pytest

from tests import make
from tests.engagement.asking import MARCH, measured, one, parts, people
from tests.make import past

BOTH = "proposal_funnel,duplicate_avoidance"


def funnel(client, community, **asked):
    return one(client, community, "proposal_funnel", **asked)


def part(value, key):
    return next(part for part in value["parts"] if part["key"] == key)


def test_a_community_without_proposals_has_no_value(acting, lena, community):
    ideas, duplicates = measured(acting(lena), community, ids=BOTH)

    assert (ideas["status"], ideas["value"]) == (duplicates["status"], None) == ("no_data", None)
    assert parts(ideas)["submitted"] == 0


def test_the_golden_values_of_the_first_version(acting, db, lena, community):
    """A change of any of these is a change of what is counted: a new version."""
    [asha] = people(db, 1)
    way = (
        ("submitted", "2026-03-02"),
        ("scoping", "2026-03-05"),
        ("interest_call", "2026-03-09T12:00"),
        ("interest_met", "2026-03-30T12:00"),
        ("planning", "2026-04-02"),
        ("scheduled", "2026-04-10"),
        ("launched", "2026-05-01T18:00"),
    )
    past.proposal(db, community, asha, *way)
    past.proposal(db, community, asha, *way[:5])
    past.proposal(db, community, asha, way[0], ("rejected", "2026-03-10"))
    past.proposal(db, community, asha, way[0], way[1], ("withdrawn", "2026-04-20"))
    targets = (("community", uuid4()),)
    referred = ("referred", "2026-03-04")
    past.proposal(db, community, asha, way[0], referred, targets=targets)

    value = funnel(acting(lena), community, as_of="2026-06-01", **MARCH)

    assert value["version"] == 1
    assert (value["value"], value["numerator"], value["denominator"]) == (50, 1, 2)
    assert value["ci95"] == pytest.approx([9.4531, 90.5469], abs=1e-4)
    assert parts(value) == {
        "submitted": 5,
        "interest_call": 40,
        "interest_met": 40,
        "launched": 20,
        "referred": 1,
        "rejected": 1,
        "withdrawn": 1,
        "expired": 0,
        "underway": 1,
        # Two are left on day 60.75, when one of them launches.
        "days_to_launch": 60.75,
        "launched_in_28_days": 0,
        "days_in_submitted": 3,
        "left_submitted_in_28_days": 100,
        "days_in_scoping": 4.5,
        "left_scoping_in_28_days": pytest.approx(200 / 3),
        "days_in_interest_call": 21,
        "left_interest_call_in_28_days": 100,
        "days_in_interest_met": 2.5,
        "left_interest_met_in_28_days": 100,
        "days_in_planning": 8,
        "left_planning_in_28_days": 50,
        "days_in_scheduled": 21.75,
        "left_scheduled_in_28_days": 100,
    }
    days = part(value, "days_to_launch")
    assert (days["numerator"], days["denominator"]) == (1, 5)


def test_the_window_holds_its_beginning_and_not_its_end(acting, db, lena, community):
    [asha] = people(db, 1)
    # March begins at midnight in London, which is UTC then, and ends in summer time.
    for moment in ("2026-02-28T23:59", "2026-03-01", "2026-03-31T22:59", "2026-03-31T23:00"):
        past.proposal(db, community, asha, ("submitted", moment))

    assert parts(funnel(acting(lena), community, **MARCH))["submitted"] == 2


def test_what_became_of_them_is_followed_beyond_the_window(acting, db, lena, community):
    [asha] = people(db, 1)
    steps = (("submitted", "2026-03-02"), ("rejected", "2026-04-05"), ("scoping", "2026-04-20"))
    past.proposal(db, community, asha, *steps)

    def known(as_of: str) -> tuple[float, float]:
        found = parts(funnel(acting(lena), community, as_of=as_of, **MARCH))
        return found["rejected"], found["underway"]

    assert [known(day) for day in ("2026-04-01", "2026-04-06", "2026-04-21")] == [
        (0, 1),
        (1, 0),
        (0, 1),
    ]
    assert parts(funnel(acting(lena), community, as_of="2026-03-01", **MARCH))["submitted"] == 0


def test_what_was_answered_once_is_answered_for_ever(acting, db, lena, community):
    asha, beth = people(db, 2)
    target = make.community(db, "Reflecting")
    idea = past.proposal(
        db, community, asha, ("submitted", "2026-03-02"), ("referred", "2026-03-10"),
        supporters=(beth,), targets=(("community", target.id),),
    )  # fmt: skip
    asked = {"ids": BOTH, "as_of": "2026-05-01", **MARCH}
    before = measured(acting(lena), community, **asked)

    past.spell(db, target, beth, "2026-03-12", recorded="2026-06-01")
    past.proposal(db, community, beth, ("submitted", "2026-06-01"))
    idea.parent_id = make.community(db, "Elsewhere").id
    db.add(idea)
    db.commit()

    assert measured(acting(lena), community, **asked) == before
    today = one(acting(lena), community, "duplicate_avoidance", **MARCH)
    assert part(today, "joined")["numerator"] == 1


def test_an_umbrella_counts_what_was_submitted_beneath_it(acting, db, lena, community):
    child = make.community(db, "Children", parent=community, lead=lena)
    other = make.community(db, "Elsewhere", lead=lena)
    [asha] = people(db, 1)
    for place in (community, child, child, other):
        past.proposal(db, place, asha, ("submitted", "2026-03-02"))

    def submitted(**asked: str) -> float:
        return parts(funnel(acting(lena), community, **asked, **MARCH))["submitted"]

    assert (submitted(), submitted(include="descendants")) == (1, 3)


def test_a_trend_follows_each_month_of_submissions(acting, db, lena, community):
    [asha] = people(db, 1)
    for moment in ("2026-02-10", "2026-03-10", "2026-03-11"):
        past.proposal(db, community, asha, ("submitted", moment))

    trend = measured(
        acting(lena), community, ids="proposal_funnel", interval="month",
        **{"from": "2026-02-01", "to": "2026-05-01"},
    )  # fmt: skip

    assert [parts(value)["submitted"] for value in trend] == [1, 2, 0]


def test_members_learn_nothing_of_a_few_proposals(acting, db, place):
    community, asha, femi = place
    past.proposal(db, community, asha, ("submitted", "2026-03-02"), ("rejected", "2026-03-03"))

    member, lead = (
        funnel(acting(asha), community, **MARCH),
        funnel(acting(femi), community, **MARCH),
    )

    assert (member["status"], member["suppressed"]) == ("suppressed", True)
    assert {each["value"] for each in member["parts"]} == {None}
    assert (lead["value"], lead["denominator"]) == (0, 1)


# Duplicates


@pytest.mark.parametrize(
    ("joined", "counted"),
    [
        ("2026-03-09T23:59", 0),
        ("2026-03-10", 1),
        ("2026-04-06T23:59", 1),
        ("2026-04-07", 0),
    ],
)
def test_a_join_counts_for_28_days(acting, db, lena, community, joined, counted):
    asha, beth = people(db, 2)
    target = make.community(db, "Reflecting")
    past.proposal(
        db, community, asha, ("submitted", "2026-03-02"), ("referred", "2026-03-10"),
        supporters=(beth,), targets=(("community", target.id),),
    )  # fmt: skip
    past.spell(db, target, beth, joined)

    value = one(acting(lena), community, "duplicate_avoidance", **MARCH)

    assert (value["value"], value["numerator"], value["denominator"]) == (100, 1, 1)
    # Whoever belonged there already had nothing to join.
    pointed = 1 if joined == "2026-03-09T23:59" else 2
    share = part(value, "joined")
    assert (share["numerator"], share["denominator"]) == (counted, pointed)


def test_people_still_have_their_28_days(acting, db, lena, community):
    asha, beth = people(db, 2)
    target = make.community(db, "Reflecting")
    past.proposal(
        db, community, asha, ("submitted", "2026-03-02"), ("referred", "2026-03-10"),
        supporters=(beth,), targets=(("community", target.id),),
    )  # fmt: skip
    past.spell(db, target, asha, "2026-03-12")

    def known(as_of: str) -> tuple[int, int, int]:
        value = one(acting(lena), community, "duplicate_avoidance", as_of=as_of, **MARCH)
        share = part(value, "joined")
        return share["numerator"], share["denominator"], parts(value)["waiting"]

    assert known("2026-04-06T23:59:59Z") == (0, 0, 2)
    assert known("2026-04-07T00:00:00Z") == (1, 2, 0)


def test_a_new_role_is_no_join(acting, db, lena, community):
    asha, guest = people(db, 1)[0], make.person(db, "Guest", counted=False)
    target = make.community(db, "Reflecting")
    past.proposal(
        db, community, asha, ("submitted", "2026-03-02"), ("referred", "2026-03-10"),
        supporters=(guest,), targets=(("community", target.id), ("community", uuid4())),
    )  # fmt: skip
    past.spell(db, target, asha, "2026-02-01", "2026-03-12")
    past.spell(db, target, asha, "2026-03-12")
    past.spell(db, target, guest, "2026-03-12")

    share = part(one(acting(lena), community, "duplicate_avoidance", **MARCH), "joined")

    assert (share["numerator"], share["denominator"]) == (0, 1)


def test_a_merger_points_to_no_community(acting, db, lena, community):
    [asha] = people(db, 1)
    steps = (("submitted", "2026-03-02"), ("referred", "2026-03-10"))
    past.proposal(db, community, asha, *steps, targets=(("proposal", uuid4()),))

    value = one(acting(lena), community, "duplicate_avoidance", **MARCH)

    assert (value["value"], parts(value)["merged"]) == (0, 1)
    assert part(value, "joined")["status"] == "no_data"
