"""Every rota that the rows of the rules allow; for tiny teams only."""

from __future__ import annotations

from typing import Any

from planner.domain import Rota
from planner.model.open_seats import ReducedProblem
from planner.model.seats import SeatModel, rota_of
from planner.model.solver import Solver
from planner.problem import Problem


def enumerate_rotas(problem: Problem) -> list[Rota]:
    """All rotas that satisfy every rule, as the solver sees the rules."""
    model = SeatModel(ReducedProblem(problem))
    rotas: list[Rota] = []

    def found(solution: Any) -> None:
        taken = [s for s, n in model.index.items() if solution.SolutionIntegerValue(n)]
        rotas.append(rota_of(problem, model.reduced.settled.union(taken)))

    solver = Solver()
    solver.parameters.enumerate_all_solutions = True
    solver.on_solution(found)
    solver.solve(model)
    return rotas
