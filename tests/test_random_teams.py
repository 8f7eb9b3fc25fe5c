"""Random teams of four to eight, with everything in them, planned whole.

What the plan says is confirmed by the oracle (rules, values) and by a second model (that no rota
is fairer, and that an infeasible team is).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from planner.checking.finished_plan import Plan
from planner.domain import Engineer
from planner.errors import InfeasibleError
from planner.model import Clock, solve
from planner.planning.plan import plan
from planner.problem import Problem
from tests import oracle
from tests.oracle.facts import Facts, Seat
from tests.plain_model import PlainModel
from tests.strategies import alike, in_groups, in_part, in_turns, over, sharing_weeks, small

NINE_PLACES = Fraction(1, 10**9)


def with_fair_share(problem: Problem) -> Problem:
    """The same team, with fair share as its first aim."""
    others = tuple(aim for aim in problem.team.aims if aim != "fair-share")
    return replace(problem, team=replace(problem.team, aims=("fair-share", *others)))


def full_time_groups(problem: Problem, seat: Seat) -> Iterator[list[str]]:
    """Full-time engineers whom nothing distinguishes that a fair share of this seat knows."""
    facts = Facts(problem)
    groups: dict[object, list[str]] = {}
    for engineer in problem.engineers:
        if engineer.share == 1 and engineer.name in facts.rotations[seat[0]].cycle:
            groups.setdefault(_standing(facts, engineer, seat), []).append(engineer.name)
    yield from (names for names in groups.values() if len(names) > 1)


def _standing(facts: Facts, engineer: Engineer, seat: Seat) -> object:
    absences = {
        (v.start, v.end, v.kind) for v in facts.team.vacations if v.engineer == engineer.name
    }
    rotations = [r.name for r in facts.rotations.values() if engineer.name in r.cycle]
    return (
        facts.before[seat][engineer.name],
        frozenset(absences),
        engineer.roles,
        engineer.joined,
        engineer.left,
        engineer.level,
        tuple(rotations),
    )


def spread(found: Plan, names: list[str], seat: Seat) -> int:
    counts = [
        sum((d.rotation, d.role) == seat for d in found.rota.duties_of(name)) for name in names
    ]
    return max(counts) - min(counts)


@over(small().map(with_fair_share), seeds=20, each=11)
def test_plans_keep_the_rules_and_are_proven_fairest(problem: Problem) -> None:
    model = PlainModel(problem)
    found = kept_and_fairest(problem, model)
    for rotation in problem.team.rotations if found else ():
        seat = (rotation.name, "primary")
        uneven = [n for n in full_time_groups(problem, seat) if spread(found, n, seat) > 1]
        if uneven:
            assert not model.can_be_even(seat, uneven), (uneven, seat)


@over(in_groups(small().map(with_fair_share)), seeds=6, each=11)
def test_so_do_teams_that_keep_home_groups_apart_and_pass_over_nobody(problem: Problem) -> None:
    if PlainModel(problem).can_be_kept():
        assert kept_and_fairest(problem, PlainModel(problem))
    else:
        with pytest.raises(InfeasibleError):
            solve(problem, Clock(None), lambda _: None)


@over(in_part(small().map(with_fair_share)), seeds=4, each=8)
def test_so_do_teams_whose_duties_are_part_of_a_week(problem: Problem) -> None:
    kept_and_fairest(problem, PlainModel(problem))


@over(sharing_weeks(small()), seeds=2, each=5)
def test_so_do_teams_of_which_one_may_hold_several_duties_of_a_week(problem: Problem) -> None:
    """By their first aims: to prove all of them takes some of these teams minutes."""
    settings = replace(problem.team.settings, most_running=None)
    team = replace(problem.team, settings=settings, aims=("fair-share", "wishes"))
    kept_and_fairest(replace(problem, team=team), PlainModel(replace(problem, team=team)))


@over(alike(small().map(with_fair_share)), seeds=4, each=11)
def test_so_do_teams_with_seats_that_are_alike(problem: Problem) -> None:
    kept_and_fairest(problem, PlainModel(problem))


@over(in_turns(small().map(with_fair_share)), seeds=3, each=6)
def test_so_do_teams_with_turns_of_several_weeks(problem: Problem) -> None:
    settings = replace(problem.team.settings, most_running=None)
    kept = replace(problem, team=replace(problem.team, settings=settings))
    kept_and_fairest(kept, PlainModel(kept))


def kept_and_fairest(problem: Problem, model: PlainModel) -> Plan | None:
    """The plan, whose values a second model confirms; none if that has no rota either."""
    try:
        found = plan(problem)
    except InfeasibleError:
        assert not model.can_be_kept()
        return None

    assert oracle.broken(problem, found.rota) == []
    assert found.proven
    values = oracle.aim_values(problem, found.rota)
    assert [p.value for p in found.proofs if p.aim in values] == [
        value for parts in values.values() for value in parts
    ]

    fairest = model.fair_share()
    reached = [Fraction(oracle.unfilled(problem, found.rota)), *values["fair-share"]]
    assert all(
        abs(one - other) < NINE_PLACES for one, other in zip(fairest, reached, strict=True)
    ), (fairest, reached)
    return found


@over(small(), st.randoms(use_true_random=False), seeds=3, each=5)
def test_the_order_of_what_is_read_changes_nothing(problem: Problem, random) -> None:
    def shuffled(values):
        values = list(values)
        random.shuffle(values)
        return tuple(values)

    team = replace(
        problem.team,
        vacations=shuffled(problem.team.vacations),
        wishes=shuffled(problem.team.wishes),
        swaps=shuffled(problem.team.swaps),
    )
    days_off = replace(
        problem.days_off,
        holidays=dict(shuffled(problem.days_off.holidays.items())),
        festivals=dict(shuffled(problem.days_off.festivals.items())),
    )
    again = replace(problem, team=team, days_off=days_off, locked=shuffled(problem.locked))
    assert _planned(again) == _planned(problem)


def _planned(problem: Problem) -> object:
    try:
        found = plan(problem)
    except InfeasibleError:
        return "infeasible"
    return found.rota, found.proofs
