"""How long re-planning takes; run on demand:

python -m pytest tests/benchmarks -q -s
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from planner.checking.finished_plan import Plan
from planner.domain import Rota, Vacation
from planner.domain.quarters import quarter
from planner.files.team.folder import load_team
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from planner.planning.replan import Replan, replan
from planner.problem import Problem
from tests import build
from tests.conftest import CHECKOUT

SMALL = ("data-engineering", "xyz-tech")


def disturbed(found: Plan, number: int) -> Problem:
    """The problem with the holder of some duty now away."""
    problem = found.problem
    chance = random.Random(number)
    duty = chance.choice([duty for duty in problem.duties if duty.week > problem.weeks[1]])
    name = found.rota.holder(duty)
    assert name is not None
    kind = "sick" if number % 2 else "annual"
    away = Vacation(name, duty.week.first, duty.week.first + timedelta(4), kind)
    vacations = (*problem.team.vacations, away)
    return replace(problem, team=replace(problem.team, vacations=vacations))


def again(found: Plan, number: int) -> tuple[Replan, float]:
    """The re-plan and its seconds; every disturbance but an infeasible one is taken."""
    problem = disturbed(found, number)
    started = perf_counter()
    answer = replan(problem, found.rota, problem.weeks[0].first)
    return answer, perf_counter() - started


def test_re_planning_four_by_thirteen_takes_no_longer_than_planning() -> None:
    for key in SMALL:
        team = load_team(Path(CHECKOUT / "inputs" / key))
        problem = assemble(team, quarter("2024Q3", team), Rota())
        found = plan(problem)
        planned, replanned = [], []
        for number in range(11):
            started = perf_counter()
            plan(problem)
            planned.append(perf_counter() - started)
            answer, seconds = again(found, number)
            replanned.append(seconds)
            assert answer.changes_proof.proven
        ratio = median(replanned) / median(planned)
        print(f"\n{key}: plan {median(planned):.2f} s, re-plan {ratio:.2f} × that")
        assert ratio <= 1


def large(seed: int) -> Problem:
    """Twelve engineers, two roles, a year; four vacations and eleven holidays each."""
    chance = random.Random(seed)
    names = "ABCDEFGHIJKL"
    return build.problem(
        build.rotation(names, "primary", "secondary"),
        weeks=52,
        vacations=tuple(_vacations(names, chance)),
        holidays={name: sorted(chance.sample(range(364), 11)) for name in names},
    )


def _vacations(names: str, chance: random.Random) -> Iterator[Vacation]:
    for name in names:
        for _ in range(4):
            first = chance.randrange(354)
            yield build.away(name, first, first + chance.choice([0, 4, 4, 9]))


def test_a_year_of_twelve_engineers_re_plans_within_five_seconds_proven() -> None:
    for seed in (0, 1):
        found = plan(large(seed))
        for number in range(3):
            answer, seconds = again(found, number)
            assert answer.changes_proof.proven
            print(f"\n12 × 52 × 2: {seconds:.2f} s, {len(answer.changes)} changes, proven")
            assert seconds <= 5
