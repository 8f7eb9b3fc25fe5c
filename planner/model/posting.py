"""Costs as solver variables: what is to be made least, and how it is kept there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

from planner.model.curve import Curve
from planner.model.measuring import Measure, measure, scale_of
from planner.model.pricing import Count, Price, total
from planner.model.search import is_small
from planner.model.seats import SeatModel
from planner.model.sharing import Box
from planner.records import dataclass
from planner.rules.base import AnyOf, Stated

UNLIMITED = 2**62

MANY_TERMS = 1000
"""From so many terms in all of a cost's tangents on, its count becomes a variable of its own."""


def narrowed(model: SeatModel, price: Price, value: Fraction) -> Price:
    """Rule out the counts that would by themselves make a part cost more than this value.

    Returns the costs of the counts that are left, whose numbers are smaller.
    """
    room = value - price.floor
    left = replace(price, counts=[])
    for count in price.counts:
        first, curve = count.curve.within(room)
        if len(curve.levels) < len(count.curve.levels):
            least = count.low - count.base + first
            keep_between(model, count, least, least + curve.last)
        if curve.reach:
            left.counts.append(replace(count, low=count.low + first, curve=curve))
        else:
            left.constant += curve.lowest
    return left


@dataclass(frozen=True)
class Goal:
    """A part's costs as a weighted sum of variables: value = ``constant`` + sum / scale.

    ``factors`` are by variable; the sum is at least ``low``. The variables beyond seats may
    exceed the costs that they stand for, but need not.
    """

    price: Price
    factors: Mapping[int, int]
    measure: Measure
    constant: Fraction
    low: int

    def at_least(self, above: int) -> Fraction:
        """What the part's value is at least, if its sum is so much above the lowest."""
        return self.constant + Fraction(self.low + above - self.measure.slack, self.measure.scale)

    def most(self, value: Fraction) -> int:
        """The largest sum of a part whose value does not exceed this one."""
        return math.floor((value - self.constant) * self.measure.scale) + self.measure.slack


def goal(
    model: SeatModel, price: Price, duties: int | None = None, measured: Measure | None = None
) -> Goal:
    """Post variables for the costs. ``duties``: the sum of all counts, if that is fixed;
    ``measured``: what :func:`measure` says of the price, if that is known."""
    return _Posting(model, price, measured or measure(price, closely=is_small(model))).goal(duties)


def at_floor(price: Price, switch: int) -> Goal:
    """The goal that a switch is on under which the part is at its floor."""
    scale = scale_of(price)
    return Goal(price, {switch: -1}, Measure(scale, 1, 0), price.floor + Fraction(1, scale), -1)


class _Posting:
    def __init__(self, model: SeatModel, price: Price, measured: Measure) -> None:
        self.model, self.price, self.measure = model, price, measured
        self.factors: dict[int, int] = {}
        self.tangents: dict[Curve, tuple[int, list[tuple[int, int]]]] = {}

    def goal(self, duties: int | None) -> Goal:
        model, price, scale = self.model, self.price, self.measure.scale
        for factor, seat in price.sums:
            self._add(model.index[seat], factor * scale)
        low = sum(factor for factor in self.factors.values() if factor < 0)
        constant = price.constant + total([count.curve.lowest for count in price.counts])
        totals: list[int] = []
        for count in price.counts:
            if duties is None and len(count.terms) * count.curve.last < MANY_TERMS:
                self._add(
                    self._cost(count.curve, *counted(model, count), count.low - count.base), 1
                )
            else:
                totals.append(self._total(count))
                self._add(self._cost(count.curve, [totals[-1]], [1], 0), 1)
        for flag in price.flags:
            self._add(raised(model, flag), scale)
        if duties is not None:
            # Implied by the rules, but it closes the bound at once.
            totals += [self._total(count) for count in price.even]
            model.post(totals, [1] * len(totals), duties, duties)
        factors = {variable: factor for variable, factor in self.factors.items() if factor}
        return Goal(price, factors, self.measure, constant, low)

    def _add(self, variable: int, factor: int) -> None:
        self.factors[variable] = self.factors.get(variable, 0) + factor

    def _total(self, count: Count) -> int:
        """The count, from its lowest on, as a variable of its own."""
        total = self.model.variable(0, count.curve.last)
        variables, factors = counted(self.model, count)
        offset = count.low - count.base
        self.model.post([*variables, total], [*factors, -1], offset, offset)
        return total

    def _tangents(self, curve: Curve) -> tuple[int, list[tuple[int, int]]]:
        """How far the curve reaches above its lowest point, in whole numbers; and its tangents,
        each by its step and what it comes to where nothing is counted."""
        if curve not in self.tangents:
            steps = curve.whole(self.measure.scale)
            levels = [*accumulate(steps, initial=0)]
            lowest = min(levels)
            found = [
                (step, levels[n] - lowest - step * n)
                for n, (before, step) in enumerate(pairwise([0, *steps]))
                if step != before
            ]
            self.tangents[curve] = max(levels) - lowest, found
        return self.tangents[curve]

    def _cost(
        self, curve: Curve, variables: Sequence[int], factors: Sequence[int], offset: int
    ) -> int:
        """A variable above every tangent of the convex cost, so equal to it where it is least.

        It is counted from the lowest point of the cost; the count, from its own lowest on, is
        the weighted sum of the variables less ``offset``.
        """
        reach, tangents = self._tangents(curve)
        cost = self.model.variable(0, reach)
        for step, start in tangents:
            # cost ≥ start + step × (sum − offset)
            weights = [1, *[-step * factor for factor in factors]]
            self.model.post([cost, *variables], weights, start - step * offset, UNLIMITED)
        return cost


def counted(model: SeatModel, count: Count) -> tuple[list[int], list[int]]:
    """What a count adds up, as variables and their factors."""
    variables = [model.index[seat] for _, seat in count.terms]
    factors = [factor for factor, _ in count.terms]
    for factor, seats in count.either:
        variables.append(model.any_of(seats))
        factors.append(factor)
    return variables, factors


def keep_between(
    model: SeatModel, count: Count, least: int, most: int, switch: int | None = None
) -> None:
    """Bound what a count adds up; with a switch, only while that is on."""
    model.post(*counted(model, count), least, most, switch)


def raised(model: SeatModel, flag: AnyOf) -> int:
    """A Boolean that is true if any group of statements holds."""
    flagged = model.variable(0, 1)
    for group in flag.groups:
        model.post_or([flagged, *_against(model, group)])
    return flagged


def _against(model: SeatModel, group: tuple[Stated, ...]) -> list[int]:
    """Literals of which at least one is true unless every statement of the group holds."""
    return [-1 - model.index[seat] if wanted else model.index[seat] for seat, wanted in group]


def keep_below(model: SeatModel, goal: Goal, value: Fraction, switch: int | None = None) -> None:
    """Let the part's value be at most so much; with a switch, only while that is on."""
    most = goal.most(value)
    if switch is None and most <= goal.low:
        for variable, factor in goal.factors.items():
            least, highest = model.bounds(variable)
            best = least if factor > 0 else highest
            model.confine(variable, best, best)
    elif most < goal.low + goal.measure.span:
        model.post([*goal.factors], [*goal.factors.values()], -UNLIMITED, most, switch)


def keep_at_floor(model: SeatModel, price: Price, switch: int | None = None) -> None:
    """Keep each cost of the part at its own least: the part cannot be better anywhere.

    With a switch, only while that is on; then there may be nothing but counts.
    """
    for factor, seat in price.sums:
        best = 1 if factor < 0 else 0
        model.confine(model.index[seat], best, best)
    for count in price.telling:
        offset = count.low - count.base
        first, last = count.curve.best
        keep_between(model, count, offset + first, offset + last, switch)
    for flag in price.flags:
        for group in flag.groups:
            model.post_or(_against(model, group))


def keep_within(model: SeatModel, boxes: Iterable[Box], switch: int | None = None) -> None:
    """Keep everybody's number of duties within the boxes."""
    for box in boxes:
        terms = tuple((1, seat) for seat in box.seats)
        model.post_terms(terms, box.least, box.most, switch)
