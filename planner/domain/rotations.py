"""Rotations, their roles, and the rules that a team sets for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BackToBack = Literal["same role", "any role"]
CoverPolicy = Literal["anyone", "next", "previous"]
Level = Literal["junior", "senior"]
RoleWeeks = Literal["every", "month-end"]
HandoverOnHolidays = Literal["mark", "move"]

DEFAULT_KIND = "on-call"
PRIMARY, SECONDARY = "primary", "secondary"


@dataclass(frozen=True, slots=True)
class Role:
    """A seat in a rotation."""

    name: str
    kind: str = DEFAULT_KIND
    weeks: RoleWeeks = "every"
    optional: bool = False
    levels: tuple[Level, ...] = ()
    offset: int | None = None
    restful: bool = False


@dataclass(frozen=True, slots=True)
class Rotation:
    """One stream of on-call duty: its members in the order of their turns, and its roles."""

    name: str
    cycle: tuple[str, ...]
    roles: tuple[Role, ...]

    def role(self, name: str) -> Role:
        return next(role for role in self.roles if role.name == name)

    def offset(self, role: Role) -> int:
        """How many weeks after the first role's turn this role's turn comes.

        Roles lie at even distances in the cycle unless the team says otherwise: with two
        roles, the secondary's turn is half a cycle after the primary's.
        """
        if role.offset is not None:
            return role.offset
        return self.roles.index(role) * len(self.cycle) // len(self.roles)


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``[rules]`` of a team. ``notice`` is in days."""

    back_to_back: BackToBack = "same role"
    cover: CoverPolicy = "anyone"
    notice: int | None = None
    mentoring: bool = False
    one_per_group: tuple[str, ...] = ()
    group_gap: tuple[str, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    owed_during: tuple[str, ...] = ("annual",)
    show_reasons: bool = False
    count_weekend_originals: bool = True
