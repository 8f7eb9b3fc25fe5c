"""Everyone: nobody who could hold a duty is passed over.

An aim and not a rule, because a team lead would rather have a rota in which two people are left
out, and know that fewer is impossible, than no rota: more people than duties, somebody who is
there for one week only, and an agreed swap that gives away a person's only duty are all nobody's
fault. Nor should a joiner, or the illness of somebody with one duty, move the weeks of others
when a published rota is planned again; the fewest changes come first there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.cells import Block, Facts, Formula, Workings
from planner.cells.references import runs
from planner.domain import Duty, Engineer, Rota
from planner.problem import Problem
from planner.rules.base import Convex, Parts

NAME = "everyone"
STATEMENT = (
    "The fewest people hold no duty at all, of those who could: members who may hold a role in "
    "some planned week and are not away then."
)
MEANS = "People who hold no duty although there is a week in which they could."
parts = Parts("people without a duty")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """One for each engineer who has seats to take and takes none of them."""
    every = range(len(problem.duties))
    for e, engineer in enumerate(problem.engineers):
        if any(_possible(problem, engineer, duty) for duty in problem.duties):
            yield Convex(tuple((1, (d, e)) for d in every), 0, _one_if_none)


def _possible(problem: Problem, engineer: Engineer, duty: Duty) -> bool:
    """Whether nothing about the engineer alone stands in the way of the duty."""
    return (
        problem.team.could_hold(engineer, duty)
        and engineer.employed(duty.week)
        and not problem.team.away_on(engineer.name, duty)
    )


def _one_if_none(held: int) -> Fraction:
    return Fraction(held == 0)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count the people who are there in a week that has a role for them, and hold nothing."""
    busy = {held.engineer for held in rota if held.duty.week in problem.weeks}
    idle = [engineer for engineer in problem.engineers if engineer.name not in busy]
    return (Fraction(sum(_there(problem, engineer) for engineer in idle)),)


def _there(problem: Problem, engineer: Engineer) -> bool:
    for week in problem.weeks:
        first, last = engineer.joined or week.first, engineer.left or week.last
        if first <= week.first and week.last <= last:
            for d in problem.duties_in(week):
                if _asked(problem, engineer, d) and not _missing(problem, engineer, d):
                    return True
    return False


def _missing(problem: Problem, engineer: Engineer, d: int) -> bool:
    """Whether the engineer is away on a date that a duty touches."""
    dates = problem.team.dates(problem.duties[d])
    own = (v for v in problem.team.vacations if v.engineer == engineer.name)
    return any(vacation.start <= day <= vacation.end for vacation in own for day in dates)


def _asked(problem: Problem, engineer: Engineer, d: int) -> bool:
    """Whether the role of a duty is one that the engineer could ever take."""
    duty = problem.duties[d]
    rotation = problem.team.rotation(duty.rotation)
    role = rotation.role(duty.role)
    engineer = engineer.at(duty.week)
    named = not engineer.roles or role.shared in engineer.roles
    member = rotation.has(engineer.name, duty.week)
    return member and named and (not role.levels or engineer.level in role.levels)


def live(work: Workings, part: int) -> str:
    """People who hold nothing, though there is a week in which they could."""
    return f"SUM({work.by_person('idle', fill=_fill_idle).down()})"


def _fill_idle(work: Workings, idle: Block) -> None:
    facts, number = work.facts, work.by_week("number", work.seats)
    for e in range(work.people):
        weeks = {
            shape: [w for w in range(work.weeks) if _may_hold_some(facts, e, w, shape)]
            for shape in range(len(facts.shapes))
        }
        there = "+".join(
            f"COUNTIF({work.away_of(shape).across(e, a, b)},0)"
            for shape, own in weeks.items()
            for a, b in runs(own)
        )
        text = f"(COUNTIF({number.whole},{e + 1})=0)*({there or '0'}>0)"
        busy = any(e + 1 in row for row in facts.held_by)
        away = facts.away_by_shape
        free = any(away[shape][w][e] == 0 for shape, own in weeks.items() for w in own)
        work.put(idle, e, 0, Formula(text, int(free and not busy)))


def _may_hold_some(facts: Facts, e: int, w: int, shape: int) -> bool:
    """Whether a role of that shape runs that the engineer may hold, vacations aside."""
    week = facts.problem.weeks[w]
    engineer = facts.engineers[e].at(week)
    return engineer.employed(week) and any(
        facts.runs[w][s]
        and facts.shape(s) == shape
        and rotation.has(engineer.name, week)
        and engineer.may_hold(role)
        for s, (rotation, role) in enumerate(facts.seats)
    )
