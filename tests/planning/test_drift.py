"""Quarters planned one after the other while people come, go and change: no balance drifts away.

The least sum of squares means: nobody is ahead of anybody by more than one duty to whom one of
theirs could have gone. Where nothing stands in anybody's way, every balance stays below one duty
by the share of one among those of the role, as in Tijdeman's chairman assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.checking.report import check
from planner.domain import Rota, Vacation
from planner.errors import InfeasibleError
from planner.planning.plan import plan
from planner.problem import Problem, ledger
from tests.problem.test_past_stays import CHANGES, SEATS, Company, founded

SHARES = (Fraction(1), Fraction(4, 5), Fraction(1, 2))


@dataclass
class Planned(Company):
    """A company whose quarters are planned in earnest, around people's leave."""

    leave: list[Vacation] = field(default_factory=list)
    last: tuple[Problem, Rota] | None = None

    def problem(self, quarter: int) -> Problem:
        found = super().problem(quarter)
        known = tuple(v for v in self.leave if v.engineer in self.people)
        return replace(found, team=replace(found.team, vacations=known))

    def goes_away(self) -> None:
        start = self.in_next_quarter()
        kind = self.chance.choice(["annual", "annual", "sick", "parental"])
        days = timedelta(self.chance.choice([0, 4, 20]))
        self.leave.append(Vacation(self.somebody(), start, start + days, kind))

    def plan(self) -> None:
        problem = self.problem(self.quarter)
        try:
            rota = plan(problem).rota
        except InfeasibleError:
            rota = plan(problem, allow_gaps=True).rota
        self.held |= {duty: rota.holder(duty) for duty in problem.duties}
        for at, facts in problem.facts().items():
            if not (facts.reckoned and at in self.recorded):
                self.recorded[at] = facts
        self.told.append(self.balances(self.quarter))
        self.last = problem, rota

    def edits_a_share(self) -> None:
        name = self.somebody()
        self.people[name] = replace(self.people[name], share=self.chance.choice(SHARES))


UNHINDERED: Sequence[Callable[[Planned], None]] = (Planned.edits_a_share, Planned.is_renamed)


def replayed(
    seed: int, quarters: int, changes: Sequence[Callable[[Planned], None]]
) -> list[tuple[Problem, Rota]]:
    """Each quarter with what was planned for it, between which some changes are made."""
    first = founded(Random(seed))
    company = Planned(first.chance, first.people, first.cycle, first.dates, first.held)
    if changes == UNHINDERED:  # and nobody begins with what others have left behind
        company.people = {n: replace(e, share=Fraction(1)) for n, e in company.people.items()}
        company.dates.clear()
        company.held.clear()
    company.number = first.number
    found = []
    for _ in range(quarters):
        company.plan()
        assert company.last is not None
        found.append(company.last)
        for _ in range(company.chance.randrange(4)):
            company.chance.choice(changes)(company)
    return found


def weighed(problem: Problem, rota: Rota, role: str) -> dict[str, Fraction]:
    lines = ledger.accounts(problem, rota)
    return {line.engineer: line.weighed for line in lines if line.role == role}


def nobody_is_ahead_in_vain(problem: Problem, rota: Rota) -> None:
    if not check(problem, rota).holds:
        return
    for role in SEATS:
        balances = weighed(problem, rota, role.name)
        for ahead, behind in product(balances, repeat=2):
            if balances[ahead] - balances[behind] > 1:
                for duty in rota.duties_of(ahead):
                    if duty.role == role.name and duty.week in problem.weeks:
                        other = rota.joined_with(Rota.of({duty: behind}))
                        assert not check(problem, other).holds, (str(duty), ahead, behind)


def no_balance_drifts(seed: int, quarters: int) -> None:
    for problem, rota in replayed(seed, quarters, (*CHANGES, *3 * [Planned.goes_away])):
        nobody_is_ahead_in_vain(problem, rota)


def all_stay_within_one_duty(seed: int, quarters: int) -> None:
    for problem, rota in replayed(seed, quarters, UNHINDERED):
        first = SEATS[0].name  # what is fair in it may leave no choice for the other role
        balances = [a.balance for a in ledger.accounts(problem, rota) if a.role == first]
        assert max(map(abs, balances)) <= 1 - Fraction(1, len(balances)), balances


@given(st.integers(0, 2**32), st.integers(3, 5))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobody_is_ahead_of_whom_they_could_have_handed_a_duty(seed: int, quarters: int) -> None:
    no_balance_drifts(seed, quarters)


@given(st.integers(0, 2**32), st.integers(3, 5))
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_where_nothing_is_in_the_way_all_stay_within_one_duty(seed: int, quarters: int) -> None:
    all_stay_within_one_duty(seed, quarters)


@pytest.mark.long
@pytest.mark.parametrize("holds", [no_balance_drifts, all_stay_within_one_duty])
def test_so_it_is_over_many_histories(holds: Callable[[int, int], None]) -> None:
    for seed in range(150):
        holds(seed, 4 + seed % 5)
