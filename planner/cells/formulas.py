"""Cells that know what they say and what it comes to: one expression gives formula and value.

A comparison is a :class:`Condition` and no number, for Excel types TRUE and FALSE: FALSE>0 is TRUE,
FALSE=0 is FALSE, and sums skip both. Whatever reckons with a condition, compares it or puts it into
a cell gets it as 1 or 0, by construction. Where building by parts would be slow, as in long
SUMPRODUCTs, a formula is written out, with the value that it comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from planner.cells.references import quoted
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """``text`` is without its ``=``; ``value`` is what it comes to."""

    text: str
    value: Any

    def __add__(self, other: Lifted) -> Formula:
        right = lift(other)
        return Formula(f"({self.text}+{right.text})", self.value + right.value)

    def __sub__(self, other: Lifted) -> Formula:
        right = lift(other)
        return Formula(f"({self.text}-{right.text})", self.value - right.value)

    def __mul__(self, other: Lifted) -> Formula:
        right = lift(other)
        return Formula(f"{self.text}*{right.text}", self.value * right.value)

    def is_(self, other: Lifted) -> Condition:
        """Texts are alike without regard to capitals, as spreadsheets compare them."""
        right = lift(other)
        return Condition(f"{self.text}={right.text}", _folded(self.value) == _folded(right.value))

    def is_not(self, other: Lifted) -> Condition:
        right = lift(other)
        return Condition(f"{self.text}<>{right.text}", _folded(self.value) != _folded(right.value))

    def over(self, other: Lifted) -> Condition:
        right = lift(other)
        return Condition(f"{self.text}>{right.text}", self.value > right.value)

    def under(self, other: Lifted) -> Condition:
        right = lift(other)
        return Condition(f"{self.text}<{right.text}", self.value < right.value)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds or not: for :func:`when`, or as the number 1 or 0."""

    text: str
    holds: bool

    @property
    def number(self) -> Formula:
        return Formula(f"--({self.text})", int(self.holds))

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"({self.text})*({other.text})", self.holds and other.holds)

    def __or__(self, other: Condition) -> Condition:
        return Condition(f"({self.text})+({other.text})>0", self.holds or other.holds)


Lifted = Formula | Condition | int | float | str


@dataclass(frozen=True, slots=True)
class Cells:
    """A row, a column or a rectangle of cells, with the values in them row by row."""

    text: str
    values: Sequence[Any]


def lift(said: Lifted) -> Formula:
    """A number or a text as a formula has it; a condition as 1 or 0."""
    if isinstance(said, Formula):
        return said
    if isinstance(said, Condition):
        return said.number
    return _literal(said)


@lru_cache(maxsize=1024, typed=True)
def _literal(said: float | str) -> Formula:
    return Formula(quoted(said) if isinstance(said, str) else repr(said), said)


def when(condition: Condition, then: Lifted, otherwise: Lifted) -> Formula:
    """One of two, as the function IF chooses."""
    one, two = lift(then), lift(otherwise)
    value = one.value if condition.holds else two.value
    return Formula(f"IF({condition.text},{one.text},{two.text})", value)


def count(cells: Cells, what: Formula) -> Formula:
    """How many of the cells hold a number; names are never counted so, for ``Bo*`` is a pattern."""
    return Formula(f"COUNTIF({cells.text},{what.text})", cells.values.count(what.value))


def at(cells: Cells, number: Formula) -> Formula:
    """The cell of that number, from 1; where there is none, no formula may come to ask for it."""
    return Formula(f"INDEX({cells.text},{number.text})", cells.values[number.value - 1])


def total(parts: Iterable[Lifted]) -> Formula:
    """All parts together; 0 if there are none."""
    found = [lift(part) for part in parts] or [lift(0)]
    text = "+".join(part.text for part in found)
    return Formula(f"({text})" if len(found) > 1 else text, sum(part.value for part in found))


def joined(*parts: Lifted) -> Formula:
    """Texts one behind the other."""
    found = [lift(part) for part in parts]
    return Formula(
        "&".join(part.text for part in found), "".join(str(part.value) for part in found)
    )


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value
