"""What people enter: vacations, wishes, swaps, stand-ins and corrections of holidays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from typing import Literal

from planner.domain.absence_kinds import ANNUAL, known_kind
from planner.domain.people import Region
from planner.domain.rota import Duty, Seat
from planner.domain.validating import (
    ensure,
    ensure_day,
    ensure_known,
    ensure_span,
    ensure_text,
    refuse,
)
from planner.domain.weeks import DutyWeek
from planner.records import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: a file of the team folder and, in tables, its row."""

    file: str
    row: int | None = None

    def __str__(self) -> str:
        return self.file if self.row is None else f"{self.file} row {self.row}"


UNTIL_FURTHER_NOTICE = date(2100, 12, 31)
"""The last day of an absence that has no end yet: a sick note, say."""


@dataclass(frozen=True, slots=True)
class Vacation:
    """Days on which an engineer cannot be on call; both ends are included.

    ``kind`` is kept as the one of ``absence_kinds.KINDS`` that it means: ``AL`` is ``annual``.
    """

    engineer: str
    start: date
    end: date
    kind: str = ANNUAL
    logged: date | None = None
    note: str = ""
    source: Source | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        ensure_text(self.engineer, "the engineer of a vacation")
        ensure_span(self.start, self.end, f"{self.engineer}'s vacation")
        ensure_text(self.kind, f"the kind of {self.engineer}'s vacation")
        if self.logged is not None:
            ensure_day(self.logged, f"the day on which {self.engineer}'s vacation was logged")
        object.__setattr__(self, "kind", known_kind(self.kind))

    def blocks(self, week: DutyWeek) -> bool:
        """Whether any day of the week lies within the vacation."""
        return self.start <= week.last and week.first <= self.end

    def touches(self, dates: Sequence[date]) -> bool:
        """Whether any of the dates, which are in their order, lies within the vacation."""
        if self.end < dates[0] or dates[-1] < self.start:
            return False
        return any(self.start <= day <= self.end for day in dates)


@dataclass(frozen=True, slots=True)
class Wish:
    """ "Please not me that week" (``off``) or "I would like that week" (``on``)."""

    engineer: str
    week: DutyWeek
    wish: Literal["off", "on"]
    note: str = ""
    source: Source | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        ensure_text(self.engineer, "the engineer of a wish")
        ensure(self.week, DutyWeek, f"the week of {self.engineer}'s wish")
        ensure_known(self.wish, ("off", "on"), f"{self.engineer}'s wish", "“off” or “on”")


@dataclass(frozen=True, slots=True)
class Swap:
    """``partner`` takes the engineer's duty, who takes ``for_week`` in return, if given."""

    engineer: str
    week: DutyWeek
    partner: str
    for_week: DutyWeek | None
    rotation: str
    role: str
    agreed: bool
    source: Source | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        ensure_text(self.engineer, "the engineer of a swap")
        whose = f"of {self.engineer}'s swap"
        ensure_text(self.partner, f"the partner {whose}")
        ensure(self.week, DutyWeek, f"the week {whose}")
        ensure(self.for_week, (DutyWeek, type(None)), f"the week in return {whose}")
        ensure_text(self.rotation, f"the rotation {whose}")
        ensure_text(self.role, f"the role {whose}")
        ensure(self.agreed, bool, f"whether it is agreed, {whose},")
        if self.engineer == self.partner:
            refuse(f"the partner {whose}", self.partner, "is the engineer")
        if self.week == self.for_week:
            refuse(f"the week in return {whose}", str(self.week), "is the week given away")

    @property
    def seat(self) -> Seat:
        return Seat(self.rotation, self.role)

    @property
    def given(self) -> Duty:
        """The engineer's duty, which the partner takes."""
        return self.seat.in_week(self.week)

    @property
    def taken(self) -> Duty | None:
        """What the engineer takes in return."""
        return None if self.for_week is None else self.seat.in_week(self.for_week)


@dataclass(frozen=True, slots=True)
class Cover:
    """``stand_in`` does part of a duty that ``engineer`` holds; both dates are included.

    ``planner.problem.oncall`` says which instants those dates mean. An empty ``rotation`` or
    ``role`` stands for whichever the engineer holds then.
    """

    engineer: str
    start: date
    end: date
    stand_in: str
    rotation: str = ""
    role: str = ""
    note: str = ""
    source: Source | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        ensure_text(self.engineer, "the engineer of a cover")
        ensure_text(self.stand_in, f"the stand-in for {self.engineer}")
        ensure_span(self.start, self.end, f"the cover for {self.engineer}")


@dataclass(frozen=True, slots=True, order=True)
class HolidayChange:
    """A correction of the public holidays: one date added to or removed from a region."""

    day: date
    region: Region
    change: Literal["add", "remove"]
    name: str = ""
    source_note: str = ""

    def __post_init__(self) -> None:
        ensure_day(self.day, "the day of a holiday")
        ensure(self.region, Region, f"the region of the holiday {self.day}")
        ensure_known(self.change, ("add", "remove"), f"{self.day}:", "“add” or “remove”")
