"""Random teams that have no rota, for Hypothesis, and plain ways to ask whether rows can hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from ortools.sat.python import cp_model

from planner.domain import Held, Vacation
from planner.problem import Problem
from planner.rules.base import Assignment, Row
from planner.rules.remaining import remaining_rows
from tests.strategies import small, tiny

EVERY = 10**9
"""More rotas than any tiny team has: all lengths are drawn."""


def can_hold(rows: Iterable[Row]) -> bool:
    """Whether rows can all hold, posted plainly over all of their seats."""
    cp = cp_model.CpModel()
    taken: dict[Assignment, cp_model.IntVar] = {}
    for row in rows:
        total = 0
        for factor, seat in row.terms:
            total += factor * taken.setdefault(seat, cp.new_bool_var(str(seat)))
        if row.least is not None:
            cp.add(total >= row.least)
        if row.most is not None:
            cp.add(total <= row.most)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return status == cp_model.OPTIMAL


@st.composite
def troubled(draw: DrawFn, teams: SearchStrategy[Problem]) -> Problem:
    """A team with weeks in which many are away, tight limits, or locks that quarrel."""
    problem = draw(teams)
    names = [engineer.name for engineer in problem.engineers]
    vacations = list(problem.team.vacations)
    for _ in range(draw(st.integers(1, 2))):
        week = draw(st.sampled_from(problem.weeks))
        order = draw(st.permutations(names))
        for name in order[: draw(st.integers(len(names) // 2, len(names)))]:
            start = week.first + timedelta(days=draw(st.integers(-3, 6)))
            end = start + timedelta(days=draw(st.integers(0, 9)))
            vacations.append(Vacation(name, start, end, draw(st.sampled_from(["annual", "sick"]))))
    rules = problem.team.settings
    if draw(st.integers(0, 3)) == 3:
        rules = replace(rules, limits=(("primary", draw(st.integers(0, 2))),))
    if draw(st.integers(0, 3)) == 3:
        rules = replace(rules, back_to_back="any role")
    locked = problem.locked
    if draw(st.integers(0, 5)) == 5:
        duty = draw(st.sampled_from(problem.duties))
        locked = (*(h for h in locked if h.duty != duty), Held(duty, draw(st.sampled_from(names))))
    team = replace(problem.team, vacations=tuple(vacations), settings=rules)
    return replace(problem, team=team, locked=locked)


@st.composite
def impossible(draw: DrawFn, teams: SearchStrategy[Problem] | None = None) -> Problem:
    """A team that has no rota."""
    problem = draw(troubled(st.one_of(*[tiny(EVERY)] * 4, small()) if teams is None else teams))
    assume(not can_hold(remaining_rows(problem)))
    return problem
