"""How many weeks a gap should have, where that changes within the planned weeks.

A gap counts by the least that any planned week asks for which it reaches over, both ends included:
whoever has just begun to work half as much is not too early by what holds only from now on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from planner.cells import Block, Workings
from planner.records import dataclass


def least(wanted: Sequence[int], first: int, last: int) -> int:
    """What a gap between two weeks should have, by their numbers from the first planned one; or
    between two turns of several weeks."""
    return min(wanted[max(first, 0) : last + 1])


class Wanted(NamedTuple):
    """Where a workbook says it: blocks with a row an engineer, each with the number of the first
    week for which it holds, and the column in all of them."""

    blocks: tuple[tuple[int, Block], ...]
    column: int

    def formula(self, cell: str, w: int, gap: str) -> str:
        """What the gap before a week should have for the engineer whose number is in a cell."""
        *earlier, (latest, block) = [each for each in self.blocks if each[0] <= w]
        own = self._of(block, cell)
        if not earlier:
            return own
        ends = [start for start, _ in earlier[1:]] + [latest]
        parts = [
            f"IF({gap}>{w - end},{self._of(before, cell)},{own})"
            for (_, before), end in zip(earlier, ends, strict=True)
        ]
        return f"MIN({','.join([own, *parts])})"

    def _of(self, block: Block, cell: str) -> str:
        return f"INDEX({block.down(self.column)},{cell})"


@dataclass(frozen=True)
class WantedGaps:
    """The same in a workbook, in a column of the block of that name: ``by_number`` gives what each
    planned week or turn asks of an engineer, by the engineer's number."""

    work: Workings
    name: str
    column: int
    by_number: Mapping[int, Sequence[int]]

    @property
    def most(self) -> int:
        return max((max(each) for each in self.by_number.values()), default=0)

    def write(self, columns: int) -> None:
        """Fill the column, and those of further blocks for the weeks in which anything changes."""
        for start in self._starts:
            block = self.work.by_person(self._block(start), columns)
            for number, wanted in self.by_number.items():
                self.work.put(block, number - 1, self.column, wanted[start])

    @cached_property
    def where(self) -> Wanted:
        """The cells."""
        blocks = ((start, self.work.by_person(self._block(start))) for start in self._starts)
        return Wanted(tuple(blocks), self.column)

    def value(self, number: int, w: int, gap: int) -> int:
        return least(self.by_number[number], w - gap, w)

    @cached_property
    def _starts(self) -> list[int]:
        """The numbers of the first week, and of those that ask for something else than before."""
        values = list(zip(*self.by_number.values(), strict=True))
        return [w for w in range(len(values)) if w == 0 or values[w] != values[w - 1]]

    def _block(self, start: int) -> str:
        return f"{self.name} from week {start + 1}" if start else self.name
