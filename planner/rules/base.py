"""What every rule and every aim is made of.

A rule is a module that fits :class:`Rule`, an aim one that fits :class:`Aim`; one that leaves out a
part is refused as ``planner.rules`` is imported. Both state themselves once in words and twice in
code, which share nothing: ``rows`` or ``costs`` speak to a solver in assignments, that is (duty
index, engineer index) pairs of the :class:`Problem`, and ``breaches`` or ``values`` walk the dates
of a finished rota. Neither knows any solver.

In a workbook a rule is a flag in every cell, and an aim one formula, so that both follow what
people edit; :mod:`planner.cells` has the expressions, each of which is a formula and its value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from inspect import get_annotations
from typing import ClassVar, Protocol

from planner.cells import Condition, Formula, Workings, joined
from planner.domain import Duty, DutyWeek, Rota, Source
from planner.problem import Problem
from planner.records import dataclass
from planner.wording import listed

Assignment = tuple[int, int]
"""(index in ``problem.duties``, index in ``problem.engineers``): that engineer holds that duty."""

Stated = tuple[Assignment, bool]
"""A statement: that assignment is made (``True``), or it is not (``False``)."""

Terms = tuple[tuple[int, Assignment], ...]
"""A weighted sum of assignments, as (coefficient, assignment)."""


Either = tuple[int, tuple[Assignment, ...]]
"""(coefficient, assignments): what counts once however many of them are made."""


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
    """One place where a finished rota breaks a rule, said in one sentence.

    ``undone`` are the days of its duty that nobody does who may: somebody has to stand in.
    ``to_holder`` says in a message to whoever loses the duty why, ``to_others`` to the next one,
    without a name; where a rule has no such words, the message names the rule.
    """

    rule: str
    week: DutyWeek | None
    engineer: str
    message: str
    duty: Duty | None = None
    undone: tuple[date, ...] = ()
    to_holder: str = ""
    to_others: str = ""

    @property
    def left_open(self) -> Duty | None:
        """The duty, if it is one that nobody holds."""
        return None if self.engineer else self.duty


@dataclass(frozen=True, slots=True)
class Convex:
    """A cost that depends on a count: ``cost(base + sum of terms)``, convex in whole numbers.

    Each of ``either`` adds its factor once if any of its assignments is made.
    """

    terms: Terms
    base: int
    cost: Callable[[int], Fraction]
    either: tuple[Either, ...] = ()


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


Said = tuple[str, str, str]
"""How a step begins, what it concerns, how it ends: steps that begin alike are said as one."""


class Step(ABC):
    """One thing that people could agree on so that the rules leave a rota: it bends some rows.

    Steps are compared by what they say, so they are frozen dataclasses. Costs are in points, to
    rank repairs: what people mind least comes first.
    """

    __slots__ = ()

    kind: ClassVar[str]
    plain: ClassVar[bool] = False
    """Whether it is offered even where steps of its kind were offered often enough."""

    @property
    def after(self) -> Step | None:
        """The smaller step of which it is the next one."""
        return None

    @abstractmethod
    def cost(self, problem: Problem) -> int:
        """In points."""

    @abstractmethod
    def applied(self, problem: Problem) -> Problem:
        """The problem with the step carried out."""

    @abstractmethod
    def said(self, problem: Problem, rota: Rota) -> Said:
        """The step in words, as the rota would have it."""

    def taken(self, problem: Problem, rota: Rota) -> Step | None:
        """What people agree on, once the rota is known; ``None`` if it makes no use of it."""
        return self

    def written(self, whole: Problem, bent: Problem, rota: Rota) -> Problem | None:
        """``whole`` with the step as the files will have it, ``rota`` being one of the problem
        that all steps leave; ``None`` if it cannot be done."""
        return self.applied(whole)


class Rule(Protocol):
    """A module that states one rule. Nothing about a rule stands anywhere else."""

    NAME: str
    STATEMENT: str
    SET_ASIDE: int
    """Where a clash could be told in several ways, facts of rules with lower numbers are left out
    first."""
    WHOLE: bool
    """Whether its rows of several weeks state one fact, as a vacation of two weeks does."""
    ADDS_UP: bool
    """Whether it adds up over the planned weeks: what is past may have broken it already."""

    def rows(self, problem: Problem) -> Iterable[Row]:
        """The rule as rows for a solver."""

    def breaches(self, problem: Problem, rota: Rota) -> Iterable[Breach]:
        """Where a finished rota breaks the rule, found by walking its dates."""

    def say(self, problem: Problem, fact: Fact) -> str:
        """One fact behind a row, in plain words."""

    def bends(self, problem: Problem, row: Row) -> Iterable[Step]:
        """What could bend one of its rows: nothing, if no single step can. Of a row that asks for
        something, less is asked then; of others, more is allowed."""

    def can_be_broken(self, problem: Problem) -> bool:
        """Whether any rota of the team could break it; otherwise it has no flags."""

    def flag(self, work: Workings, w: int, s: int) -> Formula | Condition | None:
        """The flag in the cell of a week and seat, 0 where all is well; ``None`` where the rule has
        nothing to say. 1 or more is a breach, as often as ``breaches`` has it; a negative flag
        marks a cell that shares in a breach counted elsewhere."""

    def beside(self, work: Workings, w: int, s: int, /) -> Formula:
        """What is said beside a flagged cell."""


class Goal(Protocol):
    """What is minimised: an aim, or an object that states one of a re-plan."""

    @property
    def NAME(self) -> str: ...  # noqa: N802

    @property
    def STATEMENT(self) -> str: ...  # noqa: N802

    def parts(self, problem: Problem) -> Sequence[str]:
        """The parts to be solved one after the other, by name; there is at least one."""

    def costs(self, problem: Problem, part: int, found: Sequence[Fraction]) -> Iterable[Cost]:
        """The part's costs; ``found`` holds the values of its earlier parts."""

    def values(self, problem: Problem, rota: Rota) -> Sequence[Fraction]:
        """The value of each part in a finished rota, found by walking its dates."""


class Aim(Goal, Protocol):
    """A module that states one aim."""

    MEANS: str
    """What a value of it means to somebody who is no mathematician."""

    def live(self, work: Workings, part: int) -> str:
        """The formula that counts a part, as it is written on the sheet of workings; what it needs
        by week or by engineer is filled in as it is asked for."""


class Parts:
    """The ``parts`` of an aim that has the same for every team."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __call__(self, problem: Problem) -> Sequence[str]:
        return self._names


def never_bent(problem: Problem, row: Row) -> Iterable[Step]:
    """The ``bends`` of a rule whose rows no single step could bend."""
    return ()


def of_holder(said: str) -> Callable[[Workings, int, int], Formula]:
    """The ``beside`` of a rule that says so of whoever holds the flagged duty."""
    return lambda work, w, s: joined(work.holder(w, s), said)


def complete(module: Rule | Aim, kind: type) -> None:
    """Refuse a rule or an aim that leaves out a part.

    Raises ``ImportError`` naming the module and all that is missing.
    """
    asked = (name for base in kind.__mro__ for name in (*vars(base), *get_annotations(base)))
    parts = dict.fromkeys(name for name in asked if not name.startswith("_"))
    missing = [name for name in parts if getattr(module, name, None) is None]
    if missing:
        name = getattr(module, "NAME", module)
        what = f"the {kind.__name__.lower()} “{name}”"
        raise ImportError(f"{what} leaves out {listed(missing)}: see {__name__}.{kind.__name__}")
