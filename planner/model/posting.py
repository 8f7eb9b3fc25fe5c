"""Costs as solver variables: making a part least, and keeping it there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ortools.sat.python import cp_model

from planner.model.pricing import Count, Price
from planner.model.search import Answer
from planner.model.seats import SeatModel, weighted
from planner.rules.base import AnyOf, Seat, Stated

LARGEST = 2**53
"""Beyond this a floating-point bound no longer tells neighbouring whole numbers apart."""


@dataclass(frozen=True)
class Objective:
    """``expression`` / ``scale`` + ``constant`` is the part's value, exactly unless rounded."""

    expression: cp_model.LinearExpr
    scale: int
    constant: Fraction
    exact: bool

    def bound(self, answer: Answer, priced: Price) -> Fraction:
        """The least value that any rota can have, as far as the answer proves it."""
        if answer.status == "optimal" and self.exact and answer.taken is not None:
            return priced.value(answer.taken)
        if not math.isfinite(answer.bound) or answer.status == "unknown":
            return priced.floor
        whole = math.ceil(answer.bound - 1e-6) - (0 if self.exact else priced.roundings)
        return max(priced.floor, self.constant + Fraction(whole, self.scale))


def objective(priced: Price) -> Objective:
    """Variables and constraints for the costs, and the sum to be made least."""
    cp = priced.model.cp
    scale = math.lcm(*(step.denominator for count in priced.counts for step in count.steps))
    reach = sum((abs(step) for count in priced.counts for step in count.steps), Fraction(0))
    reach += sum(abs(factor) for factor, _ in priced.sums) + len(priced.flags)
    exact = scale * reach < LARGEST
    if not exact:
        scale = max(1, int(LARGEST / (reach + 1)) // 2)
    variables = [variable for _, variable in priced.sums]
    factors = [factor * scale for factor, _ in priced.sums]
    totals = [_total(priced, count) for count in priced.counts]
    for count, total in zip(priced.counts, totals, strict=True):
        variables.append(_cost_variable(cp, count, total, scale))
        factors.append(1)
    for flag in priced.flags:
        variables.append(_flag_variable(priced.model, flag))
        factors.append(scale)
    if priced.split is not None:
        # Implied by the rules, but it closes the bound at once.
        cp.add(sum(totals) == priced.split.duties)
    expression = cp_model.LinearExpr.weighted_sum(variables, factors)
    return Objective(expression, scale, priced.constant, exact)


def exact_objective(priced: Price, goal: Objective, value: Fraction) -> Objective | None:
    """The same part to the last digit, for a rounded ``goal`` that has led to ``value``.

    Costs too fine for one whole number are written as two digits, ``high`` × digit + ``low``. No
    better rota than the one found lies far from it as the rounded goal counts, so ``high`` has
    few values left. ``None`` if even two digits are not enough.
    """
    cp = priced.model.cp
    keep_below(priced, goal, value)
    exact = math.lcm(
        priced.constant.denominator,
        *(step.denominator for count in priced.counts for step in count.steps),
    )
    digit = exact // goal.scale + 1
    items = [(int(step * exact), var) for count in priced.counts for step, var in _rungs(cp, count)]
    items += [(factor * exact, variable) for factor, variable in priced.sums]
    items += [(exact, _flag_variable(priced.model, flag)) for flag in priced.flags]
    room = 2 * priced.roundings + 2 + len(items)
    if 3 * room * digit >= LARGEST:
        return None
    most = math.floor((value - priced.constant) * exact) // digit
    high = cp.new_int_var(most - 2 * room, most, "")
    low = cp.new_int_var(0, len(items) * digit, "")
    variables = [variable for _, variable in items]
    factors = [divmod(factor, digit) for factor, _ in items]
    cp.add(high == cp_model.LinearExpr.weighted_sum(variables, [f for f, _ in factors]))
    cp.add(low == cp_model.LinearExpr.weighted_sum(variables, [f for _, f in factors]))
    base = most - 2 * room
    constant = priced.constant + Fraction(base * digit, exact)
    return Objective((high - base) * digit + low, exact, constant, True)


def _rungs(cp: cp_model.CpModel, count: Count) -> list[tuple[Fraction, cp_model.IntVar]]:
    """Each step of a count with a Boolean that says whether the count goes beyond it."""
    rungs = [cp.new_bool_var("") for _ in count.steps]
    for lower, higher in pairwise(rungs):
        cp.add_implication(higher, lower)
    cp.add(weighted(count.terms) + (count.base - count.low) == sum(rungs))
    return list(zip(count.steps, rungs, strict=True))


def _total(priced: Price, count: Count) -> cp_model.LinearExprT:
    """The count itself; a variable of its own where all counts have a fixed total."""
    total = weighted(count.terms) + (count.base - count.low)
    if priced.split is None:
        return total
    variable = priced.model.cp.new_int_var(0, len(count.steps), "")
    priced.model.cp.add(variable == total)
    return variable


def _cost_variable(
    cp: cp_model.CpModel, count: Count, total: cp_model.LinearExprT, scale: int
) -> cp_model.IntVar:
    """A variable above every tangent of the convex cost, so equal to it where it is least."""
    steps = [round(step * scale) for step in count.steps]
    levels = [0]
    for step in steps:
        levels.append(levels[-1] + step)
    cost = cp.new_int_var(min(levels), max(levels), "")
    previous = None
    for n, step in enumerate(steps):
        if step != previous:
            cp.add(cost >= step * total + (levels[n] - step * n))
            previous = step
    return cost


def _flag_variable(model: SeatModel, flag: AnyOf) -> cp_model.IntVar:
    raised = model.cp.new_bool_var("")
    for group in flag.groups:
        model.cp.add_bool_or([raised, *_against(model, group)])
    return raised


def _against(model: SeatModel, group: tuple[Stated, ...]) -> list[cp_model.LiteralT]:
    """Literals of which at least one is true unless every statement of the group holds."""
    return [~model.taken[seat] if wanted else model.taken[seat] for seat, wanted in group]


def keep(priced: Price, goal: Objective, taken: frozenset[Seat]) -> None:
    """Keep the part at the value that these seats give it, as the costs themselves count it."""
    value = priced.value(taken)
    if priced.linear:
        priced.model.cp.add(goal.expression == int((value - goal.constant) * goal.scale))
    else:
        keep_below(priced, goal, value)


def keep_below(
    priced: Price, goal: Objective, most: Fraction, switch: cp_model.IntVar | None = None
) -> None:
    """Let the part's value be at most so much; with a switch, only while that is on."""
    slack = 0 if goal.exact else priced.roundings
    row = priced.model.cp.add(
        goal.expression <= math.floor((most - goal.constant) * goal.scale) + slack
    )
    if switch is not None:
        row.only_enforce_if(switch)


def keep_at_floor(priced: Price) -> None:
    """Keep each cost of the part at its own least: the part cannot be better anywhere."""
    model = priced.model
    if priced.split is not None:
        post_split(priced)
        return
    for factor, variable in priced.sums:
        model.cp.add(variable == (1 if factor < 0 else 0))
    for count in priced.counts:
        lowest = count.low - count.base + sum(step < 0 for step in count.steps)
        highest = count.low - count.base + sum(step <= 0 for step in count.steps)
        model.cp.add_linear_constraint(weighted(count.terms), lowest, highest)
    for flag in priced.flags:
        for group in flag.groups:
            model.cp.add_bool_or(_against(model, group))


def post_split(priced: Price, switch: cp_model.IntVar | None = None) -> None:
    """Give everybody a number of duties that fits a best conceivable split."""
    assert priced.split is not None
    for count, least, most in zip(
        priced.counts_by_cost, priced.split.least, priced.split.most, strict=True
    ):
        row = priced.model.cp.add_linear_constraint(weighted(count), least, most)
        if switch is not None:
            row.only_enforce_if(switch)
