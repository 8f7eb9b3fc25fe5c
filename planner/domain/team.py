"""A team with everything that its folder says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date, time
from functools import cached_property

from planner.domain.fitting import fit_together
from planner.domain.hours import Hours, Part, dates, parts
from planner.domain.people import Engineer, Region
from planner.domain.requests import HolidayChange, Swap, Vacation, Wish
from planner.domain.rota import Duty, Rota, Seat
from planner.domain.rotations import HandoverOnHolidays, Role, Rotation
from planner.domain.settings import Settings
from planner.domain.times import Times
from planner.domain.validating import ensure, ensure_text
from planner.domain.weeks import DutyWeek
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What the team is on call for, as its documents describe it.

    ``rotation`` is empty where nobody is on call for it, and may name several: ``days; nights``.
    ``deadline`` is kept as written; ``planner.runbook.deadlines`` understands it.
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

    @property
    def rotations(self) -> tuple[str, ...]:
        """The rotations that answer for it, which may cover the week together."""
        return tuple(filter(None, (name.strip() for name in self.rotation.split(";"))))

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
        roles = {each.name: ", ".join(role.name for role in each.roles) for each in self.rotations}
        said = ", ".join(f"{rotation} ({names})" for rotation, names in roles.items())
        return f"<Team {self.key}: {people}; {said}>"

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
        """The role of a duty; its seat may be a past one that :meth:`strand` still knows."""
        role = self.roles.get(duty.seat)
        return role or self.roles[self.strands[self.strand(duty.seat)][0]]

    @cached_property
    def strands(self) -> dict[Seat, tuple[Seat, ...]]:
        """The seats of each role of each rotation, in the team's order: one, or several alike.

        Whatever counts duties of the same role counts those of a strand. It is named like a seat.
        """
        found: dict[Seat, tuple[Seat, ...]] = {}
        for seat, role in self.roles.items():
            strand = Seat(seat.rotation, role.shared)
            found[strand] = (*found.get(strand, ()), seat)
        return found

    def strand(self, seat: Seat) -> Seat:
        """The role of a rotation to which a seat belongs.

        A past seat that the team has no more is one of its role if it is called by its number: of
        three seats “triage”, the team may keep two. Otherwise it is a strand of its own.
        """
        role = self.roles.get(seat)
        if role is not None:
            return Seat(seat.rotation, role.shared) if role.alike else seat
        stem, _, number = seat.role.rpartition(" ")
        numbered = Seat(seat.rotation, stem)
        return numbered if number.isdecimal() and numbered in self.strands else seat

    def alike(self, duty: Duty) -> tuple[Duty, ...]:
        """The duties of one role in the week of one of them, which may not be told apart."""
        return tuple(seat.in_week(duty.week) for seat in self.strands[self.strand(duty.seat)])

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
        """The vacations of the engineer on any day of a week."""
        return tuple(v for v in self.vacations_of(engineer) if v.blocks(week))

    def away_on(self, engineer: str, duty: Duty) -> tuple[Vacation, ...]:
        """The vacations that keep the engineer from a duty: those on a date that it touches."""
        absences = self.vacations_of(engineer)
        if not absences:
            return ()
        dates = self.dates(duty)
        return tuple(v for v in absences if v.touches(dates))

    def hours_of(self, rotation: str) -> Hours | None:
        """When a rotation is on duty; ``None`` for whole weeks, as of former rotations."""
        known = self._rotations.get(rotation)
        return None if known is None else known.hours

    def zone_of(self, rotation: str) -> str:
        """The time zone by which a rotation hands over."""
        hours = self.hours_of(rotation)
        return (hours and hours.timezone) or self.timezone

    def hours_said(self, rotation: str) -> str:
        """``08:00 – 20:00, Mon–Fri, Europe/London``; empty for whole weeks."""
        hours = self.hours_of(rotation)
        zone = f", {hours.timezone}" if hours and hours.timezone not in ("", self.timezone) else ""
        return hours.said(self.handover_weekday) + zone if hours else ""

    def parts(self, duty: Duty) -> tuple[Part, ...]:
        """What people may do of a duty each, by date."""
        known, key = self._parts, (duty.rotation, duty.week)
        if key not in known:
            known[key] = parts(self.hours_of(duty.rotation), duty.week)
        return known[key]

    def dates(self, duty: Duty) -> tuple[date, ...]:
        """The dates that a duty touches: an absence on one of them keeps people from it."""
        known, key = self._dates, (duty.rotation, duty.week)
        if key not in known:
            known[key] = dates(self.hours_of(duty.rotation), duty.week)
        return known[key]

    @cached_property
    def times(self) -> Times:
        """From when until when duties are, by the usual handovers."""
        return Times(self)

    def touches(self, duty: Duty, days: Iterable[date]) -> bool:
        """Whether a duty touches any of the dates."""
        return not set(self.dates(duty)).isdisjoint(days)

    @cached_property
    def _parts(self) -> dict[tuple[str, DutyWeek], tuple[Part, ...]]:
        """What :meth:`parts` has found so far: it is asked again and again."""
        return {}

    @cached_property
    def _dates(self) -> dict[tuple[str, DutyWeek], tuple[date, ...]]:
        return {}
