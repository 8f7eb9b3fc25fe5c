"""One part of an aim: what its costs come to, and the least that they can by arithmetic alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from ortools.sat.python import cp_model

from planner.model.even_split import Split, even_split
from planner.model.seats import SeatModel
from planner.rules.base import AnyOf, Convex, Cost, Linear, Seat


@dataclass(frozen=True, slots=True)
class Count:
    """A convex cost over a count of ``terms``; ``steps[n]`` is the cost of going from low + n
    to low + n + 1."""

    terms: list[tuple[int, cp_model.IntVar]]
    base: int
    low: int
    steps: tuple[Fraction, ...]

    @property
    def least(self) -> Fraction:
        """The lowest point, relative to the cost at ``low``."""
        return sum((step for step in self.steps if step < 0), Fraction(0))


@dataclass
class Price:
    """A part's costs, split into what never changes, plain sums, counts and conditions.

    value = ``constant`` + Σ ``sums`` + Σ costs of ``counts`` + Σ ``flags``
    """

    model: SeatModel
    costs: tuple[Cost, ...]
    constant: Fraction = Fraction(0)
    sums: list[tuple[int, cp_model.IntVar]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    flags: list[AnyOf] = field(default_factory=list)
    split: Split | None = None

    @property
    def floor(self) -> Fraction:
        """A lower bound by arithmetic alone."""
        if self.split is not None:
            return self.split.value
        falling = sum(factor for factor, _ in self.sums if factor < 0)
        return self.constant + falling + sum((c.least for c in self.counts), Fraction(0))

    def value(self, taken: frozenset[Seat]) -> Fraction:
        """What the costs come to when exactly these seats are taken."""
        return sum((_cost(cost, taken) for cost in self.costs), Fraction(0))

    @property
    def roundings(self) -> int:
        """How many steps may be rounded where the exact scale is too large."""
        return sum(len(count.steps) for count in self.counts)

    @property
    def counts_by_cost(self) -> list[list[tuple[int, cp_model.IntVar]]]:
        """The open terms of each cost that is a count, in order."""
        return [self.model.open_terms(c.terms) for c in self.costs if isinstance(c, Convex)]

    @property
    def linear(self) -> bool:
        return not self.counts and not self.flags


def price(model: SeatModel, costs: Iterable[Cost]) -> Price:
    """Sort out the costs of one part."""
    priced = Price(model, tuple(costs))
    priced.split = _split(model, priced.costs)
    for cost in priced.costs:
        if isinstance(cost, AnyOf):
            _price_condition(priced, cost)
        elif isinstance(cost, Linear):
            priced.constant += cost.base + model.settled_sum(cost.terms)
            priced.sums += model.open_terms(cost.terms)
        else:
            _price_count(priced, cost)
    return priced


def _price_condition(priced: Price, cost: AnyOf) -> None:
    model = priced.model
    open_groups = []
    for group in cost.groups:
        unsettled = tuple(stated for stated in group if stated[0] in model.taken)
        given = [stated for stated in group if stated[0] not in model.taken]
        if all((seat in model.settled) == wanted for seat, wanted in given):
            open_groups.append(unsettled)
    if () in open_groups:
        priced.constant += 1
    elif open_groups:
        priced.flags.append(AnyOf(tuple(open_groups)))


def _price_count(priced: Price, cost: Convex) -> None:
    terms = priced.model.open_terms(cost.terms)
    base = cost.base + priced.model.settled_sum(cost.terms)
    low = base + sum(factor for factor, _ in terms if factor < 0)
    high = base + sum(factor for factor, _ in terms if factor > 0)
    levels = [cost.cost(count) for count in range(low, high + 1)]
    steps = tuple(b - a for a, b in pairwise(levels))
    priced.constant += levels[0]
    if any(steps) or (priced.split is not None and steps):
        priced.counts.append(Count(terms, base, low, steps))


def _cost(cost: Cost, taken: frozenset[Seat]) -> Fraction:
    if isinstance(cost, AnyOf):
        return Fraction(
            any(all((seat in taken) == wanted for seat, wanted in group) for group in cost.groups)
        )
    count = cost.base + sum(factor for factor, seat in cost.terms if seat in taken)
    return cost.cost(count) if isinstance(cost, Convex) else Fraction(count)


def _split(model: SeatModel, costs: Sequence[Cost]) -> Split | None:
    """The even split behind the costs, if they share out whole duties that must be held."""
    problem = model.problem
    owners: dict[int, set[int]] = {}
    people: list[Callable[[int], Fraction]] = []
    room: list[int] = []
    for cost in costs:
        if not isinstance(cost, Convex) or cost.base or len({e for _, (_, e) in cost.terms}) > 1:
            return None
        weeks = set()
        for factor, (d, e) in cost.terms:
            if factor != 1 or e in owners.setdefault(d, set()):
                return None
            owners[d].add(e)
            if (d, e) in model.taken:
                weeks.add(problem.duties[d].week)
        people.append(_beyond(cost.cost, model.settled_sum(cost.terms)))
        room.append(len(weeks))
    everybody = len(problem.engineers)
    ahead = [d for d in owners if d not in model.decided]
    whole = all(len(owners[d]) == everybody for d in ahead)
    required = not any(
        problem.team.role_of(problem.duties[d]).optional
        or problem.duties[d] in problem.may_stay_open
        for d in ahead
    )
    return even_split(people, room, len(ahead)) if owners and whole and required else None


def _beyond(cost: Callable[[int], Fraction], done: int) -> Callable[[int], Fraction]:
    return lambda more: cost(done + more)
