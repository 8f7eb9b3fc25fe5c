"""Duty weeks: the seven dates from one handover to the next."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from planner.domain.validating import ensure_day


class _First(NamedTuple):
    """A tuple is hashed and compared a hundred times as often as it is made, and quickly."""

    first: date


class DutyWeek(_First):
    """The seven dates from one handover to the next, known by the first of them."""

    __slots__ = ()

    def __new__(cls, first: date) -> DutyWeek:
        if first.__class__ is not date:
            ensure_day(first, "the first day of a duty week")
        return tuple.__new__(cls, (first,))

    @property
    def name(self) -> str:
        """The ISO week of the first day, as ``2024-W27``."""
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        return _days_from(self.first)

    def later(self, weeks: int) -> DutyWeek:
        """The duty week so many weeks later (earlier, if negative)."""
        return _later(self.first, weeks)

    def until(self, other: DutyWeek) -> int:
        """How many weeks lie from this one to ``other`` (negative if it is earlier)."""
        return (other.first - self.first).days // 7

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __str__(self) -> str:
        return self.name


# Of few weeks it is asked over and over.
@lru_cache(maxsize=4096)
def _days_from(first: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(7))


@lru_cache(maxsize=4096)
def _later(first: date, weeks: int) -> DutyWeek:
    return DutyWeek(first + timedelta(weeks=weeks))
