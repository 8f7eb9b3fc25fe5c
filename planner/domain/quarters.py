"""Duty weeks, quarters, handovers and month ends: dates without any country's holidays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain import DutyWeek, Team
from planner.errors import UsageError
from planner.records import dataclass

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTH_END_DAYS = 5
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2200
_LONGEST_HORIZON = 260


@dataclass(frozen=True, slots=True)
class Horizon:
    """The weeks that one plan covers, and the name that its files bear."""

    label: str
    weeks: tuple[DutyWeek, ...]

    @property
    def first(self) -> date:
        return self.weeks[0].first

    @property
    def last(self) -> date:
        return self.weeks[-1].last


def week_of(day: date, handover_weekday: int) -> DutyWeek:
    """The duty week in which a date lies. ``handover_weekday``: Monday is 1, Sunday 7."""
    return DutyWeek(day - timedelta(days=(day.isoweekday() - handover_weekday) % 7))


def parse_week(text: str, handover_weekday: int) -> DutyWeek:
    """The duty week that begins in an ISO week such as ``2024-W27``.

    Raises ``ValueError`` if the text names no ISO week.
    """
    match = re.fullmatch(r"\s*(\d{4})-?W(\d{1,2})\s*", text, flags=re.IGNORECASE)
    if not match:
        raise ValueError(f"“{text}” is not a week such as 2024-W27")
    return DutyWeek(date.fromisocalendar(int(match[1]), int(match[2]), handover_weekday))


def quarter(label: str, team: Team) -> Horizon:
    """The duty weeks of a fiscal quarter such as ``2024Q3``: those whose fourth day falls in it.

    Quarters neither overlap nor leave gaps. Raises ``UsageError`` for a bad label.
    """
    match = re.fullmatch(r"\s*(\d{4})-?Q([1-4])\s*", label, flags=re.IGNORECASE)
    if not match or not _EARLIEST_YEAR <= int(match[1]) < _LATEST_YEAR:
        raise UsageError(f"“{label}” is not a quarter; write it as 2024Q3.")
    year, number = int(match[1]), int(match[2])
    start, end = _quarter_start(team, year, number), _quarter_start(team, year, number + 1)
    week = week_of(start, team.handover_weekday)
    if week.days[3] < start:
        week = week.later(1)
    weeks = []
    while week.days[3] < end:
        weeks.append(week)
        week = week.later(1)
    return Horizon(f"{year}Q{number}", tuple(weeks))


def named_weeks(label: str, team: Team) -> Horizon:
    """The weeks that a rota's file names: ``2024Q3``, or ``2025-W02+12``.

    Raises ``UsageError`` if there are none such.
    """
    first, plus, count = label.partition("+")
    if not plus:
        return quarter(label, team)
    try:
        return weeks_from(parse_week(first, team.handover_weekday).first, int(count), team)
    except ValueError:
        hint = "write it as 2025-W02+12: the first week, and how many"
        raise UsageError(f"“{label}” names no weeks; {hint}.") from None


def named_week(name: str, team: Team) -> DutyWeek:
    """The duty week of that name; raises ``UsageError`` for what names none."""
    try:
        return parse_week(name, team.handover_weekday)
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _quarter_start(team: Team, year: int, number: int) -> date:
    month, day = team.year_starts
    months = month - 1 + 3 * (number - 1)
    return date(year + months // 12, months % 12 + 1, day)


def quarter_label(week: DutyWeek, team: Team) -> str:
    """The name of the fiscal quarter to which a duty week belongs."""
    middle = week.days[3]
    for year in (middle.year, middle.year - 1):
        for number in (4, 3, 2, 1):
            if _quarter_start(team, year, number) <= middle:
                return f"{year}Q{number}"
    raise AssertionError("every date lies in a fiscal year that began this year or last")


def weeks_from(start: date, count: int, team: Team) -> Horizon:
    """``count`` duty weeks beginning with the one in which ``start`` lies."""
    if not 1 <= count <= _LONGEST_HORIZON:
        raise UsageError(f"--weeks {count}: plan between 1 and {_LONGEST_HORIZON} weeks at once.")
    if not _EARLIEST_YEAR <= start.year < _LATEST_YEAR:
        raise UsageError(f"--from {start}: the planner knows {_EARLIEST_YEAR} to {_LATEST_YEAR}.")
    first = week_of(start, team.handover_weekday)
    return Horizon(f"{first.name}+{count}", tuple(first.later(n) for n in range(count)))


def handover(week: DutyWeek, team: Team) -> datetime:
    """The instant at which the week's duties begin, in the team's time zone.

    It is a wall-clock time: across a clock change a duty week has 167 or 169 hours.
    """
    local = datetime.combine(week.first, team.handover_time)
    return local.replace(tzinfo=ZoneInfo(team.timezone))


def month_end_weeks(
    weeks: tuple[DutyWeek, ...], is_business_day: Callable[[date], bool]
) -> frozenset[DutyWeek]:
    """Those of the weeks that hold most of some month's last five working days.

    If two weeks hold equally many, the later one counts.
    """
    weekday = weeks[0].first.isoweekday()
    found = set()
    for year, month in sorted({(day.year, day.month) for week in weeks for day in week.days}):
        days = _last_business_days(year, month, is_business_day)
        tally = Counter(week_of(day, weekday) for day in days)
        if tally:
            found.add(max(tally, key=lambda week: (tally[week], week)))
    return frozenset(found) & frozenset(weeks)


def _last_business_days(
    year: int, month: int, is_business_day: Callable[[date], bool]
) -> list[date]:
    day = date(year + month // 12, month % 12 + 1, 1)
    days: list[date] = []
    while len(days) < MONTH_END_DAYS and (day := day - timedelta(days=1)).month == month:
        if is_business_day(day):
            days.append(day)
    return days
