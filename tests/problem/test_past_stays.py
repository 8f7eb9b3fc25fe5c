"""Random histories in which people change as they do: no past balance moves, and they sum to 0."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain import DaysOff, Duty, DutyWeek, Engineer, Role, Rota, Rotation, Team
from planner.domain.people import Stage
from planner.domain.quarters import Horizon
from planner.domain.rotations import Dated
from planner.domain.week_facts import WeekFacts
from planner.problem import Problem, ledger
from tests.build import HOME, MONDAY

WEEKS, BEFORE = 6, 5
"""Weeks of a quarter, and those of history.csv before the first; few, so that many are tried."""
SEATS = (Role("primary"), Role("secondary"))
SHARES = (Fraction(1), Fraction(1, 2), Fraction(1, 5), Fraction(4, 5))
ROLES = ((), (), ("primary",), ("secondary",), ("none",))
NO_DAYS = DaysOff(MONDAY - timedelta(weeks=100), MONDAY + timedelta(weeks=200), {}, {}, frozenset())


def week(n: int) -> DutyWeek:
    return DutyWeek(MONDAY + timedelta(weeks=n))


@dataclass
class Company:
    """What the files say today, what was published, and the balances as they were told."""

    chance: Random
    people: dict[str, Engineer] = field(default_factory=dict)
    cycle: list[str] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    held: dict[Duty, str | None] = field(default_factory=dict)
    recorded: dict[DutyWeek, WeekFacts] = field(default_factory=dict)
    told: list[dict[tuple[str, str], Fraction]] = field(default_factory=list)
    number: int = 0

    @property
    def quarter(self) -> int:
        """How many quarters are published."""
        return len(self.told)

    def in_next_quarter(self) -> date:
        return week(WEEKS * self.quarter).first + timedelta(days=self.chance.randrange(7 * WEEKS))

    def somebody(self) -> str:
        return self.chance.choice(sorted(self.people))

    def problem(self, quarter: int) -> Problem:
        """The problem of a quarter, whatever was published later."""
        people = tuple(self.people[name] for name in sorted(self.people))
        stream = Rotation("r", tuple(self.cycle), SEATS, tuple(self.dates))
        team = Team("t", "T", "UTC", people, (stream,), aims=("fair-share",))
        first = week(WEEKS * quarter)
        past = Rota.of({d: who for d, who in self.held.items() if d.week < first})
        weeks = tuple(week(WEEKS * quarter + n) for n in range(WEEKS))
        known = dict(self.recorded)
        return Problem(team.seen_from(first), Horizon("q", weeks), NO_DAYS, past, recorded=known)

    def balances(self, quarter: int) -> dict[tuple[str, str], Fraction]:
        """At the end of a published quarter, of whoever has any, by person and role."""
        problem = self.problem(quarter)
        rota = Rota.of({d: who for d, who in self.held.items() if d.week in problem.weeks})
        lines = ledger.accounts(problem, rota)
        return {(line.engineer, line.role): line.balance for line in lines if line.balance}

    def plan(self) -> None:
        """Publish the next quarter as the workbooks do, with any rota that the facts allow."""
        problem = self.problem(self.quarter)
        for duty in problem.duties:
            able = [e.name for e in problem.availability.who(duty)]
            self.held[duty] = self.chance.choice(able) if able else None
        for at, facts in problem.facts().items():
            if not (facts.reckoned and at in self.recorded):
                self.recorded[at] = facts
        self.told.append(self.balances(self.quarter))

    # What people change in their files.

    def joins(self) -> None:
        self.number += 1
        name = f"N{self.number:02}"
        joined = self.chance.choice([None, self.in_next_quarter()])
        share = self.chance.choice(SHARES)
        self.people[name] = Engineer(name, HOME, joined=joined, share=share)
        self.cycle.insert(self.chance.randrange(len(self.cycle) + 1), name)
        if self.quarter and self.chance.random() < 0.5:
            self.dates.append(Dated(name, since=self.in_next_quarter()))

    def leaves(self) -> None:
        name = self.somebody()
        last = self.in_next_quarter()
        if self.people[name].joined is None or self.people[name].joined < last:
            self.people[name] = replace(self.people[name], left=last)

    def is_taken_out(self) -> None:
        name = self.somebody()
        if name in self.cycle and len(self.cycle) > 2:
            self.cycle.remove(name)
            self.dates = [dated for dated in self.dates if dated.member != name]

    def comes_back(self) -> None:
        out = sorted(set(self.people) - set(self.cycle))
        if out:
            self.cycle.append(self.chance.choice(out))

    def takes_turns_until(self) -> None:
        name = self.somebody()
        if name in self.cycle and not any(dated.member == name for dated in self.dates):
            self.dates.append(Dated(name, until=self.in_next_quarter()))

    def is_edited(self) -> None:
        """In place, without a date."""
        name = self.somebody()
        if not self.people[name].stages:
            share, roles = self.chance.choice(SHARES), self.chance.choice(ROLES)
            self.people[name] = replace(self.people[name], share=share, roles=roles)

    def has_a_further_row(self) -> None:
        name, since = self.somebody(), self.in_next_quarter()
        one = self.people[name]
        if all(stage.since < since for stage in one.stages):
            share, roles = self.chance.choice(SHARES), self.chance.choice(ROLES)
            stage = Stage(since, HOME, share=share, roles=roles)
            self.people[name] = replace(one, stages=(*one.stages, stage))

    def is_renamed(self) -> None:
        old = self.somebody()
        self.number += 1
        new = f"{old[:3]}-{self.number}"

        def today(name: str | None) -> str | None:
            return new if name == old else name

        one = self.people.pop(old)
        self.people[new] = replace(one, name=new, formerly=(*one.formerly, old))
        self.cycle = [str(today(name)) for name in self.cycle]
        self.dates = [replace(d, member=str(today(d.member))) for d in self.dates]
        self.held = {duty: today(name) for duty, name in self.held.items()}
        self.told = [{(str(today(n)), r): b for (n, r), b in each.items()} for each in self.told]
        self.recorded = {
            at: replace(
                facts,
                members={
                    stream: tuple(replace(m, name=str(today(m.name))) for m in members)
                    for stream, members in facts.members.items()
                },
                turns={stream: str(today(name)) for stream, name in facts.turns.items()},
            )
            for at, facts in self.recorded.items()
        }


CHANGES = (
    Company.joins,
    Company.leaves,
    Company.is_taken_out,
    Company.comes_back,
    Company.takes_turns_until,
    Company.is_edited,
    Company.is_edited,
    Company.has_a_further_row,
    Company.is_renamed,
)


def founded(chance: Random) -> Company:
    """Four people; of the weeks before the first quarter there is a history.csv."""
    company = Company(chance)
    for _ in range(4):
        company.joins()
    company.people = {n: replace(one, joined=None) for n, one in company.people.items()}
    for n in range(-BEFORE, 0):
        for role, name in zip(SEATS, chance.sample(sorted(company.people), 2), strict=True):
            company.held[Duty(week(n), "r", role.name)] = name
    return company


def the_past_stays(seed: int, quarters: int) -> None:
    company = founded(Random(seed))
    for _ in range(quarters):
        company.plan()
        for _ in range(company.chance.randrange(5)):
            change = company.chance.choice(CHANGES)
            change(company)
            for quarter, before in enumerate(company.told):
                now = company.balances(quarter)
                assert now == before, (change.__name__, quarter)
        for balances in company.told:
            for role in SEATS:
                assert sum(b for (_, r), b in balances.items() if r == role.name) == 0


@given(st.integers(0, 2**32), st.integers(4, 8))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_later_change_moves_a_past_balance(seed: int, quarters: int) -> None:
    the_past_stays(seed, quarters)


@pytest.mark.long
@given(st.integers(0, 2**32), st.integers(4, 8))
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_later_change_moves_a_past_balance_at_length(seed: int, quarters: int) -> None:
    the_past_stays(seed, quarters)
