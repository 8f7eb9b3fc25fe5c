"""A part to the last digit, where its costs are too fine for one whole number of the solver's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from planner.model.posting import LARGEST, Goal, keep_below, raised
from planner.model.pricing import Count
from planner.model.seats import SeatModel


@dataclass(frozen=True)
class ExactGoal:
    """A part's costs without rounding: value = ``lowest`` + weighted sum of variables ÷ scale."""

    factors: Mapping[int, int]
    lowest: Fraction
    scale: int

    def keep_below(self, model: SeatModel, value: Fraction) -> None:
        """Let the part's value be at most so much."""
        most = math.floor((value - self.lowest) * self.scale)
        model.post([*self.factors], [*self.factors.values()], 0, most)


def exactly(model: SeatModel, rounded: Goal, value: Fraction) -> ExactGoal | None:
    """The same part to the last digit, for a rounded goal that has led to ``value``.

    Costs are written as two digits, ``high`` × digit + ``low``. No better rota than the one found
    lies far from it as the rounded goal counts, so ``high`` has few values left. ``None`` if even
    two digits are not enough.
    """
    keep_below(model, rounded, value)
    price = rounded.price
    exact = math.lcm(price.constant.denominator, *(c.curve.scale for c in price.counts))
    digit = exact // rounded.measure.scale + 1
    items = [item for count in price.counts for item in _rungs(model, count, exact)]
    items += [(factor * exact, model.index[seat]) for factor, seat in price.sums]
    items += [(exact, raised(model, flag)) for flag in price.flags]
    room = 2 * rounded.measure.slack + 2 + len(items)
    if 3 * room * digit >= LARGEST:
        return None
    first_levels = sum((count.curve.levels[0] for count in price.counts), price.constant)
    base = math.floor((value - first_levels) * exact) // digit - 2 * room
    high = model.variable(0, 2 * room)
    low = model.variable(0, len(items) * digit)
    variables = [variable for _, variable in items]
    digits = [divmod(factor, digit) for factor, _ in items]
    model.post([*variables, high], [*(tens for tens, _ in digits), -1], base, base)
    model.post([*variables, low], [*(ones for _, ones in digits), -1], 0, 0)
    return ExactGoal({high: digit, low: 1}, first_levels + Fraction(base * digit, exact), exact)


def _rungs(model: SeatModel, count: Count, exact: int) -> list[tuple[int, int]]:
    """Each step of a count with a Boolean that says whether the count goes beyond it."""
    steps = count.curve.steps
    rungs = [model.variable(0, 1) for _ in steps]
    for lower, higher in pairwise(rungs):
        model.post_or([lower, -1 - higher])
    terms = [(factor, model.index[seat]) for factor, seat in count.terms]
    variables = [variable for _, variable in terms]
    factors = [factor for factor, _ in terms]
    offset = count.low - count.base
    model.post([*variables, *rungs], [*factors, *[-1] * len(rungs)], offset, offset)
    return [(int(step * exact), rung) for step, rung in zip(steps, rungs, strict=True)]
