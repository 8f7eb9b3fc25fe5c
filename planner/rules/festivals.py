"""Festivals: nobody works their own festival if it can be helped, and not the same one twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.references import runs
from planner.cells.workings import FESTIVAL
from planner.domain import PRIMARY, Duty, Engineer, FestivalTime, Rota
from planner.problem import Problem, ledger
from planner.rules.base import AnyOf, Assignment, Linear, Parts

NAME = "festivals"
STATEMENT = (
    "First the fewest duty days on somebody's own festival (primary counts double), then the "
    "fewest people who hold the same festival as on its previous occurrence."
)
MEANS = (
    "Days on duty on an own festival, a primary's counted twice; then people who hold the "
    "same festival as the last time."
)
parts = Parts("days on own festivals", "own festivals held again")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear | AnyOf]:
    """Days: a weight a seat. Again: one where the old and the new occurrence are both held."""
    for e, engineer in enumerate(problem.engineers):
        if part == 0:
            own = _own_days(problem, engineer)
            stood_in = sum(
                sign * _weight(problem, duty)
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
    own = _own_days(problem, engineer)
    touching = Counter(d for day in own for d in problem.duties_on.get(day, ()))
    for d, days in sorted(touching.items()):
        yield _weight(problem, problem.duties[d]) * days, (d, e)


def _weight(problem: Problem, duty: Duty) -> int:
    return 2 if problem.team.role_of(duty).shared == PRIMARY else 1


def _again(
    problem: Problem, e: int, name: str, before: FestivalTime, now: FestivalTime
) -> Iterator[AnyOf]:
    new = [(d, e) for d in _touching(problem, now)]
    if not new:
        return
    past = problem.history.duties_of(name)
    held_before = any(problem.team.touches(duty, before.days) for duty in past)
    if held_before:
        yield AnyOf(tuple(((seat, True),) for seat in new))
    else:
        old = [(d, e) for d in _touching(problem, before)]
        if old:
            yield AnyOf(tuple(((one, True), (other, True)) for one in old for other in new))


def _touching(problem: Problem, time: FestivalTime) -> list[int]:
    """The duties that touch a day of the festival."""
    return sorted({d for day in time.days for d in problem.duties_on.get(day, ())})


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
                days += 1 + (problem.team.role_of(duty).shared == PRIMARY)
        past = problem.history.duties_of(engineer.name)
        for before, now in _recurring(times):
            dates = problem.team.dates
            on_now = any(set(dates(duty)) & set(now.days) for duty in planned)
            on_before = any(set(dates(d)) & set(before.days) for d in (*past, *planned))
            again += on_now and on_before
    return (Fraction(days), Fraction(again))


def live(work: Workings, part: int) -> str:
    """Days on own festivals, primaries twice; then festivals held again."""
    if part == 0:
        days = work.own_days
        return f"SUMIF({days.down(1)},{FESTIVAL},{days.down(4)})"
    rows = list(_both_times(work.facts))
    block = work.list_below("festivals held again", len(rows), 2, _fill_again)
    return f"SUM({block.down(1)})"


def _fill_again(work: Workings, block: Block) -> None:
    """A row for each festival of the planned weeks that its engineer had before: who, and
    whether it is held both times."""
    number = work.by_week("number", work.seats)
    for row, (e, known, before, now) in enumerate(_both_times(work.facts)):

        def held(cells: Times, e: int = e) -> str:
            spans = ((w, a, b) for w, seats in cells.items() for a, b in runs(seats))
            return (
                "+".join(f"COUNTIF({number.across(w, a, b)},{e + 1})" for w, a, b in spans) or "0"
            )

        def is_held(cells: Times, e: int = e) -> bool:
            held_by = work.facts.held_by
            return any(held_by[w][s] == e + 1 for w, seats in cells.items() for s in seats)

        text = f"({held(now)}>0)*({int(known)}+{held(before)}>0)"
        again = is_held(now) and (known or is_held(before))
        work.put(block, row, 0, e + 1)
        work.put(block, row, 1, Formula(text, int(again)))


Times = dict[int, list[int]]
"""Seats by week, both counted from 0, whose duties touch a festival."""


def _both_times(facts: Facts) -> Iterator[tuple[int, bool, Times, Times]]:
    """Engineers from 0, whether they are known to have held the festival the last time, and
    the planned duties of that time and of this one."""
    problem = facts.problem

    def duties(time: FestivalTime) -> Times:
        found: Times = {}
        for w, row in enumerate(facts.duties):
            for s, duty in enumerate(row):
                if problem.team.touches(duty, time.days):
                    found.setdefault(w, []).append(s)
        return found

    for e, engineer in enumerate(facts.engineers):
        for before, now in _recurring(problem.days_off.festivals.get(engineer.name, ())):
            if these := duties(now):
                past = problem.history.duties_of(engineer.name)
                known = any(problem.team.touches(duty, before.days) for duty in past)
                yield e, known, duties(before), these
