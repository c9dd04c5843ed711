"""An attacker who uses everything an answer shows, with a solver of integer programmes.

A community's history is drawn at random, measured, and disclosed. The attacker reads the numbers
off the page, knows how crowds add up and what each profile does to a count, and is told of every
missing number that is small that it is small. They must not pin any small number down to fewer
than three values. This shares no code with the defence but the profiles.
"""

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from api.engagement import formulas
from api.engagement.catalogue import CATALOGUE
from api.engagement.disclosure import disclose
from api.engagement.formulas import Participation
from api.engagement.ledger import Entry, Ledger
from api.engagement.profile import LT5, LT7, LT10, NHS8, Profile
from api.engagement.values import Value
from api.engagement.windows import Interval, between, split

MONTHS = split(between(date(2026, 9, 1), date(2026, 12, 1), "Europe/London"), Interval.MONTH)
STRICT = pytest.mark.parametrize("profile", [NHS8, LT5, LT7, LT10], ids=lambda each: each.name)
LEVELS = ["core", "active", "peripheral", "dormant"]
PER_MONTH = 8

# A crowd and the month it is counted in; members are counted at the end of a month, and at the end
# of month -1 when everything begins.
Name = tuple[str, int]
Counts = dict[Name, int]


def sums(months: int) -> list[tuple[Name, list[Name]]]:
    """How crowds add up, as anybody can read in the documentation."""
    found: list[tuple[Name, list[Name]]] = []
    for m in range(months):
        found += [
            (("people", m), [("members", m - 1), ("joined", m)]),
            (("people", m), [("members", m), ("left", m)]),
            (("people", m), [("took part", m), ("did not", m)]),
            (("members", m), [("classed", m), ("new", m)]),
            (("classed", m), [(level, m) for level in LEVELS]),
            (("yes", m), [("came", m), ("absent", m)]),
            (("absent", m), [("recorded", m), ("unrecorded", m)]),
            (("meant", m), [("yes", m), ("late", m)]),
        ]
    return found


@st.composite
def histories(draw: st.DrawFn) -> Counts:
    """Draw one to three months in which all sums hold, often with few people."""
    some = st.one_of(st.integers(0, 3), st.integers(0, 9), st.integers(0, 40))
    counts: Counts = {("members", -1): draw(some)}
    for m in range(draw(st.integers(1, len(MONTHS)))):
        month = dict.fromkeys(("joined", "recorded", "unrecorded", "came", "late"), 0)
        month = {name: draw(some) for name in month}
        month["people"] = counts["members", m - 1] + month["joined"]
        month["left"] = min(month["people"], draw(some))
        month["members"] = month["people"] - month["left"]
        month["did not"] = min(month["people"], draw(some))
        month["took part"] = month["people"] - month["did not"]
        month["new"] = min(month["members"], draw(some))
        month["classed"] = unsorted = month["members"] - month["new"]
        for level in LEVELS[:-1]:
            month[level] = min(unsorted, draw(some))
            unsorted -= month[level]
        month[LEVELS[-1]] = unsorted
        month["absent"] = month["recorded"] + month["unrecorded"]
        month["yes"] = month["came"] + month["absent"]
        month["meant"] = month["yes"] + month["late"]
        counts |= {(name, m): count for name, count in month.items()}
    return counts


def months_of(counts: Counts) -> int:
    return 1 + max(month for _, month in counts)


def answer(counts: Counts) -> list[Entry]:
    """Measure every month; PER_MONTH values each."""
    found = []
    for m in range(months_of(counts)):
        c = {name: count for (name, month), count in counts.items() if month == m}
        values = {
            "members": formulas.members(c["members"]),
            "net_growth": formulas.net_growth(c["joined"], c["left"], counts["members", m - 1]),
            "active_members": formulas.active_members(c["took part"], 0, 0, c["took part"]),
            "active_rate": formulas.active_rate(c["took part"], c["people"]),
            "participation_mix": formulas.participation_mix(
                [
                    Participation(led=2, people=c["core"]),
                    Participation(took_part=5, people=c["active"]),
                    Participation(looked=True, people=c["peripheral"]),
                    Participation(people=c["dormant"]),
                    Participation(new=True, people=c["new"]),
                ]
            ),
            "participation_gini": formulas.participation_gini([1] * c["people"]),
            "rsvp_conversion": formulas.rsvp_conversion(c["came"], c["yes"]),
            "no_show_rate": formulas.no_show_rate(c["absent"], c["yes"], c["recorded"], c["late"]),
        }
        found += [Entry(CATALOGUE[key], MONTHS[m], value) for key, value in values.items()]
    return found


def printed(shown: list[Value]) -> dict[Name, set[int]]:
    """Read off the page every count that is on it, by the crowd it is of."""
    found: dict[Name, set[int]] = {}
    for m in range(len(shown) // PER_MONTH):
        page = shown[m * PER_MONTH : (m + 1) * PER_MONTH]
        members, growth, active, rate, mix, gini, conversion, no_show = page
        for name, month, number in [
            ("members", m, members.value),
            ("members", m, mix.n),
            ("members", m - 1, growth.denominator),
            ("joined", m, growth.part("joined").value),
            ("left", m, growth.part("left").value),
            ("took part", m, active.value),
            ("took part", m, rate.numerator),
            ("people", m, rate.denominator),
            ("people", m, gini.n),
            ("classed", m, mix.denominator),
            ("new", m, mix.part("new").value),
            *((level, m, mix.part(level).numerator) for level in LEVELS),
            ("yes", m, conversion.denominator),
            ("yes", m, no_show.denominator),
            ("came", m, conversion.numerator),
            ("absent", m, no_show.numerator),
            ("recorded", m, no_show.part("recorded").value),
            ("unrecorded", m, no_show.part("unrecorded").value),
            ("meant", m, no_show.part("late_cancel").denominator),
            ("late", m, no_show.part("late_cancel").numerator),
        ]:
            if number is not None:
                found.setdefault((name, month), set()).add(int(number))
    return found


def beneath_small(counts: Counts, profile: Profile) -> set[Name]:
    """Name what the page is silent about altogether: whatever is part of a handful."""
    known = sums(months_of(counts))
    silent: set[Name] = set()
    for _ in known:
        for total, parts in known:
            if total in silent or profile.small(counts[total]):
                silent |= {*parts}
    return silent


def told(counts: Counts, shown: list[Value], profile: Profile) -> dict[Name, tuple[int, int]]:
    """Give the least and the most each crowd can be before anything is subtracted."""
    page, silent = printed(shown), beneath_small(counts, profile)
    found = {}
    for name, count in counts.items():
        if name in page:
            [number] = page[name]
            alike = [n for n in range(number + 20) if profile.show(n) == number]
            found[name] = min(alike), max(alike)
        elif name in silent:
            found[name] = 0, profile.below - 1
        elif profile.small(count):
            found[name] = 1, profile.below - 1
        else:
            found[name] = 0, 10_000
    return found


def worked_out(counts: Counts, shown: list[Value], profile: Profile) -> dict[Name, tuple[int, int]]:
    """Give the least and the most each small crowd can be after everything is subtracted."""
    names, known = list(counts), sums(months_of(counts))
    bounds = told(counts, shown, profile)
    matrix = np.zeros((len(known), len(names)))
    for row, (total, parts) in enumerate(known):
        matrix[row, names.index(total)] = -1
        matrix[row, [names.index(part) for part in parts]] = 1

    def extreme(name: Name, sign: int) -> int:
        goal = np.zeros(len(names))
        goal[names.index(name)] = sign
        solution = milp(
            goal,
            constraints=LinearConstraint(matrix, 0, 0),
            bounds=Bounds([bounds[n][0] for n in names], [bounds[n][1] for n in names]),
            integrality=1,
        )
        assert solution.success
        found: float = sign * solution.fun
        return round(found)

    small = [name for name in names if profile.small(counts[name])]
    return {name: (extreme(name, 1), extreme(name, -1)) for name in small}


@STRICT
@settings(max_examples=25)
@given(counts=histories())
def test_no_small_number_can_be_worked_out_of_an_answer(profile: Profile, counts: Counts) -> None:
    shown = disclose(answer(counts), profile)

    for name, (least, most) in worked_out(counts, shown, profile).items():
        assert most - least + 1 >= 3, name


@STRICT
@settings(max_examples=50)
@given(counts=histories())
def test_a_crowd_is_shown_the_same_wherever_it_stands(profile: Profile, counts: Counts) -> None:
    shown = disclose(answer(counts), profile)

    for name, numbers in printed(shown).items():
        assert numbers == {profile.show(counts[name])}


@settings(max_examples=30)
@given(counts=histories(), shuffling=st.randoms(use_true_random=False))
def test_the_order_of_the_answer_does_not_matter(counts: Counts, shuffling: random.Random) -> None:
    entries = answer(counts)
    order = list(range(len(entries)))
    shuffling.shuffle(order)

    shown = disclose(entries, LT5)
    shuffled = disclose([entries[index] for index in order], LT5)

    assert [shown[index] for index in order] == shuffled


@settings(max_examples=50)
@given(counts=histories())
def test_formulas_that_agree_leave_no_contradiction(counts: Counts) -> None:
    assert Ledger(answer(counts), NHS8).contradictions == []


@STRICT
@settings(max_examples=50)
@given(counts=histories())
def test_large_communities_lose_nothing_to_protection(profile: Profile, counts: Counts) -> None:
    # Where nobody is few, there is nothing to hide.
    many = {name: 40 * count for name, count in counts.items()}

    shown = disclose(answer(many), profile)

    assert printed(shown).keys() >= {name for name, _ in many.items() if name[0] != "did not"}
