"""Gaps: what may stay open, in which order, and how it is spread."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from planner.model import Clock, Stage, solve
from planner.problem import Problem
from planner.rules import gaps
from tests.build import away, away_week, problem, rota, rotation, text
from tests.test_enumeration import taken_seats, whole

TWO = rotation("ABCD", "primary", "secondary")


def with_gaps(found: Problem) -> Problem:
    return replace(found, may_stay_open=frozenset(found.duties))


def test_counts_open_duties_by_role_and_by_months_that_follow_each_other() -> None:
    # Weeks 0–3 lie in July 2024 (by their fourth day), weeks 4–8 in August.
    team = with_gaps(problem(TWO, weeks=6))
    assert tuple(gaps.parts(team)) == ("duties open", "primary open", "open month after month")
    # A primary open in July; secondaries in July and twice in August: (June, July) 1² + 1²,
    # (July, August) 1² + 3², (August, September) 0² + 2².
    found = rota(team, "AB .C D. AB C. A.")
    assert gaps.values(team, found) == (4, 1, 1 + 1 + 1 + 9 + 0 + 4)


def test_duties_open_before_the_quarter_count_as_the_month_before() -> None:
    team = with_gaps(problem(TWO, weeks=2, history="AB C."))
    # June's secondary (weeks −1 … belong to June) and one of July: (1 + 1)², then 1².
    assert gaps.values(team, rota(team, "AB C."))[2] == 4 + 1
    assert gaps.values(team, rota(team, "AB .C"))[2] == 1 + 1 + 1


def test_costs_say_the_same_as_values() -> None:
    team = with_gaps(problem(rotation("AB", "primary", "secondary"), weeks=2, history="A. .B"))
    for letters in product("A.", "B.", "B.", "A."):
        found = rota(team, "".join(letters))
        values = gaps.values(team, found)
        taken = taken_seats(team, found)
        for part, value in enumerate(values):
            assert whole(gaps.costs(team, part, values[:part]), taken) == value


def test_without_gaps_allowed_nothing_counts_as_open() -> None:
    team = problem(TWO, weeks=2)
    assert [whole(gaps.costs(team, part, ()), set()) for part in range(3)] == [0, 0, 0]


def planned(team: Problem) -> str:
    found = solve(with_gaps(team), Clock(None), lambda _: None, [Stage(gaps)])
    return text(team, found.rota)


def test_secondaries_stay_open_before_primaries() -> None:
    gone = tuple(away_week(name, 1) for name in "ABC")
    assert planned(problem(TWO, weeks=3, vacations=gone)).split()[1] == "D."


def test_open_duties_go_round_the_rotations() -> None:
    # One person is left in one week of each month, for two rotations.
    months = (1, 5, 9)
    gone = [away(name, 7 * n, 7 * n) for n in months for name in "ABC"]
    team = problem(rotation("ABCD"), rotation("ABCD", name="q"), weeks=13, vacations=tuple(gone))
    weeks = planned(team).split()
    open_in = [weeks[n].index(".") for n in months]
    assert open_in[0] != open_in[1] != open_in[2]


@pytest.mark.parametrize("short", [1, 2])
def test_the_fewest_stay_open(short: int) -> None:
    gone = tuple(away_week(name, n) for n in range(short) for name in "ABCD"[: short + 2])
    team = with_gaps(problem(TWO, weeks=4, vacations=gone))
    found = solve(team, Clock(None), lambda _: None, [Stage(gaps)])
    expected = Fraction(1 if short == 1 else 4)
    assert found.proofs[0].value == found.proofs[0].bound == expected
