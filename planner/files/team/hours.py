"""When a rotation is on duty: ``days``, ``hours``, ``weekdays`` and ``timezone`` of its table."""

from __future__ import annotations

import re
from datetime import time

from planner.domain.hours import DAY, WEEK, Hours, Stretch
from planner.domain.quarters import WEEKDAYS
from planner.domain.wallclock import parse_time, parse_timezone, parse_weekday
from planner.files.team.toml_values import TomlTable
from planner.files.team.values import BadValueError

_DAYS_HINT = "Write it as Monday 10:00 – Friday 18:00."
_HOURS_HINT = "Write it as 08:00 – 20:00; a night is 20:00 – 08:00, a whole day 00:00 – 24:00."
_BETWEEN = re.compile(r"\s*(?:–|—|-|…|\.\.+|\bto\b|\buntil\b)\s*", re.IGNORECASE)


def read_hours(rotation: TomlTable, weekday: int, handover: time) -> Hours | None:
    """The hours of a rotation in duty weeks that begin on a weekday; ``None`` for whole weeks."""
    given = [key for key in ("days", "hours") if key in rotation.data]
    if len(given) > 1:
        hint = "Keep days for part of the week, or hours for part of the day."
        rotation.problem("hours", rotation.data["hours"], "stands beside days", hint)
    for key in ("weekdays", "timezone"):
        usable = "hours" in given if key == "weekdays" else bool(given)
        if key in rotation.data and not usable:
            needed = "hours" if key == "weekdays" else "days or hours"
            hint = "Leave it out" + (
                ": whole weeks change hands by the team's own." if not given else "."
            )
            rotation.problem(key, rotation.data[key], f"needs {needed} beside it", hint)
    timezone = rotation.read("timezone", parse_timezone, "")
    stretches: tuple[Stretch, ...] = ()
    if "days" in given:
        own = bool(timezone)
        stretches = rotation.read("days", lambda text: _days(text, weekday, handover, own), ())
    elif "hours" in given:
        weekdays = _weekdays(rotation)
        begin, end = rotation.read("hours", _hours, (0, 0))
        offsets = sorted((day - weekday) % len(WEEKDAYS) for day in weekdays if end)
        stretches = tuple(Stretch(DAY * n + begin, DAY * n + end) for n in offsets)
    return Hours(stretches, timezone) if stretches else None


def _days(text: str, weekday: int, handover: time, own: bool) -> tuple[Stretch, ...]:
    """One stretch within the duty week, which begins with the handover on that weekday.

    In a zone of its ``own`` it may begin earlier on that date: the handover is by another clock.
    """
    begin, end = (_point(part, weekday) for part in _two(text, _DAYS_HINT))
    starts = 60 * handover.hour + handover.minute
    starts = min(starts, begin) if own else starts
    begin, end = (begin - starts) % WEEK, (end - starts) % WEEK or WEEK
    if begin == end % WEEK:
        whole = begin == 0
        message = "is the whole week" if whole else "ends when it begins"
        raise BadValueError(message, "Leave days out." if whole else _DAYS_HINT)
    if end < begin or begin + starts >= WEEK:
        week = f"{WEEKDAYS[weekday - 1]} {handover:%H:%M}"
        hint = f"Duty weeks begin on {week}; stay between two of these, or move the handover."
        raise BadValueError("crosses the handover", hint)
    return (Stretch(begin + starts, end + starts),)


def _point(text: str, weekday: int) -> int:
    """Minutes after 00:00 of the first date of the duty week."""
    name, _, clock = text.partition(" ")
    if not clock:
        raise BadValueError("is not a weekday and a time, twice", _DAYS_HINT)
    return DAY * ((parse_weekday(name) - weekday) % len(WEEKDAYS)) + _clock(clock)


def _hours(text: str) -> tuple[int, int]:
    """Begin and end in minutes after 00:00 of the date of the begin."""
    begin, end = map(_clock, _two(text, _HOURS_HINT))
    if begin in (end, DAY):
        raise BadValueError("ends when it begins", _HOURS_HINT)
    return begin, end if begin < end else end + DAY


def _clock(text: str) -> int:
    if text.strip() == "24:00":
        return DAY
    clock = parse_time(text)
    return 60 * clock.hour + clock.minute


def _two(text: str, hint: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) != len(("from", "until")) or not all(parts):
        raise BadValueError("is not a stretch from one time to another", hint)
    return parts


def _weekdays(rotation: TomlTable) -> tuple[int, ...]:
    """``Mon–Fri``, ``Sat, Sun`` or a list of names; all of them where the key is left out."""
    every = tuple(range(1, len(WEEKDAYS) + 1))
    if rotation.data.get("weekdays") == []:
        hint = "Write Mon–Fri, say, or leave the key out for all days."
        rotation.problem("weekdays", "", "names no day", hint)
    elif isinstance(rotation.data.get("weekdays"), list):
        found = rotation.words("weekdays", _some_weekdays, (every,))
        return tuple(sorted({day for days in found for day in days}))
    else:
        return rotation.read("weekdays", _some_weekdays, every)
    return every


def _some_weekdays(text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"\s*[,;&+]\s*|\s+and\s+", text.strip()):
        ends = [parse_weekday(name) for name in _BETWEEN.split(part.strip())]
        if len(ends) > len(("first", "last")):
            raise BadValueError("is not a list of weekdays", "Write it as Mon–Fri, or Sat, Sun.")
        last = (ends[-1] - ends[0]) % len(WEEKDAYS)
        found |= {(ends[0] - 1 + n) % len(WEEKDAYS) + 1 for n in range(last + 1)}
    return tuple(sorted(found))
