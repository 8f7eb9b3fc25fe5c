"""A clash stays with its rotations: nobody outside them is named, and no idle fact."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from planner.checking.clash import Clash, said
from planner.domain.rotations import Dated
from planner.model import Clock
from planner.model.clashes import find_clashes
from planner.problem import Problem
from tests.build import away_week, day, engineer, lock, problem, rotation, swap
from tests.impasses import can_hold

SEEDS, MORE = range(40), range(40, 240)
"""So many that more than 200 of the teams have no rota; those beyond the first take a minute."""
NAMES = "ABCDEFGHIJKLMNOP"


def troubled(seed: int) -> Problem:
    """Three or four rotations, some of which share people, in which many are away at once."""
    chance = random.Random(seed)
    count = chance.choice([3, 4])
    cycles = [NAMES[4 * n : 4 * n + 4] for n in range(count)]
    if chance.random() < 0.4:
        cycles[1] += chance.choice(cycles[0])
    roles = [chance.choice([("primary",), ("primary", "secondary")]) for _ in cycles]
    streams = [
        rotation(cycle, *seats, name=f"R{n}")
        for n, (cycle, seats) in enumerate(zip(cycles, roles, strict=True))
    ]
    weeks = chance.choice([4, 6])
    levels = ("junior", "senior", None)
    people = [engineer(name, level=chance.choice(levels)) for name in "".join(cycles[:count])]
    gone = [away_week(name, chance.randrange(weeks)) for name in NAMES[: 4 * count]]
    week, most = chance.randrange(weeks), chance.choice([2, 3, 4])
    for cycle in chance.sample(cycles, 2):
        gone += [away_week(name, week) for name in cycle[:most]]
    settings = {
        "mentoring": chance.random() < 0.3,
        "back_to_back": chance.choice(["same role", "any role"]),
        "limits": chance.choice([(), (), (("primary", 1),)]),
    }
    return problem(
        *streams,
        weeks=weeks,
        engineers={person.name: person for person in people}.values(),
        vacations=tuple(gone),
        settings=settings,
    )


def outsiders(found: Problem, clash: Clash) -> set[str]:
    """People of the clash who are in no cycle of the rotations that ask for something."""
    asking = {m.fact.duty.rotation for m in clash.members if m.demanding and m.fact.duty}
    members = {name for name in asking for name in found.team.rotation(name).cycle}
    return {m.fact.engineer for m in clash.members if m.fact.engineer} - members


@pytest.mark.parametrize(
    "seed", [*SEEDS, *(pytest.param(seed, marks=pytest.mark.long) for seed in MORE)]
)
def test_no_fact_is_idle_and_nobody_from_outside_is_named(seed: int) -> None:
    print(f"seed {seed}")
    found = troubled(seed)
    for clash in find_clashes(found, Clock(None)):
        assert clash.minimal
        assert outsiders(found, clash) == set()
        assert not can_hold(row for member in clash.members for row in member.rows)
        for left_out in clash.members:
            rest = [member for member in clash.members if member is not left_out]
            assert can_hold(row for member in rest for row in member.rows)


def test_most_of_those_teams_have_clashes() -> None:
    with_some = [seed for seed in SEEDS if find_clashes(troubled(seed), Clock(None))]
    assert len(with_some) > len(SEEDS) / 2


def told(found: Problem) -> list[tuple[str, ...]]:
    return [said(found, clash.members) for clash in find_clashes(found, Clock(None))]


def test_whoever_was_put_there_by_name_is_named() -> None:
    two = (rotation("AB", name="near"), rotation("CD", name="far"))
    locked = problem(*two, weeks=2, locked=(lock(1, "C", in_rotation="near"),))
    assert told(locked) == [
        ("C is not a member of near", "2024-W28: C is locked as primary of near"),
    ]
    swapped = problem(*two, weeks=2, swaps=(swap("A", 0, "D", in_rotation="near"),))
    assert told(swapped) == [
        ("D is not a member of near", "2024-W27: D takes by agreed swap primary of near"),
    ]


def test_a_lock_of_a_stranger_says_nothing_of_another_week() -> None:
    two = (rotation("AB", name="near"), rotation("CD", name="far"))
    gone = (away_week("A", 0), away_week("B", 0), away_week("D", 0))
    short = problem(*two, weeks=3, vacations=gone, locked=(lock(2, "C", in_rotation="near"),))
    assert told(short)[0] == (
        "2024-W27: near needs one primary",
        "A is away 1–7 July 2024",
        "B is away 1–7 July 2024",
    )


def test_a_member_from_a_date_on_is_named() -> None:
    stream = rotation("ABC", name="near")
    dated = replace(stream, dates=(Dated("C", since=day(21)),))
    short = problem(
        dated, rotation("DE", name="far"), weeks=4, vacations=(away_week("A", 0), away_week("B", 0))
    )
    assert "C is not a member of near, but from 2024-07-22" in str(told(short)[0])
