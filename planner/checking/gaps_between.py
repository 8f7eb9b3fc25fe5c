"""How far apart one's duties lie, over all roles of all rotations, and that in a sentence.

Counted are weeks from one duty week to the next, the last one before the planned weeks included;
those of one turn of several weeks are one. Roles that the team calls restful do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planner.domain import Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.records import dataclass
from planner.rules.rest import usual_distance
from planner.wording import listed

FEW = 3
"""So many gaps are named one by one; of more it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody's duty in ``later``, so many weeks after their duty before."""

    engineer: str
    later: DutyWeek
    weeks: int


@dataclass(frozen=True)
class Gaps:
    """All gaps by engineer and week; ``usual`` is every how many weeks one's duty comes, or one's
    turn where any lasts several weeks."""

    each: tuple[Gap, ...]
    usual: tuple[tuple[str, int], ...]
    turns: bool = False

    @property
    def shortest(self) -> tuple[Gap, ...]:
        """Those of the fewest weeks, earliest first."""
        least = min((gap.weeks for gap in self.each), default=0)
        return tuple(
            sorted((gap for gap in self.each if gap.weeks == least), key=lambda gap: gap.later)
        )

    def usual_for(self, engineer: str) -> int | None:
        """Every how many weeks the engineer's duty comes; nothing for who owes none."""
        return dict(self.usual).get(engineer)

    def least_of(self, engineer: str) -> int | None:
        """The engineer's shortest gap, in weeks; nothing for who is on duty once at most."""
        return min((gap.weeks for gap in self.each if gap.engineer == engineer), default=None)

    def said(self) -> str:
        """``Nobody is on duty again within 3 weeks; usual distance 6.``"""
        shortest = self.shortest
        if not shortest:
            return "Nobody is on duty twice."
        weeks = shortest[0].weeks
        if weeks == 1:
            first = f"{_named(shortest)} on duty two weeks running"
        else:
            within = weeks - 1
            plural = "" if within == 1 else "s"
            first = f"Nobody is on duty again within {within} week{plural}"
        return f"{first}; {self.usual_said}."

    @property
    def usual_said(self) -> str:
        """``usual distance 6``, or ``usual distance 4 to 8`` of people who owe differently; where
        turns last several weeks, ``a turn comes every 10 weeks``."""
        distances = sorted({distance for _, distance in self.usual})
        if not distances:
            return "nobody owes any duty"
        least, most = distances[0], distances[-1]
        weeks = str(least) if least == most else f"{least} to {most}"
        return f"a turn comes every {weeks} weeks" if self.turns else f"usual distance {weeks}"


def gaps_between(problem: Problem, rota: Rota) -> Gaps:
    """The gaps of a rota of the problem's weeks."""
    each = [gap for engineer in problem.engineers for gap in _gaps(problem, rota, engineer.name)]
    usual = tuple(sorted(usual_distance(problem).items()))
    return Gaps(tuple(each), usual, problem.stints.several)


def _gaps(problem: Problem, rota: Rota, name: str) -> list[Gap]:
    before = [d for d in problem.history.duties_of(name) if _tiring(problem, d)]
    held = [d for d in rota.duties_of(name) if _tiring(problem, d) and d.week in problem.weeks]
    by_week = {duty.week: duty for duty in (*before[-1:], *held)}
    return [
        Gap(name, later.week, earlier.week.until(later.week))
        for earlier, later in pairwise(by_week.values())
        if later.week in problem.weeks and not problem.stints.one(earlier, later)
    ]


def _tiring(problem: Problem, duty: Duty) -> bool:
    known = problem.team.strand(duty.seat) in problem.team.strands
    return not known or not problem.team.role_of(duty).restful


def _named(gaps: Sequence[Gap]) -> str:
    """``Ana (2024-W31) is``, ``Ana (2024-W31) and Ben (2024-W33) are``, ``7 times somebody is``."""
    if len(gaps) > FEW:
        return f"{len(gaps)} times somebody is"
    who = listed([f"{gap.engineer} ({gap.later})" for gap in gaps])
    return f"{who} {'is' if len(gaps) == 1 else 'are'}"
