"""Seats as variables, and rows as constraints over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ortools.sat.python import cp_model

from planner.domain import Duty, Rota
from planner.model.open_seats import Ground, seats_of
from planner.problem import Problem
from planner.rules.base import Assignment, Row, Terms

UNLIMITED = 2**31


class SeatModel:
    """A CP-SAT model with one Boolean per open seat, in which every rule's rows hold.

    ``seats`` restricts it to one island of the ground. The rows are the rules' own; nothing is
    left out that a row did not say.
    """

    def __init__(self, ground: Ground, seats: Iterable[Assignment] | None = None) -> None:
        self.ground = ground
        self.cp = cp_model.CpModel()
        self.taken: dict[Assignment, cp_model.IntVar] = {
            seat: self.cp.new_bool_var("") for seat in (ground.open if seats is None else seats)
        }
        self.index = {seat: variable.index for seat, variable in self.taken.items()}
        self.rows = [row for row in ground.rows if not row.terms or row.terms[0][1] in self.index]
        for row in self.rows:
            self._post(row)

    def _post(self, row: Row) -> None:
        unit = all(factor == 1 for factor, _ in row.terms)
        if unit and row.most == 1 and row.terms:
            literals = [self.index[seat] for _, seat in row.terms]
            constraint = self.cp.proto.constraints.add()
            if row.least == 1:
                constraint.exactly_one.literals.extend(literals)
            elif not row.least:
                constraint.at_most_one.literals.extend(literals)
        if not unit or row.most != 1 or (row.least or 0) > 1 or not row.terms:
            least = -UNLIMITED if row.least is None else row.least
            most = UNLIMITED if row.most is None else row.most
            self.post_terms(row.terms, least, most)

    def post_terms(self, terms: Terms, least: int, most: int, switch: int | None = None) -> None:
        """Bound a weighted sum of seats; with a switch, only while that is on."""
        variables = [self.index[seat] for _, seat in terms]
        self.post(variables, [factor for factor, _ in terms], least, most, switch)

    def post(
        self,
        variables: Sequence[int],
        factors: Sequence[int],
        least: int,
        most: int,
        switch: int | None = None,
    ) -> None:
        """Bound a weighted sum of variables, given by their indices.

        Written straight into the model: expressions would take most of the time of building it.
        """
        constraint = self.cp.proto.constraints.add()
        if switch is not None:
            constraint.enforcement_literal.append(switch)
        linear = constraint.linear
        linear.vars.extend(list(variables))
        linear.coeffs.extend(list(factors))
        linear.domain.extend([least, most])

    def post_or(self, literals: Iterable[int]) -> None:
        """At least one of the literals is true; −i − 1 stands for "not i"."""
        self.cp.proto.constraints.add().bool_or.literals.extend(list(literals))

    def variable(self, least: int, most: int) -> int:
        """A new whole number between two bounds, by its index."""
        return self.cp.new_int_var(least, most, "").index

    def confine(self, variable: int, least: int, most: int) -> None:
        """Narrow the bounds of a variable."""
        domain = self.cp.proto.variables[variable].domain
        domain[0], domain[1] = least, most

    def bounds(self, variable: int) -> tuple[int, int]:
        """Between which whole numbers a variable lies."""
        domain = self.cp.proto.variables[variable].domain
        return domain[0], domain[1]

    def exclude(self, rota: Rota) -> None:
        """Allow every rota but this one."""
        seats = frozenset(seats_of(self.ground.problem, rota))
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


def weighted(terms: Sequence[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExpr:
    """A weighted sum of variables."""
    return cp_model.LinearExpr.weighted_sum([v for _, v in terms], [f for f, _ in terms])
