"""Parts that share out duties: what everybody's number of them may be in a best split."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from planner.model.even_split import even_split
from planner.model.open_seats import ReducedProblem
from planner.model.pricing import Count, Price, total
from planner.records import dataclass
from planner.rules.base import Assignment, Row


@dataclass(frozen=True, slots=True)
class Box:
    """Of these seats, all of one engineer's, between ``least`` and ``most`` are taken."""

    seats: tuple[Assignment, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Shares:
    """A part's least conceivable ``value``, which exactly the splits within the boxes have."""

    value: Fraction
    duties: int
    boxes: tuple[Box, ...]


ROOM = Fraction(6, 5)
"""How many times the duties to be held people must have room for, where windows of weeks allow one
each, for it to be likely that a rota keeps them all."""


class Sharing:
    """What limits everybody's number of duties, before any search."""

    def __init__(self, reduced: ReducedProblem) -> None:
        self.holders: dict[int, int] = {}
        for d, _ in reduced.open:
            self.holders[d] = self.holders.get(d, 0) + 1
        self._required = {d for row in reduced.rows for d in self._asked_by(row)}
        self._one_of: dict[Assignment, int] = {}
        self._limits: dict[int, list[Row]] = {}
        caps = [row for row in reduced.rows if row.most and row.terms and _of_one_engineer(row)]
        # Of rows that allow one, the longest says most: one in all, before one in two weeks.
        for n, row in enumerate(sorted(caps, key=lambda row: -len(row.terms))):
            if row.most == 1:
                for _, seat in row.terms:
                    self._one_of.setdefault(seat, n)
            else:
                self._limits.setdefault(row.terms[0][1][1], []).append(row)

    def shares(self, price: Price, known: Collection[Box]) -> Shares | None:
        """The even split behind a part's costs, if it shares out whole duties that must be held.

        ``known`` are boxes that hold already.
        """
        counts = [*price.counts, *price.even]
        if price.sums or price.flags or not self._shares_out(counts):
            return None
        duties = {d for count in counts for _, (d, _) in count.terms}
        seats = [tuple(seat for _, seat in count.terms) for count in counts]
        boxes = {seat: box for box in known for seat in box.seats}
        limits = [_together(own, boxes) or (0, self._room(own)) for own in seats]
        split = even_split(
            [count.curve.levels.__getitem__ for count in counts],
            [most for _, most in limits],
            len(duties),
            [least for least, _ in limits],
        )
        if split is None:
            return None
        # Counts that cost the same whatever they come to are in the constant already.
        value = price.constant + split.value - total([c.curve.lowest for c in price.even])
        found = zip(seats, split.least, split.most, strict=True)
        return Shares(value, split.duties, tuple(Box(*box) for box in found))

    def likely_at_floor(self, price: Price) -> bool:
        """Whether the part is one of windows, each of which should hold one duty at most, and
        these leave so much room that a rota with none too many probably exists."""
        counts = price.counts
        if price.sums or price.flags or not all(c.may_be_nothing and c.most <= 1 for c in counts):
            return False
        duties = {d for count in counts for _, (d, _) in count.terms}
        room, last = 0, set[Assignment]()
        for count in price.telling:
            seats = {seat for _, seat in count.terms}
            if count.most and not seats & last:
                room, last = room + 1, seats
        return room >= ROOM * len(duties)

    def _shares_out(self, counts: Sequence[Count]) -> bool:
        """Whether these are counts of different people over all the seats of required duties."""
        seen: dict[int, int] = {}
        people: set[int] = set()
        for count in counts:
            engineers = {e for _, (_, e) in count.terms}
            if count.either or len(engineers) != 1 or engineers & people:
                return False
            if any(factor != 1 for factor, _ in count.terms):
                return False
            people |= engineers
            for _, (d, _) in count.terms:
                seen[d] = seen.get(d, 0) + 1
        whole = all(held == self.holders[d] for d, held in seen.items())
        return bool(seen) and whole and self._required.issuperset(seen)

    def _asked_by(self, row: Row) -> set[int]:
        """The duty that a row asks somebody to hold."""
        duties = {d for _, (d, _) in row.terms}
        alike = len(duties) == 1 and all(factor == 1 for factor, _ in row.terms)
        whole = alike and len(row.terms) == self.holders[row.terms[0][1][0]]
        return duties if whole and row.least == row.most == 1 else set()

    def _room(self, seats: Sequence[Assignment]) -> int:
        """At most how many of one engineer's seats the rules allow, row by row."""
        most = len({self._one_of.get(seat, seat) for seat in seats})
        for row in self._limits.get(seats[0][1], ()):
            assert row.most is not None
            if row.most < most and {seat for _, seat in row.terms}.issuperset(seats):
                most = row.most
        return most


def _together(seats: Sequence[Assignment], boxes: dict[Assignment, Box]) -> tuple[int, int] | None:
    """What boxes say of these seats in sum, if some of them cover exactly these."""
    parts = {id(boxes[seat]): boxes[seat] for seat in seats if seat in boxes}
    if sum(len(box.seats) for box in parts.values()) != len(seats):
        return None
    if not set(seats).issuperset(seat for box in parts.values() for seat in box.seats):
        return None
    return sum(b.least for b in parts.values()), sum(b.most for b in parts.values())


def _of_one_engineer(row: Row) -> bool:
    return len({e for _, (_, e) in row.terms}) == 1 and all(f == 1 for f, _ in row.terms)
