"""Windows: every moment in exactly one bucket, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.engagement.windows import (
    BadBoundary,
    EmptyWindow,
    Interval,
    TooManyBuckets,
    UnknownZone,
    Window,
    WindowProblem,
    between,
    ending,
    on_calendar,
    read,
    split,
)

LONDON = "Europe/London"
ZONES = st.sampled_from(
    [
        LONDON,
        "UTC",
        "America/Sao_Paulo",
        "America/Havana",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kiritimati",
    ]
)
DATES = st.dates(date(1950, 1, 1), date(2050, 1, 1))


def local(moment: datetime, zone: str = LONDON) -> str:
    return moment.astimezone(ZoneInfo(zone)).isoformat()


def hours(window: Window) -> float:
    return (window.end - window.start) / timedelta(hours=1)


# From dates and moments


def test_dates_begin_at_midnight_in_the_zone_and_are_kept_in_utc() -> None:
    window = between(date(2026, 7, 1), date(2026, 8, 1), LONDON)

    assert window.start == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert window.end == datetime(2026, 7, 31, 23, tzinfo=UTC)
    assert window.start.tzinfo is UTC


def test_a_window_holds_its_start_and_not_its_end() -> None:
    window = between(date(2026, 7, 1), date(2026, 7, 2), LONDON)

    assert window.start in window
    assert window.end not in window
    assert window.end - timedelta(microseconds=1) in window
    assert window.last_date == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_a_day_has_as_many_hours_as_its_clocks_give_it(day: date, length: int) -> None:
    assert hours(between(day, day + timedelta(days=1), LONDON)) == length


def test_a_midnight_that_does_not_exist_is_the_first_moment_of_its_day() -> None:
    window = between(date(2018, 11, 4), date(2018, 11, 5), "America/Sao_Paulo")

    assert local(window.start, "America/Sao_Paulo") == "2018-11-04T01:00:00-02:00"
    assert hours(window) == 23


def test_a_midnight_that_comes_twice_is_its_first_coming() -> None:
    window = between(date(2025, 11, 2), date(2025, 11, 3), "America/Havana")

    assert local(window.start, "America/Havana") == "2025-11-02T00:00:00-04:00"
    assert hours(window) == 25


def test_moments_of_any_offset_are_read_as_utc() -> None:
    early = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=5, minutes=45)))

    window = between(early, date(2026, 3, 2), LONDON)

    assert window.start == datetime(2026, 3, 1, 3, 15, tzinfo=UTC)


def test_boundaries_are_read_from_text() -> None:
    assert read("2026-03-01") == date(2026, 3, 1)
    assert not isinstance(read("2026-03-01"), datetime)
    assert read("2026-03-01T09:00:00Z") == datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-02-30", "2026-13-01", "01/02/2026", "2026-03-01T25:00:00Z", "\0"],
)
def test_text_that_is_no_boundary_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadBoundary, match="neither a date"):
        read(text)


def test_a_moment_without_an_offset_is_refused() -> None:
    naive = datetime(2026, 3, 1, 9)  # noqa: DTZ001  (that it is naive is the point)

    with pytest.raises(BadBoundary, match="offset"):
        between(naive, date(2026, 4, 1), LONDON)


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2201, 1, 1), date.max])
def test_years_beyond_the_calendar_are_refused(day: date) -> None:
    with pytest.raises(BadBoundary, match="1900 and 2200"):
        between(day, date(2026, 1, 1), "Pacific/Kiritimati")
    with pytest.raises(BadBoundary, match="1900 and 2200"):
        between(date(2026, 1, 1), day, "Pacific/Niue")


@pytest.mark.parametrize("end", [date(2026, 3, 1), date(2026, 2, 28)])
def test_a_window_that_ends_before_it_starts_is_refused(end: date) -> None:
    with pytest.raises(EmptyWindow):
        between(date(2026, 3, 1), end, LONDON)


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "Europe", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 5000]
)
def test_what_is_no_time_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone, match="not an IANA time zone"):
        between(date(2026, 1, 1), date(2026, 2, 1), name)


def test_every_problem_is_a_value_error() -> None:
    assert issubclass(WindowProblem, ValueError)
    for problem in (UnknownZone, BadBoundary, EmptyWindow, TooManyBuckets):
        assert issubclass(problem, WindowProblem)


# Looking back


def test_looking_back_counts_days_of_the_local_clock() -> None:
    window = ending(date(2026, 4, 6), 28, LONDON)

    assert local(window.start) == "2026-03-09T00:00:00+00:00"
    assert local(window.end) == "2026-04-06T00:00:00+01:00"
    assert hours(window) == 28 * 24 - 1


def test_looking_back_from_noon_begins_at_noon() -> None:
    window = ending(datetime(2026, 4, 6, 11, tzinfo=UTC), 28, LONDON)

    assert local(window.start) == "2026-03-09T12:00:00+00:00"


def test_looking_back_passes_a_leap_day() -> None:
    assert local(ending(date(2024, 3, 1), 1, LONDON).start) == "2024-02-29T00:00:00+00:00"


@pytest.mark.parametrize("days", [0, -1, 10**6, 10**20])
def test_looking_back_has_its_bounds(days: int) -> None:
    with pytest.raises(BadBoundary, match="between 1 and"):
        ending(date(2026, 4, 6), days, LONDON)


def test_looking_back_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(BadBoundary, match="1900 and 2200"):
        ending(date(1900, 1, 20), 28, LONDON)


# Splitting


def starts(window: Window, interval: Interval) -> list[str]:
    return [local(piece.start)[:10] for piece in split(window, interval)]


def test_weeks_begin_on_monday() -> None:
    window = between(date(2026, 1, 1), date(2026, 1, 20), LONDON)

    assert starts(window, Interval.WEEK) == ["2026-01-01", "2026-01-05", "2026-01-12", "2026-01-19"]
    assert [piece.whole for piece in split(window, Interval.WEEK)] == [False, True, True, False]


def test_months_end_where_they_end() -> None:
    window = between(date(2024, 1, 1), date(2024, 5, 1), LONDON)

    assert [hours(piece) / 24 for piece in split(window, Interval.MONTH)] == [
        31,
        29,
        pytest.approx(31 - 1 / 24),
        30,
    ]
    assert all(piece.whole for piece in split(window, Interval.MONTH))


def test_a_month_that_is_cut_is_not_whole() -> None:
    pieces = split(between(date(2026, 1, 31), date(2026, 3, 2), LONDON), Interval.MONTH)

    assert [piece.whole for piece in pieces] == [False, True, False]
    assert pieces[1].end == datetime(2026, 3, 1, tzinfo=UTC)


def test_quarters_and_years_lie_on_the_calendar() -> None:
    window = between(date(2025, 11, 1), date(2026, 8, 1), LONDON)

    assert starts(window, Interval.QUARTER) == [
        "2025-11-01",
        "2026-01-01",
        "2026-04-01",
        "2026-07-01",
    ]
    assert starts(window, Interval.YEAR) == ["2025-11-01", "2026-01-01"]


def test_four_weeks_are_counted_from_the_start() -> None:
    window = between(date(2026, 3, 9), date(2026, 5, 10), LONDON)

    assert starts(window, Interval.FOUR_WEEKS) == ["2026-03-09", "2026-04-06", "2026-05-04"]
    assert [piece.whole for piece in split(window, Interval.FOUR_WEEKS)] == [True, True, False]


def test_days_of_a_change_of_clocks_are_short_and_long() -> None:
    spring = split(between(date(2026, 3, 28), date(2026, 3, 31), LONDON), Interval.DAY)
    autumn = split(between(date(2026, 10, 24), date(2026, 10, 27), LONDON), Interval.DAY)

    assert [hours(day) for day in spring] == [24, 23, 24]
    assert [hours(day) for day in autumn] == [24, 25, 24]


def test_a_date_that_a_country_skipped_gives_no_piece() -> None:
    window = between(date(2011, 12, 28), date(2012, 1, 2), "Pacific/Apia")

    days = [local(day.start, "Pacific/Apia")[:10] for day in split(window, Interval.DAY)]

    assert days == ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"]


def test_a_year_may_be_seen_by_day_but_not_a_decade() -> None:
    leap_year = between(date(2024, 1, 1), date(2025, 1, 1), LONDON)
    decade = between(date(2020, 1, 1), date(2030, 1, 1), LONDON)

    assert len(split(leap_year, Interval.DAY)) == 366
    with pytest.raises(TooManyBuckets, match=r"By day .* longer interval"):
        split(decade, Interval.DAY)


@given(DATES, st.integers(1, 900), ZONES, st.sampled_from(Interval))
def test_the_pieces_are_the_window(start: date, days: int, zone: str, interval: Interval) -> None:
    window = between(start, start + timedelta(days=days), zone)

    pieces = split(window, interval, most=1000)

    assert pieces[0].start == window.start
    assert pieces[-1].end == window.end
    assert all(one.end == next_.start for one, next_ in pairwise(pieces))
    assert all(piece.start < piece.end for piece in pieces)
    assert all(piece.whole for piece in pieces[1:-1])


@given(DATES, ZONES, st.sampled_from([each for each in Interval if each != Interval.FOUR_WEEKS]))
def test_a_piece_of_the_calendar_is_on_the_calendar(
    start: date, zone: str, interval: Interval
) -> None:
    window = between(start, start + timedelta(days=800), zone)

    for piece in split(window, interval, most=1000):
        if piece.whole:
            assert on_calendar(piece, interval)


def test_a_window_that_slides_is_not_on_the_calendar() -> None:
    assert on_calendar(between(date(2026, 1, 1), date(2026, 4, 1), LONDON))
    assert not on_calendar(between(date(2026, 1, 2), date(2026, 4, 1), LONDON))
    assert not on_calendar(
        between(datetime(2026, 1, 1, 0, 1, tzinfo=UTC), date(2026, 4, 1), LONDON)
    )
    assert not on_calendar(
        between(date(2026, 1, 1), date(2026, 1, 29), LONDON), Interval.FOUR_WEEKS
    )
