"""The best conceivable split of duties by arithmetic alone.

When costs are convex in how many duties each engineer holds, and the duties to be held are a
fixed number, handing out one duty after the other to whoever it costs least is optimal (a
water-fill). That gives a lower bound without search, and a box in which all best splits lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """``value`` is the least total cost of splitting so many ``duties``.

    Every split that has it gives engineer n between ``least[n]`` and ``most[n]`` duties, and
    every split of all the duties within these limits has it.
    """

    duties: int
    value: Fraction
    least: tuple[int, ...]
    most: tuple[int, ...]


def even_split(
    costs: Sequence[Callable[[int], Fraction]],
    room: Sequence[int],
    duties: int,
    least: Sequence[int] | None = None,
) -> Split | None:
    """Hand out ``duties`` among people with convex ``costs`` and ``room`` for so many each.

    Everybody holds as many as ``least`` says, if it is given. Returns ``None`` if there is too
    little room, or too little to hand out.
    """
    least, most = least or [0] * len(costs), room
    counts = list(least)
    left = duties - sum(counts)
    if left < 0 or any(low > high for low, high in zip(least, most, strict=True)):
        return None
    margin: Fraction | None = None
    steps = [
        (costs[n](low + 1) - costs[n](low), n)
        for n, (low, high) in enumerate(zip(least, most, strict=True))
        if low < high
    ]
    heapify(steps)
    for _ in range(left):
        if not steps:
            return None
        margin, n = heappop(steps)
        counts[n] += 1
        if counts[n] < most[n]:
            heappush(steps, (costs[n](counts[n] + 1) - costs[n](counts[n]), n))
    value = sum((cost(count) for cost, count in zip(costs, counts, strict=True)), Fraction(0))
    lowest, highest = list(counts), list(counts)
    if margin is not None:
        for n, cost in enumerate(costs):
            while lowest[n] > least[n] and cost(lowest[n]) - cost(lowest[n] - 1) == margin:
                lowest[n] -= 1
            while highest[n] < most[n] and cost(highest[n] + 1) - cost(highest[n]) == margin:
                highest[n] += 1
    return Split(duties, value, tuple(lowest), tuple(highest))
