"""The best conceivable split of duties by arithmetic alone.

When costs are convex in how many duties each engineer holds, and the duties to be held are a
fixed number, handing out one duty after the other to whoever it costs least is optimal (a
water-fill). That gives a lower bound without search, and a box in which all best splits lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction


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
    costs: Sequence[Callable[[int], Fraction]], room: Sequence[int], duties: int
) -> Split | None:
    """Hand out ``duties`` among people with convex ``costs`` and ``room`` for so many each.

    Returns ``None`` if there is not enough room.
    """
    counts = [0] * len(costs)
    margin = Fraction(0)
    for _ in range(duties):
        cheapest = min(
            (
                (costs[n](counts[n] + 1) - costs[n](counts[n]), n)
                for n in range(len(costs))
                if counts[n] < room[n]
            ),
            default=None,
        )
        if cheapest is None:
            return None
        margin = cheapest[0]
        counts[cheapest[1]] += 1
    value = sum((cost(count) for cost, count in zip(costs, counts, strict=True)), Fraction(0))
    if not duties:
        return Split(duties, value, tuple(counts), tuple(counts))
    least, most = [], []
    for cost, limit in zip(costs, room, strict=True):
        steps = [cost(n + 1) - cost(n) for n in range(limit)]
        least.append(sum(step < margin for step in steps))
        most.append(sum(step <= margin for step in steps))
    return Split(duties, value, tuple(least), tuple(most))
