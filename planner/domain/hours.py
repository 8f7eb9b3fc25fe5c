"""Part of a week, part of a day: when, within a duty week, a rotation is on duty.

Times are wall-clock times of the rotation's zone. A stretch of a day's hours belongs whole to the
duty week of the date on which it begins, whatever the hour of the handover. A duty touches the
dates on which any of its time lies: a night that ends in the morning touches the next date too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from planner.domain.validating import ensure, ensure_whole, freeze, refuse
from planner.domain.weeks import DutyWeek
from planner.records import dataclass

DAY = 24 * 60
WEEK = 7 * DAY
"""Minutes of a day and of a week by the clock."""

_MINUTE = timedelta(minutes=1)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Unbroken time on duty, in minutes by the clock from 00:00 of the duty week's first date."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        ensure_whole(self.begins, "the begin of hours on duty", 0, WEEK - 1)
        ensure_whole(self.ends, "the end of hours on duty", 0, WEEK + DAY)
        if self.ends <= self.begins:
            refuse("the end of hours on duty", str(self.ends), "is not after their begin")

    @property
    def day(self) -> int:
        """The date on which it begins, counted from the week's first."""
        return self.begins // DAY

    @property
    def days(self) -> tuple[int, ...]:
        """The dates that it touches, counted from the week's first."""
        return tuple(range(self.day, (self.ends - 1) // DAY + 1))

    def by_date(self) -> Iterator[Stretch]:
        """What one person does at least: hours of a day stay whole, days on end are cut.

        The week's last date goes on until the end.
        """
        if self.ends - self.begins <= DAY:
            yield self
            return
        for day in range(self.day, min(self.days[-1], 6) + 1):
            end = self.ends if day == 6 else min(self.ends, DAY * (day + 1))
            yield Stretch(max(self.begins, DAY * day), end)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a rotation is on duty in its duty weeks; ``timezone`` is empty for the team's own."""

    stretches: tuple[Stretch, ...]
    timezone: str = ""

    def __post_init__(self) -> None:
        freeze(self, "stretches", Stretch, "the hours on duty,")
        ensure(self.timezone, str, "the time zone of hours on duty")
        if not self.stretches:
            refuse("the hours on duty", "", "are none at all")
        object.__setattr__(self, "stretches", tuple(sorted(self.stretches)))
        days = [part.day for part in self.parts]
        overlap = any(one.ends > other.begins for one, other in pairwise(self.stretches))
        if overlap or len(set(days)) < len(days):
            refuse("the hours on duty", self.stretches, "overlap, or begin twice on a date")

    @property
    def parts(self) -> tuple[Stretch, ...]:
        """What a stand-in may take over of a week: one for each date on which any begins."""
        return tuple(part for stretch in self.stretches for part in stretch.by_date())

    @property
    def days(self) -> tuple[int, ...]:
        """The dates that a duty touches, counted from its week's first."""
        return tuple(sorted({day for stretch in self.stretches for day in stretch.days}))

    def said(self, handover_weekday: int) -> str:
        """As a team would write it: ``Mon 10:00 – Fri 18:00`` or ``08:00 – 20:00, Mon–Fri``."""
        first = self.stretches[0]
        if len(self.stretches) == 1 and first.ends - first.begins > DAY:
            begin, end = (_point(at, handover_weekday) for at in (first.begins, first.ends))
            return f"{begin} – {end}"
        daily = groupby(
            self.stretches, key=lambda s: (s.begins % DAY, s.ends - s.begins)
        )  # one group, unless somebody made the hours by hand
        found = []
        for (begins, lasts), stretches in daily:
            weekdays = [(s.day + handover_weekday - 1) % 7 for s in stretches]
            several = "" if len(weekdays) == len(_WEEKDAYS) else f", {_runs(sorted(weekdays))}"
            found.append(f"{_clock(begins)} – {_clock(begins + lasts, end=True)}{several}")
        return "; ".join(found)


@dataclass(frozen=True, slots=True)
class Part:
    """What one person does of a duty at least: that of one ``day``, and the dates it touches."""

    day: date
    dates: tuple[date, ...]


def parts(hours: Hours | None, week: DutyWeek) -> tuple[Part, ...]:
    """The parts of a duty in a week; whole weeks have one for each of their seven dates."""
    if hours is None:
        return tuple(Part(day, (day,)) for day in week.days)
    return tuple(
        Part(_date(week, part.day), tuple(_date(week, day) for day in part.days))
        for part in hours.parts
    )


def dates(hours: Hours | None, week: DutyWeek) -> tuple[date, ...]:
    """The dates that a duty touches in a week."""
    return week.days if hours is None else tuple(_date(week, day) for day in hours.days)


def instants(part: Stretch, week: DutyWeek, timezone: str) -> tuple[datetime, datetime]:
    """Begin and end in UTC. Where clocks skip both, they are equal and the part has no time."""
    midnight = datetime.combine(week.first, time())
    zone = ZoneInfo(timezone)
    return (
        instant(midnight + part.begins * _MINUTE, zone),
        instant(midnight + part.ends * _MINUTE, zone),
    )


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """A wall-clock time in UTC, so that later times never come earlier.

    A time that comes twice is the first of the two; one that the clock skips is when it does.
    """
    found = local.replace(tzinfo=zone).astimezone(UTC)
    while found.astimezone(zone).replace(tzinfo=None) != local:
        local -= _MINUTE
        found = local.replace(tzinfo=zone).astimezone(UTC) + _MINUTE
        if (found - _MINUTE).astimezone(zone).replace(tzinfo=None) == local:
            return found
    return found


def _date(week: DutyWeek, day: int) -> date:
    return week.first + timedelta(days=day)


def _point(minutes: int, handover_weekday: int) -> str:
    weekday = (minutes // DAY + handover_weekday - 1) % 7
    return f"{_WEEKDAYS[weekday]} {_clock(minutes)}"


def _clock(minutes: int, *, end: bool = False) -> str:
    """A time of day; the midnight that ends a day is 24:00."""
    if end and minutes % DAY == 0:
        return "24:00"
    return f"{minutes % DAY // 60:02d}:{minutes % 60:02d}"


def _runs(weekdays: list[int]) -> str:
    """``Mon–Fri``, or ``Mon, Wed``."""
    found: list[list[int]] = []
    for weekday in weekdays:
        if found and found[-1][-1] == weekday - 1:
            found[-1].append(weekday)
        else:
            found.append([weekday])
    names = [
        "–".join(dict.fromkeys((_WEEKDAYS[run[0]], _WEEKDAYS[run[-1]])))
        if len(run) != 2
        else ", ".join(_WEEKDAYS[day] for day in run)
        for run in found
    ]
    return ", ".join(names)
