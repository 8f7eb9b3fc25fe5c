"""What there is to say about each week of a plan that no edit changes: days off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.checking.finished_plan import Plan
from planner.domain import DutyWeek, FestivalTime, PublicHoliday, Region
from planner.files.workbook import text
from planner.problem import Problem
from planner.publicholidays import country_name, region_name
from planner.records import dataclass
from planner.wording import day, days

MANY_NAMES = 3
"""More people than these are counted by place."""


@dataclass(frozen=True, slots=True)
class SharedHoliday:
    """One public holiday with everybody who has it, in the team's order."""

    holiday: PublicHoliday
    engineers: tuple[str, ...]


def holiday_lines(plan: Plan) -> dict[DutyWeek, list[str]]:
    """For every planned week its public holidays and own festivals, a line each."""
    shared = shared_holidays(plan)
    return {week: list(_holidays(plan, week, shared)) for week in plan.problem.weeks}


def shared_holidays(plan: Plan) -> tuple[SharedHoliday, ...]:
    """The public holidays within the horizon, by date."""
    horizon = plan.problem.horizon
    having: dict[PublicHoliday, list[str]] = {}
    for engineer in plan.problem.engineers:
        for holiday in plan.problem.days_off.holidays.get(engineer.name, ()):
            if horizon.first <= holiday.day <= horizon.last:
                having.setdefault(holiday, []).append(engineer.name)
    return tuple(SharedHoliday(holiday, tuple(having[holiday])) for holiday in sorted(having))


def own_festivals(plan: Plan) -> tuple[tuple[str, FestivalTime], ...]:
    """(engineer, festival) for every own festival that touches the horizon, by date."""
    horizon = plan.problem.horizon
    found = [
        (engineer.name, time)
        for engineer in plan.problem.engineers
        for time in plan.problem.days_off.festivals.get(engineer.name, ())
        if any(horizon.first <= day <= horizon.last for day in time.days)
    ]
    return tuple(sorted(found, key=lambda each: (each[1].days, each[0])))


def _holidays(plan: Plan, week: DutyWeek, shared: tuple[SharedHoliday, ...]) -> Iterator[str]:
    for each in shared:
        if each.holiday.day in week:
            when, name = day(each.holiday.day), text.holiday_name(each.holiday)
            there = [e.name for e in plan.problem.engineers if e.employed_on(each.holiday.day)]
            if len(each.engineers) == len(there):
                yield f"{when} {name} (all)"
            elif len(each.engineers) <= MANY_NAMES:
                yield f"{when} {name} ({text.listed(each.engineers)})"
            else:
                homes = {e.name: e.region for e in plan.problem.people_in(week)}
                yield f"{when} {_places(homes, each.engineers, there)}: {name}"
    yield from _festivals(plan, week)


def _festivals(plan: Plan, week: DutyWeek) -> Iterator[str]:
    """Own festivals, those of the same days and name in one line."""
    show = plan.problem.team.settings.show_reasons
    keeping: dict[tuple[str, str], list[str]] = {}
    for engineer in plan.problem.engineers:
        for time in plan.problem.days_off.festivals_in(engineer.name, week):
            within = [day for day in time.days if day in week]
            said = text.festival_name(time, show_reasons=show)
            keeping.setdefault((days(within[0], within[-1]), said), []).append(engineer.name)
    for (when, said), names in keeping.items():
        who = text.listed(names) if len(names) <= MANY_NAMES else f"{len(names)} people"
        yield f"{when} {who}: {said}"


def on_days_off(problem: Problem, dates: Sequence[date], engineer: str) -> list[str]:
    """The public holidays and own festivals on which a duty of these dates would fall."""
    days_off = problem.days_off
    found = [
        f"{text.holiday_name(holiday)} ({day(holiday.day)})"
        for holiday in days_off.holidays.get(engineer, ())
        if holiday.day in dates
    ]
    show = problem.team.settings.show_reasons
    for time in days_off.festivals_on(engineer, dates):
        within = [day for day in time.days if day in dates]
        said = text.festival_name(time, show_reasons=show)
        found.append(f"{said} ({days(within[0], within[-1])})")
    return found


def _places(homes: Mapping[str, Region], names: Sequence[str], there: Sequence[str]) -> str:
    """“Malaysia (7)”; states and nations where not all of a country's people are meant."""
    found = []
    for country in sorted({homes[name].country for name in names}):
        meant = [homes[name] for name in names]
        here = [region for region in meant if region.country == country]
        if len(here) == sum(homes[name].country == country for name in there):
            name = (country_name(country) or country).removeprefix("the ")
            found.append(f"{name} ({len(here)})")
        else:
            found += [f"{region_name(r)} ({here.count(r)})" for r in sorted(set(here))]
    return text.listed(found)
