"""CP-SAT as this room speaks to it: models over whole numbers by their index, and one search.

Taken from the solver's core. Its usual front, ``cp_model``, loads pandas for what is not used
here, which takes twice as long as planning a quarter of four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeAlias

from ortools.sat.python import cp_model_helper as core

Status: TypeAlias = Any
OPTIMAL: Status = core.CpSolverStatus.OPTIMAL
FEASIBLE: Status = core.CpSolverStatus.FEASIBLE
INFEASIBLE: Status = core.CpSolverStatus.INFEASIBLE
UNKNOWN: Status = core.CpSolverStatus.UNKNOWN
MODEL_INVALID: Status = core.CpSolverStatus.MODEL_INVALID
FOUND = (OPTIMAL, FEASIBLE)

LAST_FIRST: Any = core.SatParameters.VariableOrder.IN_REVERSE_ORDER

LEAST, MOST = -(2**63), 2**63 - 1

Term: TypeAlias = tuple[int, int]
"""A factor and the index of a variable."""


def negated(literal: int) -> int:
    """The literal that is true where this one is not."""
    return -1 - literal


class Model:
    """Variables and constraints, written straight into the solver's own format.

    Expressions would take most of the time of building a model.
    """

    def __init__(self) -> None:
        self.proto: Any = core.CpModelProto()
        self._variables, self._constraints = self.proto.variables, self.proto.constraints
        self._last = -1
        """The index of the last variable."""

    def variable(self, least: int = 0, most: int = 1) -> int:
        """A new whole number between two bounds, by its index."""
        self._variables.add().domain.extend((least, most))
        self._last += 1
        return self._last

    def confine(self, variable: int, least: int, most: int) -> None:
        """Narrow the bounds of a variable."""
        domain = self.proto.variables[variable].domain
        domain[0], domain[1] = least, most

    def bounds(self, variable: int) -> tuple[int, int]:
        """Between which whole numbers a variable lies."""
        domain = self.proto.variables[variable].domain
        return domain[0], domain[1]

    def post(
        self,
        variables: Sequence[int],
        factors: Sequence[int],
        least: int,
        most: int,
        switch: int | None = None,
    ) -> None:
        """Bound a weighted sum of variables; with a switch, only while that is on."""
        when = () if switch is None else (switch,)
        self._linear(variables, factors, (least, most), when)

    def post_sum(
        self, terms: Iterable[Term], least: int = LEAST, most: int = MOST, when: Iterable[int] = ()
    ) -> None:
        """Bound a sum in which a variable may come twice, while all of ``when`` are true."""
        factors: Counter[int] = Counter()
        for factor, variable in terms:
            factors[variable] += factor
        variables = sorted(factors)
        self._linear(variables, [factors[one] for one in variables], (least, most), when)

    def _linear(
        self,
        variables: Sequence[int],
        factors: Sequence[int],
        domain: tuple[int, int],
        when: Iterable[int],
    ) -> None:
        constraint = self._constraints.add()
        if when:
            constraint.enforcement_literal.extend(list(when))
        linear = constraint.linear
        linear.vars.extend(variables)
        linear.coeffs.extend(factors)
        linear.domain.extend(domain)

    def post_or(self, literals: Iterable[int]) -> None:
        """At least one of the literals is true; −i − 1 stands for "not i"."""
        self.proto.constraints.add().bool_or.literals.extend(list(literals))

    def post_one(self, literals: Iterable[int], *, exactly: bool) -> None:
        """Exactly or at most one of the literals is true."""
        constraint = self.proto.constraints.add()
        kind = constraint.exactly_one if exactly else constraint.at_most_one
        kind.literals.extend(list(literals))

    def minimise(self, terms: Collection[Term]) -> None:
        """Make a sum least, in place of what was asked for before."""
        self.proto.clear_objective()
        objective = self.proto.objective
        objective.vars.extend([variable for _, variable in terms])
        objective.coeffs.extend([factor for factor, _ in terms])

    def hint(self, values: Collection[tuple[int, int]]) -> None:
        """Tell values, by variable, near which a solution may lie, in place of earlier hints."""
        self.proto.clear_solution_hint()
        if values:
            hinted = self.proto.solution_hint
            hinted.vars.extend([variable for variable, _ in values])
            hinted.values.extend([value for _, value in values])

    def copy(self) -> Model:
        """The same model once more."""
        copied = Model()
        copied.proto.copy_from(self.proto)
        copied._last = self._last
        return copied

    def invalid(self) -> str:
        """What the solver finds wrong with the model itself."""
        return str(core.CpSatHelper.validate_model(self.proto))


class Solver:
    """One search, with its parameters and what came of it."""

    def __init__(self) -> None:
        self.parameters: Any = core.SatParameters()
        self.parameters.num_workers = 1
        self._search = core.SolveWrapper()
        self._response: Any = None

    def watch(self, solution: Callable[[float], None], bound: Callable[[float], None]) -> None:
        """Be told the objective's value of every solution found, and each better bound."""
        self.on_solution(lambda found: solution(found.ObjectiveValue()))
        self._search.add_best_bound_callback(bound)

    def on_solution(self, told: Callable[[Any], None]) -> None:
        """Be told of every solution found."""
        self._listener = _Listener(told)
        self._search.add_solution_callback(self._listener)

    def solve(self, model: Model) -> Status:
        """Search, and say how that ended."""
        self._search.set_parameters(self.parameters)
        solve: Any = self._search.solve
        self._response = solve(model.proto)
        return self._response.status

    def stop(self) -> None:
        """End the search, from whatever thread."""
        self._search.stop_search()

    @property
    def values(self) -> Sequence[int]:
        """The best solution's value of every variable, by index."""
        found: Sequence[int] = self._response.solution
        return found

    @property
    def bound(self) -> int:
        """What is proven of the objective, as a whole number: as a float, presolving may shift it
        (docs/cp-sat.md)."""
        return int(self._response.inner_objective_lower_bound)


class _Listener(core.SolutionCallback):  # type: ignore[misc, unused-ignore]
    def __init__(self, told: Callable[[Any], None]) -> None:
        super().__init__()
        self._told = told

    def OnSolutionCallback(self) -> None:  # noqa: N802 (the solver's own name)
        self._told(self)
