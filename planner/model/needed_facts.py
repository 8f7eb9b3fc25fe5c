"""Which facts of a clash are each the last straw, learnt from one rota that keeps all but one.

If a choice of seats breaks exactly one of the facts, that fact is needed: without it the rest
can hold. A small change that mends it often breaks exactly one other fact, which is then needed
too, and so on from fact to fact without asking the solver again ("recursive model rotation",
A. Belov & J. Marques-Silva, FMCAD 2011).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from planner.checking.clash import Member
from planner.records import dataclass
from planner.rules.base import Assignment, Row


@dataclass(frozen=True, slots=True)
class _Choice:
    """Seats taken, what each row then comes to, and the one member that it breaks."""

    taken: frozenset[Assignment]
    totals: dict[int, int]
    broken: int


def last_straws(
    forced: Sequence[Row], members: Sequence[Member], taken: Collection[Assignment]
) -> set[int]:
    """The ``id`` of each member found to be needed, from seats that break at most one of them."""
    return _Walk(forced, members).from_seats(frozenset(taken))


class _Walk:
    def __init__(self, forced: Sequence[Row], members: Sequence[Member]) -> None:
        self.members = members
        self.rows: list[tuple[Row, int]] = [(row, -1) for row in forced]
        self.rows += [(row, n) for n, member in enumerate(members) for row in member.rows]
        self.touching: dict[Assignment, list[tuple[int, int]]] = {}
        self.rows_of: dict[int, list[int]] = {}
        for r, (row, n) in enumerate(self.rows):
            self.rows_of.setdefault(n, []).append(r)
            for factor, seat in row.terms:
                self.touching.setdefault(seat, []).append((r, factor))

    def from_seats(self, taken: frozenset[Assignment]) -> set[int]:
        totals = {
            r: sum(factor for factor, seat in row.terms if seat in taken)
            for r, (row, _) in enumerate(self.rows)
        }
        broken = {n for r, (_, n) in enumerate(self.rows) if not self._keeps(r, totals[r])}
        if len(broken) != 1 or -1 in broken:
            return set()
        needed = set(broken)
        waiting = [_Choice(taken, totals, *broken)]
        while waiting:
            choice = waiting.pop()
            for changed in self._mended(choice):
                if changed.broken not in needed:
                    needed.add(changed.broken)
                    waiting.append(changed)
        return {id(self.members[n]) for n in needed}

    def _mended(self, choice: _Choice) -> Iterator[_Choice]:
        """Choices one seat away that break one other member, and no longer this one."""
        for r in self.rows_of[choice.broken]:
            row, total = self.rows[r][0], choice.totals[r]
            wanted = 1 if row.least is not None and total < row.least else -1
            if self._keeps(r, total):
                continue
            for factor, seat in row.terms:
                step = -1 if seat in choice.taken else 1
                if factor * step * wanted > 0:
                    changed = self._changed(choice, seat, step)
                    if changed is not None:
                        yield changed

    def _changed(self, choice: _Choice, seat: Assignment, step: int) -> _Choice | None:
        broken = {choice.broken}
        totals = {}
        for r, factor in self.touching[seat]:
            totals[r] = choice.totals[r] + factor * step
            if not self._keeps(r, totals[r]):
                broken.add(self.rows[r][1])
        after = {**choice.totals, **totals}
        if all(self._keeps(r, after[r]) for r in self.rows_of[choice.broken]):
            broken.discard(choice.broken)
        if len(broken) != 1 or -1 in broken:
            return None
        return _Choice(choice.taken ^ {seat}, after, *broken)

    def _keeps(self, r: int, total: int) -> bool:
        row = self.rows[r][0]
        return (row.least is None or row.least <= total) and (row.most is None or total <= row.most)
