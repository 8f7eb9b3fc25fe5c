"""Engineers, and where they live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planner.domain.rotations import Level, Role
from planner.domain.weeks import DutyWeek


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A country and its state or nation, as codes: ``MY/KUL``, ``GB/ENG``."""

    country: str
    subdivision: str

    def __str__(self) -> str:
        return f"{self.country}/{self.subdivision}" if self.subdivision else self.country


@dataclass(frozen=True, slots=True)
class Engineer:
    """A person who can be on call. ``share`` 1 is a full share of duties, ½ is half."""

    name: str
    region: Region
    email: str = ""
    festivals: tuple[str, ...] = ()
    level: Level | None = None
    share: Fraction = Fraction(1)
    joined: date | None = None
    left: date | None = None
    group: str = ""
    roles: tuple[str, ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()

    def employed(self, week: DutyWeek) -> bool:
        """Whether every day of the week lies between joining and leaving."""
        return (self.joined is None or self.joined <= week.first) and (
            self.left is None or week.last <= self.left
        )

    def may_hold(self, role: Role) -> bool:
        """Whether this person may ever sit in that seat (dates aside)."""
        named = not self.roles or role.name in self.roles
        return named and (not role.levels or self.level in role.levels)
