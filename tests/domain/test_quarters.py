"""Duty weeks, quarters, handovers and month ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import DutyWeek, Team
from planner.domain import quarters as calendar
from planner.errors import UsageError
from tests.build import problem

TEAM = problem().team
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
weekdays = st.integers(1, 7)
quick = settings(deadline=None, derandomize=True, max_examples=100)


def team(**facts: object) -> Team:
    return replace(TEAM, **facts)


def names(horizon: calendar.Horizon) -> list[str]:
    return [week.name for week in horizon.weeks]


# Duty weeks


@quick
@given(days, weekdays)
def test_every_date_lies_in_the_week_that_begins_on_the_handover_day(day: date, n: int) -> None:
    week = calendar.week_of(day, n)
    assert day in week
    assert week.first.isoweekday() == n


@quick
@given(days, weekdays)
def test_a_week_is_found_by_its_name(day: date, n: int) -> None:
    week = calendar.week_of(day, n)
    assert calendar.parse_week(week.name, n) == week


def test_ways_to_write_a_week() -> None:
    for text in ("2024-W27", "2024w27", " 2024W27 "):
        assert calendar.parse_week(text, 1) == DutyWeek(date(2024, 7, 1))


@pytest.mark.parametrize("text", ["", "W27", "2024-27", "2024-W54", "2023-W53", "2024-W00", "week"])
def test_what_names_no_week(text: str) -> None:
    with pytest.raises(ValueError, match=r"week|day"):
        calendar.parse_week(text, 1)


# Quarters


def test_the_third_quarter_of_2024() -> None:
    horizon = calendar.quarter("2024Q3", TEAM)
    assert names(horizon) == [f"2024-W{n}" for n in range(27, 40)]
    assert (horizon.first, horizon.last) == (date(2024, 7, 1), date(2024, 9, 29))
    assert horizon.label == "2024Q3"


def test_a_week_belongs_to_the_quarter_of_its_fourth_day() -> None:
    # Thursday of 2024-W01 is 4 January; that of 2025-W01 is 2 January 2025.
    assert names(calendar.quarter("2024Q1", TEAM))[0] == "2024-W01"
    assert names(calendar.quarter("2024Q4", TEAM))[-1] == "2024-W52"
    assert names(calendar.quarter("2020Q4", TEAM))[-1] == "2020-W53"


@pytest.mark.parametrize("text", ["2024q3", " 2024Q3", "2024-Q3"])
def test_ways_to_write_a_quarter(text: str) -> None:
    assert calendar.quarter(text, TEAM) == calendar.quarter("2024Q3", TEAM)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024Q5", "2024Q0", "Q3", "24Q3", "2024Q33", "0999Q1"]
)
def test_what_is_no_quarter(text: str) -> None:
    with pytest.raises(UsageError, match="is not a quarter"):
        calendar.quarter(text, TEAM)


@quick
@given(
    st.integers(1990, 2090),
    weekdays,
    st.tuples(st.integers(1, 12), st.integers(1, 28)),
)
def test_quarters_neither_overlap_nor_leave_gaps(year: int, n: int, start: tuple[int, int]) -> None:
    fiscal = team(handover_weekday=n, year_starts=start)
    labels = [f"{y}Q{q}" for y in (year, year + 1) for q in (1, 2, 3, 4)]
    weeks = [week for label in labels for week in calendar.quarter(label, fiscal).weeks]
    assert all(one.later(1) == other for one, other in pairwise(weeks))
    assert all(week.first.isoweekday() == n for week in weeks)
    for label in labels:
        horizon = calendar.quarter(label, fiscal)
        assert len(horizon.weeks) in (12, 13, 14)
        assert {calendar.quarter_label(week, fiscal) for week in horizon.weeks} == {label}


def test_a_fiscal_year_is_named_by_the_year_it_starts_in() -> None:
    fiscal = team(year_starts=(4, 1))
    assert calendar.quarter("2024Q1", fiscal).weeks == calendar.quarter("2024Q2", TEAM).weeks
    assert calendar.quarter("2024Q4", fiscal).weeks == calendar.quarter("2025Q1", TEAM).weeks


def test_other_horizons() -> None:
    horizon = calendar.weeks_from(date(2024, 7, 3), 26, TEAM)
    assert horizon.first == date(2024, 7, 1)
    assert len(horizon.weeks) == 26
    assert horizon.last == date(2024, 12, 29)


@pytest.mark.parametrize(("start", "count"), [(date(2024, 7, 1), 0), (date(2024, 7, 1), 1000)])
def test_horizons_that_make_no_sense(start: date, count: int) -> None:
    with pytest.raises(UsageError, match="weeks"):
        calendar.weeks_from(start, count, TEAM)


def test_years_that_make_no_sense() -> None:
    with pytest.raises(UsageError):
        calendar.weeks_from(date(1, 1, 1), 4, TEAM)


# Handovers


def hours(week: DutyWeek, of: Team) -> float:
    begin, end = calendar.handover(week, of), calendar.handover(week.later(1), of)
    return (end.astimezone(UTC) - begin.astimezone(UTC)) / timedelta(hours=1)


def test_handovers_are_local_wall_clock_times() -> None:
    asia = team(timezone="Asia/Kuala_Lumpur")
    begin = calendar.handover(DutyWeek(date(2024, 7, 1)), asia)
    assert begin.astimezone(UTC) == datetime(2024, 7, 1, 2, 0, tzinfo=UTC)


def test_weeks_across_a_clock_change() -> None:
    # Clocks in London go forward on 31 March 2024 and back on 27 October 2024.
    london = team(timezone="Europe/London")
    assert hours(DutyWeek(date(2024, 3, 25)), london) == 167
    assert hours(DutyWeek(date(2024, 10, 21)), london) == 169
    assert hours(DutyWeek(date(2024, 7, 1)), london) == 168


def test_the_time_of_the_handover() -> None:
    london = team(timezone="Europe/London", handover_time=time(9, 30))
    begin = calendar.handover(DutyWeek(date(2024, 7, 1)), london)
    assert begin.astimezone(UTC) == datetime(2024, 7, 1, 8, 30, tzinfo=UTC)


# Month ends


def working(day: date) -> bool:
    return day.isoweekday() < 6


def month_ends(weeks: tuple[DutyWeek, ...]) -> list[str]:
    return sorted(week.name for week in calendar.month_end_weeks(weeks, working))


def test_month_ends_of_the_third_quarter_of_2024() -> None:
    # July's last five working days are 25, 26 | 29, 30, 31: W31. August's are 26 to 30: W35.
    # September's are 24, 25, 26, 27 | 30: W39.
    weeks = calendar.quarter("2024Q3", TEAM).weeks
    assert month_ends(weeks) == ["2024-W31", "2024-W35", "2024-W39"]


def test_a_holiday_moves_the_month_end() -> None:
    # Without the 30th and 31st, July's last five are 23, 24, 25, 26 | 29: W30.
    off = {date(2024, 7, 30), date(2024, 7, 31)}
    weeks = calendar.quarter("2024Q3", TEAM).weeks
    found = calendar.month_end_weeks(weeks, lambda day: working(day) and day not in off)
    assert sorted(week.name for week in found) == ["2024-W30", "2024-W35", "2024-W39"]


def test_of_two_weeks_with_equally_many_the_later_counts() -> None:
    # June's last five: 13 (W24) | 17, 18 (W25) | 24, 25 (W26).
    open_days = {date(2024, 6, n) for n in (13, 17, 18, 24, 25)}
    weeks = calendar.quarter("2024Q2", TEAM).weeks[-4:]
    found = calendar.month_end_weeks(weeks, lambda day: day in open_days or day.month != 6)
    assert "2024-W26" in {week.name for week in found}
    assert not {"2024-W24", "2024-W25"} & {week.name for week in found}


def test_a_month_whose_end_lies_outside_the_weeks_has_no_week_in_them() -> None:
    assert month_ends(calendar.quarter("2024Q3", TEAM).weeks[:4]) == []


@quick
@given(days, weekdays, st.integers(1, 30), st.integers(0, 10))
def test_month_ends_do_not_depend_on_the_weeks_asked_about(
    day: date, n: int, count: int, skipped: int
) -> None:
    first = calendar.week_of(day, n)
    weeks = tuple(first.later(k) for k in range(count + skipped))
    whole = calendar.month_end_weeks(weeks, working)
    part = calendar.month_end_weeks(weeks[skipped:], working) if count else frozenset()
    assert part == {week for week in whole if week in weeks[skipped:]}
