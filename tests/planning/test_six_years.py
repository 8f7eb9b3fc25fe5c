"""Six made-up years with twenty people who come and go: equal people do equally much each year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from planner.domain import DutyWeek, Engineer, Role, Rota, Rotation, Team, Vacation
from planner.domain.quarters import weeks_from
from planner.domain.week_facts import WeekFacts
from planner.planning.assemble import assemble
from planner.planning.plan import plan
from tests.build import HOME

FIRST = date(2019, 1, 7)
WEEKS, QUARTERS = 13, 24
YEAR = 4 * WEEKS
MOST = 2
"""Duties by which two people of equal share and presence may differ in a year."""
HALF = Fraction(1, 2)


def on(n: int) -> date:
    """The Monday of the n-th week."""
    return FIRST + timedelta(weeks=n)


def people(chance: Random) -> tuple[Engineer, ...]:
    """Eight at first, twelve who join later; half of all leave at some time, some work half."""
    found = []
    for n in range(20):
        begin = 0 if n < 8 else chance.randrange(10, QUARTERS * WEEKS - 30)
        stay = chance.choice([chance.randrange(40, 160), 10_000])
        found.append(
            Engineer(
                f"N{n:02}",
                HOME,
                share=chance.choice([Fraction(1), Fraction(1), Fraction(1), HALF]),
                joined=on(begin) + timedelta(days=chance.randrange(7)) if begin else None,
                left=on(begin + stay) + timedelta(days=2) if stay < 10_000 else None,
            )
        )
    return tuple(found)


def vacations(chance: Random, everybody: tuple[Engineer, ...]) -> tuple[Vacation, ...]:
    """Two weeks of leave a half-year for each."""
    found = []
    for engineer in everybody:
        for half in range(QUARTERS // 2):
            start = on(2 * WEEKS * half + chance.randrange(2 * WEEKS - 2))
            found.append(Vacation(engineer.name, start, start + timedelta(days=11), "annual"))
    return tuple(found)


def replayed(seed: int, aims: tuple[str, ...]) -> tuple[Team, Rota]:
    """Quarter after quarter planned on what the earlier ones recorded."""
    chance = Random(seed)
    everybody = people(chance)
    away = vacations(chance, everybody)
    rota, recorded = Rota(), dict[DutyWeek, WeekFacts]()
    for quarter in range(QUARTERS):
        start = on(WEEKS * quarter)
        end = start + timedelta(weeks=WEEKS)
        known = tuple(e for e in everybody if e.joined is None or e.joined < end)
        here = [e.name for e in known if e.left is None or e.left >= start]
        names = {e.name for e in known}
        team = Team(
            "watch",
            "Watch",
            "UTC",
            known,
            (Rotation("Watch", tuple(here), (Role("primary"), Role("secondary"))),),
            aims=aims,
            vacations=tuple(v for v in away if v.engineer in names and v.start < end),
        )
        problem = assemble(team, weeks_from(start, WEEKS, team), rota, (), recorded)
        planned = plan(problem, 20.0)
        rota = rota.joined_with(planned.rota)
        recorded |= problem.facts()
    team = replace(team, engineers=everybody)
    return team, rota


def spreads(team: Team, rota: Rota) -> dict[tuple[int, Fraction], int]:
    """By year and share, the most duties less the fewest of those who were there all year."""
    found = {}
    for year in range(QUARTERS // 4):
        weeks = [DutyWeek(on(YEAR * year + n)) for n in range(YEAR)]
        for share in (Fraction(1), HALF):
            names = [
                e.name
                for e in team.engineers
                if e.share == share and e.employed(weeks[0]) and e.employed(weeks[-1])
            ]
            counts = [sum(d.week in weeks for d in rota.duties_of(name)) for name in names]
            if len(counts) > 1:
                found[year, share] = max(counts) - min(counts)
    return found


def test_equal_people_do_equally_much_each_year() -> None:
    ensure_even(1, ("fair-share",))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_they_do_where_other_aims_follow(seed: int) -> None:
    ensure_even(seed, ("fair-share", "wishes", "rest", "spacing", "cycle"))


def ensure_even(seed: int, aims: tuple[str, ...]) -> None:
    found = spreads(*replayed(seed, aims))
    assert len(found) >= QUARTERS // 4
    assert max(found.values()) <= MOST, found
