"""How the costs of a part become whole numbers, and how large their sum may be."""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain

from planner.model.curve import Curve
from planner.model.pricing import Count, Price, total
from planner.records import dataclass
from planner.rules.base import Assignment

LARGEST = 2**30
"""Of all coefficients. With larger ones, up to 2⁵³, the solver denied rotas that exist, about one
random team in two thousand (docs/cp-sat.md)."""

WIDE = 500
"""Only of wider spans it matters how wide they are."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a part's costs become whole numbers: ``scale`` of them are 1; their sum's ``span``.

    Where no exact scale is small enough, costs are rounded and sums may be off by ``slack``.
    """

    scale: int
    span: int
    slack: int


def measure(price: Price, closely: bool) -> Measure:
    """The smallest scale that makes all costs whole, or the largest that stays within bounds.

    The span of small models is worth looking at ``closely``, so that more parts fit in a search.
    """
    scale = scale_of(price)
    reach = total([count.curve.reach for count in price.counts])
    reach += sum(abs(factor) for factor, _ in price.sums) + len(price.flags)
    slack = 0
    if scale * reach >= LARGEST:
        scale = max(1, int(LARGEST / (reach + 1)) // 2)
        slack = sum(count.curve.last for count in price.counts)
        return Measure(scale, math.ceil(scale * reach) + 2 * slack, slack)
    span = math.ceil(scale * reach)
    if closely and span > WIDE:
        span -= _never_together(price, scale)
    return Measure(scale, span, 0)


def scale_of(price: Price) -> int:
    """The smallest that makes all costs whole."""
    return math.lcm(*{count.curve.scale for count in price.counts})


def _never_together(price: Price, scale: int) -> int:
    """By how much all costs together stay below what each may come to, as nobody shares a duty.

    In counts that may be nothing, each seat adds at most what the last unit of the count does.
    """
    alike: dict[Curve, list[Count]] = {}
    for count in price.counts:
        if count.may_be_nothing:
            alike.setdefault(count.curve, []).append(count)
    each = 0
    seats: Counter[Assignment] = Counter()
    for curve, counts in alike.items():
        steps = curve.whole(scale)
        each += sum(steps) * len(counts)
        times = Counter(chain.from_iterable(count.terms for count in counts))
        for (factor, seat), often in times.items():
            seats[seat] += steps[-1] * factor * often
    dearest: dict[int, int] = {}
    for (d, _), most in seats.items():
        dearest[d] = max(most, dearest.get(d, 0))
    return max(0, each - sum(dearest.values()))
