"""The formulas, against their laws and against independent libraries."""

from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from api.engagement import formulas
from api.engagement.formulas import MONTHLY, WEEKLY, Level, Participation, level
from api.engagement.values import Status, rate, share, wilson

SOME = st.integers(min_value=0, max_value=10_000)


@st.composite
def proportions(draw: st.DrawFn) -> tuple[int, int]:
    denominator = draw(st.integers(1, 100_000))
    return draw(st.integers(0, denominator)), denominator


# Wilson's interval and rates


@given(proportions())
def test_wilson_agrees_with_scipy(counts: tuple[int, int]) -> None:
    numerator, denominator = counts

    low, high = wilson(numerator, denominator) or (nan, nan)

    reference = binomtest(numerator, denominator).proportion_ci(0.95, method="wilson")
    assert low == pytest.approx(reference.low, abs=1e-12)
    assert high == pytest.approx(reference.high, abs=1e-12)


@given(proportions())
def test_wilson_holds_the_share_and_stays_within_zero_and_one(counts: tuple[int, int]) -> None:
    numerator, denominator = counts

    low, high = wilson(numerator, denominator) or (nan, nan)

    assert 0 <= low <= numerator / denominator <= high <= 1


@given(proportions())
def test_the_interval_of_the_rest_is_the_mirror_image(counts: tuple[int, int]) -> None:
    numerator, denominator = counts

    low, high = wilson(numerator, denominator) or (nan, nan)
    low_rest, high_rest = wilson(denominator - numerator, denominator) or (nan, nan)

    assert low == pytest.approx(1 - high_rest, abs=1e-12)
    assert high == pytest.approx(1 - low_rest, abs=1e-12)


def test_wilson_is_exact_at_both_ends() -> None:
    nobody, everybody = wilson(0, 10), wilson(10, 10)

    assert nobody and nobody[0] == 0
    assert everybody and everybody[1] == 1
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 3), (1, 0)])
def test_wilson_refuses_what_is_no_proportion(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        wilson(numerator, denominator)


def test_a_rate_is_in_percent_with_its_interval() -> None:
    value = rate(38, 96)

    assert value.value == pytest.approx(39.583333)
    assert value.ci95 == pytest.approx((30.4, 49.6), abs=0.05)
    assert (value.numerator, value.denominator, value.status) == (38, 96, Status.OK)


def test_a_rate_of_nothing_is_no_data_and_not_zero() -> None:
    value = rate(0, 0)

    assert (value.value, value.ci95, value.status) == (None, None, Status.NO_DATA)
    assert share("core", 0, 0).status is Status.NO_DATA


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 3), (1, -3)])
def test_a_negative_count_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        rate(numerator, denominator)


# Members and reach


def test_members_are_a_count_and_zero_is_one() -> None:
    assert formulas.members(93).value == 93
    assert formulas.members(0).status is Status.OK


@given(SOME, SOME, SOME)
def test_growth_is_the_change_in_members(stayed: int, left: int, joined: int) -> None:
    at_start, at_end = stayed + left, stayed + joined

    value = formulas.net_growth(joined, left, at_start)

    assert value.numerator == at_end - at_start
    if at_start:
        assert value.value == pytest.approx(100 * (at_end / at_start - 1), abs=1e-9)
        assert value.value is not None and value.value >= -100
    else:
        assert (value.value, value.status) == (None, Status.NO_DATA)


def test_growth_from_nothing_still_shows_who_came_and_went() -> None:
    value = formulas.net_growth(joined=9, left=2, active_at_start=0)

    assert value.status is Status.NO_DATA
    assert (value.part("joined").value, value.part("left").value) == (9, 2)


def test_more_cannot_leave_than_ever_were() -> None:
    with pytest.raises(ValueError, match="cannot leave"):
        formulas.net_growth(joined=1, left=5, active_at_start=3)


def test_reach_without_a_list_is_no_data() -> None:
    assert formulas.organisation_reach(0, 0).status is Status.NO_DATA
    assert formulas.organisation_reach(11, 16).value == 68.75


def test_reach_beyond_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be among"):
        formulas.organisation_reach(17, 16)


# Activity


def test_active_members_count_the_window_and_the_days_before_its_end() -> None:
    value = formulas.active_members(in_window=40, day=3, week=12, month=38)

    assert value.value == 40
    assert [(part.key, part.value) for part in value.parts] == [
        ("day", 3),
        ("week", 12),
        ("month", 38),
    ]


def test_a_week_has_no_fewer_active_people_than_its_last_day() -> None:
    with pytest.raises(ValueError, match="not nested"):
        formulas.active_members(in_window=9, day=3, week=2, month=9)


def test_the_active_are_members() -> None:
    assert formulas.active_rate(38, 96).value == pytest.approx(39.583333)
    with pytest.raises(ValueError, match="cannot be among"):
        formulas.active_rate(97, 96)


@pytest.mark.parametrize(
    ("did", "expected"),
    [
        (Participation(contributed=9, took_part=9), Level.CORE),
        (Participation(contributed=8, took_part=13), Level.ACTIVE),
        (Participation(led=2), Level.CORE),
        (Participation(led=1), Level.PERIPHERAL),
        (Participation(took_part=4), Level.ACTIVE),
        (Participation(took_part=3), Level.PERIPHERAL),
        (Participation(looked=True), Level.PERIPHERAL),
        (Participation(), Level.DORMANT),
        (Participation(contributed=13, took_part=13, led=5, new=True), Level.NEW),
    ],
)
def test_members_of_a_weekly_community_are_classed_by_what_they_did(
    did: Participation, expected: Level
) -> None:
    assert level(did, WEEKLY) is expected


@pytest.mark.parametrize(
    ("did", "expected"),
    [
        (Participation(contributed=3, took_part=3), Level.CORE),
        (Participation(contributed=2, took_part=3), Level.ACTIVE),
        (Participation(took_part=2), Level.ACTIVE),
        (Participation(took_part=1), Level.PERIPHERAL),
    ],
)
def test_a_monthly_community_asks_for_months_and_not_weeks(
    did: Participation, expected: Level
) -> None:
    assert level(did, MONTHLY) is expected


@given(st.integers(0, 13), st.integers(0, 13), st.integers(0, 3), st.booleans())
def test_doing_more_never_lowers_a_level(took: int, gave: int, led: int, looked: bool) -> None:
    gave = min(gave, took)
    ladder = [Level.DORMANT, Level.PERIPHERAL, Level.ACTIVE, Level.CORE]

    lower = level(Participation(gave, took, led, looked))
    higher = level(Participation(min(gave + 1, 13), min(took + 1, 13), led + 1, looked=True))

    assert ladder.index(higher) >= ladder.index(lower)


def test_slots_beyond_the_cadence_are_refused() -> None:
    with pytest.raises(ValueError, match="does not fit 3 slots"):
        level(Participation(took_part=4), MONTHLY)
    with pytest.raises(ValueError, match="does not fit"):
        level(Participation(contributed=2, took_part=1))


def test_slots_are_counted_back_from_the_end() -> None:
    assert [WEEKLY.slot(days) for days in (0, 6, 7, 90)] == [0, 0, 1, 12]
    assert [MONTHLY.slot(days) for days in (29, 30, 89)] == [0, 1, 2]
    with pytest.raises(ValueError, match="91 days back"):
        WEEKLY.slot(91)


MIX = [
    Participation(contributed=9, took_part=9, people=10),
    Participation(took_part=5, people=16),
    Participation(looked=True, people=39),
    Participation(people=21),
    Participation(took_part=2, new=True, people=7),
]


def test_the_mix_shares_out_everybody_who_can_be_classed() -> None:
    value = formulas.participation_mix(MIX)

    assert [(part.key, part.numerator, part.denominator) for part in value.parts] == [
        ("core", 10, 86),
        ("active", 16, 86),
        ("peripheral", 39, 86),
        ("dormant", 21, 86),
        ("new", None, None),
    ]
    assert (value.value, value.status, value.n) == (None, Status.OK, 93)
    assert value.part("new").value == 7
    assert sum(part.value or 0 for part in value.parts[:4]) == pytest.approx(100)


@given(st.permutations(MIX))
def test_the_mix_does_not_know_an_order(people: list[Participation]) -> None:
    assert formulas.participation_mix(people) == formulas.participation_mix(MIX)


def test_grouped_people_count_like_single_ones() -> None:
    grouped = formulas.participation_mix([Participation(took_part=5, people=3)])

    assert grouped == formulas.participation_mix([Participation(took_part=5)] * 3)


def test_a_community_of_newcomers_has_no_mix_yet() -> None:
    value = formulas.participation_mix([Participation(new=True, people=4)])

    assert value.status is Status.NO_DATA
    assert value.part("core").value is None
    assert value.part("new").value == 4


# Inequality

CONTRIBUTIONS = st.lists(st.integers(0, 10_000), min_size=1, max_size=60)
SOMETHING = CONTRIBUTIONS.filter(any)


def gini(contributions: list[int]) -> float:
    value = formulas.participation_gini(contributions).value
    assert value is not None
    return float(value)


def test_gini_of_the_published_series() -> None:
    series = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]

    assert gini(series) == pytest.approx(0.4620911, abs=5e-8)


@given(SOMETHING)
def test_gini_is_half_the_relative_mean_difference(contributions: list[int]) -> None:
    x = np.array(contributions, float)
    difference = np.abs(x[:, None] - x[None, :]).mean()

    assert gini(contributions) == pytest.approx(difference / (2 * x.mean()), abs=1e-12)


@given(SOMETHING)
def test_gini_is_the_area_beneath_equality(contributions: list[int]) -> None:
    lorenz = np.concatenate([[0], np.cumsum(np.sort(contributions)) / sum(contributions)])
    area = np.trapezoid(lorenz, dx=1 / len(contributions))

    assert gini(contributions) == pytest.approx(1 - 2 * area, abs=1e-12)


@given(SOMETHING)
def test_gini_lies_between_zero_and_its_largest_possible_value(contributions: list[int]) -> None:
    n = len(contributions)

    assert 0 <= gini(contributions) <= (n - 1) / n + 1e-12


@given(SOMETHING, st.randoms(use_true_random=False))
def test_gini_does_not_know_an_order(contributions: list[int], random: object) -> None:
    shuffled = list(contributions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis does not export its type

    assert gini(shuffled) == gini(contributions)


@given(SOMETHING, st.integers(2, 5))
def test_gini_of_copies_of_a_community_is_the_same(contributions: list[int], times: int) -> None:
    assert gini(contributions * times) == pytest.approx(gini(contributions), abs=1e-12)


@given(SOMETHING, st.integers(2, 1000))
def test_gini_does_not_know_a_unit(contributions: list[int], factor: int) -> None:
    scaled = [factor * each for each in contributions]

    assert gini(scaled) == pytest.approx(gini(contributions), abs=1e-12)


@given(st.integers(1, 100), st.integers(1, 50))
def test_gini_of_equals_is_zero_and_of_one_giver_the_largest(n: int, gift: int) -> None:
    assert gini([gift] * n) == 0
    assert gini([0] * (n - 1) + [gift]) == pytest.approx((n - 1) / n)


def test_gini_is_exact_for_small_numbers() -> None:
    assert gini([1, 2, 3, 4]) == float(Fraction(1, 4))


@pytest.mark.parametrize("contributions", [[], [0], [0, 0, 0]])
def test_nobody_giving_anything_is_no_data(contributions: list[int]) -> None:
    value = formulas.participation_gini(contributions)

    assert (value.value, value.status, value.n) == (None, Status.NO_DATA, len(contributions))


@pytest.mark.parametrize("contributions", [[1, -1], [nan], [1.0, inf]])
def test_impossible_contributions_are_refused(contributions: list[float]) -> None:
    with pytest.raises(ValueError, match="finite and not negative"):
        formulas.participation_gini(contributions)


def test_gini_survives_numbers_at_the_ends_of_the_scale() -> None:
    huge, tiny = [1e308, 1e308, 0.0, 1e308], [5e-324, 0.0]

    assert formulas.participation_gini(huge).value == pytest.approx(0.25)
    assert formulas.participation_gini(tiny).value == pytest.approx(0.5)


# Sessions


@given(proportions(), st.data())
def test_coming_and_not_coming_add_up_to_all(counts: tuple[int, int], data: st.DataObject) -> None:
    came, yes = counts
    recorded = data.draw(st.integers(0, yes - came))

    conversion = formulas.rsvp_conversion(came, yes)
    no_show = formulas.no_show_rate(yes - came, yes, recorded, late=0)

    assert (conversion.value or 0) + (no_show.value or 0) == pytest.approx(100)
    assert no_show.part("recorded").value == recorded
    assert no_show.part("unrecorded").value == yes - came - recorded


@given(st.lists(proportions(), min_size=1, max_size=9))
def test_pooled_seats_are_the_weighted_mean_of_sessions(sessions: list[tuple[int, int]]) -> None:
    rates = [100 * taken / seats for taken, seats in sessions]

    pooled = formulas.fill_rate(sessions).value

    assert pooled == pytest.approx(np.average(rates, weights=[seats for _, seats in sessions]))


def test_late_cancellations_are_a_share_of_all_who_still_meant_to_come() -> None:
    value = formulas.no_show_rate(absent=10, yes=40, recorded=4, late=10)

    assert value.value == 25
    late = value.part("late_cancel")
    assert (late.value, late.numerator, late.denominator) == (20, 10, 50)


def test_no_answers_are_no_data() -> None:
    assert formulas.rsvp_conversion(0, 0).status is Status.NO_DATA
    assert formulas.no_show_rate(0, 0, 0, 0).status is Status.NO_DATA
    assert formulas.no_show_rate(0, 0, 0, 3).part("late_cancel").value == 100


@pytest.mark.parametrize(
    ("absent", "yes", "recorded", "late"),
    [(3, 2, 0, 0), (1, 2, 2, 0), (1, 2, 1, -1), (0, 0, -1, 0)],
)
def test_impossible_absences_are_refused(absent: int, yes: int, recorded: int, late: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        formulas.no_show_rate(absent, yes, recorded, late)


def test_fill_is_pooled_over_sessions_with_a_limit() -> None:
    value = formulas.fill_rate([(10, 20), (40, 40), (500, None)])

    assert value.value == pytest.approx(83.33333)
    assert (value.numerator, value.denominator) == (50, 60)
    assert value.part("overfull").value == 0


def test_an_overfull_room_shows_even_where_the_others_hide_it() -> None:
    assert formulas.fill_rate([(25, 20), (0, 20)]).part("overfull").value == 1


def test_more_people_than_seats_are_reported_without_an_interval() -> None:
    value = formulas.fill_rate([(25, 20)])

    assert (value.value, value.ci95, value.status) == (125, None, Status.OK)


@pytest.mark.parametrize("sessions", [[], [(30, None)], [(0, 0)]])
def test_no_limits_are_no_data(sessions: list[tuple[int, int | None]]) -> None:
    assert formulas.fill_rate(sessions).status is Status.NO_DATA


def test_negative_seats_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        formulas.fill_rate([(-1, 20), (5, 20)])


def test_a_part_is_found_by_its_key() -> None:
    value = formulas.net_growth(3, 1, 10)

    assert value.part("left").value == 1
    with pytest.raises(KeyError):
        value.part("stayed")
