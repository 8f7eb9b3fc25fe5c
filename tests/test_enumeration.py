"""On tiny teams every rota is looked at: solver, check and oracle must say the same of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import islice

import pytest

from planner.checking.report import check
from planner.domain import Rota
from planner.errors import InfeasibleError
from planner.model import enumerate_rotas
from planner.planning.plan import plan
from planner.problem import Problem
from planner.rules import AIMS, ON_REQUEST, RULES, split_turns
from planner.rules.base import AnyOf, Assignment, Cost, Linear, Row
from tests import oracle
from tests.strategies import (
    alike,
    changing,
    from_seed,
    in_groups,
    in_part,
    in_turns,
    in_two_teams,
    pausing,
    running_on,
    sharing_weeks,
    tiny,
)


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
    if not isinstance(cost, Linear):
        total += sum(factor for factor, seats in cost.either if taken & {*seats})
    return Fraction(total) if isinstance(cost, Linear) else Fraction(cost.cost(total))


def whole(costs: Iterable[Cost], taken: set[Assignment]) -> Fraction:
    return sum((amount(cost, taken) for cost in costs), Fraction(0))


TEAMS = {
    "any": (tiny(), 10),
    "groups that keep apart": (in_groups(tiny()), 5),
    "weeks that run on": (running_on(tiny()), 5),
    "people in two teams": (in_two_teams(tiny()), 4),
    "rotations that rest": (pausing(tiny()), 5),
    "duties that are part of a week": (in_part(tiny()), 5),
    "duties that may share a week": (sharing_weeks(tiny(150)), 4),
    "seats that are alike": (alike(tiny()), 5),
    "turns of several weeks": (in_turns(tiny()), 5),
    "such turns with seats alike and rests": (pausing(in_turns(alike(tiny()))), 2),
    "such turns that may share a week": (in_turns(sharing_weeks(tiny(150))), 1),
    "much of this at once": (changing(in_part(alike(tiny()))), 3),
    "people who change": (changing(in_groups(tiny())), 5),
}
"""Kinds of tiny teams, and from how many seeds each is drawn."""


def of(*kinds: str) -> Callable[[Callable[[Problem], None]], Callable[..., None]]:
    """A property tested on eleven teams a seed of each of these kinds, or of all."""
    starts = [(kind, start) for kind in kinds or TEAMS for start in range(TEAMS[kind][1])]

    def decorate(holds: Callable[[Problem], None]) -> Callable[..., None]:
        @pytest.mark.parametrize(("kind", "start"), starts)
        def test(kind: str, start: int) -> None:
            from_seed(start, 11, TEAMS[kind][0])(holds)()

        test.__name__ = holds.__name__
        return test

    return decorate


@of()
def test_rows_and_breaches_and_oracle_agree_on_each_rule(problem: Problem) -> None:
    rows = {rule.NAME: list(rule.rows(problem)) for rule in RULES}
    for rota in islice(oracle.any_rotas(problem), 700):
        taken = taken_seats(problem, rota)
        by_rows = [name for name, some in rows.items() if not all(keeps(r, taken) for r in some)]
        by_walk = [rule.NAME for rule in RULES if list(rule.breaches(problem, rota))]
        assert by_rows == by_walk == oracle.broken(problem, rota)


@of(*(kind for kind in TEAMS if kind not in ("weeks that run on", "people in two teams")))
def test_costs_and_values_and_oracle_agree_on_each_aim(problem: Problem) -> None:
    for rota in islice(oracle.all_rotas(problem), 50):
        taken = taken_seats(problem, rota)
        by_oracle = oracle.aim_values(problem, rota)
        for aim in (*AIMS, *ON_REQUEST, split_turns):
            if aim.NAME in by_oracle:
                values = tuple(aim.values(problem, rota))
                assert len(aim.parts(problem)) == len(values)
                assert values == by_oracle[aim.NAME], aim.NAME
                for part, value in enumerate(values):
                    costs = aim.costs(problem, part, values[:part])
                    assert whole(costs, taken) == value, (aim.NAME, part)


@of(
    "any",
    "groups that keep apart",
    "weeks that run on",
    "people in two teams",
    "duties that may share a week",
    "seats that are alike",
    "turns of several weeks",
)
def test_solver_and_check_allow_the_same_rotas(problem: Problem) -> None:
    by_solver = list(enumerate_rotas(problem))
    by_check = [rota for rota in oracle.any_rotas(problem) if check(problem, rota).holds]
    assert len(by_solver) == len(set(by_solver))
    assert set(by_solver) == set(by_check) == set(oracle.all_rotas(problem))


@of(
    "any",
    "groups that keep apart",
    "weeks that run on",
    "rotations that rest",
    "people who change",
    "duties that may share a week",
    "seats that are alike",
    "turns of several weeks",
)
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
