"""A team with everything that its folder says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property

from planner.domain.fitting import fit_together
from planner.domain.people import Engineer, Region
from planner.domain.requests import HolidayChange, Swap, Vacation, Wish
from planner.domain.rota import Duty, Rota, Seat
from planner.domain.rotations import HandoverOnHolidays, Role, Rotation, Settings
from planner.domain.validating import ensure, ensure_text
from planner.domain.weeks import DutyWeek


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What the team is on call for, as its documents describe it.

    ``rotation`` is empty where nobody is on call for it. ``deadline`` is kept as written;
    ``planner.runbook.deadlines`` understands it.
    """

    name: str
    purpose: str = ""
    primary_owner: str = ""
    secondary_owner: str = ""
    rotation: str = ""
    hours: str = ""
    respond_within: str = ""
    deadline: str = ""
    sla: str = ""
    upstream: str = ""
    downstream: str = ""
    watched_by: str = ""
    escalation: str = ""
    common_issues: str = ""

    def __post_init__(self) -> None:
        ensure_text(self.name, "the name of a pipeline")
        ensure(self.rotation, str, f"the rotation of {self.name}")


@dataclass(frozen=True, repr=False)
class Team:
    """A team folder, read and validated. Engineers are sorted by name.

    Raises ``FactError`` where its parts do not fit together.
    """

    key: str
    name: str
    timezone: str
    engineers: tuple[Engineer, ...]
    rotations: tuple[Rotation, ...]
    settings: Settings = field(default_factory=Settings)
    aims: tuple[str, ...] = ()
    handover_weekday: int = 1
    handover_time: time = time(10, 0)
    handover_on_holidays: HandoverOnHolidays = "mark"
    business_days: Region | None = None
    week_one: date | None = None
    year_starts: tuple[int, int] = (1, 1)
    vacations: tuple[Vacation, ...] = ()
    wishes: tuple[Wish, ...] = ()
    swaps: tuple[Swap, ...] = ()
    holiday_changes: tuple[HolidayChange, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()
    history: Rota = field(default_factory=Rota)
    folder: str = field(default="", compare=False)
    """Where it was read; beside it may be teams that share people with it."""

    def __post_init__(self) -> None:
        fit_together(self, Pipeline)

    def __repr__(self) -> str:
        """In one line: whole, a team would fill a screen."""
        people = ", ".join(engineer.name for engineer in self.engineers)
        return f"<Team {self.key}: {people}; {', '.join(map(_said, self.rotations))}>"

    @cached_property
    def _engineers(self) -> dict[str, Engineer]:
        return {engineer.name: engineer for engineer in self.engineers}

    def engineer(self, name: str) -> Engineer:
        return self._engineers[name]

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Today's name of everybody who had another, by the earlier one."""
        return {old: engineer.name for engineer in self.engineers for old in engineer.formerly}

    def seen_from(self, week: DutyWeek) -> Team:
        """The team with everybody as of that week, who still know what held before and after."""
        if not any(engineer.stages for engineer in self.engineers):
            return self
        return replace(self, engineers=tuple(engineer.at(week) for engineer in self.engineers))

    def could_hold(self, engineer: Engineer, duty: Duty) -> bool:
        """Whether the engineer is a member that week who may hold the role, absences aside."""
        rotation = self.rotation(duty.rotation)
        return rotation.has(engineer.name, duty.week) and engineer.at(duty.week).may_hold(
            self.role_of(duty)
        )

    @cached_property
    def _rotations(self) -> dict[str, Rotation]:
        return {rotation.name: rotation for rotation in self.rotations}

    def rotation(self, name: str) -> Rotation:
        return self._rotations[name]

    @cached_property
    def roles(self) -> dict[Seat, Role]:
        """Every seat with its role, in the team's order."""
        return {
            Seat(rotation.name, role.name): role
            for rotation in self.rotations
            for role in rotation.roles
        }

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Every role of every rotation, in the team's order."""
        return tuple(self.roles)

    def role_of(self, duty: Duty) -> Role:
        return self.roles[duty.seat]

    def title(self, seat: Seat, mark: str = ":") -> str:
        """``primary``; with two or more rotations ``<rotation>: primary``."""
        return seat.role if len(self.rotations) == 1 else f"{seat.rotation}{mark} {seat.role}"

    @cached_property
    def _absences(self) -> dict[str, tuple[Vacation, ...]]:
        found: dict[str, list[Vacation]] = {}
        for vacation in self.vacations:
            engineer = self._engineers.get(vacation.engineer)
            if engineer is None or engineer.employed_within(vacation.start, vacation.end):
                found.setdefault(vacation.engineer, []).append(vacation)
        return {name: tuple(absences) for name, absences in found.items()}

    def vacations_of(self, engineer: str) -> tuple[Vacation, ...]:
        """The engineer's absences, but for those before joining and after leaving."""
        return self._absences.get(engineer, ())

    def away(self, engineer: str, week: DutyWeek) -> tuple[Vacation, ...]:
        """The vacations that keep the engineer from any duty in that week."""
        return tuple(v for v in self.vacations_of(engineer) if v.blocks(week))


def _said(rotation: Rotation) -> str:
    return f"{rotation.name} ({', '.join(role.name for role in rotation.roles)})"
