"""The aims in order: each part is brought to its optimum and kept there for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b

from ortools.sat.python import cp_model

from planner.domain import Rota
from planner.errors import DisagreementError, InfeasibleError, TimeRanOutError
from planner.finished import Proof
from planner.model.posting import keep, keep_at_floor, keep_below, objective, post_split
from planner.model.pricing import Price, price
from planner.model.search import Answer, Clock, search
from planner.model.seats import SeatModel, seats_of, weighted
from planner.problem import Problem
from planner.rules import aims_of, fair_share
from planner.rules.base import Aim, Row, Seat

SHARE = 0.5
"""How much of the time that is left one search may take, so that later aims get theirs."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Solution:
    """The best rota found, what is proven of each part, and whether it is the only answer.

    ``canonical``: the last, arbitrary choice among equally good rotas was made to the end, so
    the same inputs give this very rota.
    """

    rota: Rota
    proofs: tuple[Proof, ...]
    canonical: bool


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
        for rota in start.excluded:
            self.model.exclude(rota)
        if start.published is not None:
            self.hint = frozenset(seats_of(problem, start.published))
            if not start.excluded and self.model.allows(self.hint):
                self.taken = self.hint

    def pursue(self, stage: Stage) -> None:
        """Bring every part of the aim to its optimum, one after the other."""
        aim = stage.aim
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

    def finish(self) -> Solution:
        """Choose among equally good rotas by a fixed hash: the answer is always the same one."""
        weights = [(_hash(self.problem, seat), var) for seat, var in self.model.taken.items()]
        choice = weighted(weights)
        answer = search(self.model, self.clock, choice, self.hint)
        if answer.taken is None and self.taken is None:
            raise _nothing_found(self.problem, answer)
        taken = answer.taken if answer.taken is not None else self.taken
        assert taken is not None
        return Solution(self.model.rota(taken), tuple(self.proofs), answer.status == "optimal")

    def _try_together(self, stage: Stage, names: Sequence[str]) -> None:
        """Try to bring all parts that share out duties to their arithmetic optimum at once.

        If that works, each of them is proven without a search of its own; if not, nothing is lost.
        """
        if self.taken is None and stage.aim is fair_share and not stage.targets:
            parts = range(len(names))
            self._reach([price(self.model, fair_share.costs(self.problem, n, ())) for n in parts])

    def _reach(self, parts: Sequence[Price]) -> bool:
        """Whether a rota is at the arithmetic optimum of all these parts; if so, stay there."""
        if any(part.split is None for part in parts):
            return False
        switch = self.model.switch()
        for part in parts:
            post_split(part, switch)
        return self._try(switch)

    def _try(self, switch: cp_model.IntVar) -> bool:
        """Whether there is a rota with the switch on; if so, it stays on."""
        self.model.turn(switch, on=True)
        answer = search(self.model, self.clock, hint=self.hint, share=SHARE)
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
        elif not allowance:
            if value == priced.floor:
                keep_at_floor(priced)
                return priced.floor
            if priced.split is not None and self._reach([priced]):
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
        if allowance:
            keep_below(priced, goal, priced.value(self.taken) + allowance)
        else:
            keep(priced, goal, self.taken)
        return goal.bound(answer, priced)

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


def _hash(problem: Problem, seat: Seat) -> int:
    """A number between 0 and 1023 that depends on names and dates alone."""
    duty, engineer = problem.duties[seat[0]], problem.engineers[seat[1]]
    text = f"{duty}|{engineer.name}"
    return int.from_bytes(blake2b(text.encode(), digest_size=2).digest(), "big") % 1024
