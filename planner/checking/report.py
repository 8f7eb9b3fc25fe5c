"""Every rule and aim over a finished rota, without a solver.

Used before anything is written, by ``rota check``, and by the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from planner.domain import Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import RULES, aims_of
from planner.rules.base import Breach, Value

Counted: TypeAlias = Mapping[str, Sequence[Fraction]]


@dataclass(frozen=True)
class Report:
    """Where the rota breaks rules (nowhere, in a plan), and what each aim comes to."""

    breaches: tuple[Breach, ...]
    values: tuple[Value, ...]

    @property
    def holds(self) -> bool:
        return not self.breaches

    def breaches_of(self, rule: str) -> tuple[Breach, ...]:
        return tuple(breach for breach in self.breaches if breach.rule == rule)


def check(problem: Problem, rota: Rota, counted: Counted | None = None) -> Report:
    """Walk the rota and report every broken rule and every aim's value, in the team's order.

    ``counted`` are aims whose values have been counted in this rota already, by name.
    """
    return Report(breaches(problem, rota), aim_values(problem, rota, counted))


def breaches(problem: Problem, rota: Rota) -> tuple[Breach, ...]:
    """Every place where the rota breaks a rule."""
    return tuple(breach for rule in RULES for breach in rule.breaches(problem, rota))


def aim_values(problem: Problem, rota: Rota, counted: Counted | None = None) -> tuple[Value, ...]:
    """What each part of each of the team's aims comes to."""
    known = counted or {}
    return tuple(
        Value(aim.NAME, part, value)
        for aim in aims_of(problem.team)
        for part, value in zip(
            aim.parts(problem),
            known[aim.NAME] if aim.NAME in known else aim.values(problem, rota),
            strict=True,
        )
    )
