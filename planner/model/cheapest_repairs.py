"""The cheapest sets of steps that make the impossible possible, one set after the other.

Every row that people could agree to bend gets a yes-or-no variable that bends it. The cheapest
choice that leaves a rota is a repair; it is then forbidden, with all that contain it, and so the
next cheapest follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from planner.domain import DutyWeek, Rota, Swap
from planner.model.clock import Clock
from planner.model.open_seats import barred_by, can_be_broken
from planner.model.search import Options, new_solver
from planner.model.solver import FOUND, OPTIMAL, UNKNOWN, Model, Solver, negated
from planner.model.trial import post_totals
from planner.problem import Problem
from planner.rules import rule_of
from planner.rules.agreed import UndoSwap
from planner.rules.base import Assignment, Fact, Row, Step
from planner.rules.remaining import remaining_rows

SHARE = 0.3
"""How much of the time that is left one question may take."""

EFFORTS = (1.0, 8.0)
"""Most effort for one question, in the solver's own deterministic seconds; the second only where
the first found nothing at all."""

MOST_OF_ONE_MAKE = 2
"""After so many repairs of one make, other kinds of steps are offered."""

MOST_FAILURES = 4
"""Steps may get in each other's way: a swap undone no longer excuses two weeks running."""


class WaysOut:
    """Sets of steps that leave a rota, cheapest first.

    Whoever asks says of each whether it worked. ``proven`` holds as long as no cheaper one can
    have been missed; ``rota`` is one that the last steps leave. Where one make of repair
    (vacations moved and limits raised, say) has worked twice, other kinds of steps follow, as
    far as there are any.
    """

    def __init__(self, problem: Problem, clock: Clock) -> None:
        self.problem, self.clock = problem, clock
        self.makes: Counter[frozenset[str]] = Counter()
        self.failures = 0
        self.proven = True
        self.exhausted = False
        self.chosen: list[Step] = []
        self.rota = problem.settled
        self.model = Model()
        every = list(remaining_rows(problem))
        rows = list(self._over_open_seats(every))
        self.taken: dict[Assignment, int] = {}
        for seat in sorted({seat for row in rows for _, seat in row.terms}):
            self.taken[seat] = self.model.variable()
        self.bends: dict[Step, int] = {}
        for row in rows:
            self._post(row)
        self._post_unexcused({row.fact for row in every})
        asked = [(row, self._given_up(row)) for row in rows if row.asks]
        bendable = [replace(row, most=len(row.terms)) if row.most else row for row in rows]
        post_totals(self.model, self.taken, bendable, asked)
        costs = [(self._cost(bend), variable) for bend, variable in self.bends.items()]
        self.model.minimise([cost for cost in costs if cost[0]])

    def _over_open_seats(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows without the seats that no step could make anybody's."""
        firm = (row for row in rows if barred_by(row) and next(self._bends(row), None) is None)
        barred = {seat for row in firm for seat in barred_by(row)}
        for row in rows:
            if can_be_broken(row, barred):
                yield replace(row, terms=tuple([t for t in row.terms if t[1] not in barred]))

    def next(self) -> tuple[Step, ...] | None:
        """The cheapest steps not named yet; ``None`` if there are none, or no time is left."""
        if self.exhausted:
            return None
        for effort in EFFORTS:
            solver = self._solver(effort)
            status = solver.solve(self.model)
            if status != UNKNOWN:
                break
        if status not in FOUND:
            return None
        if status != OPTIMAL and self.makes:
            return None
        if status != OPTIMAL:
            self.proven = False
            solver = self._needed_only(solver)
        holders = {duty: self.problem.settled.holder(duty) for duty in self.problem.duties}
        values = solver.values
        for (d, e), variable in self.taken.items():
            if values[variable]:
                holders[self.problem.duties[d]] = self.problem.engineers[e].name
        self.rota = Rota.of(holders)
        self.chosen = [bend for bend, variable in self.bends.items() if values[variable]]
        smaller = {bend.after for bend in self.chosen}
        steps = (b.taken(self.problem, self.rota) for b in self.chosen if b not in smaller)
        return tuple(step for step in steps if step is not None)

    def _cost(self, bend: Step) -> int:
        """What the bend adds to the repair."""
        return bend.cost(self.problem) - (bend.after.cost(self.problem) if bend.after else 0)

    def _given_up(self, row: Row) -> int | None:
        """The variable by which less than the row asks for is enough."""
        return next((self.bends[bend] for bend in self._bends(row)), None)

    def _solver(self, effort: float) -> Solver:
        options = Options(SHARE, effort)
        return new_solver(options, options.on(self.clock))

    def _needed_only(self, hasty: Solver) -> Solver:
        """The same rota with no idle bends, which a search cut short may have chosen."""
        settled, values = self.model.copy(), hasty.values
        for variable in self.taken.values():
            settled.confine(variable, values[variable], values[variable])
        solver = self._solver(EFFORTS[0])
        return solver if solver.solve(settled) in FOUND else hasty

    def worked(self, steps: Iterable[Step]) -> None:
        """These steps were tried and gave a rota."""
        self.model.post_or([negated(self.bends[bend]) for bend in self.chosen])
        steps = list(steps)
        make = frozenset(step.kind for step in steps)
        self.makes[make] += 1
        if self.makes[make] == MOST_OF_ONE_MAKE:
            self.exhausted = all(step.plain for step in steps)
            self._forbid({step.kind for step in steps if not step.plain})

    def failed(self) -> None:
        """The last steps did not work after all; after a few, only the plainest are named."""
        others = [variable for bend, variable in self.bends.items() if bend not in self.chosen]
        self.model.post_or([*(negated(self.bends[bend]) for bend in self.chosen), *others])
        self.failures += 1
        if self.failures == MOST_FAILURES:
            self._forbid({bend.kind for bend in self.bends if not bend.plain})

    def _forbid(self, kinds: Collection[str]) -> None:
        """No step of these kinds any more."""
        for bend, variable in self.bends.items():
            if bend.kind in kinds:
                self.model.post_sum([(1, variable)], 0, 0)

    def _post_unexcused(self, known: set[Fact]) -> None:
        """Rows that only agreed swaps excuse hold where those are undone."""
        agreed = [swap for swap in self.problem.team.swaps if swap.agreed]
        if not agreed:
            return
        proposed = tuple(swap for swap in self.problem.team.swaps if not swap.agreed)
        team = replace(self.problem.team, swaps=proposed)
        for row in remaining_rows(replace(self.problem, team=team)):
            fact = row.fact
            if fact in known or fact.week is None or row.most is None:
                continue
            weeks = (fact.week, fact.week.later(-1))
            undone = [self.bends.get(UndoSwap(s)) for s in agreed if _excuses(s, fact, weeks)]
            known_undone = [variable for variable in undone if variable is not None]
            if undone and len(known_undone) == len(undone):
                bends = [(-1, self._variable(bend)) for bend in self._bends(row)]
                terms = [(factor, self.taken[s]) for factor, s in row.terms if s in self.taken]
                self.model.post_sum([*terms, *bends], most=row.most, when=known_undone)

    def _post(self, row: Row) -> None:
        """The row, less strict by as much as the bends chosen for it."""
        terms = [(factor, self.taken[seat]) for factor, seat in row.terms]
        bends = [self._variable(bend) for bend in self._bends(row)]
        if row.most is not None:
            looser = () if row.asks else bends
            self.model.post_sum([*terms, *((-1, bend) for bend in looser)], most=row.most)
        if row.least is not None:
            less = bends if row.least > 0 else ()
            self.model.post_sum([*terms, *((1, bend) for bend in less)], least=row.least)

    def _variable(self, bend: Step) -> int:
        if bend not in self.bends:
            self.bends[bend] = self.model.variable()
            if bend.after is not None:
                self.model.post_or([negated(self.bends[bend]), self._variable(bend.after)])
        return self.bends[bend]

    def _bends(self, row: Row) -> Iterator[Step]:
        """What could bend the row: nothing, for rules that no single step can."""
        return iter(rule_of(row.fact).bends(self.problem, row))


def _excuses(swap: Swap, fact: Fact, weeks: tuple[DutyWeek, DutyWeek]) -> bool:
    given = swap.partner == fact.engineer and swap.week in weeks
    return given or (swap.engineer == fact.engineer and swap.for_week in weeks)
