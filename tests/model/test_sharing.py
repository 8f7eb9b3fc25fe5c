"""The even split behind a part, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from planner.domain import Role
from planner.model.open_seats import ReducedProblem
from planner.model.pricing import price
from planner.model.sharing import Shares, Sharing
from planner.problem import Problem
from planner.rules import fair_share, wishes
from tests.build import engineer, problem, rotation, wish


def shares(team: Problem, part: int = 0) -> Shares | None:
    reduced = ReducedProblem(team)
    (priced,) = price(reduced, fair_share.costs(team, part, ()), 1)
    return Sharing(reduced).shares(priced, ())


def limits(found: Shares | None) -> list[tuple[int, int]]:
    assert found is not None
    return [(box.least, box.most) for box in found.boxes]


def test_six_weeks_among_four_are_one_or_two_each() -> None:
    found = shares(problem(rotation("ABCD"), weeks=6))
    assert limits(found) == [(1, 2)] * 4
    assert found is not None
    assert found.duties == 6
    # Everybody owes 1½ and is half a week off: 4 × ¼.
    assert found.value == 1


def test_half_a_share_is_half_the_weeks() -> None:
    team = problem(rotation("ABC"), weeks=5, engineers=(engineer("C", share="1/2"),))
    found = shares(team)
    # A and B owe 2 each, C owes 1: nobody is off, and no other split of five lies within.
    assert [most for _, most in limits(found)] == [2, 2, 1]
    assert found is not None
    assert found.duties == 5
    assert found.value == 0


def test_what_a_rule_allows_caps_the_split() -> None:
    half = (engineer("C", share="1/2"),)
    free = problem(rotation("ABC"), weeks=5, engineers=half)
    capped = replace_limit(free, 1)
    assert [most for _, most in limits(shares(free))] == [2, 2, 1]
    assert shares(capped) is None, "three times one is no room for five"
    # B and A owe 2⅖ of six, C 1⅕: with at most two each, C takes two. 2 × (⅖)² + (⅘)² = 24/25.
    found = shares(replace_limit(problem(rotation("ABC"), weeks=6, engineers=half), 2))
    assert found is not None
    assert [most for _, most in limits(found)] == [2, 2, 2]
    assert found.value == Fraction(24, 25)


def replace_limit(team: Problem, most: int) -> Problem:
    settings = replace(team.team.settings, limits=(("primary", most),))
    return replace(team, team=replace(team.team, settings=settings))


def test_nothing_is_said_where_a_duty_may_stay_open() -> None:
    assert shares(problem(rotation("ABC", Role("primary", optional=True)), weeks=4)) is None


def test_nothing_is_said_of_costs_that_share_nothing_out() -> None:
    team = problem(rotation("ABC"), weeks=3, wishes=(wish("A", 1),))
    reduced = ReducedProblem(team)
    (priced,) = price(reduced, wishes.costs(team, 0, ()), 1)
    assert Sharing(reduced).shares(priced, ()) is None
    assert priced.floor == Fraction(0)
