"""Public holidays and festivals, by engineer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from operator import attrgetter

from planner.domain.weeks import DutyWeek
from planner.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PublicHoliday:
    """A public holiday of a region.

    ``estimated``: the date hangs on a moon not yet seen. ``unchecked``: the calendar of that
    region and year was not compared with a published list. ``given_again``: the date lies on a
    weekend and is a holiday in name only, because these days are given for it.
    """

    day: date
    name: str
    estimated: bool = False
    unchecked: bool = False
    given_again: tuple[date, ...] = ()

    @property
    def certainty(self) -> str:
        """``confirmed``, ``estimated`` or ``unchecked``."""
        if self.estimated:
            return "estimated"
        return "unchecked" if self.unchecked else "confirmed"


@dataclass(frozen=True, slots=True, order=True)
class FestivalTime:
    """One occurrence of a festival: ``days`` are all dates that its observers keep free."""

    days: tuple[date, ...]
    festival: str
    estimated: bool = False


@dataclass(frozen=True)
class DaysOff:
    """Public holidays and own festivals of every engineer between two dates, by name.

    ``non_business`` holds the dates in the range that are no working day where the team
    counts its month ends. ``originals_count``: whether the weekend date of a holiday that is
    given again counts as a holiday. All sequences are sorted by date.
    """

    first: date
    last: date
    holidays: Mapping[str, tuple[PublicHoliday, ...]] = field(default_factory=dict)
    festivals: Mapping[str, tuple[FestivalTime, ...]] = field(default_factory=dict)
    non_business: frozenset[date] = frozenset()
    originals_count: bool = True

    def counted(self, engineer: str) -> frozenset[date]:
        """The dates that count as public holidays of an engineer."""
        return frozenset(
            holiday.day
            for holiday in self.holidays.get(engineer, ())
            if self.originals_count or not holiday.given_again
        )

    def holidays_in(self, engineer: str, week: DutyWeek) -> tuple[PublicHoliday, ...]:
        holidays = self.holidays.get(engineer, ())
        day = attrgetter("day")
        first = bisect_left(holidays, week.first, key=day)
        return holidays[first : bisect_right(holidays, week.last, lo=first, key=day)]

    def festivals_on(self, engineer: str, dates: Sequence[date]) -> tuple[FestivalTime, ...]:
        """The festivals of which a day is among the dates, which are in their order."""
        times = self.festivals.get(engineer, ())
        near = (f for f in times if f.days[0] <= dates[-1] and dates[0] <= f.days[-1])
        return tuple(f for f in near if not set(dates).isdisjoint(f.days))

    def festivals_in(self, engineer: str, week: DutyWeek) -> tuple[FestivalTime, ...]:
        return self.festivals_on(engineer, week.days)
