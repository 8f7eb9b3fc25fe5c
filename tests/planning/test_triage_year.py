"""A year of the public triage pattern: two seats alike, sixteen people who come and go.

Four quarters are planned one after the other, each on what the earlier ones recorded.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from planner.domain import DutyWeek, Engineer, Role, Rota, Rotation, Team, Vacation
from planner.domain.quarters import quarter
from planner.domain.week_facts import WeekFacts
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from tests.build import AIMS, HOME

FIRST = date(2024, 1, 1)
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4")
LEAST_GAP, MOST_SPREAD = 4, 1


def people(chance: Random) -> tuple[Engineer, ...]:
    """Thirteen at first. Three of them leave in the course of the year, each after somebody new has
    joined, or before: twelve to fourteen are there."""
    leavers = chance.sample(range(13), 3)
    left = {
        n: FIRST + timedelta(days=chance.randrange(40 + 100 * k, 120 + 100 * k))
        for k, n in enumerate(leavers)
    }
    joined = {
        n: left[old] + timedelta(days=chance.randrange(-14, 8)) for n, old in enumerate(leavers, 13)
    }
    return tuple(
        Engineer(f"N{n:02}", HOME, joined=joined.get(n), left=left.get(n)) for n in range(16)
    )


def vacations(chance: Random, everybody: tuple[Engineer, ...]) -> tuple[Vacation, ...]:
    """A fortnight in each half of the year for each, and some single days."""
    starts = [
        (engineer.name, FIRST + timedelta(days=182 * half + chance.randrange(168)), length)
        for engineer in everybody
        for half, length in ((0, 12), (1, 12), (chance.randrange(2), 1))
    ]
    return tuple(Vacation(n, day, day + timedelta(days=length - 1)) for n, day, length in starts)


def planned_year(seed: int) -> tuple[tuple[Engineer, ...], Rota]:
    chance = Random(seed)
    everybody = people(chance)
    away = vacations(chance, everybody)
    rota, recorded = Rota(), dict[DutyWeek, WeekFacts]()
    for label in QUARTERS:
        team = Team(
            key="triage",
            name="Triage",
            timezone="UTC",
            engineers=everybody,
            rotations=(
                Rotation("Triage", tuple(e.name for e in everybody), Role("triage").seats(2)),
            ),
            aims=AIMS,
            vacations=away,
        )
        problem = assemble(team, quarter(label, team), rota, (), recorded)
        rota = rota.joined_with(plan(problem, 60.0).rota)
        recorded |= problem.facts()
    return everybody, rota


def ensure_spaced_and_even(seed: int) -> None:
    everybody, rota = planned_year(seed)
    weeks = rota.weeks
    assert len(weeks) == 52
    there = [e.name for e in everybody if e.employed(weeks[0]) and e.employed(weeks[-1])]
    assert len(there) == 10
    counts = {name: len(rota.duties_of(name)) for name in there}
    assert max(counts.values()) - min(counts.values()) <= MOST_SPREAD, counts
    gaps = {
        (name, later.week.name): earlier.week.until(later.week)
        for name in there
        for earlier, later in pairwise(rota.duties_of(name))
    }
    assert min(gaps.values()) >= LEAST_GAP, {at: gap for at, gap in gaps.items() if gap < LEAST_GAP}


@pytest.mark.parametrize("seed", range(3))
def test_turns_are_four_weeks_apart_and_equal_in_number(seed: int) -> None:
    ensure_spaced_and_even(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 20))
def test_so_they_are_whoever_comes_and_goes(seed: int) -> None:
    ensure_spaced_and_even(seed)
