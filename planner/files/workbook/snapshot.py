"""What the planner knew when it wrote a workbook: so that it can tell later what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from planner.domain import Vacation
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.problem import Problem

Absence = tuple[str, str, str]
"""Engineer, first and last day in ISO form."""

_TYPED = ", sheet "
"""In the source of a fact that was typed into a workbook, not into the inputs."""


@dataclass(frozen=True)
class Snapshot:
    """Absences from the inputs, each engineer's public holidays, and wishes, in the horizon.

    Days and weeks are in ISO form. Wishes are (engineer, week, on or off).
    """

    absences: tuple[Absence, ...] = ()
    holidays: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wishes: tuple[tuple[str, str, str], ...] = ()

    def rows(self) -> list[tuple[str, Any]]:
        """Keys and values for the workbook's record."""
        rows: list[tuple[str, Any]] = [("wishes", self.wishes)]
        rows += [(f"absence {n}", one) for n, one in enumerate(self.absences, start=1)]
        rows += [(f"holidays {name}", days) for name, days in self.holidays.items()]
        return rows


def absence(vacation: Vacation) -> Absence:
    """What tells one vacation from another, whatever its kind and note."""
    return (vacation.engineer, vacation.start.isoformat(), vacation.end.isoformat())


def is_typed(vacation: Vacation) -> bool:
    """Whether somebody typed it into the workbook, where all may read it."""
    return _TYPED in str(vacation.source)


def snapshot_of(problem: Problem) -> Snapshot:
    """What a problem knows about its planned weeks."""
    first, last = problem.horizon.first, problem.horizon.last
    absences = (
        absence(v)
        for v in problem.team.vacations
        if v.start <= last and first <= v.end and not is_typed(v)
    )
    holidays = {
        engineer.name: tuple(
            holiday.day.isoformat()
            for holiday in problem.days_off.holidays.get(engineer.name, ())
            if first <= holiday.day <= last
        )
        for engineer in problem.engineers
    }
    wishes = (
        (w.engineer, w.week.name, w.wish) for w in problem.team.wishes if w.week in problem.weeks
    )
    return Snapshot(tuple(absences), holidays, tuple(wishes))


def read_snapshot(found: Mapping[str, Any], renamed: Mapping[str, str]) -> Snapshot:
    """The same from the rows of a record; raises as indexing does if they are damaged.

    ``renamed`` are today's names of who had another.
    """
    absences: list[Absence] = []
    while (key := f"absence {len(absences) + 1}") in found:
        engineer, start, end = found[key]
        absences.append((renamed.get(engineer, engineer), start, end))
    prefix = "holidays "
    holidays = {
        renamed.get(key.removeprefix(prefix), key.removeprefix(prefix)): tuple(days)
        for key, days in found.items()
        if key.startswith(prefix)
    }
    stated = found.get("wishes", ())
    wishes = tuple((renamed.get(name, name), week, wish) for name, week, wish in stated)
    return Snapshot(tuple(absences), holidays, wishes)
