"""Rotations, and their roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal, get_args

from planner.domain.hours import Hours
from planner.domain.validating import (
    ensure,
    ensure_day,
    ensure_known,
    ensure_once,
    ensure_text,
    ensure_whole,
    freeze,
    refuse,
)
from planner.domain.weeks import DutyWeek
from planner.records import dataclass

Level = Literal["junior", "senior"]
RoleWeeks = Literal["every", "month-end"]
HandoverOnHolidays = Literal["mark", "move"]

DEFAULT_KIND = "on-call"
MOST_WEEKS_A_TURN = 26
PRIMARY, SECONDARY = "primary", "secondary"


@dataclass(frozen=True, slots=True)
class Role:
    """A seat in a rotation.

    Seats of one rotation that are ``alike`` have no order between them: they are called by a name
    that they share and a number, and are otherwise equal.
    """

    name: str
    kind: str = DEFAULT_KIND
    weeks: RoleWeeks = "every"
    optional: bool = False
    levels: tuple[Level, ...] = ()
    offset: int | None = None
    restful: bool = False
    alike: str = ""

    def __post_init__(self) -> None:
        ensure_text(self.name, "the name of a role")
        ensure(self.alike, str, f"what the role {self.name} shares")
        ensure_text(self.kind, f"the kind of the role {self.name}")
        ensure_known(self.weeks, get_args(RoleWeeks), f"the weeks of {self.name}", "one of them")
        freeze(self, "levels", str, f"the level of the role {self.name}")
        for level in self.levels:
            ensure_known(level, get_args(Level), f"the level of the role {self.name}", "a level")
        if self.offset is not None:
            ensure(self.offset, int, f"the offset of the role {self.name}")
        for flag in (self.optional, self.restful):
            ensure(flag, bool, f"a flag of the role {self.name}")

    @property
    def shared(self) -> str:
        """What people call the role: the name that it shares with seats alike, or its own."""
        return self.alike or self.name

    def seats(self, number: int) -> tuple[Role, ...]:
        """So many seats alike of this role; one is the role itself."""
        if number == 1:
            return (self,)
        names = (f"{self.name} {n}" for n in range(1, number + 1))
        return tuple(replace(self, name=name, alike=self.name) for name in names)


@dataclass(frozen=True, slots=True)
class Dated:
    """From when until when somebody is a member of a rotation; both dates are included."""

    member: str
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        ensure_text(self.member, "the member of a cycle")
        for day in (self.since, self.until):
            if day is not None:
                ensure_day(day, f"the date of {self.member} in a cycle")
        if self.since and self.until and self.until < self.since:
            refuse(f"the end of {self.member} in a cycle", str(self.until), "is before its start")

    def holds(self, week: DutyWeek) -> bool:
        """Whether every day of the week lies between the dates."""
        begun = self.since is None or self.since <= week.first
        return begun and (self.until is None or week.last <= self.until)


@dataclass(frozen=True, slots=True)
class Pause:
    """Dates between which a rotation rests; both are included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            ensure_day(day, "the date of a pause")
        if self.end < self.start:
            refuse("the end of a pause", str(self.end), "is before its start")


@dataclass(frozen=True, slots=True)
class Rotation:
    """One stream of on-call duty: its members in the order of their turns, and its roles.

    ``dates`` are those between which some members are in it; the others always are. In ``pauses``
    nobody is on duty. ``hours`` are those of part of the week or of the day; ``None`` means all.
    ``turn`` is how many duty weeks one turn lasts.
    """

    name: str
    cycle: tuple[str, ...]
    roles: tuple[Role, ...]
    dates: tuple[Dated, ...] = ()
    pauses: tuple[Pause, ...] = ()
    hours: Hours | None = None
    turn: int = 1

    def __post_init__(self) -> None:
        ensure_text(self.name, "the name of a rotation")
        freeze(self, "cycle", str, f"the member of {self.name}")
        freeze(self, "roles", Role, f"the role of {self.name}")
        if not self.cycle:
            refuse("the cycle of", self.name, "has no members")
        if not self.roles:
            refuse("the rotation", self.name, "has no role")
        ensure_once(self.cycle, f"in the cycle of {self.name},")
        ensure_once((role.name for role in self.roles), f"in {self.name}, the role")
        self._ensure_alike()
        freeze(self, "dates", Dated, f"the dates of {self.name},")
        for dated in self.dates:
            ensure_known(dated.member, self.cycle, f"in the dates of {self.name},", "a member")
        freeze(self, "pauses", Pause, f"the pause of {self.name}")
        ensure(self.hours, (Hours, type(None)), f"the hours of {self.name}")
        ensure_whole(self.turn, f"the weeks of a turn of {self.name}", 1, MOST_WEEKS_A_TURN)

    def _ensure_alike(self) -> None:
        """Seats that share a name stand side by side and differ in nothing else; no other role is
        called so."""
        for role in self.roles:
            same = self.alike(role)
            first = self.roles.index(same[0])
            equal = all(replace(each, name=role.name) == role for each in same)
            if role.alike and not (equal and self.roles[first : first + len(same)] == same):
                refuse(f"in {self.name}, the seats of", role.alike, "are not alike, side by side")

    def alike(self, role: Role) -> tuple[Role, ...]:
        """The seats of the same role: those that share its name, or itself alone."""
        return tuple(each for each in self.roles if each.shared == role.shared)

    def dates_of(self, member: str) -> tuple[Dated, ...]:
        """The dates between which somebody is a member; none if the file gives none."""
        return tuple(dated for dated in self.dates if dated.member == member)

    def has(self, member: str, week: DutyWeek) -> bool:
        """Whether somebody is a member in that week."""
        dates = self.dates_of(member) if self.dates else ()
        return member in self.cycle and (not dates or any(each.holds(week) for each in dates))

    def rests(self, week: DutyWeek) -> bool:
        """Whether every day of the week lies in a pause: it has no duty of this rotation then."""
        return bool(self.pauses) and all(
            any(pause.start <= day <= pause.end for pause in self.pauses) for day in week.days
        )

    def role(self, name: str) -> Role:
        return next(role for role in self.roles if role.name == name)

    def offset(self, role: Role, members: int) -> int:
        """How many turns after the first role's turn this role's turn comes.

        Roles lie at even distances in the cycle unless the team says otherwise: with two
        roles, the secondary's turn is half a cycle after the primary's. Seats that are alike lie
        at even distances from each other. ``members`` are in the rotation in the week that is
        asked about.
        """
        if any(each.alike for each in self.roles):
            return _offsets(self.roles, members)[self.roles.index(role)]
        if role.offset is not None:
            return role.offset
        return self.roles.index(role) * members // len(self.roles)


@cache
def _offsets(roles: tuple[Role, ...], members: int) -> tuple[int, ...]:
    """Where in the cycle each role's turn is; no two turns fall together where that is possible.

    The first of the seats that are alike has the place that any role would have there, or the next
    one from which none of them falls on the turn of a role before.
    """
    found: list[int] = []
    while len(found) < len(roles):
        role = roles[len(found)]
        seats = sum(each.shared == role.shared for each in roles)
        apart = [n * members // seats for n in range(seats)]
        begin, shifts = len(found) * members // len(roles), range(members)
        if role.offset is not None:
            begin, shifts = role.offset, range(1)
        places = [[begin + shift + each for each in apart] for shift in shifts]
        taken = {place % members for place in found}
        free = (each for each in places if not taken & {place % members for place in each})
        found += next(free, places[0])
    return tuple(found)
