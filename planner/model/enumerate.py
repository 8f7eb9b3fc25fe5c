"""Every rota that the rows of the rules allow; for tiny teams only."""

from __future__ import annotations

from ortools.sat.python import cp_model

from planner.domain import Rota
from planner.model.seats import SeatModel
from planner.problem import Problem


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: SeatModel) -> None:
        super().__init__()
        self.model = model
        self.rotas: list[Rota] = []

    def on_solution_callback(self) -> None:
        taken = [seat for seat, variable in self.model.taken.items() if self.value(variable)]
        self.rotas.append(self.model.rota(taken))


def enumerate_rotas(problem: Problem) -> list[Rota]:
    """All rotas that satisfy every rule, as the solver sees the rules."""
    model = SeatModel(problem)
    collector = _Collector(model)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    solver.solve(model.cp, collector)
    return collector.rotas
