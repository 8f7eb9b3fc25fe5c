"""Goals as the digits of one number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model import one_objective
from planner.model.measuring import Measure
from planner.model.one_objective import OneObjective
from planner.model.posting import Goal
from planner.model.pricing import Price


def goal(variable: int, span: int, low: int = 0) -> Goal:
    """A goal that is one variable, between ``low`` and ``low`` + ``span``."""
    return Goal(Price(), {variable: 1}, Measure(1, span, 0), Fraction(0), low)


def together(*goals: Goal) -> OneObjective:
    found = OneObjective()
    for each in goals:
        found.add(each)
    return found


def test_each_goal_outweighs_all_behind_it() -> None:
    # Digits to 9, to 4 and to 1: weights 10, 2 and 1.
    assert together(goal(0, 9), goal(1, 4), goal(2, 1)).factors == {0: 10, 1: 2, 2: 1}


def test_goals_may_share_a_variable() -> None:
    assert together(goal(0, 9), goal(0, 4)).factors == {0: 5 + 1}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-9, 9), st.integers(0, 9)), min_size=1))
def test_values_read_back_as_digits(drawn: list[tuple[int, int, int]]) -> None:
    goals = [goal(n, span, low) for n, (span, low, _) in enumerate(drawn)]
    digits = [min(digit, span) for span, _, digit in drawn]
    whole = together(*goals)
    sums = [one.low + digit for one, digit in zip(goals, digits, strict=True)]
    factors = whole.factors
    if whole.size <= 2**40:  # beyond, floating point no longer tells them apart
        assert whole.digits(sum(factors[n] * value for n, value in enumerate(sums))) == digits


def test_a_bound_between_two_numbers_is_rounded_up() -> None:
    assert together(goal(0, 9)).digits(2.4) == [3]
    assert together(goal(0, 9)).digits(2.0000000001) == [2]


def test_no_bound_is_the_lowest_there_is() -> None:
    assert together(goal(0, 9), goal(1, 9)).digits(float("-inf")) == [0, 0]


def test_a_number_that_grows_too_large_takes_no_more_goals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_objective, "MOST", 50)
    some = together(goal(0, 9))
    assert some.fits(Measure(1, 4, 0))
    assert not some.fits(Measure(1, 5, 0))
    assert OneObjective().fits(Measure(1, 1000, 0)), "the first always fits"


def test_rounded_costs_stand_alone() -> None:
    assert not together(goal(0, 1)).fits(Measure(1, 1, slack=2))
