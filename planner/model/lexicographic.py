"""The aims in order: each part is brought to its optimum and kept there for the next.

Islands, parts of the team that nothing links, are planned one by one: all aims are sums over
people or duties, so what is best for each island is best for all.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from time import monotonic

from planner.checking.finished_plan import Proof
from planner.domain import Rota
from planner.errors import DisagreementError, InfeasibleError, TimeRanOutError
from planner.model.asking import Moved
from planner.model.batch import Part
from planner.model.choice import choice
from planner.model.clock import Clock
from planner.model.descent import Descent, NothingFoundError
from planner.model.open_seats import ReducedProblem, seats_of
from planner.model.pricing import LinkedError
from planner.model.seats import SeatModel, rota_of
from planner.model.sharing import Box, Sharing
from planner.model.side_by_side import cores, side_by_side
from planner.model.stages import Pending, Stage, Step, Taken, next_phase, still_open
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import aims_of
from planner.rules.base import Assignment, Row

Progress = Callable[[str], None]

PATIENCE = 0.5
"""Seconds between two reports of what moves within a search."""


@dataclass(frozen=True)
class Solution:
    """The best rota found, and what is proven of each part."""

    rota: Rota
    proofs: tuple[Proof, ...]
    counted: Mapping[str, Sequence[Fraction]]
    """What the independent check counts of each aim in this rota."""
    doubts: tuple[str, ...] = ()
    """Where the solver was mistaken, as the lead should be told."""


@dataclass(frozen=True)
class Start:
    """Where a search begins: a rota to begin from, rotas not wanted, rows that hold besides.

    With ``any_of_the_best``, the last, arbitrary choice among equally good rotas is left out.
    """

    published: Rota | None = None
    excluded: tuple[Rota, ...] = ()
    rows: tuple[Row, ...] = ()
    any_of_the_best: bool = False


def solve(
    problem: Problem,
    clock: Clock,
    progress: Progress,
    stages: Sequence[Stage] | None = None,
    start: Start | None = None,
    enough: Callable[[Sequence[Proof]], bool] | None = None,
    threads: int | None = None,
) -> Solution:
    """Find the rota that is best in the order of the stages: by default, the team's aims.

    Later aims are left alone as soon as ``enough`` is true of the proofs so far. Islands are
    searched on so many ``threads`` at a time, by default one a core; the answer is the same.
    Raises ``InfeasibleError`` if the rules leave none, ``TimeRanOutError`` if none was found.
    """
    start = start or Start()
    wanted = tuple(Stage(aim) for aim in aims_of(problem.team)) if stages is None else stages

    def found() -> Solution:
        reduced = ReducedProblem(problem, start.rows)
        try:
            islands = _Run(reduced, clock, progress, start, reduced.islands, threads or cores())
            return islands.down(wanted, enough)
        except LinkedError:
            return _Run(reduced, clock, progress, start, 1, 1).down(wanted, enough)

    try:
        with _no_collections():
            return found()  # whose models are gone when collections begin again
    except NothingFoundError as error:
        team = problem.team.name
        if error.infeasible:
            raise InfeasibleError(team) from None
        message = f"{team}: time ran out before any rota was found; raise --time-limit."
        raise TimeRanOutError(message) from None


@contextmanager
def _no_collections() -> Iterator[None]:
    """Models are many small objects that stay: looking for garbage among them took a sixth."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class _Run:
    """One descent through the stages, on all islands."""

    def __init__(
        self,
        reduced: ReducedProblem,
        clock: Clock,
        progress: Progress,
        start: Start,
        islands: int,
        threads: int,
    ) -> None:
        if islands > 1 and start.excluded:
            raise LinkedError
        self.reduced, self.problem = reduced, reduced.problem
        self.clock, self.progress = clock, progress
        self.islands, self.threads = islands, threads
        self.sharing = Sharing(reduced)
        self.steps: list[Step] = []
        self._told = monotonic()
        self._phase: Sequence[Step] = ()
        self._pending = 0
        self._bounds: dict[tuple[str, int], Fraction] = {}
        models = [SeatModel(reduced, n if islands > 1 else None) for n in range(islands)]
        for rota in start.excluded:
            models[0].exclude(rota)
        published = None
        if start.published is not None:
            published = frozenset(seats_of(self.problem, start.published))
        self.descents = [
            Descent(
                model,
                self.sharing,
                clock,
                partial(self._moved, n),
                self._within(model, published),
                None if start.any_of_the_best else choice(model),
            )
            for n, model in enumerate(models)
        ]
        if published is not None and not start.excluded and reduced.allows(published):
            for descent in self.descents:
                descent.taken = descent.asking.hint

    def _within(
        self, model: SeatModel, published: frozenset[Assignment] | None
    ) -> frozenset[Assignment] | None:
        if published is None:
            return None
        return frozenset(seat for seat in published if seat in model.index)

    def down(
        self, stages: Sequence[Stage], enough: Callable[[Sequence[Proof]], bool] | None
    ) -> Solution:
        """Settle the stages phase by phase, and choose among the rotas that are left."""
        pending = [
            Pending(stage, part, name)
            for stage in stages
            for part, name in enumerate(stage.aim.parts(self.problem))
        ]
        while pending := still_open(pending, self.steps):
            phase = next_phase(self.reduced, self.islands, self.steps, pending, self._taken)
            del pending[: len(phase)]
            self._settle(phase, len(pending))
            if enough is not None and enough([self._proof(step) for step in self.steps]):
                break
        found = self._finished()
        self.descents.clear()  # they report to this run, so that nothing else would free them
        return found

    def _settle(self, phase: Sequence[Step], pending: int) -> None:
        targets = self._targets(phase)
        self._phase, self._pending, self._bounds = phase, pending, {}
        self.progress(f"{phase[0].full_name}: searching; {self._ahead(phase[0])}")

        def settle(n: int) -> list[Fraction]:
            parts = [
                Part(step.full_name, step.prices[n], target, step.stage.allowance)
                for step, target in zip(phase, targets, strict=True)
            ]
            later = [p for step in phase for p in step.prices[n + 1 :] if not p.settled]
            ahead = (len(later) + self.islands * pending) // min(self.threads, self.islands)
            bounds = self.descents[n].settle(parts, ahead, last=not pending)
            self._bounds.update(
                ((part.name, n), bound) for part, bound in zip(parts, bounds, strict=True)
            )
            return bounds

        works = [partial(settle, n) for n in range(self.islands)]
        for bounds in side_by_side(works, self.threads, self.clock):
            for step, bound in zip(phase, bounds, strict=True):
                step.bound += bound
        self.steps += phase
        for step in phase:
            step.reached = step.value(self._taken)
            self.progress(f"{step.full_name}: {_said(step.reached, step.bound)}")

    @property
    def _taken(self) -> Taken:
        return [descent.taken for descent in self.descents]

    def _targets(self, phase: Sequence[Step]) -> Sequence[Fraction | None]:
        """The targets of the steps; islands cannot have one together unless each is at its best."""
        targets = [step.stage.target(step.part) for step in phase]
        if self.islands == 1:
            return targets
        if any(step.stage.allowance for step in phase):
            raise LinkedError
        if all(target is None for target in targets):
            return targets
        boxes: list[tuple[Box, ...]] = [()] * self.islands
        for target, step in zip(targets, phase, strict=True):
            floor = Fraction(0)
            for n, priced in enumerate(step.prices):
                shares = self.sharing.shares(priced, boxes[n])
                floor += priced.floor if shares is None else shares.value
                boxes[n] += () if shares is None else shares.boxes
            if target is not None and target > floor:
                raise LinkedError
        return [None] * len(phase)

    def _finished(self) -> Solution:
        """Choose among equally good rotas by a fixed hash, whatever order they were found in."""
        side_by_side([descent.choose for descent in self.descents], self.threads, self.clock)
        taken = {seat for seats in self._taken for seat in seats or ()}
        rota = rota_of(self.problem, self.reduced.settled | taken)
        proofs = tuple(self._proof(step) for step in self.steps)
        counted = self._confirmed(rota)
        doubts = dict.fromkeys(
            doubt for descent in self.descents for doubt in descent.asking.doubts
        )
        return Solution(rota, proofs, counted, tuple(doubts))

    def _proof(self, step: Step) -> Proof:
        value = min(step.reached, step.value(self._taken))
        return Proof(step.stage.aim.NAME, step.name, value, step.bound)

    def _confirmed(self, rota: Rota) -> Mapping[str, Sequence[Fraction]]:
        """What the independent check counts in the finished rota; every value must be that."""
        counted: dict[str, Sequence[Fraction]] = {}
        for step in self.steps:
            aim, modelled = step.stage.aim, step.value(self._taken)
            if aim.NAME not in counted:
                counted[aim.NAME] = aim.values(self.problem, rota)
            value = counted[aim.NAME][step.part]
            if value != modelled:
                told = f"{step.full_name}: solver {modelled}, check {value}"
                raise DisagreementError((told,))
        return counted

    def _moved(self, island: int, learn: Callable[[], Moved | None]) -> None:
        """Say how a search is getting on, now and then: what it is of, its value and bound."""
        if monotonic() - self._told < PATIENCE or (moved := learn()) is None:
            return
        self._told, (part, value, bound) = monotonic(), moved
        if any(taken is None for n, taken in enumerate(self._taken) if n != island):
            self.progress(f"{part.name}: rotation group {island + 1} of {self.islands}")
            return
        step = next(step for step in self._phase if step.full_name == part.name)
        for n, (price, taken) in enumerate(zip(step.prices, self._taken, strict=True)):
            if n != island:
                value += price.value(taken or ())
                bound += self._bounds.get((part.name, n), price.floor)
        self.progress(f"{part.name}: {_said(value, bound)}; {self._ahead(step)}")

    def _ahead(self, step: Step) -> str:
        ahead = len(self._phase) - 1 - self._phase.index(step) + self._pending
        return f"{ahead} more to come" if ahead else "the last"


def _said(value: Fraction, bound: Fraction) -> str:
    if value == bound:
        return f"{float(value):g}, proven"
    return f"{float(value):g}, at best {float(bound):g}"
