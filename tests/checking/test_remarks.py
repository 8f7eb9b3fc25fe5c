"""What a rota's reader is told, with nothing to do about it."""

from __future__ import annotations

from planner.checking.remarks import remarks_of
from planner.problem import Problem
from tests.build import away_week, problem, rotation


def told(of: Problem) -> str:
    return "\n".join(remarks_of(of))


def test_what_is_kept_back_of_a_balance_is_told() -> None:
    team = problem(rotation("AB"), weeks=13, history="A A A A A A")
    assert "1 duty a role counts in this plan (catch_up)" in told(team)
    assert "A +2.00 primary" in told(team)
    assert "B −2.00 primary" in told(team)
    assert "catch_up" not in told(problem(rotation("AB"), weeks=13, history="A A"))


def test_where_turns_begin_is_told_if_not_with_the_first() -> None:
    assert told(problem(weeks=2)) == ""
    said = told(problem(weeks=2, vacations=(away_week("A", 0),)))
    assert said.startswith("The turns of r begin with B: then none falls on an absence")
    fair = ("fair-share", "rhythm")
    assert told(problem(weeks=2, vacations=(away_week("A", 0),), aims=fair)) == "", "no turns"
