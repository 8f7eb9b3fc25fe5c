"""The dates off of every engineer of a team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from planner.domain import DaysOff, Engineer, HolidayChange, PublicHoliday, Region, Team
from planner.domain.quarters import week_of
from planner.errors import UsageError
from planner.publicholidays import calendars
from planner.publicholidays.corrections import is_checked
from planner.publicholidays.festivals import festival_times
from planner.publicholidays.in_lieu import Days, with_days_in_lieu

_SATURDAY = 6
_UNNAMED = "Public holiday"


def days_off(team: Team, first: date, last: date) -> DaysOff:
    """Public holidays and own festivals of every engineer, both dates included.

    Holidays are those of the ``holidays`` library for the engineer's region, then the
    product's corrections, then the team's ``holidays.csv``. Who moves has those of the new place
    from the first whole duty week on. A festival that reaches into the dates is given whole. Who
    has not joined yet or has left has none.
    Raises ``UsageError`` for years that a calendar does not cover.
    """
    if last < first:
        raise UsageError(f"{first} to {last}: the end lies before the start.")
    regions = {stage.region for engineer in team.engineers for stage in engineer.all_stages}
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
        holidays={
            engineer.name: tuple(_own(engineer, holidays, team.handover_weekday))
            for engineer in team.engineers
        },
        festivals={
            engineer.name: tuple(
                sorted(
                    time
                    for key in set(engineer.festivals)
                    for time in festivals[key]
                    if any(engineer.employed_on(day) for day in time.days)
                )
            )
            for engineer in team.engineers
        },
        non_business=_non_business(team.business_days, holidays, first, last),
        originals_count=team.settings.count_weekend_originals,
    )


def _own(
    engineer: Engineer, holidays: Mapping[Region, Sequence[PublicHoliday]], handover_weekday: int
) -> list[PublicHoliday]:
    """The holidays of where the engineer lives in the week of each, while employed."""
    found = [
        holiday
        for region in sorted({stage.region for stage in engineer.all_stages})
        for holiday in holidays[region]
        if engineer.employed_on(holiday.day)
        and engineer.at(week_of(holiday.day, handover_weekday)).region == region
    ]
    return sorted(found, key=lambda holiday: holiday.day)


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
        holiday.day: holiday
        for year in range(first.year, last.year + 1)
        for holiday in _holidays(region, year)
    }
    for change in changes:
        if _concerns(change, region):
            days = _changed(days, change)
    return tuple(days[day] for day in sorted(days) if first <= day <= last)


@lru_cache(maxsize=1024)
def _holidays(region: Region, year: int) -> tuple[PublicHoliday, ...]:
    days = with_days_in_lieu(region, year)
    checked = is_checked(region, year)
    found = []
    for day, labels in days.items():
        name = "; ".join(label.name for label in labels)
        estimated = any(label.estimated for label in labels)
        unchecked = not (checked or estimated)
        found.append(PublicHoliday(day, name, estimated, unchecked, _given_again(day, days)))
    return tuple(found)


def _given_again(original: date, days: Days) -> tuple[date, ...]:
    """The days given for a date, if each of its names is given one: then it is one in name only."""
    given = [
        day
        for day, labels in sorted(days.items())
        for label in labels
        if label.in_lieu_of == original
    ]
    return tuple(given) if len(given) >= len(days[original]) else ()


def _concerns(change: HolidayChange, region: Region) -> bool:
    whole_country = not change.region.subdivision
    return change.region == region or (whole_country and change.region.country == region.country)


def _changed(
    days: Mapping[date, PublicHoliday], change: HolidayChange
) -> dict[date, PublicHoliday]:
    """The holidays after one row of the team's file, which settles an estimated date.

    A holiday whose day in lieu the team removes is no longer given again.
    """
    others = {day: holiday for day, holiday in days.items() if day != change.day}
    if change.change == "remove":
        return {
            day: replace(each, given_again=()) if change.day in each.given_again else each
            for day, each in others.items()
        }
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
