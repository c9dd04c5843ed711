"""How long things take, against the reference implementation and published tables."""

from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_leukemia, load_rossi, load_waltons

from api.engagement.survival import Curve, Wait, kaplan_meier

# Weeks of remission on 6-MP: E. J. Freireich and others, Blood 21 (1963) 699-716; those who had
# not relapsed when the study ended are not over.
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
WATCHED = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
# Half days up to three weeks and a half beyond 28 days, so that many waits end together.
WAITS = st.lists(
    st.builds(Wait, st.integers(0, 70).map(lambda n: n / 2), st.booleans()), min_size=1, max_size=60
)


def fitted(waits: list[Wait]) -> KaplanMeierFitter:
    return KaplanMeierFitter().fit([w.days for w in waits], [w.over for w in waits])


def exactly(waits: list[Wait]) -> float | None:
    """The median by the definition, in whole numbers."""
    left = Fraction(1)
    for day in sorted({wait.days for wait in waits if wait.over}):
        at_risk = sum(wait.days >= day for wait in waits)
        left *= 1 - Fraction(sum(w.over and w.days == day for w in waits), at_risk)
        if left <= Fraction(1, 2):
            return day
    return None


def agrees(curve: Curve, waits: list[Wait]) -> None:
    reference = fitted(waits)
    for days, over in curve.steps:
        assert over == pytest.approx(1 - reference.predict(days), abs=1e-12)
    halves = [over for _, over in curve.steps if abs(over - 0.5) < 1e-9]
    if not halves:
        assert (curve.median or inf) == (reference.median_survival_time_ or inf)
    longest = max(wait.days for wait in waits)
    if longest >= 28 or (curve.steps and curve.steps[-1][1] == 1):
        assert curve.by(28) == pytest.approx(1 - reference.predict(28), abs=1e-12)
    else:
        assert curve.by(28) is None


def test_the_remissions_of_1963_have_the_published_curve() -> None:
    waits = [*(Wait(n, True) for n in RELAPSED), *(Wait(n, False) for n in WATCHED)]

    curve = kaplan_meier(reversed(waits))

    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {day: round(1 - over, 3) for day, over in curve.steps} == published
    assert curve.median == 23
    agrees(curve, waits)


@pytest.mark.parametrize(
    ("load", "days", "over", "median"),
    [
        (load_leukemia, "t", "status", 12),
        (load_waltons, "T", "E", 56),
        (load_rossi, "week", "arrest", None),
    ],
)
def test_published_data_agree_with_lifelines(load, days, over, median) -> None:
    rows = load()
    waits = [Wait(float(a), bool(b)) for a, b in zip(rows[days], rows[over], strict=True)]

    curve = kaplan_meier(waits)

    assert curve.median == median
    agrees(curve, waits)


@settings(deadline=None)
@given(WAITS)
def test_any_waits_agree_with_lifelines(waits: list[Wait]) -> None:
    curve = kaplan_meier(waits)

    agrees(curve, waits)
    assert curve.median == exactly(waits)
    assert [over for _, over in curve.steps] == sorted({over for _, over in curve.steps})


def test_no_waits_are_no_curve() -> None:
    curve = kaplan_meier([])

    assert (curve.steps, curve.median, curve.by(28)) == ((), None, None)


@pytest.mark.parametrize(
    ("wait", "median", "by"),
    [
        (Wait(3, True), 3, 1.0),
        (Wait(0, True), 0, 1.0),
        (Wait(28, True), 28, 1.0),
        (Wait(29, True), 29, 0.0),
        (Wait(28, False), None, 0.0),
        (Wait(27.9, False), None, None),
    ],
)
def test_one_wait(wait: Wait, median: float | None, by: float | None) -> None:
    curve = kaplan_meier([wait])

    assert (curve.median, curve.by(28)) == (median, by)


def test_whoever_is_watched_no_longer_than_an_end_still_waits_at_it() -> None:
    curve = kaplan_meier([Wait(5, False), Wait(5, True), Wait(9, False)])

    assert curve.steps == ((5, 1 / 3),)


def test_a_curve_that_meets_one_half_exactly_has_its_median_there() -> None:
    # In floating point, 11/18 times 9/11 is a little more than one half.
    waits = [*[Wait(1, True)] * 7, *[Wait(2, True)] * 2, *[Wait(9, False)] * 9]

    assert kaplan_meier(waits).median == 2


@pytest.mark.parametrize("days", [-1, nan, inf])
def test_a_wait_without_sense_is_refused(days: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        kaplan_meier([Wait(1, True), Wait(days, False)])
