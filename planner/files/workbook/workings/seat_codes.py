"""The letters by which grids name seats. Where there are many, they stand in a list of their own:
Excel bears 64 functions within each other, and so no choice between more seats; and long before, a
choice in each cell of a year for two hundred people made a file too large to be read back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planner.cells.references import Block
from planner.cells.workings import Workings
from planner.files.workbook import seats

FEW_SEATS = 10
"""So many are chosen from one by one."""


class SeatCodes(NamedTuple):
    """``names`` are the codes of all seats, in order; ``listed`` is where they stand: a row of
    codes, and below it a rank for each, the higher the earlier; ``ranks`` has them in a column."""

    names: tuple[str, ...]
    listed: Block
    ranks: Block

    def first(self, tests: str, marks: str = "") -> str:
        """The code of the first seat for which a row of tests holds, with its mark, if any; empty
        if there is none."""
        rank = f"SUMPRODUCT(MAX({tests}*{self.listed.seen(self.listed.across(1))}))"
        return self._code(rank, marks)

    def first_below(self, tests: Iterable[tuple[str, int, int]]) -> str:
        """The same where seats stand below each other: tests, and the seats that they are of."""
        ranks = (
            f"SUMPRODUCT(MAX({test}*{self.ranks.seen(self.ranks.down(0, a, b))}))"
            for test, a, b in tests
        )
        return self._code(f"MAX({','.join(ranks)})", "")

    def _code(self, rank: str, marks: str) -> str:
        number = f"{len(self.names) + 1}-{rank}"
        code = f"INDEX({self.listed.seen(self.listed.across(0))},{number})"
        mark = f"&INDEX({marks},{number})" if marks else ""
        return f'IF({rank}=0,"",{code}{mark})'


def seat_codes(work: Workings) -> SeatCodes:
    """The codes of the team; many are written down as they are first asked for."""
    codes = tuple(seats.codes(work.facts.problem.team).values())
    if work.seats <= FEW_SEATS:
        nowhere = Block("", 0, 0, 0, 0)
        return SeatCodes(codes, nowhere, nowhere)
    listed = work.list_below("codes of seats", 2, work.seats, _fill_codes)
    return SeatCodes(codes, listed, work.list_below("ranks of seats", work.seats, 1, _fill_ranks))


def _fill_codes(work: Workings, block: Block) -> None:
    for s, code in enumerate(seats.codes(work.facts.problem.team).values()):
        work.put(block, 0, s, code)
        work.put(block, 1, s, work.seats - s)


def _fill_ranks(work: Workings, block: Block) -> None:
    work.put_column(block, 0, range(work.seats, 0, -1))
