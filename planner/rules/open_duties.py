"""Open duties: optional roles stay open only where nobody can take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Linear

NAME = "open duties"
STATEMENT = "The fewest optional duties stay open; this comes before every other aim."


def parts(problem: Problem) -> Sequence[str]:
    """One part."""
    return ("optional duties open",)


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear]:
    """One for each optional duty that no seat fills."""
    for d, duty in enumerate(problem.duties):
        if problem.team.role_of(duty).optional:
            yield Linear(tuple((-1, (d, e)) for e in range(len(problem.engineers))), base=1)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Optional duties without a holder."""
    optional = [duty for duty in problem.duties if problem.team.role_of(duty).optional]
    return (Fraction(sum(rota.holder(duty) is None for duty in optional)),)
