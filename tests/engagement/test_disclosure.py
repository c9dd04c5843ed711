"""Disclosure control, seen from the side of somebody who tries to get behind it."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.engagement import formulas
from api.engagement.catalogue import CATALOGUE
from api.engagement.disclosure import (
    disclose,
    disclose_cells,
    disclose_count,
    disclose_family,
)
from api.engagement.feasible import Sum
from api.engagement.formulas import Participation
from api.engagement.ledger import Breakdown, Entry, Ledger
from api.engagement.network import TieRule, cross_team_ties, find_ties, network_density
from api.engagement.profile import EXACT, LT5, LT7, LT10, NHS8, PROFILES, Profile
from api.engagement.values import Status, Value
from api.engagement.windows import Interval, Window, between, split

OCTOBER = between(date(2026, 10, 1), date(2026, 11, 1), "Europe/London")
STRICT = [NHS8, LT5, LT7, LT10]


def entry(metric_id: str, value: Value, window: Window = OCTOBER, group: str = "") -> Entry:
    return Entry(CATALOGUE[metric_id], window, value, group)


def safe(metric_id: str, value: Value, profile: Profile = NHS8) -> Value:
    [shown] = disclose([entry(metric_id, value)], profile)
    return shown


# One count


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1002, 1000)],
)
def test_small_counts_are_hidden_and_others_rounded(count: int, shown: int | None) -> None:
    assert disclose_count(count) == shown


@pytest.mark.parametrize(
    ("profile", "largest_hidden"), [("nhs8", 7), ("lt5", 4), ("lt7", 6), ("lt10", 9)]
)
def test_a_profile_hides_what_it_says(profile: str, largest_hidden: int) -> None:
    strict = PROFILES[profile]

    assert disclose_count(largest_hidden, strict) is None
    assert disclose_count(largest_hidden + 1, strict) is not None
    assert disclose_count(0, strict) == 0


@pytest.mark.parametrize("profile", STRICT)
@given(count=st.integers(0, 10_000))
def test_a_band_is_what_shows_the_same(profile: Profile, count: int) -> None:
    low, high = profile.band(count)

    alike = [other for other in range(count + 20) if profile.show(other) == profile.show(count)]

    assert (low, high) == (min(alike), max(alike))
    assert low <= count <= (high or 0)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        disclose_count(-1)


def test_the_exact_profile_changes_nothing() -> None:
    value = formulas.active_rate(3, 7)

    assert safe("active_rate", value, EXACT) is value


# One value


def test_a_rate_is_a_whole_percent_of_rounded_counts() -> None:
    value = safe("active_rate", formulas.active_rate(38, 96))

    assert (value.value, value.numerator, value.denominator) == (42, 40, 95)
    assert value.ci95 == (32, 53)
    assert value.status is Status.OK


@pytest.mark.parametrize(
    ("active", "people"), [(0, 7), (3, 96), (7, 96), (89, 96), (95, 96), (5, 10), (1, 1)]
)
def test_a_rate_of_few_or_all_but_few_is_hidden(active: int, people: int) -> None:
    value = safe("active_rate", formulas.active_rate(active, people))

    assert (value.value, value.ci95, value.status) == (None, None, Status.SUPPRESSED)
    assert value.numerator is None


def test_nobody_and_everybody_may_be_said() -> None:
    assert safe("active_rate", formulas.active_rate(0, 96)).value == 0
    assert safe("active_rate", formulas.active_rate(96, 96)).value == 100


def test_no_data_stays_no_data() -> None:
    value = safe("active_rate", formulas.active_rate(0, 0))

    assert (value.value, value.denominator, value.status) == (None, 0, Status.NO_DATA)


@given(st.integers(0, 200), st.integers(0, 200))
def test_every_rate_that_is_shown_is_an_integer_between_its_bounds(one: int, other: int) -> None:
    active, people = sorted((one, other))

    value = safe("active_rate", formulas.active_rate(active, people))

    if value.status is Status.OK:
        assert isinstance(value.value, int)
        assert value.ci95 is not None
        assert 0 <= value.ci95[0] <= value.value <= value.ci95[1] <= 100
        assert people >= 8 and active not in range(1, 8) and people - active not in range(1, 8)
    else:
        assert value.value is None


def test_growth_is_made_of_rounded_counts() -> None:
    value = safe("net_growth", formulas.net_growth(joined=13, left=9, active_at_start=98))

    assert (value.value, value.numerator, value.denominator) == (5, 5, 100)
    assert [part.value for part in value.parts] == [15, 10]


def test_growth_by_a_few_is_hidden() -> None:
    value = safe("net_growth", formulas.net_growth(joined=3, left=0, active_at_start=98))

    assert (value.value, value.numerator, value.status) == (None, None, Status.SUPPRESSED)
    assert value.part("joined").status is Status.SUPPRESSED
    assert value.part("left").value == 0


def test_growth_from_nothing_shows_who_came() -> None:
    value = safe("net_growth", formulas.net_growth(joined=24, left=0, active_at_start=0))

    assert (value.value, value.status) == (None, Status.NO_DATA)
    assert value.part("joined").value == 25


def mix(core: int, active: int, peripheral: int, dormant: int, new: int = 0) -> Value:
    return formulas.participation_mix(
        [
            Participation(led=2, people=core),
            Participation(took_part=5, people=active),
            Participation(looked=True, people=peripheral),
            Participation(people=dormant),
            Participation(new=True, people=new),
        ]
    )


def test_parts_of_a_mix_are_hidden_one_by_one() -> None:
    value = safe("participation_mix", mix(core=4, active=16, peripheral=39, dormant=27, new=5))

    assert [(part.key, part.value, part.numerator) for part in value.parts] == [
        ("core", None, None),
        ("active", 18, 15),
        ("peripheral", 47, 40),
        ("dormant", 29, 25),
        ("new", None, None),
    ]
    assert (value.value, value.denominator, value.status) == (None, 85, Status.OK)


def test_a_mix_of_a_handful_is_hidden_whole() -> None:
    value = safe("participation_mix", mix(core=1, active=0, peripheral=3, dormant=0))

    assert value.status is Status.SUPPRESSED
    assert {part.value for part in value.parts[:4]} == {None}
    assert {part.numerator for part in value.parts} == {None}


def test_an_index_needs_eight_people_and_keeps_two_decimals() -> None:
    seven, eight = [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7, 8]

    assert safe("participation_gini", formulas.participation_gini(seven)).value is None
    shown = safe("participation_gini", formulas.participation_gini(eight))
    assert (shown.value, shown.n) == (0.29, 10)


def test_that_a_handful_gave_nothing_is_not_said() -> None:
    value = safe("participation_gini", formulas.participation_gini([0] * 5))

    assert value.status is Status.SUPPRESSED


def test_a_density_does_not_give_away_its_ties() -> None:
    pairs = [(session, person) for session in range(3) for person in range(9)]

    value = safe("network_density", network_density(find_ties(pairs, people=range(12))))

    assert (value.value, value.numerator, value.denominator, value.n) == (0.55, None, None, 10)


def test_ties_across_groups_keep_their_comparison_and_hide_their_counts() -> None:
    pairs = [(session, person) for session in range(3) for person in range(12)]
    groups = {person: str(person % 3) for person in range(10)}

    value = safe("cross_team_ties", cross_team_ties(find_ties(pairs), groups, permutations=9))

    assert value.value == 0.47
    shown = {part.key: part.value for part in value.parts}
    assert shown["external"] is None and shown["internal"] is None and shown["unknown"] is None
    assert (shown["groups"], shown["permutations"], shown["expected"]) == (3, 9, 0.47)


def test_ties_of_a_handful_hide_everything_that_describes_them() -> None:
    pairs = [(session, person) for session in range(3) for person in range(6)]
    ties = find_ties(pairs, TieRule(), range(30))

    value = safe("cross_team_ties", cross_team_ties(ties, dict.fromkeys(range(6), "a")))

    assert value.value is None
    assert {part.key: part.value for part in value.parts} == {
        "external": None,
        "internal": None,
        "expected": None,
        "p_value": None,
        "permutations": None,
        "groups": None,
        "unknown": 25,
    }


def test_what_arrives_hidden_leaves_hidden() -> None:
    value = Value(None, 3, 5, status=Status.SUPPRESSED)

    assert safe("active_rate", value) == Value(None, status=Status.SUPPRESSED)


def test_an_overfull_room_leaves_without_an_interval() -> None:
    value = safe("fill_rate", formulas.fill_rate([(25, 20)]))

    assert (value.value, value.ci95, value.part("overfull").value) == (125, None, 1)


# Attacks by subtraction


def test_the_two_halves_of_a_rate_do_not_open_each_other() -> None:
    # Without rounding, 40 yes and 37 no-shows would say that 3 came.
    came, no_show = disclose(
        [
            entry("rsvp_conversion", formulas.rsvp_conversion(3, 40)),
            entry("no_show_rate", formulas.no_show_rate(37, 40, 20, 0)),
        ],
        LT5,
    )

    assert came.numerator is None and came.value is None
    assert no_show.numerator is None and no_show.value is None
    # The absent are also the sum of their parts, so one of these or the total has to go.
    assert came.denominator == no_show.denominator
    left = [came.denominator, *(part.value for part in no_show.parts[:2])]
    assert left.count(None) == 1


def test_members_less_dormant_does_not_give_the_others() -> None:
    members, parts = disclose(
        [
            entry("members", formulas.members(50)),
            entry("participation_mix", mix(core=3, active=0, peripheral=0, dormant=47)),
        ],
        LT5,
    )

    assert parts.part("core").value is None
    assert members.value is None or parts.part("dormant").numerator is None


def test_neighbouring_months_do_not_give_those_who_joined() -> None:
    october, november = split(
        between(date(2026, 10, 1), date(2026, 12, 1), "Europe/London"), Interval.MONTH
    )
    shown = disclose(
        [
            entry("members", formulas.members(30), october),
            entry("net_growth", formulas.net_growth(0, 0, 30), october),
            entry("members", formulas.members(32), november),
            entry("net_growth", formulas.net_growth(2, 0, 30), november),
        ],
        LT5,
    )

    assert shown[3].part("joined").value is None
    known = [shown[0].value, shown[3].denominator]
    assert shown[2].value is None or known == [None, None]


def test_the_same_people_are_hidden_wherever_they_turn_up() -> None:
    october, november = split(
        between(date(2026, 10, 1), date(2026, 12, 1), "Europe/London"), Interval.MONTH
    )
    shown = disclose(
        [
            entry("members", formulas.members(32), october),
            entry("active_rate", formulas.active_rate(30, 32), october),
            entry("active_members", formulas.active_members(30, 5, 9, 25), october),
            entry("net_growth", formulas.net_growth(9, 9, 32), november),
        ],
        LT5,
    )

    # Two were not active; of the 32 and the 30 only one may stay.
    assert shown[1].value is None
    people, active = shown[1].denominator, shown[2].value
    assert people is None or active is None
    assert (shown[0].value is None) == (shown[3].denominator is None)


def test_a_community_beneath_another_does_not_give_the_rest_of_it() -> None:
    shown = disclose(
        [
            entry("members", formulas.members(41), group="umbrella"),
            entry("members", formulas.members(39), group="child"),
        ],
        LT5,
        [Breakdown("umbrella", ("child",))],
    )

    # Two people are in the umbrella and not in its child.
    assert [value.value for value in shown] == [None, 39]


def test_rounding_already_hides_the_rest_of_a_community() -> None:
    shown = disclose(
        [
            entry("members", formulas.members(41), group="umbrella"),
            entry("members", formulas.members(39), group="child"),
        ],
        NHS8,
        [Breakdown("umbrella", ("child",))],
    )

    assert [value.value for value in shown] == [40, 40]


def test_children_that_overlap_say_nothing_about_their_umbrella() -> None:
    entries = [
        entry("members", formulas.members(41), group="umbrella"),
        entry("members", formulas.members(39), group="one"),
        entry("members", formulas.members(4), group="other"),
    ]
    children = [Breakdown("umbrella", ("one", "other"))]

    assert [value.value for value in disclose(entries, LT5, children)] == [41, 39, None]
    assert Ledger(entries, LT5, children).contradictions == []


def test_counts_that_contradict_each_other_are_named() -> None:
    crowds = Ledger(
        [
            entry("active_members", formulas.active_members(30, 0, 0, 0)),
            entry("active_rate", formulas.active_rate(29, 50)),
        ],
        NHS8,
    )
    sums = Ledger(
        [
            entry("members", formulas.members(60)),
            entry("active_rate", formulas.active_rate(29, 50)),
        ],
        NHS8,
    )

    assert crowds.contradictions[0] == "active_rate counts 29 active, not 30"
    assert sums.contradictions == ["people and its parts differ by -10"]


# Tables


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.sampled_from(STRICT))
def test_a_family_and_its_total_are_safe_together(counts: list[int], profile: Profile) -> None:
    parts = {str(index): count for index, count in enumerate(counts)}

    shown, total = disclose_family(parts, sum(counts), profile)

    assert all(shown[key] in (None, profile.show(count)) for key, count in parts.items())
    if total is not None:
        hidden = [key for key in parts if shown[key] is None]
        spans = []
        for count in counts:
            low, high = profile.band(count)
            spans.append(range(low, (high or 0) + 1))
        possible = [
            guess for guess in itertools.product(*spans) if profile.show(sum(guess)) == total
        ]
        for key in hidden:
            assert len({guess[int(key)] for guess in possible}) >= 3


def test_a_total_that_would_open_a_cell_is_withheld() -> None:
    assert disclose_family({"a": 20, "b": 3}, 23, LT5) == ({"a": 20, "b": None}, None)
    assert disclose_family({"a": 20, "b": 3}, 23, NHS8) == ({"a": 20, "b": None}, 25)


def test_under_a_small_total_the_zeros_are_hidden_too() -> None:
    shown, total = disclose_family({"a": 2, "b": 1, "c": 1, "d": 0}, 4, LT5)

    assert (set(shown.values()), total) == ({None}, None)


def test_a_table_with_totals_in_two_directions_is_safe() -> None:
    cells = {"a": 2, "b": 20, "c": 21, "d": 19}
    totals = {"row 1": 22, "row 2": 40, "column 1": 23, "column 2": 39, "all": 62}
    sums = [
        Sum("row 1", ("a", "b")),
        Sum("row 2", ("c", "d")),
        Sum("column 1", ("a", "c")),
        Sum("column 2", ("b", "d")),
        Sum("all", ("row 1", "row 2")),
        Sum("all", ("column 1", "column 2")),
    ]

    shown = disclose_cells(cells | totals, sums, LT5)

    # With one total gone, the other direction and the total of all would still tell.
    assert shown["a"] is None
    assert sum(number is None for number in shown.values()) >= 3


def test_a_table_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="not the sum"):
        disclose_family({"a": 20, "b": 30}, 60)
    with pytest.raises(KeyError):
        disclose_cells({"a": 20}, [Sum("all", ("a",))])


def test_an_answer_of_two_years_by_month_is_quick() -> None:
    months = split(between(date(2024, 1, 1), date(2026, 1, 1), "Europe/London"), Interval.MONTH)
    entries = []
    for index, month in enumerate(months):
        members, people = 40 + index, 41 + index
        entries += [
            entry("members", formulas.members(members), month),
            entry("net_growth", formulas.net_growth(2, 1, members - 1), month),
            entry("active_rate", formulas.active_rate(people - 6, people), month),
            entry("participation_mix", mix(3, 9, members - 14, 1, 1), month),
        ]

    shown = disclose(entries, LT5)

    assert len(shown) == 96
    assert {value.status for value in shown} <= {Status.OK, Status.SUPPRESSED}
