"""One call of the solver: parameters that repeat exactly, and an answer that is not garbage."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Literal

from ortools.sat.python import cp_model

from planner.model.seats import SeatModel
from planner.rules.base import Seat

SEED = 1
Status = Literal["optimal", "found", "infeasible", "unknown"]
_STATUS: dict[cp_model.CpSolverStatus, Status] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "found",
    cp_model.INFEASIBLE: "infeasible",
}


class Clock:
    """What is left of a time limit in seconds; ``None`` is no limit."""

    def __init__(self, limit: float | None) -> None:
        self._started = monotonic()
        self._limit = limit

    @property
    def spent(self) -> float:
        return monotonic() - self._started

    @property
    def left(self) -> float | None:
        return None if self._limit is None else max(0.0, self._limit - self.spent)


@dataclass(frozen=True, slots=True)
class Answer:
    """``taken`` are the seats of the best solution found, settled ones included.

    ``bound`` is what is proven of the objective, if there was one.
    """

    status: Status
    taken: frozenset[Seat] | None = None
    bound: float = 0.0


def search(
    model: SeatModel,
    clock: Clock,
    minimise: cp_model.LinearExprT | None = None,
    hint: frozenset[Seat] | None = None,
    share: float = 1.0,
    effort: float | None = None,
) -> Answer:
    """Solve the model as it stands, with at most ``share`` of the time that is left.

    ``effort`` is a limit in the solver's own, repeatable time, of about a second each. One worker
    and a fixed seed repeat exactly. Without gap limits, "optimal" means that bound and value are
    equal.
    """
    cp = model.cp
    cp.clear_objective()  # type: ignore[no-untyped-call]
    cp.clear_hints()  # type: ignore[no-untyped-call]
    if minimise is not None:
        cp.minimize(minimise)
    if hint is not None:
        for seat, variable in model.taken.items():
            cp.add_hint(variable, seat in hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.relative_gap_limit = 0.0
    solver.parameters.absolute_gap_limit = 0.0
    # A tighter relaxation: half the time of the default on quarters of four and years of twelve.
    solver.parameters.linearization_level = 2
    if clock.left is not None:
        solver.parameters.max_time_in_seconds = max(0.01, clock.left * share)
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    status = _STATUS.get(solver.solve(cp), "unknown")
    if status in ("infeasible", "unknown"):
        bound = solver.best_objective_bound if status == "unknown" and minimise is not None else 0.0
        return Answer(status, None, bound)
    taken = (seat for seat, variable in model.taken.items() if solver.value(variable))
    return Answer(status, model.settled.union(taken), solver.best_objective_bound)
