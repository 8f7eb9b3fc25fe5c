"""What every rule and every aim is made of.

A rule is a module that fits :class:`Rule`, an aim one that fits :class:`Aim`. Both state
themselves once in words and twice in code, which share nothing: ``rows`` or ``costs`` speak to
a solver in assignments, that is (duty index, engineer index) pairs of the :class:`Problem`, and
``breaches`` or ``values`` walk the dates of a finished rota. Neither knows any solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from planner.domain import Duty, DutyWeek, Rota, Source
from planner.problem import Problem

Assignment = tuple[int, int]
"""(index in ``problem.duties``, index in ``problem.engineers``): that engineer holds that duty."""

Stated = tuple[Assignment, bool]
"""A statement: that assignment is made (``True``), or it is not (``False``)."""

Terms = tuple[tuple[int, Assignment], ...]
"""A weighted sum of assignments, as (coefficient, assignment)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands behind one row: which rule, about whom and when, and where it was read."""

    rule: str
    week: DutyWeek | None = None
    engineer: str = ""
    duty: Duty | None = None
    source: Source | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A linear condition over assignments: ``least`` ≤ sum of terms ≤ ``most``."""

    fact: Fact
    terms: Terms
    least: int | None = None
    most: int | None = None

    @property
    def asks(self) -> bool:
        """Whether the row is broken where none of its assignments is made."""
        return (self.least is not None and self.least > 0) or (
            self.most is not None and self.most < 0
        )


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a finished rota breaks a rule, said in one sentence."""

    rule: str
    week: DutyWeek | None
    engineer: str
    message: str
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Convex:
    """A cost that depends on a count: ``cost(base + sum of terms)``, convex in whole numbers."""

    terms: Terms
    base: int
    cost: Callable[[int], Fraction]


@dataclass(frozen=True, slots=True)
class Linear:
    """A cost of ``base`` + sum of terms."""

    terms: Terms
    base: int = 0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A cost of one if at least one group of statements holds in full, otherwise nothing."""

    groups: tuple[tuple[Stated, ...], ...]


Cost = Convex | Linear | AnyOf


@dataclass(frozen=True, slots=True)
class Value:
    """What one part of an aim comes to in a finished rota. Less is better."""

    aim: str
    part: str
    value: Fraction


class Rule(Protocol):
    """A module that states one rule."""

    NAME: str
    STATEMENT: str

    def rows(self, problem: Problem) -> Iterable[Row]:
        """The rule as rows for a solver."""

    def breaches(self, problem: Problem, rota: Rota) -> Iterable[Breach]:
        """Where a finished rota breaks the rule, found by walking its dates."""

    def say(self, problem: Problem, fact: Fact) -> str:
        """One fact behind a row, in plain words."""


class Aim(Protocol):
    """A module that states one aim, or an object that states one of a re-plan."""

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def STATEMENT(self) -> str: ...  # noqa: N802

    def parts(self, problem: Problem) -> Sequence[str]:
        """The parts to be solved one after the other, by name; one aim has at least one."""

    def costs(self, problem: Problem, part: int, found: Sequence[Fraction]) -> Iterable[Cost]:
        """The part's costs; ``found`` holds the values of the aim's earlier parts."""

    def values(self, problem: Problem, rota: Rota) -> Sequence[Fraction]:
        """The value of each part in a finished rota, found by walking its dates."""
