"""Every rota that the rows of the rules allow; for tiny teams only."""

from __future__ import annotations

from ortools.sat.python import cp_model

from planner.domain import Rota
from planner.model.open_seats import Ground
from planner.model.seats import SeatModel, rota_of
from planner.problem import Problem


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, problem: Problem, model: SeatModel) -> None:
        super().__init__()
        self.problem, self.model = problem, model
        self.rotas: list[Rota] = []

    def on_solution_callback(self) -> None:
        taken = [seat for seat, variable in self.model.taken.items() if self.value(variable)]
        self.rotas.append(rota_of(self.problem, self.model.ground.settled.union(taken)))


def enumerate_rotas(problem: Problem) -> list[Rota]:
    """All rotas that satisfy every rule, as the solver sees the rules."""
    model = SeatModel(Ground(problem))
    collector = _Collector(problem, model)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    solver.solve(model.cp, collector)
    return collector.rotas
