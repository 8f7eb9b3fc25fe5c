"""Ways out of an impasse: steps that people could agree on, tried together and told in words.

Each kind of step stands with the rule that it bends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from planner.domain import Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Step
from planner.wording import listed


def told(problem: Problem, rota: Rota, steps: Sequence[Step]) -> tuple[str, ...]:
    """The steps in words, as ``rota`` would have them; each is told where the others are taken."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        others = applied(problem, (other for other in steps if other is not step))
        before, what, after = step.said(others, rota)
        found.setdefault((before or what, after), []).append(what)
    return tuple(
        (f"{before}{listed(whats)}{after}" if before != whats[0] else before)
        for (before, after), whats in found.items()
    )


@dataclass(frozen=True)
class Repair:
    """Steps that together make the whole period solvable, tried and found to work.

    ``problem`` is the one with all steps carried out, ``rota`` one for it, as fair as was found.
    ``imbalance`` is that rota's sum of balance² over all roles together, ``least`` the least
    conceivable were nobody ever away.
    """

    steps: tuple[Step, ...]
    cost: int
    lines: tuple[str, ...]
    problem: Problem
    rota: Rota
    imbalance: Fraction
    least: Fraction


def applied(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem with steps carried out, one after the other."""
    for step in steps:
        problem = step.applied(problem)
    return problem
