"""Convex costs by count, in whole numbers wherever that will do."""

from __future__ import annotations

import math
from bisect import bisect_left
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from planner.records import dataclass


@dataclass(frozen=True, eq=False)
class Curve:
    """A convex cost by count: ``levels[n]`` is what a count of its lowest + n costs.

    Many counts share one curve, so what follows from it is worked out once. Levels fall up to the
    best counts and rise from there, so that few of them need be compared.
    """

    levels: tuple[Fraction, ...]

    @cached_property
    def unit(self) -> int:
        """The smallest number that makes all levels whole."""
        return math.lcm(*[level.denominator for level in self.levels])

    @cached_property
    def heights(self) -> list[int]:
        """The levels in units: whole numbers are quicker."""
        unit = self.unit
        return [level.numerator * (unit // level.denominator) for level in self.levels]

    @property
    def last(self) -> int:
        """How far counts may be above the lowest."""
        return len(self.levels) - 1

    @cached_property
    def steps(self) -> tuple[Fraction, ...]:
        """What each further unit of the count costs."""
        return tuple(b - a for a, b in pairwise(self.levels))

    @cached_property
    def lowest(self) -> Fraction:
        return self.levels[self.best[0]]

    @cached_property
    def reach(self) -> Fraction:
        """How far the highest cost lies above the lowest."""
        return max(self.levels[0], self.levels[-1]) - self.lowest

    @cached_property
    def best(self) -> tuple[int, int]:
        """The first and the last n at which the cost is lowest."""
        heights, steps = self.heights, range(self.last)
        first = bisect_left(steps, True, key=lambda n: heights[n + 1] >= heights[n])
        return first, bisect_left(steps, True, first, key=lambda n: heights[n + 1] > heights[n])

    @cached_property
    def scale(self) -> int:
        """The smallest number that makes all steps whole."""
        return self.unit // math.gcd(self.unit, *[b - a for a, b in pairwise(self.heights)])

    def within(self, room: Fraction) -> tuple[int, Curve]:
        """The part of the curve that lies at most so far above its lowest, and where it starts."""
        if room not in self._within:
            levels, (first, last), most = self.levels, self.best, self.lowest + room
            begin = bisect_left(range(first), True, key=lambda n: levels[n] <= most)
            end = bisect_left(range(len(levels)), True, last, key=lambda n: levels[n] > most)
            # Threads share curves, and equal parts of one must be one.
            self._within.setdefault(room, (begin, Curve(levels[begin:end])))
        return self._within[room]

    @cached_property
    def _within(self) -> dict[Fraction, tuple[int, Curve]]:
        """What :meth:`within` has found so far."""
        return {}

    def whole(self, scale: int) -> list[int]:
        """The steps as (rounded) whole numbers, on such a scale."""
        if scale % self.scale:
            return [round(step * scale) for step in self.steps]
        return [(b - a) * scale // self.unit for a, b in pairwise(self.heights)]
