"""Duties that people have decided upon: by agreed swaps, locks, and stand-ins for part of them.

A swap is about a role. Of seats that are alike, whoever takes such a duty holds one of them, and
whoever gave it away none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from planner.domain import Duty, Source
from planner.domain.swap_chains import Handing, ends, handings
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class Fixed:
    """A duty that planning must give to one engineer: swapped, locked, or covered in part."""

    duty: Duty
    engineer: str
    because: Literal["swap", "lock", "cover"]
    source: Source | None = field(default=None, compare=False)


def fixed_in(problem: Problem, covered_holders: Mapping[Duty, str]) -> tuple[Fixed, ...]:
    """Agreed swaps, locked duties and duties with a stand-in, within the horizon."""
    found = [
        Fixed(last.duty, last.new, "swap", last.swap.source)
        for first, handed in _handed(problem).items()
        # Who has it in the end; where the rows contradict each other, all of them stand.
        for last in ends(handed, len(problem.team.alike(first))) or handed
    ]
    found += [Fixed(h.duty, h.engineer, "lock") for h in problem.locked if h.engineer]
    found += [Fixed(duty, holder, "cover") for duty, holder in covered_holders.items()]
    return tuple(fixed for fixed in found if fixed.duty in problem.duty_index)


def given_up_in(problem: Problem) -> tuple[Fixed, ...]:
    """Who gave a duty of several that are alike away: they hold none of these in its week.

    Of a seat that is like no other nothing has to be said, for it is taken.
    """
    team = problem.team
    takers = {(f.engineer, team.alike(f.duty)) for f in problem.fixed if f.because == "swap"}
    found = {
        (first, each.old): Fixed(first, each.old, "swap", each.swap.source)
        for first, handed in _handed(problem).items()
        for each in handed
        if first in problem.duty_index and len(team.alike(first)) > 1
    }
    return tuple(f for f in found.values() if (f.engineer, team.alike(f.duty)) not in takers)


def _handed(problem: Problem) -> dict[Duty, tuple[Handing, ...]]:
    """What agreed swaps do with each duty; with those that are alike, by the first of them."""
    team = problem.team
    return handings(team.swaps, lambda duty: team.alike(duty)[0])
