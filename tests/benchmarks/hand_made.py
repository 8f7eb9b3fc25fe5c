"""A rota as a team makes it by hand, written plainly and without the planner's rules or model.

The cycle is written down to the end; then each turn whose holder is absent is exchanged with the
nearest later week whose holder can take it.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain import DutyWeek, Team

Turns = list[list[str]]
"""Week by week, who holds each role of the one rotation."""


def by_hand(team: Team, weeks: Sequence[DutyWeek]) -> Turns:
    """The cycle begins with its first member; a second role runs half a cycle behind."""
    cycle, roles = team.rotations[0].cycle, len(team.rotations[0].roles)
    step = len(cycle) // roles
    turns = [
        [cycle[(w - step * role) % len(cycle)] for role in range(roles)] for w in range(len(weeks))
    ]
    for w in range(len(weeks)):
        for role in range(roles):
            if _away(team, turns[w][role], weeks[w]):
                _hand_over(team, weeks, turns, w, role)
    return turns


def _hand_over(team: Team, weeks: Sequence[DutyWeek], turns: Turns, w: int, role: int) -> None:
    """Exchange a turn with the nearest later one that suits both; else give it to somebody."""
    absent = turns[w][role]
    for later in range(w + 1, len(weeks)):
        other = turns[later][role]
        if _can(team, other, weeks, turns, w) and _can(team, absent, weeks, turns, later):
            turns[w][role], turns[later][role] = other, absent
            return
    for name in team.rotations[0].cycle:
        if _can(team, name, weeks, turns, w):
            turns[w][role] = name
            return


def _can(team: Team, name: str, weeks: Sequence[DutyWeek], turns: Turns, w: int) -> bool:
    return name not in turns[w] and not _away(team, name, weeks[w])


def _away(team: Team, name: str, week: DutyWeek) -> bool:
    return any(v.start <= week.last and week.first <= v.end for v in team.vacations_of(name))
