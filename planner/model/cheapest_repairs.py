"""The cheapest sets of steps that make the impossible possible, one set after the other.

Every row that people could agree to bend gets a yes-or-no variable that bends it. The cheapest
choice that leaves a rota is a repair; it is then forbidden, with all that contain it, and so the
next cheapest follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from planner.checking.repairs import (
    AgreeToRun,
    CoverDays,
    LeaveOpen,
    MoveVacation,
    RaiseLimit,
    Step,
    UndoSwap,
    Unlock,
    coverable,
    movable,
)
from planner.domain import Duty, DutyWeek, Held, Rota, Swap
from planner.model.open_seats import barred_by, can_be_broken
from planner.model.search import Pace, new_solver
from planner.model.seats import weighted
from planner.model.timing import Clock
from planner.model.trial import post_totals
from planner.problem import Problem
from planner.rules.base import Assignment, Fact, Row
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

_ALWAYS_THERE = frozenset({LeaveOpen.kind, UndoSwap.kind, Unlock.kind})


@dataclass(frozen=True, slots=True)
class _Running:
    """Somebody two weeks running; which duty it takes is known once a rota is."""

    engineer: str
    fact: Fact

    kind = AgreeToRun.kind

    def cost(self, problem: Problem) -> int:
        return 3


_Bend = Step | _Running


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
        self.chosen: list[_Bend] = []
        self.rota = problem.settled
        self.cp = cp_model.CpModel()
        every = list(remaining_rows(problem))
        rows = list(self._over_open_seats(every))
        self.taken: dict[Assignment, cp_model.IntVar] = {}
        for seat in sorted({seat for row in rows for _, seat in row.terms}):
            self.taken[seat] = self.cp.new_bool_var("")
        self.bends: dict[_Bend, cp_model.IntVar] = {}
        for row in rows:
            self._post(row)
        self._post_unexcused({row.fact for row in every})
        asked = [
            (row, self.bends.get(LeaveOpen(row.fact.duty)))
            for row in rows
            if row.fact.rule == "coverage" and row.fact.duty
        ]
        bendable = [replace(row, most=len(row.terms)) if row.most else row for row in rows]
        post_totals(self.cp, self.taken, bendable, asked)
        self.cp.minimize(sum(self._cost(bend) * variable for bend, variable in self.bends.items()))

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
            status = solver.solve(self.cp)
            if status != cp_model.UNKNOWN:
                break
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        if status != cp_model.OPTIMAL and self.makes:
            return None
        if status != cp_model.OPTIMAL:
            self.proven = False
            solver = self._needed_only(solver)
        holders = {duty: self.problem.settled.holder(duty) for duty in self.problem.duties}
        for (d, e), variable in self.taken.items():
            if solver.value(variable):
                holders[self.problem.duties[d]] = self.problem.engineers[e].name
        self.rota = Rota.of(holders)
        self.chosen = [bend for bend, variable in self.bends.items() if solver.value(variable)]
        steps = (self._step(bend, solver) for bend in self.chosen)
        return _raised_once(step for step in steps if step is not None)

    def _cost(self, bend: _Bend) -> int:
        """What the bend adds to the repair; a limit is raised one by one."""
        return (RaiseLimit(bend.name, 1) if isinstance(bend, RaiseLimit) else bend).cost(
            self.problem
        )

    def _solver(self, effort: float) -> cp_model.CpSolver:
        pace = Pace(SHARE, effort)
        return new_solver(pace, pace.on(self.clock))

    def _needed_only(self, hasty: cp_model.CpSolver) -> cp_model.CpSolver:
        """The same rota with no idle bends, which a search cut short may have chosen."""
        settled = self.cp.clone()
        for variable in self.taken.values():
            domain = settled.proto.variables[variable.index].domain
            domain[0] = domain[1] = int(hasty.value(variable))
        solver = self._solver(EFFORTS[0])
        found = solver.solve(settled) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return solver if found else hasty

    def worked(self, steps: Iterable[Step]) -> None:
        """These steps were tried and gave a rota."""
        self.cp.add_bool_or([~self.bends[bend] for bend in self.chosen])
        make = frozenset(step.kind for step in steps)
        self.makes[make] += 1
        if self.makes[make] == MOST_OF_ONE_MAKE:
            self.exhausted = make <= _ALWAYS_THERE
            self._forbid(make - _ALWAYS_THERE)

    def failed(self) -> None:
        """The last steps did not work after all; after a few, only the plainest are named."""
        others = [variable for bend, variable in self.bends.items() if bend not in self.chosen]
        self.cp.add_bool_or([*(~self.bends[bend] for bend in self.chosen), *others])
        self.failures += 1
        if self.failures == MOST_FAILURES:
            self._forbid({bend.kind for bend in self.bends} - _ALWAYS_THERE)

    def _forbid(self, kinds: Collection[str]) -> None:
        """No step of these kinds any more."""
        for bend, variable in self.bends.items():
            if bend.kind in kinds:
                self.cp.add(variable == 0)

    def _post_unexcused(self, known: set[Fact]) -> None:
        """Two weeks running that only agreed swaps excuse are ruled out where those are undone."""
        agreed = [swap for swap in self.problem.team.swaps if swap.agreed]
        if not agreed:
            return
        proposed = tuple(swap for swap in self.problem.team.swaps if not swap.agreed)
        team = replace(self.problem.team, swaps=proposed)
        for row in remaining_rows(replace(self.problem, team=team)):
            fact = row.fact
            if fact.rule != "back-to-back" or fact in known or fact.week is None:
                continue
            weeks = (fact.week, fact.week.later(-1))
            undone = [self.bends.get(UndoSwap(s)) for s in agreed if _excuses(s, fact, weeks)]
            known_undone = [variable for variable in undone if variable is not None]
            if undone and len(known_undone) == len(undone):
                bend = self._variable(_Running(fact.engineer, fact))
                terms = [(factor, self.taken[s]) for factor, s in row.terms if s in self.taken]
                self.cp.add(weighted(terms) <= (row.most or 0) + bend).only_enforce_if(known_undone)

    def _post(self, row: Row) -> None:
        """The row, less strict by as much as the bends chosen for it."""
        terms = [(factor, self.taken[seat]) for factor, seat in row.terms]
        bends = [self._variable(bend) for bend in self._bends(row)]
        total = weighted(terms)
        if row.most is not None:
            firm = not bends or row.fact.rule == "coverage"
            self.cp.add(total <= row.most if firm else total <= row.most + sum(bends))
        if row.least is not None and row.least > 0:
            self.cp.add(total + sum(bends) >= row.least)
        elif row.least is not None:
            self.cp.add(total >= row.least)

    def _variable(self, bend: _Bend) -> cp_model.IntVar:
        if bend not in self.bends:
            self.bends[bend] = self.cp.new_bool_var("")
            if isinstance(bend, RaiseLimit) and bend.by > 1:
                lower = self._variable(RaiseLimit(bend.name, bend.by - 1))
                self.cp.add_implication(self.bends[bend], lower)
        return self.bends[bend]

    def _bends(self, row: Row) -> Iterator[_Bend]:
        """What could bend the row: nothing, for rules that no single step can."""
        problem, fact = self.problem, row.fact
        if fact.rule == "coverage" and fact.duty and row.least:
            yield LeaveOpen(fact.duty)
        elif fact.rule == "back-to-back":
            yield _Running(fact.engineer, fact)
        elif fact.rule == "limits":
            most, name = fact.detail.split("|")
            for by in range(1, 1 + max(0, len(row.terms) - int(most))):
                yield RaiseLimit(name, by)
        elif fact.rule == "agreed" and fact.duty:
            yield from _fixed_bends(problem, fact.duty, fact)
        elif fact.rule == "vacation" and fact.week:
            for vacation in problem.team.vacations_of(fact.engineer):
                dates = f"{vacation.start} to {vacation.end}"
                if (dates, vacation.source) == (fact.detail, fact.source):
                    if coverable(problem, vacation, fact.week):
                        yield CoverDays(vacation, fact.week)
                    if movable(problem, vacation):
                        yield MoveVacation(vacation, fact.week)
                    break

    def _step(self, bend: _Bend, solver: cp_model.CpSolver) -> Step | None:
        """The step for a bend; ``None`` for leave to run on that nobody made use of.

        A search cut short may give such leave for nothing.
        """
        if not isinstance(bend, _Running):
            return bend
        e, week = self.problem.engineer_index[bend.engineer], bend.fact.week
        assert week is not None
        held = [
            self.problem.duties[d]
            for d in self.problem.duties_in(week)
            if (d, e) in self.taken and solver.value(self.taken[d, e])
        ]
        fitting = [duty for duty in held if bend.fact.duty in (None, duty)]
        return AgreeToRun(bend.engineer, (fitting or held)[0]) if held else None


def _fixed_bends(problem: Problem, duty: Duty, fact: Fact) -> Iterator[UndoSwap | Unlock]:
    if fact.detail == "swap":
        for swap in problem.team.swaps:
            if swap.agreed and fact.source == swap.source and _concerns(swap, duty, fact.engineer):
                yield UndoSwap(swap)
    elif fact.detail == "lock":
        yield Unlock(Held(duty, fact.engineer))


def _excuses(swap: Swap, fact: Fact, weeks: tuple[DutyWeek, DutyWeek]) -> bool:
    given = swap.partner == fact.engineer and swap.week in weeks
    return given or (swap.engineer == fact.engineer and swap.for_week in weeks)


def _concerns(swap: Swap, duty: Duty, taker: str) -> bool:
    given = (swap.week, swap.partner) == (duty.week, taker)
    taken = (swap.for_week, swap.engineer) == (duty.week, taker)
    return (given or taken) and swap.seat == duty.seat


def _raised_once(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps, with a limit that is raised one by one told as one step."""
    steps = list(steps)
    by = {step.name: step.by for step in steps if isinstance(step, RaiseLimit)}
    for step in steps:
        if isinstance(step, RaiseLimit):
            by[step.name] = max(by[step.name], step.by)
    others = [step for step in steps if not isinstance(step, RaiseLimit)]
    return (*others, *(RaiseLimit(name, most) for name, most in by.items()))
