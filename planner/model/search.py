"""One call of the solver: parameters that repeat exactly, and an answer that is not garbage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, Protocol

from planner.model import solver as cp
from planner.model.clock import Clock
from planner.model.seats import SeatModel
from planner.model.solver import Solver
from planner.records import dataclass
from planner.rules.base import Assignment

SEED = 1
SMALL = 250
"""With fewer open seats, as in a quarter of nine people, looking at the model first costs more than
it saves, and beginning with its last variables, which are costs, saves a sixth besides."""


def is_small(model: SeatModel) -> bool:
    """Whether what a search costs is mostly its start."""
    return len(model.index) < SMALL


Status = Literal["optimal", "found", "infeasible", "unknown"]
_STATUS: dict[cp.Status, Status] = {
    cp.OPTIMAL: "optimal",
    cp.FEASIBLE: "found",
    cp.INFEASIBLE: "infeasible",
}


class ProgressCallback(Protocol):
    """Is told the objective's ``value`` or its ``bound`` whenever one of them moves."""

    def __call__(self, **moved: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """``taken`` are the open seats that the best solution found takes.

    ``bound`` is what is proven of the objective, if there was one.
    """

    status: Status
    taken: frozenset[Assignment] | None = None
    bound: float = 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """How long a search may take, and how it goes about it.

    At most ``share`` of the time that is left on the clock, or so many ``seconds`` whatever the
    clock says; ``effort`` is a limit in the solver's own deterministic seconds. A ``thorough``
    search first looks long at the model, which pays off where proofs are hard; one with ``cuts``
    only tightens the relaxation with them, which is often enough. A ``plain`` one
    does without a linear relaxation: where another search is in doubt, it decides.
    """

    share: float = 1.0
    effort: float | None = None
    cuts: bool = False
    thorough: bool = False
    seconds: float | None = None
    plain: bool = False

    def on(self, clock: Clock) -> float | None:
        """The limit in seconds, if there is any."""
        if self.seconds is not None or clock.left is None:
            return self.seconds
        return max(0.01, clock.left * self.share)


def search(
    model: SeatModel,
    clock: Clock,
    minimise: Mapping[int, int],
    options: Options,
    *,
    hint: Collection[Assignment] | None = None,
    on_progress: ProgressCallback | None = None,
    any_will_do: bool = False,
) -> Answer:
    """Solve the model as it stands.

    ``minimise`` has a factor a variable; if ``any_will_do``, the first solution ends the search,
    and its bound is none. One worker and a fixed seed repeat exactly. Without gap limits,
    "optimal" means that bound and value are equal.
    """
    _pose(model, minimise, hint)
    solver = new_solver(options, options.on(clock))
    if is_small(model) and not (options.thorough or options.plain):
        solver.parameters.cp_model_presolve = False
        solver.parameters.preferred_variable_order = cp.LAST_FIRST
    solver.parameters.stop_after_first_solution = any_will_do
    if on_progress is not None:
        solver.watch(lambda value: on_progress(value=value), lambda bound: on_progress(bound=bound))
    ended = clock.run(solver, model)
    assert ended != cp.MODEL_INVALID, model.invalid()
    status = _STATUS.get(ended, "unknown")
    if status == "infeasible":
        return Answer(status)
    if status == "unknown":
        return Answer(status, None, solver.bound)
    values = solver.values
    taken = frozenset(seat for seat, n in model.index.items() if values[n])
    return Answer(status, taken, solver.bound)


def _pose(
    model: SeatModel, minimise: Mapping[int, int], hint: Collection[Assignment] | None
) -> None:
    """Give the model its objective and its hints, in place of earlier ones."""
    model.minimise([(factor, variable) for variable, factor in minimise.items()])
    hinted = model.index.items() if hint is not None else ()
    model.hint([(variable, int(seat in (hint or ()))) for seat, variable in hinted])


def new_solver(options: Options, until: float | None) -> Solver:
    """A solver that repeats exactly, with at most so many seconds."""
    solver = Solver()
    parameters = solver.parameters
    parameters.random_seed = SEED
    parameters.catch_sigint_signal = False
    parameters.relative_gap_limit = 0.0
    parameters.absolute_gap_limit = 0.0
    # Measured on quarters of four to years of two hundred (tests/benchmarks/README.md): a tight
    # relaxation, and no long presolve, which mostly costs more than it saves.
    parameters.linearization_level = 0 if options.plain else 2
    parameters.exploit_all_lp_solution = True
    parameters.add_lp_constraints_lazily = False
    if not options.thorough:
        parameters.max_presolve_iterations = 1
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        if not options.cuts:
            parameters.cut_level = 0
        parameters.hint_conflict_limit = 0
    if options.effort is not None:
        parameters.max_deterministic_time = options.effort
    if until is not None:
        parameters.max_time_in_seconds = until
    return solver
