"""How long it takes to explain why there is no rota; run on demand:

python -m pytest tests/benchmarks/test_clashes.py -q -s
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from time import perf_counter

import pytest

from planner.checking.clash import heading
from planner.domain import DaysOff, Engineer, Role, Rotation, Settings, Source, Team, Vacation
from planner.domain.quarters import Horizon
from planner.model import Clock
from planner.model.clashes import find_clashes
from planner.planning.infeasible import explain
from planner.planning.plan import plan
from planner.problem import Problem
from tests.build import AIMS, HOME, away, away_week, day, problem, rotation, week

FOUR = rotation("ABCD", "primary", "secondary")
SMALL = {
    "too many away": {"vacations": (away_week("A", 6), away("B", 43, 50), away("C", 45))},
    "twice too many away": {"vacations": tuple(away_week(n, w) for n in "ABC" for w in (2, 9))},
    "fewer turns than duties": {"settings": {"limits": (("primary", 3),)}},
}


def large(vacations: Sequence[Vacation] = (), **settings: object) -> Problem:
    """40 engineers, 52 weeks, two rotations with two roles, and 80 absences."""
    chance = random.Random(1)
    names = tuple(f"E{n:02}" for n in range(40))
    some = []
    for n, name in enumerate(names * 2, start=2):
        start = chance.randrange(7 * 52)
        end = start + chance.randrange(1, 12)
        source = Source("vacations.csv", n)
        some.append(Vacation(name, day(start), day(end), source=source))
    roles = (Role("primary"), Role("secondary"))
    team = Team(
        "large",
        "Large",
        "UTC",
        tuple(Engineer(name, HOME) for name in names),
        (Rotation("r", names[:20], roles), Rotation("q", names[20:], roles)),
        Settings(**settings),
        AIMS,
        vacations=(*some, *vacations),
    )
    weeks = tuple(week(n) for n in range(52))
    return Problem(team, Horizon("year", weeks), DaysOff(day(-60), day(7 * 60)))


def all_of_one_rotation(first: int, last: int, left: int) -> list[Vacation]:
    return [Vacation(f"E{n:02}", day(first), day(last)) for n in range(20 - left)]


LARGE = {
    "too many away in one week": large(all_of_one_rotation(210, 213, left=1)),
    "too few for two weeks running": large(
        all_of_one_rotation(210, 220, left=3), back_to_back="any role"
    ),
    "fewer turns than duties": large(limits=(("primary", 2),)),
    "fewer turns of a kind than duties": large(limits=(("on-call", 5),)),
}


def timed(found: Problem) -> tuple[float, int]:
    started = perf_counter()
    all_found = find_clashes(found, Clock(60))
    seconds = perf_counter() - started
    assert all_found
    assert all(clash.minimal for clash in all_found)
    print(f"{seconds:6.2f} s", [(heading(clash), len(clash.members)) for clash in all_found])
    return seconds, len(all_found)


@pytest.mark.parametrize("name", SMALL)
def test_four_by_thirteen_within_twice_the_time_of_planning(name: str) -> None:
    easy = problem(FOUR, weeks=13, vacations=(away_week("A", 6), away("B", 22, 25)))
    hard = problem(FOUR, weeks=13, **SMALL[name])
    planning, explaining = [], []
    for _ in range(7):
        started = perf_counter()
        plan(easy)
        planning.append(perf_counter() - started)
        explaining.append(timed(hard)[0])
    print(f"{name}: planning {median(planning):.3f} s, explaining {median(explaining):.3f} s")
    assert median(explaining) <= 2 * median(planning)


@pytest.mark.parametrize("name", LARGE)
def test_forty_by_fifty_two_within_ten_seconds(name: str) -> None:
    seconds, _ = timed(LARGE[name])
    assert seconds <= 10


def test_repairs_of_a_large_team() -> None:
    found = LARGE["too many away in one week"]
    found = replace(found, team=replace(found.team, aims=("fair-share",)))
    started = perf_counter()
    explanation = explain(found, 10)
    print(f"{perf_counter() - started:6.2f} s", [repair.lines for repair in explanation.repairs])
    assert explanation.repairs
