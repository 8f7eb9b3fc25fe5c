"""Seats as variables, and rows as constraints over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from planner.domain import Duty, Rota
from planner.problem import Problem
from planner.rules.base import Row, Seat, Terms
from planner.rules.remaining import remaining_rows


class SeatModel:
    """A CP-SAT model with one Boolean per seat, in which every rule's rows hold.

    Duties that the problem has settled are past: their holders are given and what they break is
    not judged again, but they count in every row and cost that reaches beyond them. Of the
    others, seats that a single row rules out by itself (somebody away, not a member …) get no
    variable: they are barred. The rows are the rules' own; nothing is left out that no row said.
    """

    def __init__(self, problem: Problem, further: Iterable[Row] = ()) -> None:
        """``further`` rows hold as well as the rules'."""
        self.problem = problem
        self.cp = cp_model.CpModel()
        past = problem.settled
        self.settled = frozenset(seats_of(problem, past))
        self.decided = frozenset(d for d, duty in enumerate(problem.duties) if duty in past)
        self.rows = [*remaining_rows(problem), *further]
        barred = {seat for row in self.rows for seat in _barred_by(row)}
        self.taken: dict[Seat, cp_model.IntVar] = {
            (d, e): self.cp.new_bool_var("")
            for d in range(len(problem.duties))
            for e in range(len(problem.engineers))
            if d not in self.decided and (d, e) not in barred
        }
        for row in self.rows:
            if not _barred_by(row):
                self._post(row)

    def _post(self, row: Row) -> None:
        open_terms = self.open_terms(row.terms)
        unit = all(factor == 1 for factor, _ in open_terms)
        if unit and row.most == 1 and row.least == 1:
            self.cp.add_exactly_one([variable for _, variable in open_terms])
        elif unit and row.most == 1 and not row.least:
            self.cp.add_at_most_one([variable for _, variable in open_terms])
        else:
            self.cp.add_linear_constraint(
                weighted(open_terms),
                cp_model.INT32_MIN if row.least is None else row.least,
                cp_model.INT32_MAX if row.most is None else row.most,
            )

    def exclude(self, rota: Rota) -> None:
        """Allow every rota but this one."""
        seats = frozenset(seats_of(self.problem, rota))
        held = {d for d, _ in seats}
        given_up = [~variable for seat, variable in self.taken.items() if seat in seats]
        newly_filled = [variable for (d, _), variable in self.taken.items() if d not in held]
        self.cp.add_bool_or([*given_up, *newly_filled])

    def allows(self, taken: frozenset[Seat]) -> bool:
        """Whether every row holds when exactly these seats are taken."""
        return all(_holds(row, taken) for row in self.rows)

    def switch(self) -> cp_model.IntVar:
        """A Boolean that decides whether what is posted under it counts; see :meth:`turn`."""
        return self.cp.new_bool_var("")

    def turn(self, switch: cp_model.IntVar, on: bool) -> None:
        """Turn a switch on or off for the searches that follow."""
        domain = self.cp.proto.variables[switch.index].domain
        domain[0] = domain[1] = int(on)

    def open_terms(self, terms: Terms) -> list[tuple[int, cp_model.IntVar]]:
        """The terms whose seats are neither settled nor barred, with their variables."""
        return [(factor, self.taken[seat]) for factor, seat in terms if seat in self.taken]

    def settled_sum(self, terms: Terms) -> int:
        """What settled duties contribute to the terms."""
        return sum(factor for factor, seat in terms if seat in self.settled)

    def rota(self, taken: Iterable[Seat]) -> Rota:
        """The rota in which exactly these seats are taken."""
        holders: dict[Duty, str | None] = dict.fromkeys(self.problem.duties)
        for d, e in sorted(taken):
            holders[self.problem.duties[d]] = self.problem.engineers[e].name
        return Rota.of(holders)


def seats_of(problem: Problem, rota: Rota) -> Iterable[Seat]:
    """The seats that a rota takes, among the problem's duties and engineers."""
    for held in rota:
        if held.duty in problem.duty_index and held.engineer in problem.engineer_index:
            yield problem.duty_index[held.duty], problem.engineer_index[held.engineer]


def weighted(terms: Sequence[tuple[int, cp_model.IntVar]]) -> cp_model.LinearExpr:
    """A weighted sum of variables."""
    return cp_model.LinearExpr.weighted_sum([v for _, v in terms], [f for f, _ in terms])


def _barred_by(row: Row) -> list[Seat]:
    """The seats that a row alone forbids: those of a sum of plain seats that must be nothing."""
    if row.most == 0 and all(factor > 0 for factor, _ in row.terms):
        return [seat for _, seat in row.terms]
    return []


def _holds(row: Row, taken: frozenset[Seat]) -> bool:
    total = sum(factor for factor, seat in row.terms if seat in taken)
    return (row.least is None or row.least <= total) and (row.most is None or total <= row.most)
