"""Seats as variables, and rows as constraints over them."""

from __future__ import annotations

from collections.abc import Collection

from planner.domain import Duty, Rota
from planner.model.open_seats import ReducedProblem, seats_of
from planner.model.solver import Model
from planner.problem import Problem
from planner.rules.base import Assignment, Row, Terms

UNLIMITED = 2**31


class SeatModel(Model):
    """A CP-SAT model with one Boolean per open seat, in which every rule's rows hold.

    ``island`` restricts it to one of the reduced problem's islands. The rows are the rules' own;
    nothing is left out that a row did not say.
    """

    def __init__(self, reduced: ReducedProblem, island: int | None = None) -> None:
        self.reduced = reduced
        super().__init__()
        self._any_of: dict[tuple[Assignment, ...], int] = {}
        whole = reduced.open, reduced.rows
        seats, rows = whole if island is None else reduced.by_island[island]
        self.index = {seat: self.variable() for seat in seats}
        for row in rows:
            self._post(row)

    def _post(self, row: Row) -> None:
        unit = all(factor == 1 for factor, _ in row.terms)
        if unit and row.most == 1 and row.terms:
            literals = [self.index[seat] for _, seat in row.terms]
            if row.least == 1:
                self.post_one(literals, exactly=True)
            elif not row.least:
                self.post_one(literals, exactly=False)
        if not unit or row.most != 1 or (row.least or 0) > 1 or not row.terms:
            least = -UNLIMITED if row.least is None else row.least
            most = UNLIMITED if row.most is None else row.most
            self.post_terms(row.terms, least, most)

    def post_terms(self, terms: Terms, least: int, most: int, switch: int | None = None) -> None:
        """Bound a weighted sum of seats; with a switch, only while that is on."""
        variables = [self.index[seat] for _, seat in terms]
        self.post(variables, [factor for factor, _ in terms], least, most, switch)

    def any_of(self, seats: tuple[Assignment, ...]) -> int:
        """A Boolean that says whether any of these seats is taken."""
        if seats not in self._any_of:
            taken, found = [self.index[seat] for seat in seats], self.variable()
            for each in taken:
                self.post_or([found, -1 - each])
            self.post_or([-1 - found, *taken])
            self._any_of[seats] = found
        return self._any_of[seats]

    def exclude(self, rota: Rota) -> None:
        """Allow every rota but this one."""
        seats = frozenset(seats_of(self.reduced.problem, rota))
        held = {d for d, _ in seats}
        given_up = [-1 - index for seat, index in self.index.items() if seat in seats]
        newly_filled = [index for (d, _), index in self.index.items() if d not in held]
        self.post_or([*given_up, *newly_filled])


def rota_of(problem: Problem, taken: Collection[Assignment]) -> Rota:
    """The rota in which exactly these seats are taken."""
    holders: dict[Duty, str | None] = dict.fromkeys(problem.duties)
    for d, e in sorted(taken):
        holders[problem.duties[d]] = problem.engineers[e].name
    return Rota.of(holders)
