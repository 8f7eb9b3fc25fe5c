"""What there is to say about each week of a plan: days off, who is away, what to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from planner.domain import Duty, DutyWeek, FestivalTime, PublicHoliday
from planner.files.workbook import seats, text
from planner.plan import Plan


@dataclass(frozen=True, slots=True)
class WeekNotes:
    """The texts of one row of the Rota sheet, one line a fact."""

    holidays: tuple[str, ...]
    away: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedHoliday:
    """One public holiday with everybody who has it, in the team's order."""

    holiday: PublicHoliday
    engineers: tuple[str, ...]


def week_notes(plan: Plan) -> dict[DutyWeek, WeekNotes]:
    """Notes for every planned week."""
    shared = shared_holidays(plan)
    return {
        week: WeekNotes(
            tuple(_holidays(plan, week, shared)),
            tuple(_away(plan, week)),
            tuple(_problems(plan, week)),
        )
        for week in plan.problem.weeks
    }


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
    everybody = len(plan.problem.engineers)
    for each in shared:
        if each.holiday.day in week:
            who = "all" if len(each.engineers) == everybody else text.listed(each.engineers)
            yield f"{text.day(each.holiday.day)} {text.holiday_name(each.holiday)} ({who})"
    show = plan.problem.team.settings.show_reasons
    for engineer in plan.problem.engineers:
        for time in plan.problem.days_off.festivals_in(engineer.name, week):
            within = _within(time, week)
            said = text.festival_name(time, show_reasons=show)
            yield f"{text.days(within[0], within[-1])} {engineer.name}: {said}"


def _away(plan: Plan, week: DutyWeek) -> Iterator[str]:
    team = plan.problem.team
    for engineer in team.engineers:
        absences = team.away(engineer.name, week)
        if absences and team.settings.show_reasons:
            yield f"{engineer.name} ({text.listed(sorted({a.kind for a in absences}))})"
        elif absences:
            yield engineer.name


def _problems(plan: Plan, week: DutyWeek) -> Iterator[str]:
    for breach in plan.report.breaches:
        if breach.week == week:
            yield breach.message
    titles = seats.titles(plan.problem.team)
    for index in plan.problem.duties_in(week):
        duty = plan.problem.duties[index]
        holder = plan.rota.holder(duty)
        title = titles[duty.rotation, duty.role]
        if holder is not None:
            if (holder, week) in plan.problem.swapped:
                running = ", two weeks running" if _running(plan, duty, holder) else ""
                yield f"{holder}, {title}: agreed swap{running}"
            yield from _on_days_off(plan, week, holder)
        elif not any(breach.duty == duty for breach in plan.report.breaches):
            yield f"no on-call: {title}"


def _running(plan: Plan, duty: Duty, holder: str) -> bool:
    """Whether the holder has the same role the week before or after too."""
    near = (replace(duty, week=duty.week.later(step)) for step in (-1, 1))
    return any(holder in (plan.rota.holder(d), plan.problem.history.holder(d)) for d in near)


def _on_days_off(plan: Plan, week: DutyWeek, holder: str) -> Iterator[str]:
    days_off = plan.problem.days_off
    for holiday in days_off.holidays_in(holder, week):
        yield f"{holder} on duty on {text.holiday_name(holiday)} ({text.day(holiday.day)})"
    show = plan.problem.team.settings.show_reasons
    for time in days_off.festivals_in(holder, week):
        within = _within(time, week)
        said = text.festival_name(time, show_reasons=show)
        yield f"{holder} on duty on {said} ({text.days(within[0], within[-1])})"


def _within(time: FestivalTime, week: DutyWeek) -> list[date]:
    return [day for day in time.days if day in week]
