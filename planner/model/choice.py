"""The last, arbitrary choice among equally good rotas: by names and dates alone, so that it repeats
exactly, whatever order the rotas are found in."""

from __future__ import annotations

from fractions import Fraction
from hashlib import blake2b

from planner.model.batch import Part
from planner.model.measuring import Measure
from planner.model.posting import Goal
from planner.model.pricing import Price
from planner.model.seats import SeatModel
from planner.problem import Problem
from planner.rules.base import Assignment

EFFORT = 0.1
"""Most effort, in the solver's deterministic seconds, that the choice is worth."""

SEATS = 500
"""Only islands with at most so many open seats are worth it at all."""


def choice(model: SeatModel) -> tuple[Part, Goal] | None:
    """The choice as a part of its own, and its goal; ``None`` where it is not worth its while."""
    if len(model.index) > SEATS:
        return None
    problem = model.reduced.problem
    factors: dict[int, int] = {}
    dearest: dict[int, int] = {}
    for seat, variable in model.index.items():
        factors[variable] = preference = _preference(problem, seat)
        dearest[seat[0]] = max(preference, dearest.get(seat[0], 0))
    price = Price(sums=[(factors[variable], seat) for seat, variable in model.index.items()])
    # Nobody shares a duty, so the sum is at most that of the dearest seat of each.
    measure = Measure(1, sum(dearest.values()), 0)
    return Part("choice", price), Goal(price, factors, measure, Fraction(0), 0)


def _preference(problem: Problem, seat: Assignment) -> int:
    """A number between 0 and 1023 that depends on names and dates alone; the least is best."""
    duty, engineer = problem.duties[seat[0]], problem.engineers[seat[1]]
    text = f"{duty}|{engineer.name}"
    return int.from_bytes(blake2b(text.encode(), digest_size=2).digest(), "big") % 1024
