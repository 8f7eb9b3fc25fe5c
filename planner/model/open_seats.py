"""What the rules leave open: the rows that still matter, and the seats that may be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from itertools import chain, product

from planner.domain import Rota
from planner.grouping import grouped
from planner.problem import Problem
from planner.problem.independent import Piece, pieces
from planner.rules.base import Assignment, Row, Terms
from planner.rules.remaining import remaining_rows


class ReducedProblem:
    """All rows of all rules over a problem, and what follows from them before any search.

    Duties that the problem has settled are past: their holders are given and what they break is
    not judged again, but they count in every row and cost that reaches beyond them. Of the
    others, seats that a single row rules out by itself (somebody away, not a member …) are
    barred; the rest are ``open``, in order. ``rows`` are all other rows, over open seats alone.

    Rotations that share nobody state their rows by themselves: most of the others' would be about
    people who can never hold a duty of theirs.
    """

    def __init__(self, problem: Problem, further: Iterable[Row] = ()) -> None:
        """``further`` rows hold as well as the rules'."""
        self.problem = problem
        past = problem.settled
        self.settled = frozenset(seats_of(problem, past))
        self.decided = frozenset(d for d, duty in enumerate(problem.duties) if duty in past)
        rows: list[Row] = []
        barred: set[Assignment] = set()
        parts = [*pieces(problem)]
        for row in chain(*(_rows_of(part, problem) for part in parts), further):
            barred.update(barred_by(row))
            if can_be_broken(row, barred):
                rows.append(row)
        seats = (seat for part in parts for seat in product(part.duties, part.engineers))
        left = [seat for seat in seats if seat[0] not in self.decided and seat not in barred]
        self.open = tuple(sorted(left))
        self._is_open = frozenset(self.open)
        # In an order of their own, so that the order of what was read makes no difference.
        self.rows = sorted(self._meaningful(rows), key=_place)
        self.island = _islands(self.open, self.rows)
        """For each open seat, the number of the island on which it lies."""
        self.islands = 1 + max(self.island.values(), default=0)

    @cached_property
    def by_island(self) -> list[tuple[list[Assignment], list[Row]]]:
        """The open seats of each island, and its rows."""
        found: list[tuple[list[Assignment], list[Row]]] = [([], []) for _ in range(self.islands)]
        for seat, island in self.island.items():
            found[island][0].append(seat)
        for row in self.rows:
            where = [self.island[row.terms[0][1]]] if row.terms else range(self.islands)
            for island in where:
                found[island][1].append(row)
        return found

    def _meaningful(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows over open seats, without those that these seats cannot break."""
        is_open = self._is_open
        for row in rows:
            terms = tuple([term for term in row.terms if term[1] in is_open])
            if not terms and not row.least and (row.most is None or row.most >= 0):
                continue
            lowest = sum([factor for factor, _ in terms if factor < 0])
            highest = sum([factor for factor, _ in terms if factor > 0])
            loose = row.least is None or row.least <= lowest
            if not loose or (row.most is not None and row.most < highest):
                yield Row(row.fact, terms, row.least, row.most)

    def open_terms(self, terms: Terms) -> Terms:
        """The terms whose seats are neither settled nor barred."""
        is_open = self._is_open
        return tuple([term for term in terms if term[1] in is_open])

    def settled_sum(self, terms: Terms) -> int:
        """What settled duties contribute to the terms."""
        if not self.settled:
            return 0
        return sum(factor for factor, seat in terms if seat in self.settled)

    def allows(self, taken: frozenset[Assignment]) -> bool:
        """Whether every row holds when, beside the settled ones, exactly these seats are taken."""
        chosen = frozenset(seat for seat in taken if seat[0] not in self.decided)
        return chosen <= self._is_open and all(_holds(row, chosen) for row in self.rows)


def _rows_of(piece: Piece, whole: Problem) -> Iterator[Row]:
    """The rows of a piece, about the seats of the whole."""
    if piece.problem is whole:
        return remaining_rows(whole)
    duties, engineers = piece.duties, piece.engineers

    def in_whole(terms: Terms) -> Terms:
        return tuple([(factor, (duties[d], engineers[e])) for factor, (d, e) in terms])

    rows = remaining_rows(piece.problem)
    return (Row(row.fact, in_whole(row.terms), row.least, row.most) for row in rows)


def seats_of(problem: Problem, rota: Rota) -> Iterable[Assignment]:
    """The seats that a rota takes, among the problem's duties and engineers."""
    for held in rota:
        if held.duty in problem.duty_index and held.engineer in problem.engineer_index:
            yield problem.duty_index[held.duty], problem.engineer_index[held.engineer]


def _place(row: Row) -> tuple[Terms, int, int]:
    return row.terms, row.least or 0, row.most or 0


def barred_by(row: Row) -> list[Assignment]:
    """The seats that a row alone forbids: those of a sum of plain seats that must be nothing."""
    if row.most == 0 and all(factor > 0 for factor, _ in row.terms):
        return [seat for _, seat in row.terms]
    return []


def can_be_broken(row: Row, barred: Set[Assignment]) -> bool:
    """Whether the row says anything where none of the barred seats is taken."""
    for _, seat in row.terms:  # a loop, as there are hundreds of thousands
        if seat not in barred:
            return True
    return row.asks


def _holds(row: Row, taken: frozenset[Assignment]) -> bool:
    total = sum(factor for factor, seat in row.terms if seat in taken)
    return (row.least is None or row.least <= total) and (row.most is None or total <= row.most)


def _islands(seats: Sequence[Assignment], rows: Iterable[Row]) -> dict[Assignment, int]:
    """Number the groups of seats that neither a person, a duty nor a row holds together.

    Rotations that share nobody are islands: each can be planned by itself, because all aims
    are sums over people or duties.
    """
    by_engineer = grouped((e, d) for d, e in seats)
    groups = _joined([], map(set, by_engineer.values()))
    if len(groups) > 1:  # rows can join no more than one
        groups = _joined(groups, ({d for _, (d, _) in row.terms} for row in rows))
    group_of = {d: n for n, duties in enumerate(groups) for d in duties}
    numbers: dict[int, int] = {}
    return {(d, e): numbers.setdefault(group_of[d], len(numbers)) for d, e in seats}


def _joined(groups: list[set[int]], together: Iterable[set[int]]) -> list[set[int]]:
    """Groups of duties, when these are in one group each."""
    for duties in together:
        touching = [group for group in groups if not group.isdisjoint(duties)]
        if len(touching) != 1 or not duties <= touching[0]:
            groups = [group for group in groups if group.isdisjoint(duties)]
            groups.append(duties.union(*touching))
    return groups
