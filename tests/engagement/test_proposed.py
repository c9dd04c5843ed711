"""What becomes of ideas: the formulas, and what of them may leave a community."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.engagement.catalogue import CATALOGUE
from api.engagement.disclosure import disclose
from api.engagement.ledger import Entry, Ledger
from api.engagement.profile import EXACT, NHS8
from api.engagement.proposed import (
    EXITS,
    Journey,
    Referral,
    duplicate_avoidance,
    proposal_funnel,
)
from api.engagement.survival import Wait
from api.engagement.values import Status, Value
from api.engagement.windows import between
from api.proposals.lifecycle import ProposalState, Way

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = START + timedelta(days=100)
YEAR = between(date(2026, 1, 1), date(2027, 1, 1), "Europe/London")
WAY = ("submitted", "scoping", "interest_call", "interest_met", "planning", "scheduled", "launched")


def journey(*steps: str | float, until: datetime = NOW) -> Journey:
    """States and the days spent in them, in turn."""
    moves, at = [], START
    for step in steps:
        if isinstance(step, str):
            moves.append((step, at))
        else:
            at += timedelta(days=step)
    return Journey(tuple(moves), until)


def launched(days: float) -> Journey:
    each = days / 6
    steps = [step for state in WAY[:-1] for step in (state, each)]
    return journey(*steps, "launched")


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """Any way that the lifecycle allows."""
    way, moves, at = Way(ProposalState.SUBMITTED), [("submitted", START)], START
    for _ in range(draw(st.integers(0, 12))):
        if not way.legal():
            break
        way = way.go(draw(st.sampled_from(sorted(way.legal()))))
        at += timedelta(days=draw(st.integers(0, 30)))
        moves.append((way.state, at))
    return Journey(tuple(moves), at + timedelta(days=draw(st.integers(0, 60))))


def disclosed(value: Value, metric: str = "proposal_funnel") -> Value:
    return disclose([Entry(CATALOGUE[metric], YEAR, value)])[0]


# Journeys


def test_a_launch_is_waited_for_from_the_submission_on() -> None:
    assert launched(30).to_launch() == Wait(30, True)
    assert journey("submitted", 4, "scoping").to_launch() == Wait(100, False)


@pytest.mark.parametrize("end", EXITS)
def test_what_ended_otherwise_is_watched_until_its_end(end: str) -> None:
    assert journey("submitted", 4, "scoping", 6, end).to_launch() == Wait(10, False)


def test_an_end_that_was_taken_back_is_none() -> None:
    appealed = journey("submitted", 4, "rejected", 6, "scoping")
    revived = journey("submitted", 4, "scoping", 90, "expired", 1, "scoping")

    assert appealed.to_launch() == revived.to_launch() == Wait(100, False)
    assert proposal_funnel([appealed, revived]).part("underway").value == 2


def test_all_stays_in_a_state_are_one_wait() -> None:
    twice = journey(
        "submitted", 1, "scoping", 2, "interest_call", 21, "interest_not_met", 30, "interest_call"
    )

    assert twice.within("scoping") == Wait(2, True)
    assert twice.within("interest_call") == Wait(21 + 46, False)
    assert twice.within("planning") is None


def test_a_stay_ends_whichever_way_it_is_left() -> None:
    assert journey("submitted", 4, "withdrawn").within("submitted") == Wait(4, True)
    assert journey("submitted", 4, "referred").within("submitted") == Wait(4, True)


def test_a_clock_that_was_set_back_makes_no_time_negative() -> None:
    assert journey("submitted", -1, "scoping").within("submitted") == Wait(0, True)


def test_a_journey_begins_when_it_is_submitted() -> None:
    with pytest.raises(ValueError, match="submitted"):
        journey("scoping")


# The funnel


def test_referred_and_withdrawn_are_no_failures() -> None:
    value = proposal_funnel(
        [
            *[launched(30)] * 3,
            journey("submitted", 1, "rejected"),
            journey("submitted", 1, "scoping", 90, "expired"),
            *[journey("submitted", 1, "referred")] * 4,
            *[journey("submitted", 1, "scoping", 1, "withdrawn")] * 5,
            *[journey("submitted")] * 6,
        ]
    )

    assert (value.numerator, value.denominator, value.value) == (3, 5, 60)
    exits = {each: value.part(each).value for each in EXITS}
    assert exits == {"referred": 4, "rejected": 1, "withdrawn": 5, "expired": 1}
    assert (value.part("submitted").value, value.part("underway").value) == (20, 6)


def test_a_stage_is_reached_once_however_often_it_is_reached() -> None:
    value = proposal_funnel(
        [
            journey("submitted", 1, "scoping", 1, "interest_call", 21, "interest_not_met", 30,
                    "interest_call", 3, "interest_met", 1, "withdrawn"),
            journey("submitted"),
        ]
    )  # fmt: skip

    called, met = value.part("interest_call"), value.part("interest_met")
    assert (called.numerator, called.denominator, called.value) == (1, 2, 50)
    assert (met.numerator, met.denominator) == (1, 2)


def test_nothing_decided_is_no_value_but_the_counts() -> None:
    value = proposal_funnel([journey("submitted")])

    assert (value.value, value.denominator, value.status) == (None, 0, Status.NO_DATA)
    assert value.part("submitted").value == value.part("underway").value == 1


def test_no_proposals_are_no_data() -> None:
    value = proposal_funnel([])

    assert value.status is Status.NO_DATA
    assert value.part("submitted").value == 0
    assert value.part("days_to_launch").status is Status.NO_DATA
    assert value.part("launched").status is Status.NO_DATA


def test_half_of_them_not_launched_is_not_reached_with_what_is_known_by_28_days() -> None:
    value = proposal_funnel([launched(20), launched(40), *[journey("submitted")] * 6])

    median, early = value.part("days_to_launch"), value.part("launched_in_28_days")
    assert (median.value, median.status) == (None, Status.NOT_REACHED)
    assert (median.numerator, median.denominator) == (2, 8)
    assert (early.value, early.numerator, early.denominator) == (12.5, 1, 8)


def test_nobody_watched_for_28_days_leaves_that_unknown() -> None:
    young = journey("submitted", until=START + timedelta(days=5))

    value = proposal_funnel([young])

    assert value.part("days_to_launch").status is Status.NOT_REACHED
    assert value.part("launched_in_28_days").status is Status.NO_DATA


@given(st.lists(journeys(), max_size=20))
def test_every_proposal_is_in_one_place(found: list[Journey]) -> None:
    value = proposal_funnel(found)

    ends = [value.part(each).value or 0 for each in (*EXITS, "underway")]
    assert sum(ends) + (value.numerator or 0) == value.part("submitted").value == len(found)
    stages = [value.part(s).numerator for s in ("interest_call", "interest_met", "launched")]
    assert stages == sorted(stages, key=lambda n: -(n or 0))
    assert Ledger([Entry(CATALOGUE["proposal_funnel"], YEAR, value)], NHS8).contradictions == []


# What may leave


def test_a_few_proposals_are_as_few_people() -> None:
    safe = disclosed(proposal_funnel([launched(30), *[journey("submitted")] * 4]))

    assert safe.status is Status.SUPPRESSED
    assert {part.status for part in safe.parts} == {Status.SUPPRESSED}
    assert {part.value for part in safe.parts} == {None}


def test_many_proposals_are_shown_rounded_and_in_whole_days() -> None:
    found = [launched(30.4)] * 22 + [journey("submitted", 1, "rejected")] * 11

    safe = disclosed(proposal_funnel(found))

    assert (safe.value, safe.numerator, safe.denominator) == (57, 20, 35)
    assert safe.part("submitted").value == 35
    days = safe.part("days_to_launch")
    assert (days.value, days.numerator, days.denominator) == (30, None, None)
    assert safe.part("days_in_planning").value == 5
    assert safe.part("referred").value == 0


def test_a_wait_of_a_few_is_hidden_among_many() -> None:
    few = [journey("submitted", 1, "scoping", 3, "interest_call")] * 5
    found = few + [journey("submitted", 1, "rejected")] * 20

    safe = disclosed(proposal_funnel(found))

    assert safe.part("days_in_submitted").value == 1
    assert safe.part("days_in_scoping").status is Status.SUPPRESSED
    assert safe.part("left_scoping_in_28_days").status is Status.SUPPRESSED
    assert safe.part("interest_call").status is Status.SUPPRESSED


def test_a_share_that_would_tell_of_a_few_is_hidden() -> None:
    found = [launched(20)] * 3 + [launched(60)] * 20

    safe = disclosed(proposal_funnel(found))

    assert safe.part("days_to_launch").value == 60
    assert safe.part("launched_in_28_days").status is Status.SUPPRESSED


def test_no_proposals_may_be_said() -> None:
    safe = disclosed(proposal_funnel([]))

    assert safe.status is Status.NO_DATA
    assert {p.status for p in safe.parts if p.value is None} == {Status.NO_DATA}


def test_leads_see_everything() -> None:
    value = proposal_funnel([launched(30)])

    assert disclose([Entry(CATALOGUE["proposal_funnel"], YEAR, value)], EXACT) == [value]


# Duplicates


def test_joins_are_of_people_and_each_is_counted_once() -> None:
    nia_and_beth = frozenset({"nia", "beth"})
    value = duplicate_avoidance(
        10,
        [
            Referral(True, settled=True, people=nia_and_beth, joined=frozenset({"nia"})),
            Referral(True, settled=True, people=frozenset({"nia", "cora"})),
            Referral(True, settled=False, people=frozenset({"nia", "desmond"})),
            Referral(False, settled=True, people=frozenset({"femi"})),
        ],
    )

    assert (value.numerator, value.denominator, value.value) == (3, 10, 30)
    joined = value.part("joined")
    assert (joined.numerator, joined.denominator) == (1, 3)
    assert (value.part("waiting").value, value.part("merged").value) == (1, 1)


def test_nothing_submitted_is_no_value() -> None:
    value = duplicate_avoidance(0, [])

    assert (value.value, value.status) == (None, Status.NO_DATA)
    assert value.part("joined").status is Status.NO_DATA


def test_more_referrals_than_proposals_are_a_broken_query() -> None:
    with pytest.raises(ValueError, match="cannot be referred"):
        duplicate_avoidance(0, [Referral(True, settled=True, people=frozenset())])


def test_a_few_who_joined_are_hidden() -> None:
    people = [frozenset({f"Person {n}"}) for n in range(20)]
    found = [
        Referral(True, settled=True, people=who, joined=who if n < 3 else frozenset())
        for n, who in enumerate(people)
    ]

    safe = disclosed(duplicate_avoidance(40, found), "duplicate_avoidance")

    assert (safe.value, safe.numerator, safe.denominator) == (50, 20, 40)
    assert safe.part("joined").status is Status.SUPPRESSED
    assert safe.part("joined").numerator is None
