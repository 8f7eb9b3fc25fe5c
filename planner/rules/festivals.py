"""Festivals: nobody works their own festival if it can be helped, and not the same one twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from planner.domain import PRIMARY, DutyWeek, Engineer, FestivalTime, Rota
from planner.problem import Problem, ledger
from planner.rules.base import AnyOf, Assignment, Linear

NAME = "festivals"
STATEMENT = (
    "First the fewest duty days on somebody's own festival (primary counts double), then the "
    "fewest people who hold the same festival as on its previous occurrence."
)


def parts(problem: Problem) -> Sequence[str]:
    """Days on own festivals, then festivals held again."""
    return ("days on own festivals", "own festivals held again")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear | AnyOf]:
    """Days: a weight a seat. Again: one where the old and the new occurrence are both held."""
    for e, engineer in enumerate(problem.engineers):
        if part == 0:
            own = _own_days(problem, engineer)
            stood_in = sum(
                sign * (2 if duty.role == PRIMARY else 1)
                for sign, duty, day in problem.exchanged(engineer.name)
                if day in own and duty in problem.duty_index
            )
            yield Linear(tuple(_festival_days(problem, e, engineer)), base=stood_in)
        else:
            for before, now in _recurring(problem.days_off.festivals.get(engineer.name, ())):
                yield from _again(problem, e, engineer.name, before, now)


def _own_days(problem: Problem, engineer: Engineer) -> set[date]:
    times = problem.days_off.festivals.get(engineer.name, ())
    return {day for time in times for day in time.days}


def _festival_days(
    problem: Problem, e: int, engineer: Engineer
) -> Iterator[tuple[int, Assignment]]:
    for week in problem.weeks:
        times = problem.days_off.festivals_in(engineer.name, week)
        days = {day for time in times for day in time.days if day in week}
        if days:
            for d in problem.duties_in(week):
                weight = 2 if problem.duties[d].role == PRIMARY else 1
                yield weight * len(days), (d, e)


def _again(
    problem: Problem, e: int, name: str, before: FestivalTime, now: FestivalTime
) -> Iterator[AnyOf]:
    new = [(d, e) for week in _weeks(problem, now) for d in problem.duties_in(week)]
    if not new:
        return
    held_before = any(
        day in duty.week for duty in problem.history.duties_of(name) for day in before.days
    )
    if held_before:
        yield AnyOf(tuple(((seat, True),) for seat in new))
    else:
        old = [(d, e) for week in _weeks(problem, before) for d in problem.duties_in(week)]
        if old:
            yield AnyOf(tuple(((one, True), (other, True)) for one in old for other in new))


def _weeks(problem: Problem, time: FestivalTime) -> list[DutyWeek]:
    return [week for week in problem.weeks if any(day in week for day in time.days)]


def _recurring(
    times: tuple[FestivalTime, ...],
) -> Iterator[tuple[FestivalTime, FestivalTime]]:
    """Each occurrence with the previous one of the same festival."""
    last: dict[str, FestivalTime] = {}
    for time in times:
        if time.festival in last:
            yield last[time.festival], time
        last[time.festival] = time


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count the days, and the festivals held again, in the finished rota."""
    days = again = 0
    for engineer in problem.engineers:
        times = problem.days_off.festivals.get(engineer.name, ())
        own = _own_days(problem, engineer)
        planned = [d for d in rota.duties_of(engineer.name) if d.week in problem.weeks]
        for duty, day in ledger.dates_done(problem, rota, engineer.name):
            if day in own and duty.week in problem.weeks:
                days += 2 if duty.role == PRIMARY else 1
        past = problem.history.duties_of(engineer.name)
        for before, now in _recurring(times):
            on_now = any(set(duty.week.days) & set(now.days) for duty in planned)
            on_before = any(set(d.week.days) & set(before.days) for d in (*past, *planned))
            again += on_now and on_before
    return (Fraction(days), Fraction(again))
