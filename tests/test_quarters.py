"""Eight quarters one after another: vacations and illness at random, one joiner, one leaver."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from planner.checking.finished_plan import Plan
from planner.domain import Rota, Vacation
from planner.domain.quarters import Horizon
from planner.planning.plan import plan
from planner.problem import Problem
from planner.problem.ledger import accounts
from planner.rules import fair_share
from tests import build, oracle
from tests.plain_model import PlainModel

QUARTERS, WEEKS = 8, 13
AIMS = ("fair-share", "rest")
JOINS, LEAVES = build.day(7 * (2 * WEEKS + 5)), build.day(7 * (5 * WEEKS + 4) - 1)
SEEDS = [1, 2, 3]


def vacations(seed: int) -> tuple[Vacation, ...]:
    """Leave every quarter and now and then a few days of illness, at most two away at once."""
    chance = random.Random(seed)
    found: list[Vacation] = []
    for name in "ABCDEF":
        for quarter in range(QUARTERS):
            days = range(7 * quarter * WEEKS, 7 * (quarter + 1) * WEEKS)
            for _ in range(chance.choice([1, 1, 2])):
                first = chance.choice(days[::7])
                found.append(build.away(name, first, first + chance.choice([0, 4, 11])))
            if chance.random() < 0.3:
                first = chance.choice(days)
                found.append(build.away(name, first, first + 2, "sick"))
    kept: list[Vacation] = []
    for vacation in found:
        weeks = [build.week(n) for n in range(QUARTERS * WEEKS) if vacation.blocks(build.week(n))]
        if all(sum(other.blocks(week) for other in kept) < 2 for week in weeks):
            kept.append(vacation)
    return tuple(kept)


def quarters(seed: int) -> Iterator[Problem]:
    """The problems without their history, which the plans before them make."""
    people = [build.engineer("F", joined=JOINS), build.engineer("B", left=LEAVES)]
    whole = build.problem(
        build.rotation("ABCDEF", "primary", "secondary"),
        weeks=QUARTERS * WEEKS,
        engineers=people,
        vacations=vacations(seed),
        aims=AIMS,
    )
    for number in range(QUARTERS):
        weeks = whole.weeks[number * WEEKS : (number + 1) * WEEKS]
        yield replace(whole, horizon=Horizon(f"quarter {number + 1}", weeks))


@cache
def chain(seed: int) -> tuple[Plan, ...]:
    """Each quarter planned after the ones before it."""
    history, found = Rota(), []
    for problem in quarters(seed):
        found.append(plan(replace(problem, history=history)))
        history = history.joined_with(found[-1].rota)
    return tuple(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_rule_is_broken_within_a_quarter_or_across_an_edge(seed: int) -> None:
    for found in chain(seed):
        assert oracle.broken(found.problem, found.rota) == []
    history = Rota()
    for found in chain(seed):
        history = history.joined_with(found.rota)
    whole = replace(found.problem, horizon=Horizon("all", history.weeks), history=Rota())
    assert len(history.weeks) == QUARTERS * WEEKS
    assert oracle.broken(whole, history) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_rota_allowed_has_a_smaller_sum_of_squares_proven(seed: int) -> None:
    for found in chain(seed):
        fair = [proof for proof in found.proofs if proof.aim == fair_share.NAME]
        assert all(proof.proven for proof in fair)
        assert [proof.value for proof in fair] == list(fair_share.values(found.problem, found.rota))


@pytest.mark.parametrize("number", [1, 2, 5, 7])
def test_a_second_model_finds_none_either(number: int) -> None:
    """In the quarters after the first, of the joiner, of the leaver, and the last."""
    found = chain(SEEDS[0])[number]
    _, *least = PlainModel(found.problem).fair_share()
    for one, other in zip(least, fair_share.values(found.problem, found.rota), strict=True):
        assert abs(one - other) < Fraction(1, 10**9)


@pytest.mark.parametrize("seed", SEEDS)
def test_balances_do_not_drift(seed: int) -> None:
    """Nobody is ever a whole duty of a role from what they owe, nor two of both together.

    Where one engineer's balance of a role is more than one above another's, a duty passing
    between them would make the sum of squares smaller; rules seldom forbid that to everybody.
    So balances lie within one of each other, and as they sum to zero, each within one of zero:
    after eight quarters as after one. Two roles together have twice the room.
    """
    for found in chain(seed):
        for line in accounts(found.problem, found.rota):
            assert abs(line.balance) < (1 if line.role else 2), (line, found.problem.horizon)
        by_seat: dict[str, list[Fraction]] = {}
        for line in accounts(found.problem, found.rota):
            by_seat.setdefault(line.role, []).append(line.balance)
        assert all(sum(balances) == 0 for balances in by_seat.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_joiner_starts_at_zero_and_a_leavers_balance_stays(seed: int) -> None:
    for found in chain(seed):
        lines = {a.engineer: a for a in accounts(found.problem, found.rota) if not a.role}
        if found.problem.horizon.last < JOINS:
            assert lines["F"].owed == lines["F"].done == 0
        elif found.problem.horizon.first < JOINS:
            assert lines["F"].carried_in == 0
            assert 0 < lines["F"].owed < lines["C"].owed
        if found.problem.horizon.first > LEAVES:
            assert lines["B"].owed == lines["B"].done == 0
            assert lines["B"].balance == lines["B"].carried_in
