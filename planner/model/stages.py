"""Phases: the next parts of the aims, as many as can be priced before any of them is settled."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import overload

from planner.model.open_seats import ReducedProblem
from planner.model.pricing import Price, price
from planner.records import dataclass
from planner.rules.base import Assignment, Goal

Taken = Sequence[frozenset[Assignment] | None]
"""The open seats taken on each island, where a rota has been found."""


@dataclass(frozen=True)
class Stage:
    """An aim to pursue; parts with a ``target`` need only get as low as that, if they can.

    ``allowance`` is by how much later stages may exceed what this one has reached.
    """

    aim: Goal
    targets: tuple[Fraction, ...] = ()
    allowance: int = 0

    def target(self, part: int) -> Fraction | None:
        return self.targets[part] if self.targets else None


@dataclass
class Step:
    """A part of a stage's aim, and what it comes to on each island."""

    stage: Stage
    part: int
    name: str
    prices: list[Price]
    bound: Fraction = Fraction(0)
    reached: Fraction = Fraction(0)
    """The value when this part was settled; later ones may use what its stage leaves to them."""

    @property
    def full_name(self) -> str:
        return f"{self.stage.aim.NAME}, {self.name}"

    @property
    def stays(self) -> bool:
        """Whether the value is the least possible, and remains so."""
        target = self.stage.target(self.part)
        loose = target is not None and target > self.reached
        return self.reached == self.bound and not self.stage.allowance and not loose

    def value(self, taken: Taken) -> Fraction:
        pairs = zip(self.prices, taken, strict=True)
        return sum((price.value(seats or ()) for price, seats in pairs), Fraction(0))


class _NotYetKnownError(Exception):
    """The costs of a part depend on the value of an earlier part that is not yet settled."""


class _Known(Sequence[Fraction]):
    """The values of an aim's parts that are settled; asking for others ends the phase."""

    def __init__(self, values: Sequence[Fraction]) -> None:
        self._values = values

    def __len__(self) -> int:
        raise _NotYetKnownError

    @overload
    def __getitem__(self, part: int) -> Fraction: ...
    @overload
    def __getitem__(self, part: slice) -> Sequence[Fraction]: ...
    def __getitem__(self, part: int | slice) -> Fraction | Sequence[Fraction]:
        try:
            return self._values[part]
        except IndexError:
            raise _NotYetKnownError from None


@dataclass(frozen=True)
class Pending:
    """A part of a stage's aim that is still to be pursued."""

    stage: Stage
    part: int
    name: str


def next_phase(
    reduced: ReducedProblem,
    islands: int,
    settled: Sequence[Step],
    pending: Sequence[Pending],
    taken: Taken,
) -> list[Step]:
    """The next parts whose costs can be told before any of them is settled."""
    phase: list[Step] = []
    for each in pending:
        stage = each.stage
        if any(step.stage is not stage and _same(step.stage, stage) for step in phase):
            break  # whether it has to be pursued again is known after this phase
        known = [step.value(taken) for step in settled if step.stage is stage]
        try:
            costs = list(stage.aim.costs(reduced.problem, each.part, _Known(known)))
        except _NotYetKnownError:
            break
        phase.append(Step(stage, each.part, each.name, price(reduced, costs, islands)))
    assert phase, "the first part of an aim depends on nothing"
    return phase


def still_open(pending: Sequence[Pending], settled: Sequence[Step]) -> list[Pending]:
    """Without the stages whose aim an earlier one has brought to an optimum that it keeps."""

    def done(stage: Stage) -> bool:
        earlier = [s for s in settled if s.stage is not stage and _same(s.stage, stage)]
        return bool(earlier) and all(step.stays for step in earlier)

    return [each for each in pending if not done(each.stage)]


def _same(one: Stage, other: Stage) -> bool:
    return one.aim.NAME == other.aim.NAME
