"""Part of a week, part of a day: dates touched, parts, instants, and how they are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import DutyWeek
from planner.domain.hours import DAY, Hours, Stretch, dates, instant, instants, parts
from planner.errors import FactError

WEEK = DutyWeek(date(2024, 7, 1))
LONDON = ZoneInfo("Europe/London")
WORKDAYS = Hours((Stretch(600, 4 * DAY + 1080),))
WEEKEND = Hours((Stretch(4 * DAY + 1080, 7 * DAY + 600),))
NIGHTS = Hours(tuple(Stretch(DAY * n + 1200, DAY * n + 1920) for n in range(7)))


def day(n: int) -> date:
    return WEEK.first + timedelta(days=n)


def test_whole_weeks_have_seven_dates_each_a_part_of_its_own() -> None:
    assert dates(None, WEEK) == WEEK.days
    assert [part.dates for part in parts(None, WEEK)] == [(when,) for when in WEEK.days]


def test_a_stretch_of_days_touches_each_of_them() -> None:
    assert dates(WORKDAYS, WEEK) == tuple(day(n) for n in range(5))
    assert [part.day for part in parts(WORKDAYS, WEEK)] == [day(n) for n in range(5)]


def test_the_last_date_of_a_week_goes_on_to_the_end_of_the_duty() -> None:
    assert dates(WEEKEND, WEEK) == (day(4), day(5), day(6), day(7))
    assert [(part.day, part.dates) for part in parts(WEEKEND, WEEK)] == [
        (day(4), (day(4),)),
        (day(5), (day(5),)),
        (day(6), (day(6), day(7))),
    ]


def test_a_night_touches_the_next_morning_and_is_one_part() -> None:
    assert dates(NIGHTS, WEEK) == tuple(day(n) for n in range(8))
    assert parts(NIGHTS, WEEK)[2].dates == (day(2), day(3))


def test_a_night_until_midnight_touches_its_own_date_only() -> None:
    assert dates(Hours((Stretch(1200, DAY),)), WEEK) == (day(0),)


@pytest.mark.parametrize(
    ("hours", "weekday", "said"),
    [
        (WORKDAYS, 1, "Mon 10:00 – Fri 18:00"),
        (WEEKEND, 1, "Fri 18:00 – Mon 10:00"),
        (WEEKEND, 3, "Sun 18:00 – Wed 10:00"),
        (NIGHTS, 1, "20:00 – 08:00"),
        (Hours(tuple(Stretch(DAY * n, DAY * (n + 1)) for n in (5, 6))), 1,
         "00:00 – 24:00, Sat, Sun"),
        (Hours(tuple(Stretch(DAY * n + 1, DAY * n + 62) for n in (0, 1, 2, 4))), 1,
         "00:01 – 01:02, Mon–Wed, Fri"),
        (Hours((Stretch(480, 1200),)), 6, "08:00 – 20:00, Sat"),
    ],
)  # fmt: skip
def test_hours_are_said_as_they_are_written(hours: Hours, weekday: int, said: str) -> None:
    assert hours.said(weekday) == said


def test_hours_must_have_time_and_not_overlap() -> None:
    with pytest.raises(FactError, match="is not after their begin"):
        Stretch(600, 600)
    with pytest.raises(FactError, match="are none at all"):
        Hours(())
    with pytest.raises(FactError, match="overlap, or begin twice"):
        Hours((Stretch(0, 600), Stretch(540, 700)))
    with pytest.raises(FactError, match="overlap, or begin twice"):
        Hours((Stretch(0, 60), Stretch(120, 180)))


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2024-03-31 00:59", "2024-03-31 00:59"),
        ("2024-03-31 01:00", "2024-03-31 01:00"),  # the clock skips to 02:00
        ("2024-03-31 01:30", "2024-03-31 01:00"),
        ("2024-03-31 02:00", "2024-03-31 01:00"),
        ("2024-10-27 00:59", "2024-10-26 23:59"),
        ("2024-10-27 01:30", "2024-10-27 00:30"),  # comes twice: the first
        ("2024-10-27 02:00", "2024-10-27 02:00"),
    ],
)
def test_clock_changes(local: str, utc: str) -> None:
    found = instant(datetime.fromisoformat(local), LONDON)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(
    st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1)),
    st.integers(0, 300),
    st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/New_York", "Asia/Tehran"]),
)
@settings(max_examples=200, deadline=None)
def test_later_by_the_clock_is_never_earlier(local: datetime, more: int, zone: str) -> None:
    local = local.replace(second=0, microsecond=0)
    later = local + timedelta(minutes=more)
    assert instant(local, ZoneInfo(zone)) <= instant(later, ZoneInfo(zone))


def test_a_night_across_a_clock_change_has_an_hour_more_or_less() -> None:
    lengths = []
    for monday in (date(2024, 3, 25), date(2024, 10, 21), date(2024, 7, 1)):
        begin, end = instants(NIGHTS.parts[5], DutyWeek(monday), "Europe/London")
        lengths.append((end - begin) / timedelta(hours=1))
    assert lengths == [11, 13, 12]


def test_hours_that_the_clock_skips_have_no_time() -> None:
    skipped = Stretch(6 * DAY + 60, 6 * DAY + 120)
    begin, end = instants(skipped, DutyWeek(date(2024, 3, 25)), "Europe/London")
    assert begin == end
