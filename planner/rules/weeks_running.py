"""How many weeks running one may be on duty at most: the part of back-to-back that is a number.

Weeks run on over the quarter's edge and count in any role. A run with a week in it that an agreed
swap gave to its holder may be longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product

from planner.cells import Facts, Formula, Workings, count, lift, total, when
from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.rules.at_once import one_of
from planner.rules.base import Terms

DETAIL = "weeks running"
"""Marks the facts of this part."""


def windows(problem: Problem) -> Iterator[tuple[int, DutyWeek, Terms, int]]:
    """Of each engineer and last week of a run that would be too long: (engineer, week, the seats
    planned in it, the most of them that may be taken); where one may hold several duties of a
    week, for each choice of what one may not hold at once."""
    most = problem.team.settings.most_running
    if most is None:
        return
    places = dict(zip(problem.weeks, one_of(problem, problem.weeks), strict=True))
    for e, engineer in enumerate(problem.engineers):
        past = {duty.week for duty in problem.history.duties_of(engineer.name)}
        for last in problem.weeks:
            run = [last.later(-n) for n in range(most, -1, -1)]
            planned = [week for week in run if week in places]
            before = [week for week in run if week not in places]
            excused = any((engineer.name, week) in problem.swapped for week in run)
            if excused or not past.issuperset(before):
                continue
            for chosen in product(*(places[week] for week in planned)):
                terms = tuple([(1, (d, e)) for duties in chosen for d in duties])
                yield e, last, terms, len(planned) - 1


def too_long(problem: Problem, rota: Rota) -> Iterator[tuple[str, Duty, bool]]:
    """(engineer, duty, whether an agreed swap permits it) of each duty in a week with which its
    holder has been on duty in more weeks running than the team allows."""
    most = problem.team.settings.most_running
    if most is None:
        return
    for engineer in problem.engineers:
        name = engineer.name
        running: list[DutyWeek] = []
        for duty in (*problem.history.duties_of(name), *rota.duties_of(name)):
            if not running or duty.week != running[-1]:
                follows = running and (duty.week.first - running[-1].first).days == 7
                running = [*running, duty.week] if follows else [duty.week]
            if len(running) > most and duty.week in problem.weeks:
                agreed = any((name, week) in problem.swapped for week in running[-most - 1 :])
                yield name, duty, agreed


def flag(work: Workings, w: int, s: int) -> Formula:
    """1 where the weeks before this one are already as many running as may be."""
    facts, me = work.facts, work.number(w, s)
    most = facts.settings.most_running
    if most is None:
        return lift(0)
    weeks = range(max(0, w - most), w)
    busy = total(count(work.numbers(each), me).over(0) for each in weeks)
    needed = len(weeks)
    if w < most:
        before = work.of(me, f"on duty {most - w} weeks before", partial(_all_before, most - w))
        busy, needed = busy + before, needed + 1
    found = busy.is_(needed).number
    for name in _excused(facts.problem, facts.problem.weeks[w], most):
        found *= me.is_not(facts.number(name))
    return when(me.is_(0), 0, found)


def _all_before(number: int, facts: Facts) -> Sequence[int]:
    """Whether each engineer was on duty in all of so many weeks before the first."""
    first, history = facts.problem.weeks[0], facts.problem.history
    weeks = {first.later(-n) for n in range(1, number + 1)}
    held = ({duty.week for duty in history.duties_of(each.name)} for each in facts.engineers)
    return [int(weeks <= past) for past in held]


def _excused(problem: Problem, week: DutyWeek, most: int) -> list[str]:
    """Whom an agreed swap gave a duty in one of the weeks of such a run."""
    weeks = [week.later(-n) for n in range(most + 1)]
    return list(dict.fromkeys(name for name, when in sorted(problem.swapped) if when in weeks))
