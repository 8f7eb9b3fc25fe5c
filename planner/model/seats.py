"""Seats as variables, and rows as constraints over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from planner.domain import Duty, Rota
from planner.problem import Problem
from planner.rules import RULES
from planner.rules.base import Row, Seat, Terms


class SeatModel:
    """A CP-SAT model with one Boolean per seat, in which every rule's rows hold.

    Seats that a single row rules out by itself (somebody away, not a member …) get no variable:
    they are ``barred``. The rows are the rules' own; nothing is left out that a row did not say.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        rows = [row for rule in RULES for row in rule.rows(problem)]
        self.barred = frozenset(seat for row in rows for seat in _barred_by(row))
        self.taken: dict[Seat, cp_model.IntVar] = {
            (d, e): self.cp.new_bool_var("")
            for d in range(len(problem.duties))
            for e in range(len(problem.engineers))
            if (d, e) not in self.barred
        }
        for row in rows:
            if not _barred_by(row):
                self._post(row)

    def _post(self, row: Row) -> None:
        variables = [self.taken[seat] for _, seat in row.terms if seat in self.taken]
        factors = [factor for factor, seat in row.terms if seat in self.taken]
        unit = all(factor == 1 for factor in factors)
        if unit and row.most == 1 and row.least == 1:
            self.cp.add_exactly_one(variables)
        elif unit and row.most == 1 and not row.least:
            self.cp.add_at_most_one(variables)
        else:
            total = cp_model.LinearExpr.weighted_sum(variables, factors)
            self.cp.add_linear_constraint(
                total,
                cp_model.INT32_MIN if row.least is None else row.least,
                cp_model.INT32_MAX if row.most is None else row.most,
            )

    def switch(self) -> cp_model.IntVar:
        """A Boolean that decides whether what is posted under it counts; see :meth:`turn`."""
        return self.cp.new_bool_var("")

    def turn(self, switch: cp_model.IntVar, on: bool) -> None:
        """Turn a switch on or off for the searches that follow."""
        domain = self.cp.proto.variables[switch.index].domain
        domain[0] = domain[1] = int(on)

    def open_terms(self, terms: Terms) -> list[tuple[int, cp_model.IntVar]]:
        """The terms whose seats are not barred, with their variables."""
        return [(factor, self.taken[seat]) for factor, seat in terms if seat in self.taken]

    def rota(self, taken: Iterable[Seat]) -> Rota:
        """The rota in which exactly these seats are taken."""
        holders: dict[Duty, str | None] = dict.fromkeys(self.problem.duties)
        for d, e in sorted(taken):
            holders[self.problem.duties[d]] = self.problem.engineers[e].name
        return Rota.of(holders)


def weighted(terms: Sequence[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExpr:
    """A weighted sum of variables."""
    return cp_model.LinearExpr.weighted_sum([v for _, v in terms], [f for f, _ in terms])


def _barred_by(row: Row) -> list[Seat]:
    """The seats that a row alone forbids: those of a sum of plain seats that must be nothing."""
    if row.most == 0 and all(factor > 0 for factor, _ in row.terms):
        return [seat for _, seat in row.terms]
    return []
