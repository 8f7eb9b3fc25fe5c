"""Islands searched side by side: the same answer as one after the other, errors included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from threading import Barrier, Event

import pytest

from planner.errors import InfeasibleError
from planner.model import Clock, Solution, solve
from planner.model.batch import Part
from planner.model.descent import Descent
from planner.model.side_by_side import side_by_side
from planner.model.stages import Stage
from planner.problem import Problem
from planner.rules import rhythm
from tests.benchmarks.instances import Size, problem_of


@pytest.fixture(scope="module")
def four_rotations() -> Problem:
    """Four rotations of five people, a quarter: four islands."""
    return problem_of(Size(20, 13, 4, seed=3))


def solved(problem: Problem, threads: int | None) -> Solution:
    return solve(problem, Clock(None), lambda _: None, threads=threads)


@pytest.mark.parametrize("threads", [2, 4, None])
def test_any_number_of_threads_finds_the_same_rota_values_and_bounds(
    four_rotations: Problem, threads: int | None
) -> None:
    assert solved(four_rotations, threads) == solved(four_rotations, 1)


@pytest.mark.parametrize(
    ("threads", "behind"), [(1, [3, 2, 1, 0]), (2, [1, 1, 0, 0]), (4, [0] * 4)]
)
def test_time_is_kept_for_islands_that_have_to_wait(
    monkeypatch: pytest.MonkeyPatch, four_rotations: Problem, threads: int, behind: list[int]
) -> None:
    asked: list[int] = []

    def settle(_: Descent, parts: Sequence[Part], ahead: int, last: bool) -> list[Fraction]:
        asked.append(ahead)
        return [part.price.floor for part in parts]

    monkeypatch.setattr(Descent, "settle", settle)
    solve(four_rotations, Clock(None), lambda _: None, [Stage(rhythm)], threads=threads)
    assert sorted(asked, reverse=True) == behind


def test_works_overlap_and_keep_their_order() -> None:
    together = Barrier(2, timeout=20)

    def work(n: int) -> int:
        together.wait()
        return n

    works = [lambda n=n: work(n) for n in range(2)]
    assert side_by_side(works, 2, Clock(None)) == [0, 1]


def test_the_first_error_counts_and_calls_off_what_is_behind_it() -> None:
    clock, begun = Clock(None), Event()

    def fails() -> None:
        begun.wait(20)
        raise ValueError("first")

    def goes_on() -> None:
        begun.set()
        while clock.left != 0:
            pass
        raise ValueError("second")

    def never() -> None:
        raise AssertionError("was begun")

    with pytest.raises(ValueError, match="first"):
        side_by_side([fails, goes_on, *[never] * 3], 2, clock)
    assert clock.left is None


def test_a_rotation_that_cannot_be_planned_is_told_in_any_case(four_rotations: Problem) -> None:
    """All but one of the last rotation are away for good."""
    team, some = four_rotations.team, four_rotations.team.vacations[0]
    gone = tuple(
        replace(some, engineer=name, start=date(2024, 6, 1), end=date(2024, 12, 1))
        for name in team.rotations[-1].cycle[1:]
    )
    bare = replace(four_rotations, team=replace(team, vacations=gone))
    for threads in (1, 3):
        with pytest.raises(InfeasibleError):
            solved(bare, threads)
