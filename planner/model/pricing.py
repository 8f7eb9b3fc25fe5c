"""One part of an aim on one island: what its costs come to, and the least by arithmetic alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field
from fractions import Fraction
from functools import cached_property, lru_cache
from operator import itemgetter

from planner.grouping import grouped
from planner.model.curve import Curve
from planner.model.open_seats import ReducedProblem
from planner.records import dataclass
from planner.rules.base import AnyOf, Assignment, Convex, Cost, Either, Linear, Terms


@dataclass(frozen=True, slots=True)
class Count:
    """A convex cost over a count: what ``base`` + the sum of ``terms``, at least ``low``, costs.

    Each of ``either`` adds its factor once if any of its seats is taken.
    """

    terms: Terms
    base: int
    low: int
    curve: Curve
    either: tuple[Either, ...] = ()

    @property
    def may_be_nothing(self) -> bool:
        """Whether it is of plain seats, and costs least where none of them is taken."""
        return self.low == self.base and not self.curve.best[0] and not self.either

    @property
    def most(self) -> int:
        """How much above its lowest it may come to at the least cost."""
        return self.curve.best[1]

    def above(self, taken: Collection[Assignment]) -> int:
        """How far it is above its lowest when exactly these seats are taken."""
        count = self.base + sum([factor for factor, seat in self.terms if seat in taken])
        for factor, seats in self.either:
            if any(seat in taken for seat in seats):
                count += factor
        return count - self.low


@dataclass
class Price:
    """A part's costs on an island: what never changes, plain sums, counts and conditions.

    value = ``constant`` + Σ ``sums`` + Σ costs of ``counts`` + Σ ``flags``. Counts in ``even``
    cost the same whatever they come to, which is part of ``constant``.
    """

    constant: Fraction = Fraction(0)
    sums: list[tuple[int, Assignment]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    even: list[Count] = field(default_factory=list)
    flags: list[AnyOf] = field(default_factory=list)

    @cached_property
    def telling(self) -> Sequence[Count]:
        """The counts without those of windows that lie within the next or the last one."""
        return tuple(_telling(self.counts))

    @property
    def settled(self) -> bool:
        """Whether nothing on the island can change the value."""
        return not (self.sums or self.counts or self.flags)

    @cached_property
    def floor(self) -> Fraction:
        """A lower bound: every cost at its own least."""
        falling = sum(factor for factor, _ in self.sums if factor < 0)
        return self.constant + falling + total([count.curve.lowest for count in self.counts])

    def value(self, taken: Collection[Assignment]) -> Fraction:
        """What the costs come to when, of the island's open seats, exactly these are taken."""
        asked, value = self._last[0]
        if asked is not taken:  # of one rota it is asked again and again
            value = self._value(taken)
            self._last[0] = taken, value
        return value

    @cached_property
    def _last(self) -> list[tuple[Collection[Assignment] | None, Fraction]]:
        """What was asked for last, and its value."""
        return [(None, Fraction(0))]

    def _value(self, taken: Collection[Assignment]) -> Fraction:
        plain = sum([factor for factor, seat in self.sums if seat in taken])
        plain += sum([holds(flag, taken) for flag in self.flags])
        found = self.constant + plain
        for unit, counts in self._by_unit.items():
            found += Fraction(sum([c.curve.heights[c.above(taken)] for c in counts]), unit)
        return found

    @cached_property
    def _by_unit(self) -> Mapping[int, Sequence[Count]]:
        """The counts by the unit of their curves."""
        return grouped((count.curve.unit, count) for count in self.counts)


_SEAT = itemgetter(1)


class LinkedError(Exception):
    """A cost reaches over several islands, which must then be planned as one."""


def price(reduced: ReducedProblem, costs: Iterable[Cost], islands: int) -> list[Price]:
    """Sort out the costs of one part by island; what is settled goes to the first.

    Raises ``LinkedError`` if a count or a condition lies on several of the islands.
    """
    pricing = _Pricing(reduced, islands)
    for cost in costs:
        pricing.add(cost)
    return pricing.prices


class _Pricing:
    def __init__(self, reduced: ReducedProblem, islands: int) -> None:
        self.reduced = reduced
        self.prices = [Price() for _ in range(islands)]

    def add(self, cost: Cost) -> None:
        if isinstance(cost, AnyOf):
            self._add_condition(cost)
        elif isinstance(cost, Linear):
            self.prices[0].constant += cost.base + self.reduced.settled_sum(cost.terms)
            for factor, seat in self.reduced.open_terms(cost.terms):
                self._at({self.reduced.island[seat]}).sums.append((factor, seat))
        else:
            self._add_count(cost)

    def _at(self, where: Set[int]) -> Price:
        """The price of the only one of these islands."""
        if len(self.prices) == 1 or not where:
            return self.prices[0]
        if len(where) > 1:
            raise LinkedError
        (island,) = where
        return self.prices[island]

    def _add_condition(self, cost: AnyOf) -> None:
        reduced = self.reduced
        open_groups = []
        for group in cost.groups:
            unsettled = tuple(stated for stated in group if stated[0] in reduced.island)
            given = [stated for stated in group if stated[0] not in reduced.island]
            if all((seat in reduced.settled) == wanted for seat, wanted in given):
                open_groups.append(unsettled)
        if () in open_groups:
            self.prices[0].constant += 1
        elif open_groups:
            where = {reduced.island[seat] for group in open_groups for seat, _ in group}
            self._at(where).flags.append(AnyOf(tuple(open_groups)))

    def _add_count(self, cost: Convex) -> None:
        island = self.reduced.island
        terms = tuple(sorted(self.reduced.open_terms(cost.terms), key=_SEAT))
        base = cost.base + self.reduced.settled_sum(cost.terms)
        several = len(self.prices) > 1
        where = {island[seat] for _, seat in terms} if several else set[int]()
        factors = [factor for factor, _ in terms]
        either: list[Either] = []
        for factor, seats in cost.either:
            left = tuple([seat for seat in seats if seat in island])
            if not self.reduced.settled.isdisjoint(seats):
                base += factor
            elif left:
                either.append((factor, left))
                factors.append(factor)
                where.update([island[seat] for seat in left] if several else ())
        if not factors:
            self.prices[0].constant += cost.cost(base)
            return
        falling = sum([f for f in factors if f < 0]) if min(factors) < 0 else 0
        low, high = base + falling, base + sum(factors) - falling
        curve, price = _curve(cost.cost, low, high), self._at(where)
        count = Count(terms, base, low, curve, tuple(either))
        if not curve.reach:
            price.constant += curve.lowest
            price.even.append(count)
        else:
            price.counts.append(count)


@lru_cache(maxsize=1024)
def _curve(cost: Callable[[int], Fraction], low: int, high: int) -> Curve:
    """The costs of every count that may come about; equal functions are asked once."""
    return Curve(tuple([cost(count) for count in range(low, high + 1)]))


def _telling(counts: Sequence[Count]) -> Iterator[Count]:
    for n, count in enumerate(counts):
        beside = (*counts[max(0, n - 1) : n], *counts[n + 1 : n + 2])
        longer = [other for other in beside if len(other.terms) > len(count.terms)]
        within = longer and count.may_be_nothing and any(_lies_within(count, o) for o in longer)
        if not within:
            yield count


def _lies_within(count: Count, other: Count) -> bool:
    if other.may_be_nothing and other.most <= count.most:
        return set(count.terms) < set(other.terms)
    return False


def total(amounts: Iterable[Fraction]) -> Fraction:
    """The exact sum; most amounts are whole numbers, which are cheaper to add up."""
    whole, rest = 0, Fraction(0)
    for amount in amounts:
        if amount.denominator == 1:
            whole += amount.numerator
        else:
            rest += amount
    return rest + whole


def holds(condition: AnyOf, taken: Collection[Assignment]) -> bool:
    """Whether some group of statements holds in full when exactly these seats are taken."""
    return any(all((seat in taken) == wanted for seat, wanted in g) for g in condition.groups)
