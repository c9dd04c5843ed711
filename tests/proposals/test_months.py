"""Milestones are counted in months, and months end on different days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.proposals.models import Template
from api.proposals.plans.months import months_after
from api.proposals.plans.templates import TEMPLATES


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (date(2027, 1, 31), 3, date(2027, 4, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 5, 5), 0, date(2027, 5, 5)),
    ],
)
def test_the_same_day_some_months_later(start, months, expected):
    assert months_after(start, months) == expected


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 120))
def test_it_is_always_the_month_asked_for_and_never_a_later_day(start, months):
    found = months_after(start, months)

    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day <= start.day
    assert found.day == start.day or months_after(found, 0) == found


def test_a_light_plan_meets_within_six_weeks():
    first = next(s for s in TEMPLATES[Template.LIGHT] if "first session" in s.title)

    assert months_after(date(2027, 1, 1), first.month) <= date(2027, 2, 12)


def test_a_full_plan_has_the_phases_and_months_of_the_field():
    steps = TEMPLATES[Template.FULL]
    spans = {
        phase: (
            min(s.month for s in steps if s.phase == phase),
            max(s.month for s in steps if s.phase == phase),
        )
        for phase in dict.fromkeys(s.phase for s in steps)
    }

    assert spans == {
        "Situation analysis": (0, 3),
        "Design": (4, 7),
        "Implementation": (8, 12),
        "Continuous improvement": (15, 24),
    }
    assert [s.month for s in steps] == sorted(s.month for s in steps)
