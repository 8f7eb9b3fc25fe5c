"""Several goals as one objective, each weighing more than all that follow it together."""

from __future__ import annotations

import math

from planner.model.measuring import Measure
from planner.model.posting import Goal

MOST = 2**30
"""Beyond this the weights lie so far apart that the solver's relaxation tells it little, and may
mislead it: with 2⁵³ some small teams took sixty times as long."""


class OneObjective:
    """Goals in their order of importance, as the digits of one number that is made least.

    A goal's digit lies between 0 and its span; the number of the best rota holds the best digit
    of the first goal, then of the second among those that keep the first, and so on. Every digit
    down to the first that differs from the bound's is proven least.
    """

    def __init__(self) -> None:
        self.goals: list[Goal] = []
        self.size = 1

    def fits(self, next_one: Measure) -> bool:
        """Whether another goal may follow these; the first always may."""
        slack = next_one.slack or any(goal.measure.slack for goal in self.goals)
        return not self.goals or (not slack and self.size * (next_one.span + 1) <= MOST)

    def add(self, goal: Goal) -> None:
        """Put a goal behind all others."""
        self.goals.append(goal)
        self.size *= goal.measure.span + 1

    @property
    def _weights(self) -> list[int]:
        spans = [goal.measure.span for goal in self.goals]
        return [math.prod(span + 1 for span in spans[n + 1 :]) for n in range(len(spans))]

    @property
    def factors(self) -> dict[int, int]:
        """The objective: a factor a variable."""
        factors: dict[int, int] = {}
        for goal, weight in zip(self.goals, self._weights, strict=True):
            for variable, factor in goal.factors.items():
                factors[variable] = factors.get(variable, 0) + weight * factor
        return factors

    def digits(self, objective: float) -> list[int]:
        """The goals' digits in a value or a bound of the objective; none known counts as 0."""
        lowest = sum(w * goal.low for goal, w in zip(self.goals, self._weights, strict=True))
        number = 0
        if math.isfinite(objective):
            number = min(max(0, math.ceil(objective - 1e-6) - lowest), self.size - 1)
        found = []
        for weight in self._weights:
            digit, number = divmod(number, weight)
            found.append(digit)
        return found
