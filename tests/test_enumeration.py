"""On tiny teams every rota is looked at: solver, check and oracle must say the same of each."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import islice

import pytest

from planner.checking import check
from planner.domain import Rota
from planner.errors import InfeasibleError
from planner.model import Clock, enumerate_rotas, solve
from planner.planning.plan import plan
from planner.problem import Problem
from planner.rules import AIMS, ON_REQUEST, RULES
from planner.rules.base import AnyOf, Assignment, Cost, Linear, Row
from tests import oracle
from tests.strategies import in_groups, in_two_teams, over, pausing, running_on, tiny


def taken_seats(problem: Problem, rota: Rota) -> set[Assignment]:
    duties = {duty: d for d, duty in enumerate(problem.duties)}
    people = {engineer.name: e for e, engineer in enumerate(problem.engineers)}
    return {(duties[h.duty], people[h.engineer]) for h in rota if h.engineer is not None}


def keeps(row: Row, taken: set[Assignment]) -> bool:
    total = sum(factor for factor, seat in row.terms if seat in taken)
    return (row.least is None or row.least <= total) and (row.most is None or total <= row.most)


def amount(cost: Cost, taken: set[Assignment]) -> Fraction:
    if isinstance(cost, AnyOf):
        met = (all((seat in taken) == wanted for seat, wanted in group) for group in cost.groups)
        return Fraction(any(met))
    total = cost.base + sum(factor for factor, seat in cost.terms if seat in taken)
    return Fraction(total) if isinstance(cost, Linear) else Fraction(cost.cost(total))


def whole(costs: Iterable[Cost], taken: set[Assignment]) -> Fraction:
    return sum((amount(cost, taken) for cost in costs), Fraction(0))


@over(tiny(), seeds=10, each=11)
def test_rows_and_breaches_and_oracle_agree_on_each_rule(problem: Problem) -> None:
    agree_on_each_rule(problem)


@over(in_groups(tiny()), seeds=5, each=11)
def test_they_agree_on_each_rule_where_groups_keep_apart(problem: Problem) -> None:
    agree_on_each_rule(problem)


@over(running_on(tiny()), seeds=5, each=11)
def test_they_agree_on_each_rule_where_weeks_run_on(problem: Problem) -> None:
    agree_on_each_rule(problem)


@over(in_two_teams(tiny()), seeds=4, each=11)
def test_they_agree_on_each_rule_where_people_are_in_two_teams(problem: Problem) -> None:
    agree_on_each_rule(problem)


@over(pausing(tiny()), seeds=5, each=11)
def test_they_agree_on_each_rule_where_rotations_rest(problem: Problem) -> None:
    agree_on_each_rule(problem)


def agree_on_each_rule(problem: Problem) -> None:
    rows = {rule.NAME: list(rule.rows(problem)) for rule in RULES}
    for rota in islice(oracle.any_rotas(problem), 700):
        taken = taken_seats(problem, rota)
        by_rows = [name for name, some in rows.items() if not all(keeps(r, taken) for r in some)]
        by_walk = [rule.NAME for rule in RULES if list(rule.breaches(problem, rota))]
        assert by_rows == by_walk == oracle.broken(problem, rota)


@over(tiny(), seeds=10, each=11)
def test_costs_and_values_and_oracle_agree_on_each_aim(problem: Problem) -> None:
    agree_on_each_aim(problem)


@over(in_groups(tiny()), seeds=5, each=11)
def test_they_agree_on_each_aim_where_groups_keep_apart(problem: Problem) -> None:
    agree_on_each_aim(problem)


@over(pausing(tiny()), seeds=5, each=11)
def test_they_agree_on_each_aim_where_rotations_rest(problem: Problem) -> None:
    agree_on_each_aim(problem)


def agree_on_each_aim(problem: Problem) -> None:
    for rota in islice(oracle.all_rotas(problem), 50):
        taken = taken_seats(problem, rota)
        by_oracle = oracle.aim_values(problem, rota)
        for aim in (*AIMS, *ON_REQUEST):
            if aim.NAME in by_oracle:
                values = tuple(aim.values(problem, rota))
                assert len(aim.parts(problem)) == len(values)
                assert values == by_oracle[aim.NAME], aim.NAME
                for part, value in enumerate(values):
                    costs = aim.costs(problem, part, values[:part])
                    assert whole(costs, taken) == value, (aim.NAME, part)


@over(tiny(), seeds=10, each=11)
def test_solver_and_check_allow_the_same_rotas(problem: Problem) -> None:
    allow_the_same_rotas(problem)


@over(in_groups(tiny()), seeds=5, each=11)
def test_they_allow_the_same_rotas_where_groups_keep_apart(problem: Problem) -> None:
    allow_the_same_rotas(problem)


@over(running_on(tiny()), seeds=5, each=11)
def test_they_allow_the_same_rotas_where_weeks_run_on(problem: Problem) -> None:
    allow_the_same_rotas(problem)


@over(in_two_teams(tiny()), seeds=4, each=11)
def test_they_allow_the_same_rotas_where_people_are_in_two_teams(problem: Problem) -> None:
    allow_the_same_rotas(problem)


def allow_the_same_rotas(problem: Problem) -> None:
    by_solver = list(enumerate_rotas(problem))
    by_check = [rota for rota in oracle.any_rotas(problem) if check(problem, rota).holds]
    assert len(by_solver) == len(set(by_solver))
    assert set(by_solver) == set(by_check) == set(oracle.all_rotas(problem))


@over(tiny(), seeds=10, each=11)
def test_no_rota_is_better_than_the_planned_one(problem: Problem) -> None:
    best = oracle.best(problem)
    if best is None:
        with pytest.raises(InfeasibleError):
            plan(problem)
        return
    found = plan(problem)
    assert found.proven
    assert oracle.allowed(problem, found.rota)
    assert oracle.score(problem, found.rota) == best


@over(pausing(tiny()), seeds=5, each=11)
def test_no_rota_is_better_where_rotations_rest(problem: Problem) -> None:
    best = oracle.best(problem)
    if best is None:
        with pytest.raises(InfeasibleError):
            plan(problem)
        return
    found = plan(problem)
    assert found.proven
    assert oracle.score(problem, found.rota) == best


@over(running_on(tiny()), seeds=5, each=11)
def test_no_rota_is_better_where_weeks_run_on(problem: Problem) -> None:
    best = oracle.best(problem)
    if best is None:
        with pytest.raises(InfeasibleError):
            plan(problem)
        return
    found = plan(problem)
    assert found.proven
    assert oracle.score(problem, found.rota) == best


@over(in_groups(tiny()), seeds=5, each=11)
def test_no_rota_is_better_where_groups_keep_apart(problem: Problem) -> None:
    best = oracle.best(problem)
    if best is None:
        with pytest.raises(InfeasibleError):
            solve(problem, Clock(None), lambda _: None)
        return
    found = plan(problem)
    assert found.proven
    assert oracle.allowed(problem, found.rota)
    assert oracle.score(problem, found.rota) == best
