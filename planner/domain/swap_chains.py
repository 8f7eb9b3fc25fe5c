"""Duties that agreed swaps hand on: from one engineer to the next, and perhaps further.

Who received a duty in a swap may swap it on. Rows count in the order in which they stand, as they
are written one after the other; where that makes no sense, in the only order that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from planner.domain.requests import Swap
from planner.domain.rota import Duty
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Handing:
    """One engineer gives a duty to another; ``column`` is where the swap's row says so."""

    duty: Duty
    old: str
    new: str
    swap: Swap
    column: str = "week"


def handings(
    swaps: Iterable[Swap], first: Callable[[Duty], Duty] = lambda duty: duty
) -> dict[Duty, tuple[Handing, ...]]:
    """What agreed swaps do with each duty, in the order of their rows.

    Duties that are alike are taken together: ``first`` names the first of them.
    """
    found: dict[Duty, list[Handing]] = {}
    for swap in sorted((swap for swap in swaps if swap.agreed), key=_place):
        for each in both_ways(swap):
            known = found.setdefault(first(each.duty), [])
            if not known or (known[-1].old, known[-1].new) != (each.old, each.new):
                known.append(each)
    return {duty: tuple(each) for duty, each in found.items()}


def in_turn(found: tuple[Handing, ...]) -> tuple[Handing, ...] | None:
    """The handings of one duty, each taking it from whom the one before gave it to, or ``None``."""
    if all(a.new == b.old for a, b in pairwise(found)):
        return found
    if len({each.new for each in found}) == 1:
        return found[-1:]  # whoever gives it, one takes it
    by_giver = {each.old: each for each in found}
    starts = [each for each in found if each.old not in {other.new for other in found}]
    if len(by_giver) < len(found) or len(starts) != 1:
        return None
    chain = [starts[0]]
    while chain[-1].new in by_giver and len(chain) < len(found):
        chain.append(by_giver[chain[-1].new])
    return tuple(chain) if len(chain) == len(found) else None


def ends(found: tuple[Handing, ...], seats: int = 1) -> tuple[Handing, ...] | None:
    """The last handing of each of so many duties that are alike, or ``None`` where there would
    have to be more of them."""
    chain = in_turn(found)
    if chain is not None or seats == 1:
        return chain and chain[-1:]
    last: list[Handing] = []
    for each in found:
        last = [*(other for other in last if other.new != each.old), each]
    return tuple(last) if len(last) <= seats else None


def both_ways(swap: Swap) -> Iterator[Handing]:
    """The duty that the engineer gives away, and the one taken in return, if there is one."""
    yield Handing(swap.given, swap.engineer, swap.partner, swap)
    if swap.taken is not None:
        yield Handing(swap.taken, swap.partner, swap.engineer, swap, "for_week")


def _place(swap: Swap) -> tuple[bool, int]:
    row = swap.source.row if swap.source is not None else None
    return row is None, row or 0
