"""The fewest lines in which a clash can be told, where a few searches find them.

Whatever is given up so that all other facts hold is a correction set; a clash has a fact of each,
so that the fewest lines with a fact of every one found so far are no more than those of any
clash. Either these clash, or they can hold, and what is then given up is one more correction set
("implicit hitting sets", A. Ignatiev, A. Previti, M. Liffiton & J. Marques-Silva, "Smallest MUS
extraction with minimal hitting set dualization", CP 2015).
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.checking.clash import Member, line_of
from planner.model.clock import Clock
from planner.model.search import SEED
from planner.model.solver import FOUND, INFEASIBLE, LEAST, MOST, OPTIMAL, Model, Solver
from planner.model.trial import keeps
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.base import Assignment, Row

SEARCHES, FACTS = 60, 400
"""So many searches among so many facts are cheap."""

EFFORT = 0.1
"""Of one search, in the solver's own deterministic seconds."""


@dataclass(frozen=True)
class FewestLines:
    """``members`` and ``forced`` rows cannot all hold; no member is forced."""

    problem: Problem
    forced: Sequence[Row]
    members: Sequence[Member]
    clock: Clock

    def below(self, lines: int) -> list[Member] | None:
        """Members that clash, in fewer lines than these if all that could share one does.

        ``None`` if there are none, or if that is not cheap to tell.
        """
        if len(self.members) > FACTS:
            return None
        line = [line_of(self.problem, member.fact) for member in self.members]
        corrections: list[list[int]] = []
        for _ in range(SEARCHES):
            chosen = _fewest(line, corrections)
            if chosen is None or len({line[n] for n in chosen}) >= lines:
                return None
            given_up = self._given_up(chosen)
            if given_up is None:
                return None
            if not given_up:
                return [self.members[n] for n in chosen]
            corrections.append(given_up)
        return None

    def _given_up(self, chosen: Sequence[int]) -> list[int] | None:
        """Few members that are broken where the chosen ones hold: none if these clash by
        themselves, ``None`` if that is not known."""
        model, index = Model(), dict[Assignment, int]()
        rows = [row for n in chosen for row in self.members[n].rows]
        for row in (*self.forced, *rows):
            _post(model, index, row)
        others = [n for n in range(len(self.members)) if n not in set(chosen)]
        broken = {n: model.variable() for n in others}
        for n in others:
            for row in self.members[n].rows:
                _post(model, index, row, unless=broken[n])
        model.minimise([(1, each) for each in broken.values()])
        solver = _solver(self.clock)
        status = solver.solve(model)
        if status == INFEASIBLE:
            return []
        if status not in FOUND:
            return None
        values = solver.values
        taken = frozenset(seat for seat, variable in index.items() if values[variable])
        if not all(keeps(row, taken) for row in (*self.forced, *rows)):
            return None
        return [n for n in others if not all(keeps(row, taken) for row in self.members[n].rows)]


def _fewest(line: Sequence[object], corrections: Sequence[Sequence[int]]) -> list[int] | None:
    """Facts of the fewest lines, and of these few and the first, with one of each correction."""
    model = Model()
    some = sorted({n for each in corrections for n in each})
    fact = {n: model.variable() for n in some}
    told = {what: model.variable() for what in dict.fromkeys(line[n] for n in some)}
    for n in some:
        model.post_or([-1 - fact[n], told[line[n]]])
    for each in corrections:
        model.post_or([fact[n] for n in each])
    most = len(line) + 1
    weights = [(most, each) for each in told.values()] + [(1, each) for each in fact.values()]
    model.minimise(weights)
    solver = _solver(None)
    if solver.solve(model) != OPTIMAL:
        return None
    values = solver.values
    return [n for n in some if values[fact[n]]]


def _post(model: Model, index: dict[Assignment, int], row: Row, unless: int | None = None) -> None:
    terms = []
    for factor, seat in row.terms:
        if seat not in index:
            index[seat] = model.variable()
        terms.append((factor, index[seat]))
    least = LEAST if row.least is None else row.least
    most = MOST if row.most is None else row.most
    model.post_sum(terms, least, most, () if unless is None else (-1 - unless,))


def _solver(clock: Clock | None) -> Solver:
    solver = Solver()
    solver.parameters.random_seed = SEED
    # Questions of milliseconds: looking at the model first takes longer than it saves.
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 0
    solver.parameters.max_deterministic_time = EFFORT
    if clock is not None and clock.left is not None:
        solver.parameters.max_time_in_seconds = clock.left
    return solver
