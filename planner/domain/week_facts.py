"""What is kept of a week that is past: who was a member with what share, and whose turn it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction

from planner.domain.rotations import Level, Role
from planner.domain.weeks import DutyWeek
from planner.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One member of a rotation in one week, with what decides what they owed in it."""

    name: str
    share: Fraction
    level: Level | None = None
    roles: tuple[str, ...] = ()

    def may_hold(self, role: Role) -> bool:
        """Whether the member might sit in that seat then."""
        named = not self.roles or role.shared in self.roles
        return named and (not role.levels or self.level in role.levels)


@dataclass(frozen=True)
class WeekFacts:
    """The facts of one week, by rotation; ``turns`` names whose turn the first role was.

    ``begun`` says when the turn began in which the week lies and how many weeks it lasts, where
    turns last several. ``reckoned``: the week was not planned with these facts, which stood when a
    later one was.
    """

    members: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    turns: Mapping[str, str] = field(default_factory=dict)
    reckoned: bool = False
    begun: Mapping[str, tuple[DutyWeek, int]] = field(default_factory=dict)


Recorded = Mapping[DutyWeek, WeekFacts]
"""The facts of weeks as published workbooks recorded them."""


def together(found: Iterable[Recorded], first_week: DutyWeek) -> dict[DutyWeek, WeekFacts]:
    """The facts of the weeks before ``first_week``, by several rotas, of which later ones count.

    A week that was planned with its facts keeps them whatever a later rota reckoned of it.
    """
    weeks: dict[DutyWeek, WeekFacts] = {}
    for recorded in found:
        for week, facts in recorded.items():
            if week < first_week and not (facts.reckoned and week in weeks):
                weeks[week] = facts
    return weeks
