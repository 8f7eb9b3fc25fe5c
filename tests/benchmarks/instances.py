"""Teams of four sizes, each from a fixed seed: people, absences, shares, wishes, a year before.

Everything that a real team's folder would say is there, real public holidays and festivals of
Malaysia and the United Kingdom among it, so that every aim has something to do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from planner.domain import (
    Duty,
    Engineer,
    Region,
    Role,
    Rota,
    Rotation,
    Source,
    Team,
    Vacation,
    Wish,
)
from planner.domain.quarters import weeks_from
from planner.planning.assemble import assemble
from planner.problem import Problem
from planner.rules import AIMS

FIRST = date(2024, 7, 1)
WEEKS_BEFORE = 26
ROLES = (Role("primary"), Role("secondary"))
PLACES = (
    (Region("MY", "KUL"), "hari-raya-puasa"),
    (Region("MY", "PNG"), "chinese-new-year"),
    (Region("MY", "SGR"), "deepavali"),
    (Region("GB", "ENG"), "christmas"),
    (Region("GB", "SCT"), ""),
)
SHARES = (1, 1, 1, 1, Fraction(1, 2))


@dataclass(frozen=True)
class Size:
    """``engineers`` in so many ``rotations`` of equal size, two roles each."""

    engineers: int
    weeks: int
    rotations: int = 1
    seed: int = 1
    aims: tuple[str, ...] = tuple(aim.NAME for aim in AIMS)


BEFORE = ("fair-share", "festivals", "wishes", "holidays", "cycle", "rhythm")
"""The order without rest and spacing, to compare with what was measured before they counted so."""

SIZES = {
    "S": Size(4, 13),
    "M": Size(12, 52),
    "L": Size(40, 52, 2),
    "XL": Size(200, 52, 10),
    "M13": Size(13, 13),
    "L13": Size(40, 13, 2),
    "XL13": Size(200, 13, 10),
    "M-before": Size(12, 52, aims=BEFORE),
    "L-before": Size(40, 52, 2, aims=BEFORE),
    "XL-before": Size(200, 52, 10, aims=BEFORE),
}


def problem_of(size: Size) -> Problem:
    """The size's team and weeks, with half a year of history."""
    chance = random.Random(size.seed)
    names = [f"E{n:03}" for n in range(size.engineers)]
    each = size.engineers // size.rotations
    rotations = tuple(
        Rotation(f"R{n}", tuple(names[n * each : (n + 1) * each]), ROLES)
        for n in range(size.rotations)
    )
    shares = SHARES if each > 4 else (1,)
    team = Team(
        "benchmark",
        "Benchmark",
        "Europe/London",
        tuple(_engineer(name, shares, chance) for name in names),
        rotations,
        aims=size.aims,
    )
    horizon = weeks_from(FIRST, size.weeks, team)
    team = replace(
        team,
        vacations=tuple(_vacations(names, size.weeks, chance)),
        wishes=tuple(
            Wish(name, chance.choice(horizon.weeks), chance.choice(["off", "off", "on"]))
            for name in names
            for _ in range(max(1, size.weeks // 26))
        ),
    )
    return assemble(team, horizon, Rota.of(_history(team)))


def _engineer(name: str, shares: tuple[Fraction | int, ...], chance: random.Random) -> Engineer:
    region, festival = chance.choice(PLACES)
    festivals = (festival,) if festival else ()
    return Engineer(name, region, festivals=festivals, share=Fraction(chance.choice(shares)))


def _vacations(names: list[str], weeks: int, chance: random.Random) -> Iterator[Vacation]:
    """Four absences of up to a fortnight in a year, one in five of them an illness."""
    row = 1
    for name in names:
        for _ in range(max(1, weeks * 4 // 52)):
            row += 1
            start = FIRST + timedelta(chance.randrange(7 * weeks))
            end = start + timedelta(chance.randrange(1, 12))
            kind = chance.choice(["annual"] * 4 + ["sick"])
            yield Vacation(name, start, end, kind, source=Source("vacations.csv", row))


def _history(team: Team) -> Iterator[tuple[Duty, str]]:
    """The weeks before, as a list of turns would have them."""
    first = weeks_from(FIRST - timedelta(weeks=WEEKS_BEFORE), WEEKS_BEFORE, team)
    for turn, week in enumerate(first.weeks):
        for rotation in team.rotations:
            for role in rotation.roles:
                holder = rotation.cycle[
                    (turn - rotation.offset(role, len(rotation.cycle))) % len(rotation.cycle)
                ]
                yield Duty(week, rotation.name, role.name), holder


def with_a_vacation(problem: Problem, rota: Rota) -> Problem:
    """The same, and whoever is primary in the middle of the horizon is away that week."""
    week = problem.weeks[len(problem.weeks) // 2]
    duty = Duty(week, problem.team.rotations[0].name, "primary")
    holder = rota.holder(duty)
    assert holder is not None
    away = Vacation(holder, week.first, week.first + timedelta(4), "sick")
    vacations = (*problem.team.vacations, away)
    return replace(problem, team=replace(problem.team, vacations=vacations))


def with_a_clash(problem: Problem) -> Problem:
    """The same, and all but one of the first rotation are away in a week in the middle."""
    week = problem.weeks[len(problem.weeks) // 2]
    rows = range(10_001, 10_001 + len(problem.team.rotations[0].cycle) - 1)
    away = tuple(
        Vacation(name, week.first, week.first + timedelta(2), source=Source("vacations.csv", row))
        for row, name in zip(rows, problem.team.rotations[0].cycle, strict=False)
    )
    return replace(problem, team=replace(problem.team, vacations=problem.team.vacations + away))
