"""A part to the last digit, where its costs are too fine for one whole number of the solver's.

The solver is sound where coefficients are small (docs/cp-sat.md). So an exact cost, which may have
any number of digits, is written out by places, as on paper, each with a carry from the one below;
the places are then made least one after the other, from the highest down.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from planner.model.posting import Goal, counted, keep_below, raised
from planner.model.pricing import Count
from planner.model.seats import SeatModel
from planner.records import dataclass

BASE = 2**20


@dataclass(frozen=True)
class Places:
    """A part's costs without rounding: value = ``lowest`` + whole number ÷ ``scale``.

    ``variables`` are the places of the whole number, from the highest down.
    """

    variables: tuple[int, ...]
    lowest: Fraction
    scale: int

    def of(self, value: Fraction) -> list[int]:
        """The places of one value; of one between two whole numbers, those of the upper."""
        number, places = math.ceil((value - self.lowest) * self.scale), list[int]()
        for _ in self.variables[1:]:
            number, place = divmod(number, BASE)
            places.append(place)
        return [number, *reversed(places)]

    def agreeing(self, least: Fraction, value: Fraction) -> int:
        """In how many of the places, from the highest down, two values agree."""
        pairs = zip(self.of(least), self.of(value), strict=True)
        return next((n for n, (low, high) in enumerate(pairs) if low != high), len(self.variables))


def exactly(model: SeatModel, rounded: Goal, value: Fraction) -> Places:
    """The same part to the last digit, for a rounded goal that has led to ``value``.

    No better rota than the one found lies far from it as the rounded goal counts.
    """
    keep_below(model, rounded, value)
    price = rounded.price
    scale = math.lcm(*(count.curve.scale for count in price.counts))
    lowest = sum((count.curve.levels[0] for count in price.counts), price.constant)
    items = [item for count in price.counts for item in _rungs(model, count, scale)]
    items += [(factor * scale, model.index[seat]) for factor, seat in price.sums]
    items += [(scale, raised(model, flag)) for flag in price.flags]
    largest = max((abs(factor) for factor, _ in items), default=0)
    count = 1
    while largest >= BASE**count:
        count += 1
    return Places(_places(model, items, count), lowest, scale)


def _places(model: SeatModel, items: Sequence[tuple[int, int]], count: int) -> tuple[int, ...]:
    """Variables for the places of a weighted sum, from the highest down."""
    variables = [variable for _, variable in items]
    left = [factor for factor, _ in items]
    places: list[int] = []
    below: list[int] = []  # the carry from the place below, where there is one
    most = 0
    for _ in range(count - 1):
        digits = [factor % BASE for factor in left]
        left = [factor // BASE for factor in left]
        most = (sum(digits) + most) // BASE
        place, carry = model.variable(0, BASE - 1), model.variable(0, most)
        ones = [1] * len(below)
        model.post([*variables, *below, place, carry], [*digits, *ones, -1, -BASE], 0, 0)
        places.append(place)
        below = [carry]
    lowest = sum(factor for factor in left if factor < 0)
    place = model.variable(lowest, sum(factor for factor in left if factor > 0) + most)
    model.post([*variables, *below, place], [*left, *[1] * len(below), -1], 0, 0)
    return (place, *reversed(places))


def _rungs(model: SeatModel, count: Count, exact: int) -> list[tuple[int, int]]:
    """Each step of a count with a Boolean that says whether the count goes beyond it."""
    steps = count.curve.steps
    rungs = [model.variable(0, 1) for _ in steps]
    for lower, higher in pairwise(rungs):
        model.post_or([lower, -1 - higher])
    variables, factors = counted(model, count)
    offset = count.low - count.base
    model.post([*variables, *rungs], [*factors, *[-1] * len(rungs)], offset, offset)
    return [(int(step * exact), rung) for step, rung in zip(steps, rungs, strict=True)]
