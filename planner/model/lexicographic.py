"""The aims in order: each part is brought to its optimum and kept there for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ortools.sat.python import cp_model

from planner.domain import Rota
from planner.errors import DisagreementError, InfeasibleError, TimeRanOutError
from planner.finished import Proof
from planner.model.posting import (
    Objective,
    exact_objective,
    keep,
    keep_at_floor,
    keep_below,
    objective,
    post_split,
)
from planner.model.pricing import Price, price
from planner.model.search import Answer, Clock, search
from planner.model.seats import SeatModel, seats_of
from planner.problem import Problem
from planner.rules import aims_of, fair_share
from planner.rules.base import Aim, Row, Seat

SHARE = 0.5
"""How much of the time that is left one search may take, so that later aims get theirs."""

TRIAL = 0.1
"""Effort spent on the hope that every part of fair-share is at its arithmetic optimum at once."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Solution:
    """The best rota found, and what is proven of each part."""

    rota: Rota
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Stage:
    """An aim to pursue; parts with a ``target`` need only get as low as that, if they can.

    ``allowance`` is by how much later stages may exceed what this one has reached.
    """

    aim: Aim
    targets: tuple[Fraction, ...] = ()
    allowance: int = 0

    def target(self, part: int) -> Fraction | None:
        return self.targets[part] if self.targets else None


def solve(
    problem: Problem,
    clock: Clock,
    progress: Progress,
    stages: Sequence[Stage] | None = None,
    start: Start | None = None,
    enough: Callable[[Sequence[Proof]], bool] | None = None,
) -> Solution:
    """Find the rota that is best in the order of the stages: by default, the team's aims.

    Later aims are left alone as soon as ``enough`` is true of the proofs so far.
    Raises ``InfeasibleError`` if the rules leave none, ``TimeRanOutError`` if none was found.
    """
    run = _Run(problem, clock, progress, start or Start())
    for stage in stages or [Stage(aim) for aim in aims_of(problem.team)]:
        run.pursue(stage)
        if enough is not None and enough(run.proofs):
            break
    return run.finish()


@dataclass(frozen=True)
class Start:
    """Where a search begins: a rota to begin from, rotas not wanted, rows that hold besides."""

    published: Rota | None = None
    excluded: tuple[Rota, ...] = ()
    rows: tuple[Row, ...] = ()


class _Run:
    """One descent through the aims; ``taken`` is the best solution so far."""

    def __init__(self, problem: Problem, clock: Clock, progress: Progress, start: Start) -> None:
        self.problem, self.clock, self.progress = problem, clock, progress
        self.model = SeatModel(problem, start.rows)
        self.hint: frozenset[Seat] | None = None
        self.taken: frozenset[Seat] | None = None
        self.proofs: list[Proof] = []
        self.even = False
        self.settled: set[str] = set()
        for rota in start.excluded:
            self.model.exclude(rota)
        if start.published is not None:
            self.hint = frozenset(seats_of(problem, start.published))
            if not start.excluded and self.model.allows(self.hint):
                self.taken = self.hint

    def pursue(self, stage: Stage) -> None:
        """Bring every part of the aim to its optimum, one after the other.

        An aim that comes again is passed over if it is at its optimum for good.
        """
        aim = stage.aim
        if aim.NAME in self.settled:
            return
        names = aim.parts(self.problem)
        self._try_together(stage, names)
        found: list[Fraction] = []
        for part, name in enumerate(names):
            priced = price(self.model, aim.costs(self.problem, part, found))
            bound = self._improve(priced, stage.target(part), stage.allowance)
            found.append(self._agreed_value(aim, part, priced))
            proof = Proof(aim.NAME, name, found[-1], bound)
            self.proofs.append(proof)
            self.progress(f"{aim.NAME}, {name}: {_said(proof)}")
        proofs = self.proofs[len(self.proofs) - len(names) :]
        loose = [(stage.target(n) or proof.value) > proof.value for n, proof in enumerate(proofs)]
        if not stage.allowance and not any(loose) and all(proof.proven for proof in proofs):
            self.settled.add(aim.NAME)

    def finish(self) -> Solution:
        """The best rota found; without any aim, whichever the rules allow.

        Of equally good ones it is the solver's, which finds the same one again: the model is
        built from sorted values, with one worker and a fixed seed.
        """
        if self.taken is None:
            answer = search(self.model, self.clock, hint=self.hint)
            if answer.taken is None:
                raise _nothing_found(self.problem, answer)
            self.taken = answer.taken
        return Solution(self.model.rota(self.taken), tuple(self.proofs))

    def _try_together(self, stage: Stage, names: Sequence[str]) -> None:
        """Try to bring all parts that share out duties to their arithmetic optimum at once.

        If that works, each of them is proven without a search of its own. If not, they are kept
        by their costs alone: kept by counts, a part leaves the solver no bound for those after
        it, and what takes a tenth of a second takes twenty.
        """
        self.even = False
        if self.taken is not None or stage.aim is not fair_share:
            return
        parts = [
            price(self.model, fair_share.costs(self.problem, n, ())) for n in range(len(names))
        ]
        targets = [stage.target(n) for n in range(len(names))]
        switch = self.model.switch()
        if all(
            part.split is not None and (target is None or target <= part.floor)
            for part, target in zip(parts, targets, strict=True)
        ):
            for part in parts:
                post_split(part, switch)
            self.even = self._try(switch, TRIAL)
        elif stage.targets:
            for part, target in zip(parts, targets, strict=True):
                keep_below(part, objective(part), max(part.floor, target or part.floor), switch)
            self._try(switch, TRIAL)

    def _try(self, switch: cp_model.IntVar, effort: float | None = None) -> bool:
        """Whether there is a rota with the switch on; if so, it stays on."""
        self.model.turn(switch, on=True)
        answer = search(self.model, self.clock, hint=self.hint, share=SHARE, effort=effort)
        if answer.taken is None:
            self.model.turn(switch, on=False)
            return False
        self.taken = self.hint = answer.taken
        return True

    def _improve(self, priced: Price, target: Fraction | None, allowance: int) -> Fraction:
        """Make the part as small as asked, keep it there, and return the least it could be."""
        value = None if self.taken is None else priced.value(self.taken)
        if target is not None and priced.floor < target:
            if self._reach_target(priced, target, value):
                return priced.floor
        elif not allowance and self.taken is not None and value == priced.floor:
            if self.even or priced.split is None:
                keep_at_floor(priced)
            else:
                keep(priced, objective(priced), self.taken)
            return priced.floor
        return self._minimise(priced, allowance)

    def _reach_target(self, priced: Price, target: Fraction, value: Fraction | None) -> bool:
        """Whether the part can be as low as the target; if so, it may not exceed it from now on."""
        goal = objective(priced)
        if value is not None and value <= target:
            keep_below(priced, goal, target)
            return True
        switch = self.model.switch()
        keep_below(priced, goal, target, switch)
        return self._try(switch)

    def _minimise(self, priced: Price, allowance: int) -> Fraction:
        goal = objective(priced)
        answer = search(self.model, self.clock, goal.expression, self.hint, SHARE)
        if answer.taken is not None:
            self.taken = self.hint = answer.taken
        elif self.taken is not None and answer.status == "infeasible":
            raise DisagreementError(("what was found for earlier aims cannot be kept",))
        if self.taken is None:
            raise _nothing_found(self.problem, answer)
        if answer.status == "optimal" and not goal.exact:
            goal, answer = self._to_the_last_digit(priced, goal, answer)
        if allowance:
            keep_below(priced, goal, priced.value(self.taken) + allowance)
        else:
            keep(priced, goal, self.taken)
        return goal.bound(answer, priced)

    def _to_the_last_digit(
        self, priced: Price, goal: Objective, answer: Answer
    ) -> tuple[Objective, Answer]:
        """Minimise once more without rounding, among the few rotas that rounding left."""
        assert self.taken is not None
        exact = exact_objective(priced, goal, priced.value(self.taken))
        if exact is None:
            return goal, answer
        better = search(self.model, self.clock, exact.expression, self.hint, SHARE)
        if better.taken is None or better.status != "optimal":
            return goal, answer
        self.taken = self.hint = better.taken
        return exact, better

    def _agreed_value(self, aim: Aim, part: int, priced: Price) -> Fraction:
        """The part's value as the independent check counts it, which the model must share."""
        assert self.taken is not None
        counted = aim.values(self.problem, self.model.rota(self.taken))[part]
        modelled = priced.value(self.taken)
        if counted != modelled:
            name = f"{aim.NAME}, {aim.parts(self.problem)[part]}"
            raise DisagreementError((f"{name}: solver {modelled}, check {counted}",))
        return counted


def _said(proof: Proof) -> str:
    if proof.proven:
        return f"{float(proof.value):g}, proven"
    known = "no bound" if proof.bound is None else f"at best {float(proof.bound):g}"
    return f"{float(proof.value):g}, {known}"


def _nothing_found(problem: Problem, answer: Answer) -> InfeasibleError | TimeRanOutError:
    team = problem.team.name
    if answer.status == "infeasible":
        return InfeasibleError(team)
    return TimeRanOutError(f"{team}: time ran out before any rota was found; raise --time-limit.")
