"""Split turns: where a turn lasts several weeks, the fewest change hands within.

An aim and not a rule: an absence may split a turn that has begun, and where nobody is there in all
of its weeks, two people share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from planner.cells import Block, Formula, Workings, lift, total, when
from planner.cells.text import squeezed
from planner.domain import Duty, DutyWeek, Rota
from planner.grouping import grouped
from planner.problem import Problem
from planner.rules import whole_turns
from planner.rules.base import Linear, Parts, Terms

NAME = "split turns"
STATEMENT = (
    "Where turns last several weeks: the fewest are split, by an absence, by a lock, or because "
    "the rest of a turn of which a week is swapped is not its giver's; this comes before every "
    "other aim but open duties."
)
MEANS = "Turns of several weeks that change hands within; 0 keeps all of them whole."
parts = Parts("turns that change hands")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear]:
    """One for each seat before a week in which its holder cannot go on, and one for each giver of
    a swapped week who does not hold the rest."""
    for duty, week in problem.stints.going_on.items():
        locked = _locked_for_others(problem, duty)
        for e, engineer in enumerate(problem.engineers):
            cannot = not whole_turns.may_go_on(problem, engineer, duty)
            if cannot or (locked and engineer.name not in locked):
                terms, held = whole_turns.earlier_seats(problem, week, duty, e)
                yield Linear(terms, held)
    for name, duty in _rests(problem):
        e = problem.engineer_index[name]
        if whole_turns.may_go_on(problem, problem.engineers[e], duty):
            seats = problem.team.alike(duty)
            taken: Terms = tuple((-1, (problem.duty_index[each], e)) for each in seats)
            yield Linear(taken, base=1)


def _locked_for_others(problem: Problem, duty: Duty) -> list[str]:
    """For whom all seats of the role are locked."""
    locked = problem.stints.locked(duty)
    return locked if len(locked) >= len(problem.team.alike(duty)) else []


def _rests(problem: Problem) -> Iterator[tuple[str, Duty]]:
    """(engineer, duty) of the other week of a turn of which the engineer gave one away."""
    for duty in problem.duties if problem.stints.several else ():
        week = problem.stints.week_before(duty)
        if week is None or duty != problem.team.alike(duty)[0]:
            continue
        before, now = (problem.stints.givers(duty, when) for when in (week, duty.week))
        if before and not now:
            yield from ((name, duty) for name in before)
        elif now and not before and week in problem.weeks:
            yield from ((name, duty.later(duty.week.until(week))) for name in now)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count who does not hold a week in which their turn goes on, but for what is a breach."""
    split = 0
    for duty, week in problem.stints.going_on.items():
        locked = _locked_for_others(problem, duty)
        for name in whole_turns.broken_off(problem, rota, week, duty):
            split += bool(locked) or not whole_turns.there(problem, name, duty)
    for name, duty in _rests(problem):
        holders = [rota.holder(each) for each in problem.team.alike(duty)]
        split += name not in holders and whole_turns.there(problem, name, duty)
    return (Fraction(split),)


def live(work: Workings, part: int) -> str:
    """Turns that change hands within."""
    return f"SUM({work.by_week('split', work.seats, _fill).whole})"


def _fill(work: Workings, split: Block) -> None:
    """Whose turn is split with each duty; at the first of seats alike, which givers hold none."""
    problem = work.facts.problem
    weeks = problem.stints.going_on
    rests = grouped((duty, name) for name, duty in _rests(problem))
    for w, s in product(range(work.weeks), range(work.seats)):
        seats = work.facts.strand(s)
        first = work.facts.duties[w][seats[0]]
        found = [_left(work, w, s, weeks[first])] if first in weeks else []
        for name in rests.get(first, ()) if s == seats[0] else ():
            number = lift(work.facts.number(squeezed(name)))
            nowhere = total(work.number(w, t).is_(number) for t in seats).is_(0)
            found.append(lift(nowhere & whole_turns.going_on(work, number, w, s)))
        if found:
            work.put(split, w, s, total(found))


def _left(work: Workings, w: int, s: int, week: DutyWeek) -> Formula:
    """1 where whoever held the seat the week before does not go on, because they cannot or because
    the seats are locked for others."""
    seats, before = work.facts.strand(s), whole_turns.earlier(work, w, s, week)
    if before is None:
        return lift(0)
    gone = total(work.number(w, t).is_(before) for t in seats).is_(0)
    free = total(whole_turns.locked(work, w, t).is_(0) for t in seats).over(0)
    going_on = lift(free & whole_turns.going_on(work, before, w, s)).is_(0)
    return when(before.is_(0), 0, when(gone, going_on, 0))
