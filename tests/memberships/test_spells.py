"""The arithmetic of times in which somebody was active, without a database."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.core.actor import Role
from api.memberships.spells import Span, corrected, ended, with_role

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def member(began: int, until: int | None = None, role: Role = Role.MEMBER) -> Span:
    return Span(role, day(began), None if until is None else day(until))


def test_the_end_of_a_membership_ends_its_lasting_span():
    assert ended([member(0)], day(9)) == [member(0, 9)]


def test_an_end_in_the_past_takes_back_what_was_recorded_after_it():
    assert ended([member(0, 3), member(5)], day(4)) == [member(0, 3)]
    assert ended([member(0, 3), member(5)], day(2)) == [member(0, 2)]


def test_a_membership_that_was_a_mistake_counts_at_no_moment():
    assert ended([member(3)], day(3)) == [member(3, 3)]


def test_a_new_role_begins_where_the_old_one_ends():
    lead = Role.LEAD
    assert with_role([member(0)], lead, day(4)) == [member(0, 4), member(4, role=lead)]


def test_a_role_given_during_a_pause_changes_no_time_that_was():
    assert with_role([member(0, 3)], Role.LEAD, day(4)) == [member(0, 3)]


def test_an_earlier_first_day_stretches_the_first_span():
    assert corrected([member(5, 7), member(9)], None, day(1), None) == [member(1, 7), member(9)]


def test_a_later_first_day_cuts_what_was_before_it():
    assert corrected([member(1, 4), member(6)], None, day(3), None) == [member(3, 4), member(6)]
    assert corrected([member(1, 4), member(6)], None, day(5), None) == [member(6)]


def test_a_later_last_day_stretches_the_last_span():
    assert corrected([member(1, 4)], day(4), day(1), day(8)) == [member(1, 8)]


def test_who_had_paused_when_it_ended_was_not_active_until_a_later_end():
    assert corrected([member(1, 4)], day(6), day(1), day(8)) == [member(1, 4)]


def test_both_ends_may_move_past_each_other():
    assert corrected([member(3, 5)], day(5), day(8), day(9)) == [member(8, 9)]
    assert corrected([member(3, 5)], day(5), day(0), day(1)) == [member(0, 1)]


def test_nothing_is_left_of_somebody_who_would_begin_after_they_paused():
    assert corrected([member(1, 4)], None, day(6), None) == []


DAYS = st.integers(0, 60)


@st.composite
def histories(draw: st.DrawFn) -> list[Span]:
    """Some spans in order, none touching the next, the last of which may last."""
    marks = sorted(draw(st.sets(DAYS, min_size=2, max_size=10)))
    spans = [member(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2 or draw(st.booleans()):
        spans[-1] = spans[-1]._replace(ended_at=None)
    return spans


def assert_sound(spans: list[Span]) -> None:
    for span in spans:
        assert span.ended_at is None or span.began_at <= span.ended_at
    for one, following in pairwise(spans):
        assert one.ended_at is not None
        assert one.ended_at <= following.began_at


@given(histories(), DAYS)
def test_after_an_end_nothing_lasts_and_nothing_lies_behind_it(spans, at):
    over = ended(spans, day(at))

    assert_sound(over)
    assert all(s.ended_at is not None and s.ended_at <= day(at) for s in over)


@given(histories(), DAYS, st.one_of(st.none(), DAYS))
def test_corrected_spans_lie_between_the_corrected_ends(spans, first, last):
    was = spans[-1].ended_at
    fitted = corrected(spans, was, day(first), None if last is None else day(last))

    assert_sound(fitted)
    assert all(s.began_at >= day(first) for s in fitted)
    if last is not None:
        assert all(s.ended_at is not None and s.ended_at <= day(last) for s in fitted)


@given(histories(), DAYS)
def test_a_role_changes_nobodys_time(spans, at):
    """The days on which somebody was active are the same before and after they got a role."""
    if spans[-1].ended_at is None and day(at) < spans[-1].began_at:
        return

    changed = with_role(spans, Role.LEAD, day(at))

    assert_sound(changed)
    assert active_days(changed) == active_days(spans)


def active_days(spans: list[Span]) -> set[int]:
    return {
        n
        for n in range(61)
        if any(s.began_at <= day(n) and (s.ended_at is None or day(n) < s.ended_at) for s in spans)
    }
