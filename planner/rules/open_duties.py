"""Open duties: optional roles stay open only where nobody can take them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.cells import Workings
from planner.cells.references import runs
from planner.domain import Rota
from planner.problem import Problem
from planner.rules.base import Linear, Parts

NAME = "open duties"
STATEMENT = "The fewest optional duties stay open; this comes before every other aim."
MEANS = "Duties of optional roles that nobody holds; 0 fills all of them."
parts = Parts("optional duties open")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear]:
    """One for each optional duty that no seat fills."""
    for d, duty in enumerate(problem.duties):
        if problem.team.role_of(duty).optional:
            yield Linear(tuple((-1, (d, e)) for e in range(len(problem.engineers))), base=1)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Optional duties without a holder."""
    optional = [duty for duty in problem.duties if problem.team.role_of(duty).optional]
    return (Fraction(sum(rota.holder(duty) is None for duty in optional)),)


def live(work: Workings, part: int) -> str:
    """Cells of optional roles without a holder."""
    found: list[str] = []
    number = work.by_week("number", work.seats)
    for s, (_, role) in enumerate(work.facts.seats):
        weeks = (w for w in range(work.weeks) if role.optional and work.facts.runs[w][s])
        found += [f"COUNTIF({number.down(s, first, last)},0)" for first, last in runs(weeks)]
    return "+".join(found) or "0"
