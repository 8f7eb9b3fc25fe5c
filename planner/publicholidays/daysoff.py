"""The dates off of every engineer of a team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from planner.domain import DaysOff, HolidayChange, PublicHoliday, Region, Team
from planner.errors import UsageError
from planner.publicholidays import calendars, corrections
from planner.publicholidays.festivals import festival_times

_SATURDAY = 6
_UNNAMED = "Public holiday"


def days_off(team: Team, first: date, last: date) -> DaysOff:
    """Public holidays and own festivals of every engineer, both dates included.

    Holidays are those of the ``holidays`` library for the engineer's region, then the
    product's corrections, then the team's ``holidays.csv``. A festival that reaches into the
    dates is given whole. Raises ``UsageError`` for years that a calendar does not cover.
    """
    if last < first:
        raise UsageError(f"{first} to {last}: the end lies before the start.")
    regions = {engineer.region for engineer in team.engineers}
    if team.business_days is not None:
        regions.add(team.business_days)
    holidays = {
        region: public_holidays(region, first, last, team.holiday_changes)
        for region in sorted(regions)
    }
    kept = sorted({key for engineer in team.engineers for key in engineer.festivals})
    festivals = {key: festival_times(key, first, last) for key in kept}
    return DaysOff(
        first,
        last,
        holidays={engineer.name: holidays[engineer.region] for engineer in team.engineers},
        festivals={
            engineer.name: tuple(
                sorted(time for key in set(engineer.festivals) for time in festivals[key])
            )
            for engineer in team.engineers
        },
        non_business=_non_business(team.business_days, holidays, first, last),
    )


def public_holidays(
    region: Region, first: date, last: date, changes: Iterable[HolidayChange] = ()
) -> tuple[PublicHoliday, ...]:
    """The public holidays of a region, earliest first, after all corrections.

    Names that share a date are joined by "; ". ``changes`` are applied last; one without a
    subdivision concerns the whole country, and removing a date that is no holiday is no error.
    Raises ``UsageError`` for years that the calendar does not cover.
    """
    calendars.require_years(region.country, first, last)
    days = {
        day: PublicHoliday(
            day,
            "; ".join(label.name for label in labels),
            any(label.estimated for label in labels),
        )
        for year in range(first.year, last.year + 1)
        for day, labels in corrections.corrected(region, year).items()
    }
    for change in changes:
        if _concerns(change, region):
            days = _changed(days, change)
    return tuple(days[day] for day in sorted(days) if first <= day <= last)


def _concerns(change: HolidayChange, region: Region) -> bool:
    whole_country = not change.region.subdivision
    return change.region == region or (whole_country and change.region.country == region.country)


def _changed(
    days: Mapping[date, PublicHoliday], change: HolidayChange
) -> dict[date, PublicHoliday]:
    """The holidays after one row of the team's file, which settles an estimated date."""
    others = {day: holiday for day, holiday in days.items() if day != change.day}
    if change.change == "remove":
        return others
    before = days.get(change.day)
    name = change.name.strip() or (before.name if before else _UNNAMED)
    if before is not None and name not in before.name.split("; "):
        name = f"{before.name}; {name}"
    elif before is not None:
        name = before.name
    return {**others, change.day: PublicHoliday(change.day, name)}


def _non_business(
    region: Region | None,
    holidays: Mapping[Region, tuple[PublicHoliday, ...]],
    first: date,
    last: date,
) -> frozenset[date]:
    """Weekends and public holidays where the team counts its month ends.

    A team that names no region has plain Saturdays and Sundays.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if region is None:
        return frozenset(day for day in days if day.isoweekday() >= _SATURDAY)
    weekends = {day for day in days if calendars.is_weekend(region, day)}
    return frozenset(weekends | {holiday.day for holiday in holidays[region]})
