"""How many weeks a gap should have, where that changes within the planned weeks.

A gap counts by the least that any planned week asks for which it reaches over, both ends included:
whoever has just begun to work half as much is not too early by what holds only from now on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from planner.cells import Workings
from planner.records import dataclass


def least(wanted: Sequence[int], first: int, last: int) -> int:
    """What a gap between two weeks should have, by their numbers from the first planned one."""
    return min(wanted[max(first, 0) : last + 1])


@dataclass(frozen=True)
class WantedGaps:
    """The same in a workbook, in a column of the block of that name: ``by_number`` gives what each
    planned week asks of an engineer, by the engineer's number."""

    work: Workings
    name: str
    column: int
    by_number: Mapping[int, Sequence[int]]

    @cached_property
    def most(self) -> int:
        return max((max(each) for each in self.by_number.values()), default=0)

    def write(self, columns: int) -> None:
        """Fill the column, and those of further blocks for the weeks in which anything changes."""
        for start in self._starts:
            block = self.work.by_person(self._block(start), columns)
            for number, wanted in self.by_number.items():
                self.work.put(block, number - 1, self.column, wanted[start])

    def formula(self, cell: str, w: int, gap: str) -> str:
        """What the gap before a week should have for the engineer whose number is in a cell."""
        *earlier, latest = [start for start in self._starts if start <= w]
        own = self.work.person(self._block(latest), cell, self.column)
        if not earlier:
            return own
        parts = [
            f"IF({gap}>{w - end},{self.work.person(self._block(start), cell, self.column)},{own})"
            for start, end in zip(earlier, [*earlier[1:], latest], strict=True)
        ]
        return f"MIN({','.join([own, *parts])})"

    def value(self, number: int, w: int, gap: int) -> int:
        return least(self.by_number[number], w - gap, w)

    @cached_property
    def _starts(self) -> list[int]:
        """The numbers of the first week, and of those that ask for something else than before."""
        values = list(zip(*self.by_number.values(), strict=True))
        return [w for w in range(self.work.weeks) if w == 0 or values[w] != values[w - 1]]

    def _block(self, start: int) -> str:
        return f"{self.name} from week {start + 1}" if start else self.name
