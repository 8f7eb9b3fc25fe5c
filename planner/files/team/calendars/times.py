"""When an entry takes place: the first and the last day on which somebody is away for it.

An all-day entry has dates and no instants, whatever zone wrote them: also as midnights, or with
the flag of Outlook. Anything else is looked at in the team's time zone. Calendars call zones by
name, by Windows' name, or describe them in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from planner.files.team.calendars.contentlines import Component, Property
from planner.files.team.calendars.repeats import Rule, parse_rule
from planner.files.team.values import BadValueError
from planner.records import dataclass

PART_OF_A_DAY = timedelta(hours=5)
"""What is shorter takes half a day at most."""

_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?", re.ASCII)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?",
    re.ASCII,
)
_DAY = timedelta(days=1)
_MANY = 10_000
_FLAGS = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")
_OFFSET = re.compile(r"^\W*(?:UTC|GMT)? ?(?:([+-]\d{1,2}):?(\d{2})?)?(?:\).*)?$", re.IGNORECASE)
_PARTS = 3
"""Of a path, how many last parts may be a zone: America/Argentina/Salta."""
_FURTHEST = timedelta(hours=14)
_NO_TIMES = "has no start or end that can be understood"


@dataclass(frozen=True, slots=True)
class Span:
    """Days away, both included. ``partly``: only a part of one day."""

    first: date
    last: date
    partly: bool = False


class Zones:
    """The zones of a feed. Those that cannot be resolved are kept in ``unknown``."""

    def __init__(self, described: Mapping[str, str]) -> None:
        self._described = described
        self._found: dict[str, tzinfo | None] = {}
        self.unknown: list[str] = []

    def find(self, name: str) -> tzinfo | None:
        """The zone of that name; ``None`` if nobody knows it."""
        if name not in self._found:
            found = _by_name(name) or self._by_description(name) or _by_offset(name)
            self._found[name] = found
            if found is None:
                self.unknown.append(name)
        return self._found[name]

    def _by_description(self, name: str) -> tzinfo | None:
        if name not in self._described:
            return None
        from icalendar import Timezone

        try:
            described: Any = Timezone.from_ical(self._described[name])
            found = described.to_tz()
        except Exception:  # the parser lets through whatever it meets
            return None
        return found if isinstance(found, tzinfo) else None


@dataclass(frozen=True, slots=True)
class TeamClock:
    """The team's clock, and what a feed says of zones."""

    timezone: str
    zones: Zones
    handover_weekday: int = 1
    handover_time: time = time(10, 0)

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Times:
    """The start and end of an entry as written: dates of a whole day, or times with a zone."""

    start: datetime
    end: datetime
    all_day: bool = False

    def span(self, clock: TeamClock, first: date | None = None) -> Span:
        """The days that the entry takes, or its occurrence that begins on ``first``."""
        start, end = self.start, self.end
        if first is not None:
            start = datetime.combine(first, start.time(), start.tzinfo)
            end = start + (self.end.replace(tzinfo=None) - self.start.replace(tzinfo=None))
        if self.all_day:
            return Span(start.date(), max(start.date(), end.date() - _DAY))
        begins = start.astimezone(clock.zone) if start.tzinfo else start
        ends = end.astimezone(clock.zone) if end.tzinfo else end
        last = ends.date()
        if last > begins.date() and _over_by_handover(ends, clock):
            last -= _DAY
        partly = last == begins.date() and end - start < PART_OF_A_DAY
        return Span(begins.date(), last, partly)


def _over_by_handover(ends: datetime, clock: TeamClock) -> bool:
    """Whether the last date is over before it counts: at midnight, or when the next week begins."""
    handover = ends.isoweekday() == clock.handover_weekday and ends.time() <= clock.handover_time
    return handover or ends.time() == time(0)


def times_of(entry: Component, clock: TeamClock) -> Times:
    """When the entry is. Raises ``BadValueError`` if it does not say so."""
    start_line = entry.first("DTSTART")
    if start_line is None:
        raise BadValueError("has no start", "Give it dates, or delete it.")
    start, is_date = _stamp(start_line.value, start_line.parameters.get("TZID", ""), clock)
    end = _end(entry, start, is_date, clock)
    if end < start:
        raise BadValueError("ends before it starts", "Correct its dates.")
    if is_date:
        return Times(start, end, all_day=True)
    flagged = any(entry.text(flag).strip().upper() in ("TRUE", "1") for flag in _FLAGS)
    if flagged or _whole_days(start, end):
        first, after = _date_of(start, clock), _date_of(end, clock)
        after = max(after, first + _DAY)
        return Times(datetime.combine(first, time()), datetime.combine(after, time()), True)
    return Times(start, end)


def _end(entry: Component, start: datetime, is_date: bool, clock: TeamClock) -> datetime:
    """The end as written; an entry without one lasts a day, or no time at all."""
    lasts = entry.first("DURATION")
    written = entry.first("DTEND")
    if written is not None:
        end, end_is_date = _stamp(written.value, written.parameters.get("TZID", ""), clock)
        if end_is_date != is_date:
            end = end.replace(tzinfo=clock.zone) if end_is_date else datetime.combine(end, time())
        if (end.tzinfo is None) != (start.tzinfo is None):
            end = end.replace(tzinfo=start.tzinfo or end.tzinfo)
            end = end.replace(tzinfo=None) if start.tzinfo is None else end
        return end
    if lasts is not None:
        return start + _duration(lasts.value)
    return start + _DAY if is_date else start


def _stamp(text: str, zone: str, clock: TeamClock) -> tuple[datetime, bool]:
    """What a text in a zone says, and whether it is a date without a time."""
    match = _STAMP.fullmatch(text.strip().rpartition(":")[2])
    if match is None:
        raise BadValueError(_NO_TIMES, "Give it dates, or delete it.")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return datetime.combine(day, time()), True
        at = time(int(match[4]), int(match[5]), min(int(match[6] or 0), 59))
    except ValueError:
        raise BadValueError(_NO_TIMES, "Give it dates, or delete it.") from None
    known = UTC if match[7] else clock.zones.find(zone) if zone else None
    return datetime.combine(day, at, known), False


def _duration(text: str) -> timedelta:
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or match[0].lstrip("+-") == "P":
        raise BadValueError(_NO_TIMES, "Give it dates, or delete it.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    lasts = timedelta(weeks * 7 + days, seconds, minutes=minutes, hours=hours)
    return -lasts if match[1] == "-" else lasts


def _whole_days(start: datetime, end: datetime) -> bool:
    """Whether it runs from midnight to midnight, or to the last minute, where it was written."""
    if start.time() != time(0) or start.tzinfo != end.tzinfo:
        return False
    return end > start and (end.time() == time(0) or end.time() >= time(23, 59))


def _date_of(instant: datetime, clock: TeamClock) -> date:
    """The date that an all-day entry's instant means: midnight there, or the midnight nearest."""
    if instant.time() >= time(23, 59):
        instant += timedelta(minutes=1)
        instant = instant.replace(hour=0, minute=0, second=0)
    if instant.time() == time(0) or instant.tzinfo is None:
        return instant.date()
    local = instant.astimezone(clock.zone)
    if local.time() == time(0):
        return local.date()
    # Midnight east of Greenwich is the evening before in UTC.
    return (instant.astimezone(UTC) + timedelta(hours=12)).date()


def days_named(lines: Sequence[Property], times: Times, clock: TeamClock) -> Iterator[date]:
    """The dates of ``RDATE``, ``EXDATE`` or ``RECURRENCE-ID``, where the series takes place."""
    stamps = [(part, line) for line in lines for part in line.value.split(",") if part.strip()]
    if len(stamps) > _MANY:
        raise BadValueError(f"names more than {_MANY} dates", "List them in vacations.csv.")
    for part, line in stamps:
        zone = line.parameters.get("TZID", "")
        instant, is_date = _stamp(part.partition("/")[0], zone, clock)
        if is_date or instant.tzinfo is None:
            yield instant.date()
        elif times.all_day:
            yield _date_of(instant, clock)
        else:
            yield instant.astimezone(times.start.tzinfo or clock.zone).date()


def rule_of(entry: Component, times: Times, clock: TeamClock) -> Rule | None:
    """How the entry repeats, if it does. Raises ``BadValueError`` if that cannot be followed."""
    line = entry.first("RRULE")
    if line is None or not line.value:
        return None
    pairs = (part.partition("=") for part in line.value.upper().split(";") if part.strip())
    parts = {key.strip(): value.strip() for key, _, value in pairs}
    until = _until(parts["UNTIL"], times, clock) if "UNTIL" in parts else None
    return parse_rule(parts, until, times.start.date())


def _until(text: str, times: Times, clock: TeamClock) -> date:
    """The last day that a series may reach, where it takes place; a date includes that day."""
    instant, is_date = _stamp(text, "", clock)
    if is_date or instant.tzinfo is None:
        return instant.date()
    if times.all_day:
        whole = instant.time() == time(0) or instant.time() >= time(23, 59)
        return instant.date() if whole else _date_of(instant, clock)
    last = instant.astimezone(times.start.tzinfo or clock.zone)
    at = times.start.time().replace(tzinfo=None)
    return last.date() if last.time() >= at else last.date() - _DAY


def _by_name(name: str) -> tzinfo | None:
    """A zone of the world's list, also behind a path of the program's own, or one of Windows'."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    if name.upper() in ("Z", "UTC", "GMT", "ETC/UTC", "TZONE://MICROSOFT/UTC"):
        return UTC
    parts = name.strip("/").split("/")
    shorter = ("/".join(parts[-n:]) for n in range(min(_PARTS, len(parts)), 0, -1))
    windows = WINDOWS_TO_OLSON.get(name)
    for candidate in (windows,) if windows else shorter:
        try:
            return ZoneInfo(candidate)
        except (KeyError, ValueError, OSError):  # an unknown one, or one that is a folder
            continue
    return None


def _by_offset(name: str) -> tzinfo | None:
    """``GMT+0800`` or ``(UTC+08:00) Kuala Lumpur, Singapore``."""
    match = _OFFSET.fullmatch(name)
    if match is None or match[1] is None:
        return None
    offset = timedelta(hours=abs(int(match[1])), minutes=int(match[2] or 0))
    if offset > _FURTHEST:
        return None
    return timezone(-offset if match[1].startswith("-") else offset)
